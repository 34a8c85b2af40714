"""Facts: what the chart says of this patient, typed, each with its evidence."""

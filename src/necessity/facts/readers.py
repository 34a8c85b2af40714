"""The readers of facts, one per subject. A new subject is one module and one line here."""

from __future__ import annotations

from necessity.facts import (
    examination,
    function,
    imaging,
    operations,
    patient,
    plans,
    provocation,
    psychology,
    redflags,
    requests,
    stay,
    structured,
    symptoms,
    treatments,
    trials,
)
from necessity.facts.from_chart import Reader

READERS: tuple[Reader, ...] = (
    examination.read,
    function.read,
    imaging.read,
    patient.read,
    redflags.read,
    requests.read,
    stay.read,
    structured.read,
    symptoms.read,
    operations.read,
    treatments.read,
    psychology.read,
    trials.read,
    provocation.read,
    plans.read,
)

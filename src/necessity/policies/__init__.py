"""Policies: dated criteria that a clinician can read, as data."""

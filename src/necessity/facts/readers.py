"""The readers of facts, one per subject. A new subject is one module and one line here."""

from __future__ import annotations

from necessity.facts import imaging, redflags, requests, treatments
from necessity.facts.from_chart import Reader

READERS: tuple[Reader, ...] = (
    imaging.read,
    redflags.read,
    requests.read,
    treatments.read,
)

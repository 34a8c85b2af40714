"""Complaints and examinations in a document far older than the rest of the chart: they tell of an earlier episode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from necessity.facts.fact import ExamFinding, Fact, Symptom, SymptomQuality, Treatment
from necessity.facts.ledger import EVENTS

# A note so much older than the newest one that tells of complaints says nothing on how the patient is now.
_OUTDATED_DAYS = 730
_TOLD = (Symptom, SymptomQuality, ExamFinding)


def outdated_marked(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, in their order; complaints, signs and undated treatment of an outdated document marked `historical`."""
    facts = tuple(facts)
    newest = max((fact.written for fact in facts if isinstance(fact, _TOLD) and fact.written), default=None)
    for fact in facts:
        old = (
            newest is not None
            and fact.written is not None
            and (newest - fact.written).days > _OUTDATED_DAYS
            and not fact.historical
            and (isinstance(fact, _TOLD) or (isinstance(fact, Treatment) and fact.concept not in EVENTS))
        )
        yield replace(fact, historical=True) if old else fact

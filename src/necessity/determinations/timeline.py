"""The care ledger as bars of a timeline: what was tried, from when to when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from necessity.determinations.determination import TimelineBar
from necessity.facts.fact import Fact
from necessity.facts.ledger import LedgerEntry, ledger


def timeline(facts: Iterable[Fact], as_of: date) -> Iterator[TimelineBar]:
    """One bar for each course or injection that bears a date, in order of time; what bears none stays in the findings."""
    for entry in ledger(facts):
        if entry.started is None and entry.ended is None:
            continue
        yield TimelineBar(
            label=_label(entry),
            start=entry.started.earliest if entry.started else None,
            end=min(entry.ended.latest, as_of) if entry.ended else None if entry.ongoing else _first_day(entry),
            note=_note(entry),
            counted=entry.counts,
            evidence=entry.evidence[:3],
        )


def _first_day(entry: LedgerEntry) -> date | None:
    return entry.started.earliest if entry.started else None


def _label(entry: LedgerEntry) -> str:
    """ "physical therapy", "gabapentin 300 mg", "left L4-5 epidural injection"."""
    name = (entry.drug or entry.drug_class or entry.modality) if entry.modality == "medication" else entry.modality
    parts = [entry.side.value if entry.side else "", ", ".join(entry.levels), name.replace("_", " "), entry.dose or ""]
    return " ".join(part for part in parts if part)


def _note(entry: LedgerEntry) -> str:
    """Visits, response and how it is documented, as one sentence."""
    said = [
        f"{entry.visits} visits" if entry.visits else "",
        f"{entry.relief_percent:g} % relief" if entry.relief_percent is not None else "",
        f"response: {entry.response}" if entry.response else "",
        entry.reason,
        f"documentation: {entry.grade}",
    ]
    words = "; ".join(part for part in said if part)
    return f"{words[:1].upper()}{words[1:]}."

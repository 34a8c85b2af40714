"""Observations of structured records: body mass index, tobacco, pain and disability scores. Of each the newest is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from necessity.charts.document import Document
from necessity.charts.entry import Entry
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, Fact, Function, PatientFact, Source, SymptomQuality
from necessity.vocabulary.codes import Codes, Observed

_SCORES = frozenset({"odi", "ndi"})


def observation_facts(document: Document, entries: Iterable[Entry], codes: Codes) -> Iterator[Fact]:
    """The facts of the observations that a review asks about."""
    found: dict[str, list[tuple[Entry, Observed]]] = {}
    for entry in entries:
        if entry.kind == "observation":
            loinc = next((one.code for one in entry.codings if one.system == "loinc"), "")
            observed = codes.observed(loinc, entry.words)
            if observed is not None:
                found.setdefault(observed.concept, []).append((entry, observed))
    for told in found.values():
        newest = max(_day(entry) for entry, _ in told)
        for entry, observed in told:
            fact = _fact(document, entry, observed, codes, is_newest=_day(entry) == newest)
            if fact is not None:
                yield fact


def _day(entry: Entry) -> date:
    return entry.when.latest if entry.when else date.min


def _fact(document: Document, entry: Entry, observed: Observed, codes: Codes, is_newest: bool) -> Fact | None:
    evidence = (document.evidence(entry.start, entry.end),)
    written = entry.when.latest if entry.when else document.written
    if observed.concept == "tobacco":
        status = codes.tobacco(tuple(one.code for one in entry.value_codings), str(entry.value or ""))
        return _patient_fact("tobacco", status, evidence, written, is_newest) if status else None
    if not isinstance(entry.value, float) or not observed.allows(entry.value):
        return None
    if observed.concept in _SCORES:
        return Function(
            concept=observed.concept, assertion=Assertion.PRESENT, evidence=evidence, written=written,
            historical=not is_newest, source=Source.RECORD, value=entry.value,
        )  # fmt: skip
    if observed.concept == "pain_score":
        return SymptomQuality(
            concept="pain_score", assertion=Assertion.PRESENT, evidence=evidence, written=written,
            historical=not is_newest, source=Source.RECORD, value=entry.value, current=is_newest,
        )  # fmt: skip
    return _patient_fact(observed.concept, entry.value, evidence, written, is_newest)


def _patient_fact(
    concept: str, value: str | float, evidence: tuple[Evidence, ...], written: date | None, is_newest: bool
) -> Fact:
    return PatientFact(
        concept=concept, assertion=Assertion.PRESENT, evidence=evidence, written=written,
        historical=not is_newest, source=Source.RECORD, value=value,
    )  # fmt: skip

"""Entries of structured records become facts: typed from their codes and values, with the line that shows each as evidence.

A code is asked first; where it says nothing, the sender's own name for the thing is looked up like any other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from necessity.charts.document import Document, Kind
from necessity.charts.entry import Entry, Told
from necessity.facts.fact import Assertion, ExamFinding, Fact, PatientFact, RedFlag, Region, RequestFact, Source
from necessity.facts.from_chart import ReadChart
from necessity.facts.structured_care import care_facts
from necessity.facts.structured_observations import observation_facts
from necessity.vocabulary.levels import find_levels, region_of

ASSERTIONS = {
    Told.PRESENT: Assertion.PRESENT,
    Told.PAST: Assertion.PRESENT,
    Told.ABSENT: Assertion.ABSENT,
    Told.POSSIBLE: Assertion.POSSIBLE,
    Told.PLANNED: Assertion.PLANNED,
}
_DAYS_OF_YEAR = 365.25
_SEXES = frozenset({"female", "male"})


def read(chart: ReadChart) -> Iterable[Fact]:
    """The facts of every structured document."""
    for document in chart.documents:
        if document.document.kind is not Kind.STRUCTURED:
            continue
        entries = [entry for entry in document.document.entries if entry.told is not Told.UNUSED]
        yield from _patient(document.document, entries, chart.as_of)
        for entry in entries:
            if entry.kind in ("condition", "request_diagnosis"):
                yield from _diagnosis(document.document, entry, chart)
        yield from observation_facts(document.document, entries, chart.codes)
        yield from care_facts(document, entries, chart)


def _patient(document: Document, entries: Iterable[Entry], as_of: date | None) -> Iterator[Fact]:
    day = as_of or document.written
    for entry in entries:
        if entry.kind != "patient":
            continue
        evidence = (document.evidence(entry.start, entry.end),)
        if entry.value in _SEXES and isinstance(entry.value, str):
            yield PatientFact(
                concept="sex",
                assertion=Assertion.PRESENT,
                evidence=evidence,
                written=document.written,
                source=Source.RECORD,
                value=entry.value,
            )
        elif entry.when is not None and entry.when.is_exact and day is not None and day >= entry.when.earliest:
            years = float(int((day - entry.when.earliest).days / _DAYS_OF_YEAR))
            yield PatientFact(
                concept="age",
                assertion=Assertion.PRESENT,
                evidence=evidence,
                written=document.written,
                source=Source.RECORD,
                value=years,
            )


def _diagnosis(document: Document, entry: Entry, chart: ReadChart) -> Iterator[Fact]:
    """The code as a fact while the diagnosis stands, and what it states beyond itself whatever its status."""
    codes = tuple(dict.fromkeys(one.code.upper() for one in entry.codings if one.system == "icd10" and one.code))
    evidence = (document.evidence(entry.start, entry.end),)
    written = entry.recorded.latest if entry.recorded else document.written
    if entry.told is Told.PRESENT:
        for code in codes:
            yield RequestFact(
                concept="icd10",
                value=code,
                assertion=Assertion.PRESENT,
                evidence=evidence,
                written=written,
                source=Source.REQUEST if entry.kind == "request_diagnosis" else Source.CLINICIAN,
            )
    if entry.kind == "condition":
        yield from _stated(
            entry,
            codes,
            chart,
            RequestFact(
                concept="icd10",
                assertion=ASSERTIONS[entry.told],
                evidence=evidence,
                written=written,
                when=entry.when,
                historical=_is_past(entry, codes, document, chart),
            ),
        )


def _stated(entry: Entry, codes: tuple[str, ...], chart: ReadChart, like: Fact) -> Iterator[Fact]:
    seen: set[tuple[str, str]] = set()
    for code in codes:
        stated = chart.codes.stated(code)
        if stated is None or (stated.fact, stated.concept) in seen:
            continue
        seen.add((stated.fact, stated.concept))
        if stated.fact == "examination":
            yield ExamFinding(
                concept=stated.concept,
                assertion=like.assertion,
                evidence=like.evidence,
                written=like.written,
                when=like.when,
                historical=like.historical,
            )
        else:
            yield RedFlag(
                concept=stated.concept,
                assertion=like.assertion,
                evidence=like.evidence,
                written=like.written,
                when=like.when,
                historical=like.historical,
                region=_region(entry),
                value="old" if like.historical else stated.value,
            )


def _is_past(entry: Entry, codes: tuple[str, ...], document: Document, chart: ReadChart) -> bool:
    """Whether a diagnosis is over, what is left of an old injury, has stood in the list for long, or bears no date.

    A list keeps what nobody took out. Without a day nobody can say whether the diagnosis is of this episode, so it is
    shown and settles nothing: a waiver asks for a finding with a date, or for a clinician's own words in a note.
    """
    if entry.told is Told.PAST or any(_is_sequela(code) for code in codes):
        return True
    began, day = entry.when or entry.recorded, chart.as_of or document.written
    if began is None:
        return entry.told is not Told.ABSENT
    return day is not None and (day - began.latest).days > chart.codes.diagnosis_days


def _is_sequela(icd10: str) -> bool:
    """The seventh character S: what is left of an injury long past."""
    return len(icd10.replace(".", "")) == 7 and icd10.endswith("S")


def _region(entry: Entry) -> Region | None:
    for text in (*entry.sites, entry.words, *(one.display for one in entry.codings)):
        for mention in find_levels(text.lower()):
            return Region(region_of((mention.segments + mention.vertebrae)[0]))
        named = next((region for region in Region if region.value in text.lower()), None)
        if named:
            return named
    return None

"""Operations that an earlier document records as its own: the operation note of last year is history for the request of today."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, Operation, RequestFact, Side
from necessity.facts.from_chart import ReadChart
from necessity.facts.operations_meaning import SURGICAL
from necessity.facts.reading import ReadDocument
from necessity.facts.requests import read_document
from necessity.facts.requests_records import old_records
from necessity.values.dates import PartialDate


def recorded_earlier(chart: ReadChart) -> Iterator[Operation]:
    """The operations of notes that lie weeks before the rest of the chart."""
    for document in old_records(chart):
        yield from _operations(document)


def _operations(document: ReadDocument) -> Iterator[Operation]:
    written = document.document.written
    done = [
        fact
        for fact in read_document(document)
        if isinstance(fact, RequestFact) and fact.assertion is Assertion.PRESENT
    ]
    levels = tuple(dict.fromkeys(fact.value for fact in done if fact.concept == "level"))
    sides = {fact.value for fact in done if fact.concept == "side"}
    seen: set[str] = set()
    for fact in done:
        if fact.concept != "procedure" or fact.value not in SURGICAL or fact.value in seen:
            continue
        seen.add(fact.value)
        yield Operation(
            concept=fact.value,
            assertion=Assertion.PRESENT,
            evidence=fact.evidence,
            written=written,
            when=PartialDate.day(written) if written else None,
            region=fact.region,
            source=fact.source,
            levels=fact.levels or levels,
            side=Side(next(iter(sides))) if len(sides) == 1 else None,
        )

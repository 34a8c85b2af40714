"""The service under review told apart from care before it: a procedure of the record that is the very one asked for.

An order or claim and the procedure that carries it out often stand in one record. Taken for an earlier operation, the
procedure would make a first discectomy a revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from necessity.charts.document import Document, Kind
from necessity.charts.entry import Entry, Told
from necessity.facts.fact import Assertion, RequestFact, Source
from necessity.facts.from_chart import ReadChart
from necessity.values.dates import PartialDate
from necessity.vocabulary.levels import find_levels

_ASKING = frozenset({"order", "requested", "procedure"})
# What an entry does, as ids of procedures or treatments.
Kinds = Callable[[Entry], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Requested:
    """A service that a record of the chart asks for, and the day on which it was asked for."""

    entry: Entry
    day: date | None


def requested_in(chart: ReadChart, kinds: Kinds) -> tuple[_Requested, ...]:
    """The services asked for now: those sent for authorization, else the orders of the last day on which any was written.

    An order of another year may stand open in the record for ever; what was done on it is care before.
    """
    found = [
        _Requested(entry=entry, day=_asked_on(entry, read.document))
        for read in chart.documents
        if read.document.kind is Kind.STRUCTURED
        for entry in read.document.entries
        if entry.kind in _ASKING and entry.told is Told.PLANNED and _stands(entry) and kinds(entry)
    ]
    sent = tuple(one for one in found if one.entry.kind == "requested")
    last = max((one.day for one in found if one.day), default=None)
    return sent or tuple(one for one in found if one.day in (None, last))


def _stands(entry: Entry) -> bool:
    return entry.kind != "order" or entry.ongoing


def is_the_service(entry: Entry, requested: Iterable[_Requested], kinds: Kinds, as_of: date | None) -> bool:
    """Whether a procedure that was done is a requested one, or was done on the day of the review or after it.

    It is a requested one where either names the other, or where it is of the same kind at no other level and was done
    on the day of the request or later. One without a date and without a link is care before.
    """
    began = entry.when
    if began is not None and as_of is not None and began.earliest >= as_of:
        return True
    return any(
        _is_linked(entry, one.entry) or (_is_same(entry, one.entry, kinds) and _follows(began, one.day))
        for one in requested
    )


def rendered(document: Document, entry: Entry) -> RequestFact:
    """The fact that the service under review was done."""
    return RequestFact(
        concept="service_rendered",
        value="yes",
        assertion=Assertion.PRESENT,
        evidence=(document.evidence(entry.start, entry.end),),
        written=document.written,
        when=entry.when,
        source=Source.RECORD,
    )


def _asked_on(entry: Entry, document: Document) -> date | None:
    day = entry.recorded or (entry.when if entry.kind == "order" else None)
    return day.earliest if day else document.written


def _is_linked(done: Entry, asked: Entry) -> bool:
    return asked.name in done.linked or done.name in asked.linked


def _is_same(done: Entry, asked: Entry, kinds: Kinds) -> bool:
    mine, others = _codes(done), _codes(asked)
    if not (mine & others if mine and others else set(kinds(done)) & set(kinds(asked))):
        return False
    here, there = _levels(done), _levels(asked)
    return not here or not there or bool(here & there)


def _codes(entry: Entry) -> frozenset[str]:
    return frozenset(one.code.upper() for one in entry.codings if one.code and one.system != "icd10")


def _levels(entry: Entry) -> frozenset[str]:
    texts = (*entry.sites, entry.words, *(one.display for one in entry.codings))
    return frozenset(level for text in texts for mention in find_levels(text.lower()) for level in mention.segments)


def _follows(done: PartialDate | None, asked: date | None) -> bool:
    return done is not None and asked is not None and done.earliest >= asked

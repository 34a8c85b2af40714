"""The care ledger: treatments of all documents merged into one timeline, each course once.

A course told in two documents (or copied forward) is one entry. Overlapping courses never add up: lengths are read from the
union of intervals. What belongs to an earlier episode or to another body part is kept, marked as not counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, CareStatement, Fact, Operation, RequestFact, Side, Treatment
from necessity.facts.injections import KINDS
from necessity.facts.outweighed import not_outweighed
from necessity.values.dates import PartialDate
from necessity.vocabulary.levels import region_of

T = TypeVar("T")
# Treatment whose weeks count as active; rest, a brace, education and the like are measures without a length.
ACTIVE = frozenset(
    {"physical_therapy", "home_exercise", "chiropractic", "medication", "acupuncture", "traction", "conservative_care"}
)
EVENTS = KINDS
_GRADES = {"vague": 0, "dated": 1, "record": 2}
_WORST_FIRST = ("worse", "failed", "none", "intolerance", "temporary", "partial", "improved", "resolved")
# Two tellings of a course may differ by so many days, two of an injection by so many.
_UNDER_REVIEW_DAYS = 42
_COURSE_SLACK, _EVENT_SLACK = timedelta(days=21), timedelta(days=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One course of treatment, or one injection (`count` where several are told together).

    `started`/`ended` bound the course by what is surely known; `ended` of an ongoing course is the date of the last note that
    tells of it (`ongoing`). `days` is the length: from the dates, else as stated. `counts` is False for an
    earlier episode or another body part (`reason` says which).
    """

    modality: str
    treatments: tuple[Treatment, ...]
    evidence: tuple[Evidence, ...]
    drug: str | None = None
    drug_class: str | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    ongoing: bool = False
    days: float | None = None
    visits: int | None = None
    count: int | None = None
    dose: str | None = None
    levels: tuple[str, ...] = ()
    side: Side | None = None
    response: str | None = None
    relief_percent: float | None = None
    grade: str = "vague"
    counts: bool = True
    reason: str = ""

    @property
    def interval(self) -> tuple[date, date] | None:
        """First and last day, where both are known (the narrow reading of partial dates)."""
        if self.started is None or self.ended is None:
            return None
        first, last = self.started.latest, self.ended.earliest
        return (
            (first, last)
            if first <= last
            else (self.started.earliest, self.ended.latest)
            if self.started.earliest <= self.ended.latest
            else None
        )


def ledger(facts: Iterable[Fact]) -> tuple[LedgerEntry, ...]:
    """The entries of all treatments tried, in order of time (undated ones last), then of the chart."""
    facts = tuple(facts)
    boundary = boundary_of(facts)
    groups: list[list[Treatment]] = []
    for fact in not_outweighed([fact for fact in facts if isinstance(fact, Treatment)]):
        if fact.assertion is Assertion.PRESENT:
            _place(groups, replace(fact, historical=True) if is_before(fact, boundary) else fact)
    entries = [_entry(group) for group in groups]
    entries = _without_vague_repeats(entries)
    return tuple(sorted(entries, key=lambda entry: (entry.started.earliest if entry.started else date.max,)))


def closed_before(facts: Iterable[Fact]) -> date | None:
    """The day before the trouble came back after a good time: what was tried until then belongs to the closed episode."""
    days = [
        fact.when.earliest - timedelta(days=1)
        for fact in facts
        if isinstance(fact, CareStatement) and fact.concept == "care_closed" and fact.when is not None
    ]
    return max(days, default=None)


def operated_before(facts: Iterable[Fact]) -> date | None:
    """The day of the last earlier operation in the region asked about: care before it belongs to the episode that it closed.

    An operation of the last weeks is the one under review, and closes nothing.
    """
    facts = tuple(facts)
    notes = max((fact.written for fact in facts if fact.written), default=None)
    asked = {
        region_of(fact.value)
        for fact in facts
        if isinstance(fact, RequestFact) and fact.concept == "level" and fact.value
    }
    days = [
        fact.when.latest
        for fact in facts
        if isinstance(fact, Operation)
        and fact.present
        and fact.when is not None
        and (fact.region is None or not asked or fact.region.value in asked)
    ]
    return max((day for day in days if notes is not None and (notes - day).days > _UNDER_REVIEW_DAYS), default=None)


def boundary_of(facts: Iterable[Fact]) -> date | None:
    """The last day of the episode before the present one, where the chart tells of its end."""
    facts = tuple(facts)
    return max((day for day in (operated_before(facts), closed_before(facts)) if day), default=None)


def is_before(fact: Treatment, boundary: date | None) -> bool:
    """Whether a treatment was over, or its note written, by the day of the earlier operation."""
    if boundary is None or fact.ongoing and (fact.written is None or fact.written > boundary):
        return False
    known = [day.latest for day in (fact.ended, fact.when, fact.started) if day is not None]
    if known:
        return max(known) <= boundary
    return fact.written is not None and fact.written <= boundary


def _place(groups: list[list[Treatment]], fact: Treatment) -> None:
    for group in groups:
        if _same_course(group, fact):
            group.append(fact)
            return
    groups.append([fact])


def _key(fact: Treatment) -> tuple[str, str | None, str | None, bool, bool]:
    return fact.concept, fact.drug, fact.drug_class, fact.historical, fact.other_region is not None


def _same_course(group: list[Treatment], fact: Treatment) -> bool:
    if _key(group[0]) != _key(fact):
        return False
    if fact.concept in EVENTS:
        return all(_same_event(other, fact) for other in group)
    known = [other for other in group if _span(other)]
    span = _span(fact)
    if span is None or not known:
        return True
    return any(_touch(span, other_span) for other in known if (other_span := _span(other)))


def _same_event(first: Treatment, second: Treatment) -> bool:
    """Two tellings of one injection: dates agree (or one has none), and neither level nor side differs."""
    if first.side and second.side and first.side != second.side:
        return False
    if first.when and second.when:
        slack = _EVENT_SLACK if first.when.is_exact and second.when.is_exact else timedelta(0)
        return first.when.earliest - slack <= second.when.latest and second.when.earliest - slack <= first.when.latest
    if (first.when is None) != (second.when is None):
        return ((first if first.when is None else second).count or 1) == 1
    return not (first.levels and second.levels) or bool(set(first.levels) & set(second.levels))


def _span(fact: Treatment) -> tuple[date, date] | None:
    first = fact.started or fact.when
    last = fact.ended or (PartialDate.day(fact.written) if fact.ongoing and fact.written else first)
    if first is None or last is None:
        return None
    return first.earliest, max(last.latest, first.earliest)


def _touch(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] - _COURSE_SLACK <= other[1] and other[0] - _COURSE_SLACK <= one[1]


def _entry(group: list[Treatment]) -> LedgerEntry:
    best = max(group, key=lambda fact: _GRADES[fact.documentation])
    started, ended, ongoing = _completed(group, *_bounds(group))
    first = group[0]
    return LedgerEntry(
        modality=first.concept,
        treatments=tuple(group),
        evidence=tuple(dict.fromkeys(evidence for fact in group for evidence in fact.evidence)),
        drug=first.drug,
        drug_class=first.drug_class,
        started=started,
        ended=ended,
        ongoing=ongoing,
        days=_days(group, started, ended),
        visits=_first([best.visits, *(fact.visits for fact in group)]),
        count=_count(group),
        dose=_first([fact.dose for fact in reversed(group)]),
        levels=next((fact.levels for fact in group if fact.levels), ()),
        side=_first([fact.side for fact in group]),
        response=_response(group),
        relief_percent=_first([fact.relief_percent for fact in group]),
        grade=best.documentation,
        counts=not first.historical and first.other_region is None,
        reason="earlier episode" if first.historical else f"for {first.other_region}" if first.other_region else "",
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _bounds(group: list[Treatment]) -> tuple[PartialDate | None, PartialDate | None, bool]:
    """When the course began and ended; an ongoing course runs to the last note that says so."""
    starts = [fact.started or fact.when for fact in group if fact.started or fact.when]
    started = min((start for start in starts if start), key=lambda start: (start.middle, start.latest), default=None)
    if started is not None and not started.is_exact:
        # "At the end of September" and "SOC 9/29" are one start: the exact one holds.
        started = min(
            (
                start
                for start in starts
                if start and start.is_exact and started.earliest <= start.earliest <= started.latest
            ),
            key=lambda start: start.earliest,
            default=started,
        )
    stops = [fact.ended for fact in group if fact.ended]
    notes = [
        fact.written
        for fact in group
        if fact.written and (fact.ongoing or (fact.concept == "medication" and started is not None))
    ]
    ongoing = any(fact.ongoing for fact in group) and not any(
        fact.ended and not fact.ongoing for fact in group if fact.written and notes and fact.written >= max(notes)
    )
    if group[0].concept in EVENTS:
        return started, started, False
    if ongoing and notes:
        return started, PartialDate.day(max(notes)), True
    if stops:
        return started, max(stops, key=lambda stop: stop.middle), False
    return started, None, ongoing


def _completed(
    group: list[Treatment], started: PartialDate | None, ended: PartialDate | None, ongoing: bool
) -> tuple[PartialDate | None, PartialDate | None, bool]:
    """ "Six weeks of PT ended 12/05": one end and the stated length give the other end."""
    length = next((timedelta(days=round(fact.length.days)) for fact in group if fact.length is not None), None)
    if length is None or group[0].concept in EVENTS:
        return started, ended, ongoing
    if started is None and ended is not None and not ongoing:
        started = PartialDate(ended.earliest - length, ended.latest - length)
    elif started is not None and ended is None:
        ended = PartialDate(started.earliest + length, started.latest + length)
    return started, ended, ongoing


def _days(group: list[Treatment], started: PartialDate | None, ended: PartialDate | None) -> float | None:
    """Length by the dates, else the longest that is stated. Events have none."""
    if group[0].concept in EVENTS:
        return None
    stated = [fact.length.days for fact in group if fact.length is not None]
    if started and ended and ended.latest >= started.earliest:
        return float(max(0, (ended.middle - started.middle).days))
    return max(stated, default=None)


def _count(group: list[Treatment]) -> int | None:
    """How many injections: the highest number told, one where one is told with a date, a level or as "an injection"."""
    if group[0].concept not in EVENTS:
        return None
    told = [fact.count for fact in group if fact.count]
    if told:
        return max(told)
    single = any(
        (fact.when and fact.documentation != "vague" and fact.when.is_exact) or not _plural(fact) for fact in group
    )
    return 1 if single else None


def _plural(fact: Treatment) -> bool:
    """Several told without a number. A day of its own makes one of each."""
    words = fact.evidence[0].quote.lower()
    return fact.when is None and (
        "injections" in words or "epidurals" in words or "esis" in words or "blocks" in words or "steroids" in words
    )


def _response(group: list[Treatment]) -> str | None:
    told = [fact.response for fact in group if fact.response]
    return next((value for value in _WORST_FIRST if value in told), None)


def _without_vague_repeats(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """An undated "epidural injections" beside dated ones is the same injections told again, unless it counts more of them."""
    kept = []
    for entry in entries:
        dated = [
            other
            for other in entries
            if other is not entry
            and other.modality == entry.modality
            and other.counts == entry.counts
            and other.started
        ]
        if (
            entry.modality in EVENTS
            and entry.started is None
            and dated
            and (entry.count or 0) <= sum(other.count or 1 for other in dated)
        ):
            continue
        kept.append(entry)
    totals = {
        entry.modality: entry.count
        for entry in kept
        if entry.modality in EVENTS and entry.started is None and entry.count
    }
    # "Four epidurals in two years (last 07/2025)": the dated one is among the four.
    return [entry for entry in kept if not (entry.modality in totals and entry.started is not None and entry.counts)]


def _is_active(entry: LedgerEntry) -> bool:
    """ "Medication" without a name or class may be for anything."""
    return entry.modality in ACTIVE and (entry.modality != "medication" or entry.drug_class is not None)


def intervals(entries: Iterable[LedgerEntry]) -> tuple[tuple[date, date], ...]:
    """The union of the intervals of active treatment that counts, in order; touching ones are joined."""
    spans = sorted(entry.interval for entry in entries if entry.counts and _is_active(entry) and entry.interval)
    union: list[tuple[date, date]] = []
    for first, last in spans:
        if union and first <= union[-1][1] + timedelta(days=1):
            union[-1] = (union[-1][0], max(last, union[-1][1]))
        else:
            union.append((first, last))
    return tuple(union)


def gaps(entries: Iterable[LedgerEntry]) -> tuple[tuple[date, date], ...]:
    """The stretches without dated treatment between two that have it."""
    union = intervals(entries)
    return tuple(
        (earlier[1] + timedelta(days=1), later[0] - timedelta(days=1))
        for earlier, later in zip(union, union[1:], strict=False)
    )


def longest_active_days(entries: Iterable[LedgerEntry]) -> tuple[float, tuple[Evidence, ...]]:
    """The longest unbroken stretch of active treatment that dates give, in days, and what shows it.

    The stated length of one treatment ("PT for six weeks") is not that of all treatment, and gives none.
    """
    counted = [entry for entry in entries if entry.counts and _is_active(entry)]
    best: tuple[float, tuple[Evidence, ...]] = (0.0, ())
    for first, last in intervals(counted):
        within = [
            entry for entry in counted if entry.interval and first <= entry.interval[0] and entry.interval[1] <= last
        ]
        if (last - first).days > best[0]:
            best = (
                float((last - first).days),
                tuple(dict.fromkeys(evidence for entry in within for evidence in entry.evidence)),
            )
    return best

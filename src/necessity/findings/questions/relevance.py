"""Which facts concern a line: its region, its side, its time; and which of two statements is the later one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact, Region, RequestFact, Side
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.vocabulary import levels

F = TypeVar("F", bound=Fact)


def of_kind(case: CaseFacts, kind: type[F], *concepts: str) -> tuple[F, ...]:
    """The facts of one type, in the order of the chart; with concepts, only those."""
    found = case.found.get((kind, concepts))
    if found is None:
        every = case.facts if not concepts else of_kind(case, kind)
        found = tuple(fact for fact in every if isinstance(fact, kind) and (not concepts or fact.concept in concepts))
        case.found[kind, concepts] = found
    return cast("tuple[F, ...]", found)


def in_region(facts: Iterable[F], line: Line) -> tuple[F, ...]:
    """Without those of another part of the spine. Thoracic and lumbar share a junction: neither excludes the other."""
    if line.region is None:
        return tuple(facts)
    neck = line.region is Region.CERVICAL
    return tuple(fact for fact in facts if fact.region is None or (fact.region is Region.CERVICAL) == neck)


def on_side(side: Side | None, line: Line) -> bool:
    """Whether something on this side concerns the line; what is said of no side does."""
    return side is None or side.covers(line.side)


def current(facts: Iterable[F]) -> tuple[F, ...]:
    """Without what belongs to an earlier, closed episode."""
    return tuple(fact for fact in facts if not fact.historical)


def said(facts: Iterable[F], assertion: Assertion) -> tuple[F, ...]:
    return tuple(fact for fact in facts if fact.assertion is assertion and not fact.historical)


def present(facts: Iterable[F]) -> tuple[F, ...]:
    return said(facts, Assertion.PRESENT)


def absent(facts: Iterable[F]) -> tuple[F, ...]:
    return said(facts, Assertion.ABSENT)


def dated(fact: Fact) -> date | None:
    """When a fact holds: its own time where it has one, else the date of its document."""
    return fact.when.latest if fact.when else fact.written


def newest(facts: Sequence[F]) -> tuple[F, ...]:
    """The facts of the most recent document among them; all where no document has a date."""
    days = [fact.written for fact in facts if fact.written]
    if not days:
        return tuple(facts)
    last = max(days)
    return tuple(fact for fact in facts if fact.written == last)


def latest_word(pro: Sequence[Fact], contra: Sequence[Fact]) -> bool | None:
    """Which of two statements holds now: True the first, False the second, None where both are offered as current.

    The later document wins. Within one document the finding stands ("leg pain … no pain below the knee"). Two documents
    of the same date, or without one, that disagree leave the question open.
    """
    if not contra:
        return True
    if not pro:
        return False
    last_pro, last_contra = _last(pro), _last(contra)
    if last_pro is None or last_contra is None or last_pro == last_contra:
        shared = {passage.document for fact in pro for passage in fact.evidence} & {
            passage.document for fact in contra for passage in fact.evidence
        }
        return True if shared else None
    return last_pro > last_contra


def _last(facts: Sequence[Fact]) -> date | None:
    days = [fact.written for fact in facts if fact.written]
    return max(days) if days else None


def judged_on(case: CaseFacts) -> date:
    """The day to which age and treatment are counted: the day of service in a retrospective review, else `as_of`."""
    day = case.days.get("judged on")
    if day is None:
        day = case.days["judged on"] = _judged_on(case)
    return day


def _judged_on(case: CaseFacts) -> date:
    rendered = [fact for fact in of_kind(case, RequestFact, "service_rendered") if fact.present]
    days = [fact.when.earliest for fact in rendered if fact.when]
    if days:
        return min(max(days), case.as_of)
    if not (rendered or case.request.service_rendered):
        return case.as_of
    for kind in (Kind.OPERATIVE_NOTE, Kind.INJECTION_NOTE):
        done = [d.written for d in case.chart.documents if d.kind is kind and d.written]
        if done:
            return min(max(done), case.as_of)
    return case.as_of


def touches(found: tuple[str, ...], level: str) -> bool:
    """Whether a segment or one of its two vertebrae is among the levels."""
    bones = levels.vertebrae_of(level)
    return any(name == level or name in bones or level in levels.vertebrae_of(name) for name in found)


def where(line: Line) -> str:
    """The line's place in words: "left L4-5"."""
    if line.level is None:
        return "the requested level"
    side = f"{line.side.value} " if line.side in (Side.LEFT, Side.RIGHT) else ""
    return f"{side}{line.level}"

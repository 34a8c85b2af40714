"""Conflicts: two documents, or two lines of one, that cannot both be true. Both passages are shown; neither is chosen.

A change over time is no conflict: strength that fell, a smoker who stopped. Only statements of about the same day, or on
something that does not change (the side of an operation, whether there was one), are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from necessity.charts.span import Evidence
from necessity.facts.fact import (
    ExamFinding,
    Fact,
    ImagingFinding,
    Operation,
    PatientFact,
    Side,
    Source,
    Symptom,
)

# Statements so far apart are held against each other as if of one day.
_SAME_TIME = timedelta(days=14)
_GRADES = ("none", "mild", "mild_to_moderate", "moderate", "moderate_to_severe", "severe")
# Readers differ by one step of stenosis every day; two steps are a conflict.
_GRADE_STEPS = 2
_MRC_STEP = 1.0
_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactConflict:
    """Two statements that cannot both be true. `about` names the matter, `reason` says what differs."""

    about: str
    reason: str
    statements: tuple[Evidence, ...]


def conflicts_of(facts: Sequence[Fact]) -> tuple[FactConflict, ...]:
    """All conflicts, each matter once, in the order of the chart."""
    found: dict[str, FactConflict] = {}
    for conflict in (
        *_sides(facts),
        *_imaging_sides(facts),
        *_imaging_grades(facts),
        *_strengths(facts),
        *_tobacco(facts),
        *_operations(facts),
    ):
        found.setdefault(conflict.about, conflict)
    return tuple(found.values())


def _conflict(about: str, reason: str, one: Fact, other: Fact) -> FactConflict:
    return FactConflict(about=about, reason=reason, statements=(one.evidence[0], other.evidence[0]))


def _together(one: Fact, other: Fact) -> bool:
    first, second = one.written, other.written
    return first is None or second is None or abs(first - second) <= _SAME_TIME


def pain_sides(facts: Iterable[Fact]) -> Iterator[tuple[Symptom, Symptom]]:
    """Limb pain told on one side only in one document, and on the other side only in another."""
    pains = [
        f
        for f in facts
        if isinstance(f, Symptom) and f.concept == "radicular_pain" and f.present and f.side and not f.historical
    ]
    sides: dict[str, set[Side | None]] = {}
    for pain in pains:
        sides.setdefault(pain.evidence[0].document, set()).add(pain.side)
    for one, other in combinations(pains, 2):
        documents = one.evidence[0].document, other.evidence[0].document
        single = all(len(sides[document]) == 1 for document in documents)
        if (
            single
            and one.side
            and _OPPOSITE.get(one.side) is other.side
            and one.region == other.region
            and _together(one, other)
        ):
            yield one, other


def _sides(facts: Iterable[Fact]) -> Iterator[FactConflict]:
    for one, other in pain_sides(facts):
        sided = f"One document has the limb pain on the {one.side}, another on the {other.side}."
        yield _conflict("side of the limb pain", sided, one, other)


def _imaging(facts: Iterable[Fact], concept: str) -> list[ImagingFinding]:
    return [
        f for f in facts if isinstance(f, ImagingFinding) and f.concept == concept and f.present and len(f.levels) == 1
    ]


def _one_study(one: ImagingFinding, other: ImagingFinding) -> bool:
    """A report and a clinician's reading of what may be the same study."""
    apart = one.source is not other.source and Source.RECORD in (one.source, other.source)
    dated = one.when is None or other.when is None or one.when == other.when
    modality = one.modality is None or other.modality is None or one.modality == other.modality
    return apart and dated and modality and one.levels == other.levels


def _imaging_sides(facts: Sequence[Fact]) -> Iterator[FactConflict]:
    for concept in ("disc", "compression"):
        for one, other in combinations(_imaging(facts, concept), 2):
            if one.side and _OPPOSITE.get(one.side) is other.side and _one_study(one, other):
                if any(
                    third.side is other.side
                    for third in _imaging(facts, concept)
                    if third.source is one.source and third.levels == one.levels
                ):
                    continue
                reason = f"At {one.levels[0]} one reading has it on the {one.side}, the other on the {other.side}."
                yield _conflict(f"side of the finding at {one.levels[0]}", reason, one, other)


def _imaging_grades(facts: Sequence[Fact]) -> Iterator[FactConflict]:
    for one, other in combinations(_imaging(facts, "stenosis"), 2):
        if (
            one.zone != other.zone
            or one.grade not in _GRADES
            or other.grade not in _GRADES
            or not _one_study(one, other)
        ):
            continue
        if (
            one.side != other.side
            or abs(_GRADES.index(str(one.grade)) - _GRADES.index(str(other.grade))) < _GRADE_STEPS
        ):
            continue
        reason = f"At {one.levels[0]} one reading calls it {_words(one.grade)}, the other {_words(other.grade)}."
        yield _conflict(f"grade of the stenosis at {one.levels[0]}", reason, one, other)


def _strengths(facts: Iterable[Fact]) -> Iterator[FactConflict]:
    """One muscle, one side, about one day, two grades."""
    graded = [
        f
        for f in facts
        if isinstance(f, ExamFinding) and f.concept == "strength" and f.muscle and f.side and f.grade is not None
        if not f.earlier and not f.historical and f.written
    ]
    for one, other in combinations(graded, 2):
        if (one.muscle, one.side) != (other.muscle, other.side) or one.grade is None or other.grade is None:
            continue
        if (
            abs(one.grade - other.grade) >= _MRC_STEP
            and _day(one) == _day(other)
            and one.evidence[0] != other.evidence[0]
        ):
            muscle = _words(one.muscle)
            reason = f"The {one.side} {muscle} is graded {one.grade:g} in one place and {other.grade:g} in another, on one day."
            yield _conflict(f"strength of the {one.side} {muscle}", reason, one, other)


def _tobacco(facts: Iterable[Fact]) -> Iterator[FactConflict]:
    told = [f for f in facts if isinstance(f, PatientFact) and f.concept == "tobacco"]
    for one, other in combinations(told, 2):
        values = {str(one.value), str(other.value)}
        if (
            values in ({"current", "never"}, {"former", "never"})
            or values == {"current", "former"}
            and _day(one) == _day(other)
            and one.written
        ):
            yield _conflict(
                "tobacco", f"Tobacco is given as {one.value} in one place and as {other.value} in another.", one, other
            )


def _operations(facts: Iterable[Fact]) -> Iterator[FactConflict]:
    """An earlier spine operation told in one place and denied in another."""
    operations = [f for f in facts if isinstance(f, Operation)]
    done = [f for f in operations if f.present]
    denied = [f for f in operations if f.absent and not f.levels]
    for one in done:
        for other in denied:
            before = one.when is None or other.written is None or one.when.latest <= other.written
            if before and (one.region is None or other.region is None or one.region == other.region):
                yield _conflict(
                    "earlier spine surgery",
                    "One statement tells of an earlier spine operation, another of none.",
                    one,
                    other,
                )


def _day(fact: Fact) -> date | None:
    return fact.when.earliest if fact.when and fact.when.is_exact else fact.written


def _words(value: object) -> str:
    return str(value).replace("_", " ")

"""The course of a deficit between dated examinations: a muscle weaker now than on an earlier examination is marked progressive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from necessity.facts.fact import ExamFinding, Side

# Two observers may differ by half a grade; less is no change.
LEAST_DROP = 0.6
# "5/5 throughout" may have missed a slight weakness of one muscle.
_LEAST_BELOW_A_SUMMARY = 1.0
_SAME_MOVEMENT = {
    "tibialis_anterior": "dorsiflexion",
    "ankle_dorsiflexion": "dorsiflexion",
    "extensor_hallucis_longus": "toe_extension",
    "great_toe_extension": "toe_extension",
    "gastrocnemius": "plantarflexion",
    "iliopsoas": "hip_flexion",
    "quadriceps": "knee_extension",
    "hamstrings": "knee_flexion",
    "biceps": "elbow_flexion",
    "triceps": "elbow_extension",
    "toe_extension": "toe_extension",
}


def with_course(findings: Sequence[ExamFinding]) -> list[ExamFinding]:
    """The findings, with `progressive` on each grade that is lower than an earlier one of the same muscle and side."""
    graded = [(f, made_on(f)) for f in findings if f.concept == "strength" and f.grade is not None]
    return [replace(f, progressive=True) if _has_declined(f, graded) else f for f in findings]


def made_on(finding: ExamFinding) -> date | None:
    """The day of the examination as far as the chart tells: the quoted date, else that of the document."""
    if finding.when is not None:
        return finding.when.latest
    return None if finding.earlier else finding.written


def _has_declined(finding: ExamFinding, graded: Sequence[tuple[ExamFinding, date | None]]) -> bool:
    if (
        finding.concept != "strength"
        or finding.grade is None
        or finding.progressive
        or finding.earlier
        and finding.when is None
    ):
        return False
    now = made_on(finding)
    return any(
        other is not finding
        and _is_before(other, day, finding, now)
        and _comparable(other, finding)
        and (other.grade or 0) - finding.grade >= (LEAST_DROP if other.muscle else _LEAST_BELOW_A_SUMMARY)
        and not (other.muscle is None and _is_of_the_rest(other, finding, graded))
        for other, day in graded
    )


def _is_of_the_rest(
    summary: ExamFinding, finding: ExamFinding, graded: Sequence[tuple[ExamFinding, date | None]]
) -> bool:
    """ "EHL 4+, others 5": a summary beside a grade of the same muscle speaks of the other muscles."""
    return any(
        one.muscle is not None
        and _movement(one.muscle) == _movement(finding.muscle)
        and one.evidence[0].document == summary.evidence[0].document
        and one is not finding
        for one, _ in graded
    )


def _is_before(other: ExamFinding, day: date | None, finding: ExamFinding, now: date | None) -> bool:
    """Whether the other was made before: by its day, or quoted as earlier in the same document."""
    if day is not None and now is not None:
        return day < now
    return (
        other.earlier
        and day is None
        and other.evidence[0].document == finding.evidence[0].document
        and not finding.earlier
    )


def _comparable(other: ExamFinding, finding: ExamFinding) -> bool:
    """The same movement and side; an earlier "5/5 throughout" speaks for every muscle of its limb."""
    if not (
        other.side is None
        or finding.side is None
        or other.side is finding.side
        or Side.BILATERAL in (other.side, finding.side)
    ):
        return False
    if other.muscle is None:
        return other.region is None or other.region is finding.region
    return _movement(other.muscle) == _movement(finding.muscle)


def _movement(muscle: str | None) -> str | None:
    return _SAME_MOVEMENT.get(muscle or "", muscle)

"""Questions on the examination: what was recorded, which deficits it shows, and which roots they point to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from necessity.facts.fact import Assertion, ExamFinding, Region, Side, Source
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.relevance import absent, dated, in_region, newest, of_kind, on_side, present, where
from necessity.findings.questions.reply import no, unknown, yes
from necessity.vocabulary.anatomy import Anatomy

FULL_STRENGTH = 5.0
DEFICITS = ("strength", "sensation", "reflex", "heel_walk", "toe_walk")
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "strength": ("strength", "heel_walk", "toe_walk"),
    "reflexes": ("reflex",),
    "gait_or_long_tract": (
        "gait",
        "tandem",
        "romberg",
        "hoffmann",
        "babinski",
        "clonus",
        "tone",
        "spasticity",
        "pathologic_reflex",
    ),
    "sensation": ("sensation",),
    "saddle_or_tone": ("saddle_sensation", "rectal_tone", "post_void_residual"),
}
_WORDS = {
    "strength": "strength",
    "reflexes": "reflexes",
    "gait_or_long_tract": "gait or long-tract signs",
    "sensation": "sensation",
    "saddle_or_tone": "saddle sensation, anal tone or residual urine",
}


def findings_of(case: CaseFacts, *concepts: str) -> tuple[ExamFinding, ...]:
    """Examination findings of this episode, without values quoted from an earlier examination.

    A quoted examination ("On 10/13 hip flexion was 4/5", in a letter) is the present one where no other is recorded.
    """
    found = tuple(f for f in of_kind(case, ExamFinding, *concepts) if not f.historical)
    return tuple(f for f in found if not f.earlier or _is_newest(f, found))


def _is_newest(quoted: ExamFinding, found: Iterable[ExamFinding]) -> bool:
    """Whether nothing of the same kind was examined after the date that a quoted finding bears."""
    day = dated(quoted)
    if quoted.when is None or day is None:
        return False
    same = [f for f in found if f.concept == quoted.concept and f is not quoted]
    return all((other := dated(f)) is not None and other <= day for f in same)


def roots_of(anatomy: Anatomy, finding: ExamFinding) -> tuple[str, ...]:
    """The roots that a finding points to: as the chart names them, else those of the muscle or reflex."""
    if finding.roots:
        return finding.roots
    if finding.concept == "reflex":
        return anatomy.roots_of_reflex(finding.muscle)
    if finding.concept in ("heel_walk", "toe_walk"):
        return anatomy.roots_of(finding.muscle) or anatomy.roots_of(finding.concept)
    return anatomy.roots_of(finding.muscle)


def roots_served(case: CaseFacts, line: Line, *, whole_canal: bool = False) -> tuple[str, ...]:
    """The roots whose deficit may belong to the line; without a level all of its region."""
    if line.level is None or "-" not in line.level:
        return case.anatomy.roots_of_region(line.region.value) if line.region else ()
    if case.anatomy.has_cord(line.level) and line.region is not Region.CERVICAL:
        return case.anatomy.below(line.level)
    return case.anatomy.roots_served(line.level, whole_canal=whole_canal)


def is_deficit(finding: ExamFinding) -> bool:
    """Abnormal on examination. Strength counts by its grade where it has one, and brisk reflexes are no root sign."""
    if finding.assertion not in (Assertion.PRESENT, Assertion.ABSENT) or finding.other_cause:
        return False
    if finding.concept == "strength" and finding.grade is not None:
        return finding.grade < FULL_STRENGTH
    if finding.concept == "reflex" and (finding.grade is not None and finding.grade >= 3 or finding.value == "brisk"):
        return False
    return finding.assertion is Assertion.PRESENT


def is_normal(finding: ExamFinding) -> bool:
    if finding.concept == "strength" and finding.grade is not None:
        return finding.grade >= FULL_STRENGTH
    return finding.assertion is Assertion.ABSENT


def deficits(case: CaseFacts, line: Line) -> tuple[ExamFinding, ...]:
    """Objective deficits on the line's side that no later examination found gone."""
    seen = [f for f in findings_of(case, *DEFICITS) if f.source is not Source.PATIENT and on_side(f.side, line)]
    return tuple(f for f in seen if is_deficit(f) and not _superseded(case, f, seen))


def deficits_of(case: CaseFacts) -> tuple[ExamFinding, ...]:
    """Objective deficits of either side."""
    return tuple(f for f in findings_of(case, *DEFICITS) if f.source is not Source.PATIENT and is_deficit(f))


def _superseded(case: CaseFacts, finding: ExamFinding, others: Iterable[ExamFinding]) -> bool:
    """Whether a later document records the same thing as normal."""
    mine = roots_of(case.anatomy, finding)
    return any(
        is_normal(other)
        and other.concept == finding.concept
        and other.written is not None
        and finding.written is not None
        and other.written > finding.written
        and _same_side(other.side, finding.side)
        and (not (theirs := roots_of(case.anatomy, other)) or any(root in theirs for root in mine))
        for other in others
    )


def _same_side(one: Side | None, other: Side | None) -> bool:
    return one is None or other is None or one.covers(other)


def root_deficit(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Objective deficit of a root that the line serves. No: strength and sensation or reflexes are normal."""
    served = roots_served(case, line)
    found = deficits(case, line)
    fitting = [f for f in found if any(root in served for root in roots_of(case.anatomy, f))]
    if fitting:
        return yes(f"The examination shows a deficit in the territory of a root of {where(line)}.", fitting)
    if found:
        return unknown(
            f"The deficits recorded do not point to a root of {where(line)}.",
            f"a deficit of {_named(served)}",
            facts=found,
        )
    normal = in_region([f for f in findings_of(case, *DEFICITS, "neurologic") if is_normal(f)], line)
    kinds = {f.concept for f in normal}
    if "neurologic" in kinds or ("strength" in kinds and kinds & {"sensation", "reflex"}):
        return no("The examination records no deficit.", normal)
    return unknown(
        "No complete examination of strength, sensation and reflexes is recorded.",
        "graded strength, sensation and reflexes",
        facts=normal,
    )


def _named(roots: tuple[str, ...]) -> str:
    return ", ".join(roots[:4]) or "a root of the level"


def root_tension_sign(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Positive straight leg raise, slump, femoral stretch or Spurling sign that fits level and side."""
    served = roots_served(case, line)
    fitting = [
        f
        for f in findings_of(case, *case.anatomy.tension_signs)
        if on_side(f.side, line) and any(root in served for root in case.anatomy.tension_signs[f.concept])
    ]
    positive, negative = newest(present(fitting)), absent(fitting)
    if positive:
        return yes(f"A tension sign of a root of {where(line)} is positive.", positive)
    if negative:
        return no("The tension signs recorded are negative.", negative)
    return unknown("No tension sign is recorded.", "straight leg raise, femoral stretch or Spurling sign")


def recorded(case: CaseFacts, line: Line, element: str) -> tuple[ExamFinding, ...]:
    """The findings, normal or not, that record one element of the examination for the line's limbs.

    A foot drop named in a form is no examination of strength: what is weak must be graded, or tested by walking.
    """
    found = [
        f
        for f in findings_of(case, *ELEMENTS[element])
        if f.assertion in (Assertion.PRESENT, Assertion.ABSENT) and f.source is not Source.PATIENT and _examined(f)
    ]
    if line.region in (None, Region.CERVICAL):
        return tuple(found)
    return tuple(f for f in found if not _of_arm(case.anatomy, f))


def _examined(finding: ExamFinding) -> bool:
    # "stated": named outside an examination ("moves all four without deficit").
    if finding.concept != "strength" or finding.grade is not None:
        return True
    return finding.assertion is Assertion.ABSENT and finding.value != "stated"


def _of_arm(anatomy: Anatomy, finding: ExamFinding) -> bool:
    if finding.concept == "hoffmann":
        return True
    roots = roots_of(anatomy, finding)
    return bool(roots) and all(anatomy.limb_of(root) == "arm" for root in roots)


def missing_elements(case: CaseFacts, line: Line, elements: Iterable[str], since: date | None = None) -> list[str]:
    """The elements that no examination records. With `since` only one of that day or later counts: an examination
    older than a complaint, or of no known day, settles nothing about it."""
    return [
        element
        for element in elements
        if not any(
            since is None or (finding.written is not None and finding.written >= since)
            for finding in recorded(case, line, element)
        )
    ]


def examination_recorded(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether every element asked for is recorded, whatever it shows."""
    wanted = params.get("elements") or ("strength", "reflexes", "gait_or_long_tract")
    elements = [str(name) for name in wanted] if isinstance(wanted, (tuple, list)) else [str(wanted)]
    missing = missing_elements(case, line, elements)
    found = [finding for element in elements for finding in recorded(case, line, element)[:2]]
    if not missing:
        return yes(f"Recorded: {', '.join(_WORDS[element] for element in elements)}.", found)
    names = ", ".join(_WORDS[element] for element in missing)
    skipped = [f for f in of_kind(case, ExamFinding) if f.assertion is Assertion.UNEXAMINED]
    return unknown(f"Not recorded: {names}.", *(_WORDS[element] for element in missing), facts=[*skipped, *found])


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="root_deficit", type="yes_no", ask=root_deficit),
        Question(name="root_tension_sign", type="yes_no", ask=root_tension_sign),
        Question(
            name="examination_recorded",
            type="yes_no",
            ask=examination_recorded,
            params=(Param(name="elements", type="list", choices=tuple(ELEMENTS)),),
        ),
    )
}

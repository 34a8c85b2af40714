"""Questions on strength: the weakest muscle that fits the line, and whether a deficit has been getting worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from necessity.facts.fact import ExamFinding, Fact, Side, Source, Symptom
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions import examination
from necessity.findings.questions.compression import canal_graded, cord_compression
from necessity.findings.questions.cord import cord_signs
from necessity.findings.questions.indication import limb_pain, qualities
from necessity.findings.questions.relevance import in_region, of_kind, on_side, present, where
from necessity.findings.questions.reply import no, number, unknown, yes

# Two observers may differ by less than this on the same muscle.
_REAL_CHANGE = 0.5
# "5/5 throughout" may have missed a slight weakness of one muscle: a fall from it must be of a whole grade.
_BEYOND_A_SUMMARY = 1.0
_DEFICIT_SYMPTOMS = ("weakness", "gait", "hand_clumsiness")
# A word on the course belongs to the complaint it stands next to, within about a sentence.
_NEARBY = 160


def served_roots(case: CaseFacts, line: Line) -> tuple[str, ...]:
    """The roots whose weakness the line could explain: with the canal badly narrowed, or the cord pressed upon and
    giving signs, those below as well."""
    narrow = canal_graded(case, line, "severe").value is True
    whole = narrow or bool(cord_signs(case, line, {}).value and cord_compression(case, line, {}).value)
    return examination.roots_served(case, line, whole_canal=whole)


def graded(case: CaseFacts, line: Line) -> list[ExamFinding]:
    """Graded strength on the line's side, of muscles that it serves; "5/5 throughout" names none and counts for all."""
    served = served_roots(case, line)
    found = [
        f
        for f in of_kind(case, ExamFinding, "strength")
        if f.grade is not None
        and not f.historical
        and not f.other_cause
        and f.source is not Source.PATIENT
        and on_side(f.side, line)
    ]
    return [f for f in found if not (roots := examination.roots_of(case.anatomy, f)) or any(r in served for r in roots)]


def weakest_concordant_grade(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The lowest MRC grade now, in a myotome of the line and on its side."""
    found = graded(case, line)
    now = [f for f in found if not _is_past(case, f) and not _replaced(case, f, found)]
    if now:
        weakest = min(now, key=lambda f: f.grade if f.grade is not None else 5.0)
        muscle = f" ({weakest.muscle.replace('_', ' ')})" if weakest.muscle else ""
        return number(
            round(weakest.grade or 0.0, 2),
            f"Weakest muscle that fits {where(line)}: MRC {_mrc(weakest.grade)}{muscle}.",
            [weakest],
        )
    ungraded = [f for f in examination.findings_of(case, "strength") if f.grade is None]
    return unknown(
        "No graded strength of a fitting muscle is recorded.", "strength by muscle, graded 0 to 5", facts=ungraded
    )


def _mrc(grade: float | None) -> str:
    """3.67 is written 4-, 4.33 is 4+."""
    if grade is None:
        return "not graded"
    whole = round(grade)
    return f"{whole}{'-' if grade < whole - 0.1 else '+' if grade > whole + 0.1 else ''}"


def _replaced(case: CaseFacts, finding: ExamFinding, others: Iterable[ExamFinding]) -> bool:
    """Whether a later examination graded the same muscle on the same side."""
    mine = _day(finding)
    return mine is not None and any(
        not _is_past(case, o) and (theirs := _day(o)) is not None and theirs > mine and _comparable(case, finding, o)
        for o in others
    )


def _is_past(case: CaseFacts, finding: ExamFinding) -> bool:
    """Quoted from an examination that a later one has replaced."""
    return finding.earlier and finding not in examination.findings_of(case, "strength")


def _day(finding: ExamFinding) -> date | None:
    return finding.when.latest if finding.when else finding.written


def _comparable(case: CaseFacts, one: ExamFinding, other: ExamFinding) -> bool:
    if one.side and other.side and not one.side.covers(other.side):
        return False
    if one.muscle is None or other.muscle is None or one.muscle == other.muscle:
        return True
    return examination.roots_of(case.anatomy, one) == examination.roots_of(case.anatomy, other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The same strength at two times."""

    before: ExamFinding
    after: ExamFinding


def progressive_deficit(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Worsening between two graded examinations, a deficit said on examination to be progressive, or weakness of this
    episode that is found on examination and said to get worse. No: graded twice without a fall, or full now."""
    found = graded(case, line)
    fall = _fall(case, found)
    if fall:
        return yes(
            f"Strength fell from MRC {_mrc(fall.before.grade)} to {_mrc(fall.after.grade)}{_between(fall)}.",
            [fall.after, fall.before],
        )
    named = [f for f in examination.findings_of(case) if f.progressive and f.present and f.source is not Source.PATIENT]
    named = [f for f in named if on_side(f.side, line) and _fits(case, line, f)]
    if named:
        return yes("A deficit found on examination is said to be new and worsening.", named)
    weak = [
        f
        for f in examination.deficits(case, line)
        if f.concept in ("strength", "heel_walk", "toe_walk") and _fits(case, line, f)
    ]
    told = _said_worse(case, line)
    if weak and told:
        return yes("Weakness of this episode is found on examination and said to get worse.", [*weak[:3], *told])
    if any(_is_past(case, f) or _replaced(case, f, found) for f in found):
        return no("The strength recorded at two times did not fall.", found)
    if found and not weak:
        return no("Strength is recorded as full.", found)
    return unknown("No worsening between examinations is documented.", "two dated examinations of strength", facts=weak)


def _fits(case: CaseFacts, line: Line, finding: ExamFinding) -> bool:
    roots = examination.roots_of(case.anatomy, finding)
    return not roots or any(root in served_roots(case, line) for root in roots)


def _fall(case: CaseFacts, found: list[ExamFinding]) -> Fall | None:
    """The largest fall of one muscle to its latest grade, unless it has been recovering since."""
    falls: list[Fall] = []
    for after in found:
        if _is_past(case, after) or after.muscle is None or _replaced(case, after, found):
            continue
        before = [f for f in found if f is not after and _comparable(case, after, f) and _precedes(f, after)]
        before = [f for f in before if f.muscle or not _is_of_the_rest(f, before)]
        if not before:
            continue
        last = max(before, key=lambda f: _day(f) or date.min)
        best = max(before, key=lambda f: f.grade or 0.0)
        recovering = (last.grade or 0.0) < (after.grade or 0.0)
        least = _REAL_CHANGE if best.muscle else _BEYOND_A_SUMMARY
        if not recovering and (best.grade or 0.0) - (after.grade or 0.0) >= least:
            falls.append(Fall(before=best, after=after))
    return max(falls, key=lambda fall: (fall.before.grade or 0.0) - (fall.after.grade or 0.0), default=None)


def _is_of_the_rest(summary: ExamFinding, others: Iterable[ExamFinding]) -> bool:
    """ "EHL 4, others 5": beside a grade of the muscle itself a summary speaks of the other muscles."""
    return any(other.muscle and other.evidence[0].document == summary.evidence[0].document for other in others)


def _precedes(one: ExamFinding, other: ExamFinding) -> bool:
    first, second = _day(one), _day(other)
    if one.earlier:
        return first is None or second is None or first <= second
    return first is not None and second is not None and first < second


def _between(fall: Fall) -> str:
    first, second = _day(fall.before), _day(fall.after)
    return f" between {first.isoformat()} and {second.isoformat()}" if first and second and first != second else ""


def _said_worse(case: CaseFacts, line: Line) -> list[Symptom]:
    """Deficits the patient reports of this episode, with a word nearby that they get worse.

    "Worse" said of pain is not said of strength: the word must stand by the deficit, or the deficit be all.
    """
    worse = [q for q in qualities(case, line, "course") if q.value == "worsening"]
    complaints = [
        s for s in present(in_region(of_kind(case, Symptom, *_DEFICIT_SYMPTOMS), line)) if on_side(s.side, line)
    ]
    if not worse or not complaints:
        return []
    if limb_pain(case, line, {}).value is not True and cord_signs(case, line, {}).value:
        return complaints
    pains = present(of_kind(case, Symptom, "radicular_pain", "axial_pain"))
    return [s for s in complaints if any(_stands_by(q, s, pains) for q in worse)]


def _stands_by(word: Fact, symptom: Symptom, pains: Iterable[Symptom]) -> bool:
    distance = _distance(word, symptom)
    return (
        distance is not None
        and distance <= _NEARBY
        and all((other := _distance(word, pain)) is None or other > distance for pain in pains)
    )


def _distance(one: Fact, other: Fact) -> int | None:
    """Characters between two facts of one document."""
    a, b = one.evidence[0], other.evidence[0]
    if a.document != b.document:
        return None
    return max(a.start - b.end, b.start - a.end, 0)


_CLEARLY_WEAK = 4.0


def bilateral_deficit(case: CaseFacts, line: Line) -> list[ExamFinding]:
    """Weakness of this episode found on both sides. Resistance almost full (4+) on both is no new deficit by itself."""
    found = [f for f in examination.findings_of(case, "strength") if examination.is_deficit(f)]
    weak = [f for f in found if f.grade is None or f.grade <= _CLEARLY_WEAK or f.progressive]
    both = [f for f in weak if f.side is Side.BILATERAL]
    sides = {f.side for f in weak}
    return weak if both or {Side.LEFT, Side.RIGHT} <= sides else []


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="weakest_concordant_grade", type="number", ask=weakest_concordant_grade, unit="MRC"),
        Question(name="progressive_deficit", type="yes_no", ask=progressive_deficit),
    )
}

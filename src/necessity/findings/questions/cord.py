"""Questions on cord, conus and cauda equina: the signs and diagnoses that need no earlier treatment."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import Assertion, ExamFinding, Region, Source, Symptom
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions import examination
from necessity.findings.questions.relevance import absent, in_region, of_kind, present
from necessity.findings.questions.reply import no, unknown, yes

_LONG_TRACT = ("babinski", "clonus", "pathologic_reflex", "spasticity")
_NECK_ONLY = ("hoffmann", "lhermitte")
_WITH_BRISK = ("gait", "tandem", "romberg", "tone")
BRISK = 3.0
# Residual urine above this is retention; a policy may set another with `residual_ml`.
_RETENTION_ML = 200.0


def cord_signs(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Myelopathy or conus signs at a line whose level holds cord or conus: a long-tract sign, the diagnosis, or brisk
    reflexes with an unsteady gait or clumsy hands. No: the level lies below, or the signs are ruled out."""
    if not may_hold_cord(case, line):
        return no(f"{line.level or 'The region of the request'} lies below the cord.")
    signs = _LONG_TRACT + (_NECK_ONLY if line.region in (None, Region.CERVICAL) else ())
    found = examination.findings_of(case, *signs, "myelopathy")
    clear = [f for f in present(found) if f.source is not Source.PATIENT and f.concept != "lhermitte"]
    if clear:
        return yes("Cord signs, or the diagnosis of myelopathy, are recorded.", clear)
    reflexes = examination.findings_of(case, "reflex")
    brisk = [f for f in reflexes if (f.grade or 0) >= BRISK or f.present and f.value == "brisk"]
    gait = [f for f in present(examination.findings_of(case, *_WITH_BRISK)) if f.source is not Source.PATIENT]
    clumsy = present(in_region(of_kind(case, Symptom, "hand_clumsiness", "gait"), line))
    if brisk and (gait or clumsy):
        return yes("Brisk reflexes with an unsteady gait or clumsy hands are recorded.", [*brisk, *gait, *clumsy])
    ruled_out = absent(found)
    if ruled_out:
        return no("Cord signs were looked for and not found.", ruled_out)
    return unknown("Cord signs are not mentioned.", "Hoffmann, Babinski, clonus, gait", facts=present(found))


def may_hold_cord(case: CaseFacts, line: Line) -> bool:
    if line.level:
        return case.anatomy.has_cord(line.level)
    return line.region is not Region.LUMBAR


Feature = ExamFinding | Symptom
# A feature and its complaint are of one aspect, so that a later word on the one settles the other.
_ASPECTS = {
    "saddle_sensation": "saddle",
    "saddle": "saddle",
    "post_void_residual": "bladder",
    "bladder": "bladder",
    "rectal_tone": "bowel",
    "bowel": "bowel",
}
_EXAMINED = ("saddle_sensation", "rectal_tone", "post_void_residual")


def cauda_equina(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Cauda equina or conus syndrome, suspected or confirmed: the diagnosis, or two features of which one is the saddle
    or retained urine and one was found on examination. A complaint alone is a trigger, not the syndrome."""
    named = [
        f
        for f in examination.findings_of(case, "cauda_equina")
        if f.assertion in (Assertion.PRESENT, Assertion.POSSIBLE)
    ]
    normal = _normal(case, line, params)
    named = [f for f in named if f.assertion is Assertion.PRESENT or not _excluded(f, normal)]
    if named and not (_only_suspected(named) and _examined_normal(normal) and not _features(case, line, params)):
        return yes("Cauda equina syndrome is suspected or diagnosed.", named)
    features = _standing(_features(case, line, params), normal)
    strong = [f for f in features if f.concept in ("saddle", "saddle_sensation", "post_void_residual")]
    examined = [f for f in features if isinstance(f, ExamFinding)]
    if strong and examined and len(features) > 1:
        return yes(
            "Saddle sensation or urine retention is abnormal together with another feature.", [*examined, *features]
        )
    if features and not normal:
        return unknown(
            "A bladder, bowel or saddle complaint is recorded, and the syndrome is not settled by an examination.",
            "saddle sensation, anal tone and residual urine",
            facts=features,
        )
    if normal and not strong:
        aspects = list(dict.fromkeys(_ASPECTS[f.concept] for f in normal if f.concept in _ASPECTS))
        words = " and ".join([", ".join(aspects[:-1]), aspects[-1]] if len(aspects) > 1 else aspects)
        return no(f"Recorded as normal: {words or 'cauda equina'}.", normal)
    return unknown(
        "Cauda equina features are not established.", "saddle sensation, anal tone and residual urine", facts=features
    )


def _excluded(suspected: ExamFinding, normal: list[Feature]) -> bool:
    """A suspicion that the same document, or a later one, says was not borne out."""
    return any(
        f.concept == "cauda_equina"
        and f.written is not None
        and suspected.written is not None
        and f.written >= suspected.written
        for f in normal
    )


def _only_suspected(named: list[ExamFinding]) -> bool:
    return all(f.assertion is Assertion.POSSIBLE for f in named)


def _examined_normal(normal: list[Feature]) -> bool:
    """ "Sent to rule out cauda equina; perianal sensation normal, residual 30 ml": looked for and not found."""
    return any(isinstance(f, ExamFinding) and f.concept in _EXAMINED and f.source is not Source.PATIENT for f in normal)


def sphincter_complaints(case: CaseFacts, line: Line) -> tuple[Symptom, ...]:
    """What the patient says of bladder, bowel and saddle, present or denied."""
    return in_region(of_kind(case, Symptom, "bladder", "bowel", "saddle"), line)


def standing_complaints(case: CaseFacts, line: Line) -> list[Feature]:
    """Complaints that no later document denies."""
    found = sphincter_complaints(case, line)
    return _standing(list(present(found)), list(absent(found)))


def standing_signs(case: CaseFacts, line: Line) -> list[Feature]:
    """Saddle, tone or residual urine found abnormal on examination, which no later document finds normal."""
    exam = [f for f in examination.findings_of(case, *_EXAMINED) if f.source is not Source.PATIENT and not f.historical]
    found: list[Feature] = [f for f in exam if (_retained(f, {}) if f.concept == "post_void_residual" else f.present)]
    return _standing(found, _normal(case, line, {}))


def _standing(features: list[Feature], normal: list[Feature]) -> list[Feature]:
    """The features that no later document finds normal in the same aspect."""
    return [
        feature
        for feature in features
        if not any(
            _ASPECTS.get(other.concept) == _ASPECTS[feature.concept]
            and other.written is not None
            and feature.written is not None
            and other.written > feature.written
            for other in normal
        )
    ]


def _features(case: CaseFacts, line: Line, params: Mapping[str, object]) -> list[Feature]:
    exam = examination.findings_of(case, *_EXAMINED)
    found: list[Feature] = [
        f for f in exam if (_retained(f, params) if f.concept == "post_void_residual" else f.present)
    ]
    return [*found, *present(sphincter_complaints(case, line))]


def _retained(finding: ExamFinding, params: Mapping[str, object]) -> bool:
    limit = params.get("residual_ml")
    if finding.grade is not None:
        return finding.grade >= (float(limit) if isinstance(limit, (int, float)) else _RETENTION_ML)
    return finding.present


def _normal(case: CaseFacts, line: Line, params: Mapping[str, object]) -> list[Feature]:
    exam = examination.findings_of(case, *_EXAMINED, "cauda_equina")
    normal: list[Feature] = [
        f
        for f in exam
        if f.absent or (f.concept == "post_void_residual" and f.grade is not None and not _retained(f, params))
    ]
    return [*normal, *absent(sphincter_complaints(case, line))]


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="cord_signs", type="yes_no", ask=cord_signs),
        Question(
            name="cauda_equina",
            type="yes_no",
            ask=cauda_equina,
            params=(Param(name="residual_ml", type="number", unit="ml"),),
        ),
    )
}

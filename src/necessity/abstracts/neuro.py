"""The review questions on the neurological state, answered from examination and, where it is silent, from symptoms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from necessity.abstracts.abstract import CONFLICTING, NO, YES, AbstractAnswer, AbstractContext
from necessity.charts.span import Evidence
from necessity.facts.examination_course import made_on
from necessity.facts.fact import Assertion, ExamFinding, Fact, Region, Source, Symptom, SymptomQuality

STRENGTH = ("strength", "heel_walk", "toe_walk")
TENSION = ("straight_leg_raise", "crossed_straight_leg_raise", "femoral_stretch", "slump", "spurling")
CORD = ("hoffmann", "babinski", "clonus", "lhermitte", "pathologic_reflex", "spasticity")
CAUDA = ("rectal_tone", "saddle_sensation", "post_void_residual")
CAUDA_SYMPTOMS = ("bladder", "bowel", "saddle")
BRISK = 3.0
_LIMB_REGION = {Region.THORACIC: Region.LUMBAR}


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """The answers that the chart gives, by question id."""
    exam = [f for f in context.facts if isinstance(f, ExamFinding) and not f.historical]
    symptoms = [f for f in context.facts if isinstance(f, Symptom) and not f.historical]
    found = {
        "neuro.motor_deficit": _motor(exam, symptoms, context.region),
        "neuro.worst_mrc": _worst(exam, context.region),
        "neuro.progressive_deficit": _progressive(exam, context.facts),
        "neuro.sensory_deficit": _sensory(exam, symptoms, context.region),
        "neuro.reflex_change": _reflex(exam, context.region),
        "neuro.tension_sign": _plain(exam, TENSION, context.region),
        "neuro.cauda_equina": _cauda(exam, symptoms),
        "neuro.myelopathy": _myelopathy(exam),
    }
    return {question: given for question, given in found.items() if given is not None}


def latest(findings: Sequence[ExamFinding]) -> list[ExamFinding]:
    """The findings of the most recent day that has any; undated ones stay unless they are quoted as earlier."""
    if any(made_on(f) is None and not f.earlier for f in findings):
        # Without a date of the note itself, what it quotes is older than what it finds.
        findings = [f for f in findings if not f.earlier]
    days = [day for f in findings if (day := made_on(f)) is not None]
    newest = max(days, default=None)
    kept = [f for f in findings if _stands(f, newest)]
    return kept or list(findings)


def _stands(finding: ExamFinding, newest: date | None) -> bool:
    day = made_on(finding)
    if day is None:
        return not finding.earlier
    return newest is None or day == newest


def _in_region(findings: Iterable[ExamFinding], region: Region | None) -> list[ExamFinding]:
    """Those of the limb that the problem serves; a cord problem of the neck serves arms and legs alike."""
    if region is None or region is Region.CERVICAL:
        return list(findings)
    wanted = _LIMB_REGION.get(region, region)
    return [f for f in findings if f.region in (None, region, wanted)]


def _yes_no(present: Sequence[Fact], absent: Sequence[Fact]) -> AbstractAnswer | None:
    if present:
        return AbstractAnswer(value=YES, evidence=_evidence(present))
    return AbstractAnswer(value=NO, evidence=_evidence(absent)) if absent else None


def _evidence(facts: Iterable[Fact], most: int = 4) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for fact in facts for evidence in fact.evidence))[:most]


def _split(facts: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    facts = list(facts)
    return [f for f in facts if f.assertion is Assertion.PRESENT], [f for f in facts if f.assertion is Assertion.ABSENT]


def _motor(exam: Sequence[ExamFinding], symptoms: Sequence[Symptom], region: Region | None) -> AbstractAnswer | None:
    """Weakness on examination; what is told counts only where no examination is recorded."""
    findings = [f for f in _in_region(exam, region) if f.concept in STRENGTH]
    examined = latest(
        [f for f in findings if f.source is not Source.PATIENT and f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    )
    # Weakness named outside the examination gives way to what the examination found.
    found = [f for f in examined if f.value != "stated"]
    present, absent = _split(found or examined)
    if not present and not any(f.grade is not None or f.assertion is Assertion.PRESENT for f in examined):
        absent += [f for f in latest([f for f in exam if f.concept == "neurologic"]) if f.assertion is Assertion.ABSENT]
        absent = [f for f in absent if f.concept not in ("heel_walk", "toe_walk")] or absent
    if present or absent:
        return _yes_no(present, absent)
    told = [f for f in findings if f.source is Source.PATIENT] + [
        f for f in symptoms if f.concept == "weakness" and _limb(f, region)
    ]
    return _yes_no(*_split(told))


def _limb(symptom: Symptom, region: Region | None) -> bool:
    return (
        symptom.region is None or region is None or region is Region.CERVICAL or symptom.region is not Region.CERVICAL
    )


def _worst(exam: Sequence[ExamFinding], region: Region | None) -> AbstractAnswer | None:
    graded = latest([f for f in _in_region(exam, region) if f.concept == "strength" and f.grade is not None])
    if not graded:
        return None
    lowest = min(f.grade for f in graded if f.grade is not None)
    return AbstractAnswer(value=lowest, evidence=_evidence(f for f in graded if f.grade == lowest))


def _progressive(exam: Sequence[ExamFinding], facts: Sequence[Fact]) -> AbstractAnswer | None:
    """A deficit said to grow, or a muscle graded lower than before; "unchanged" and equal grades say no."""
    graded = latest([f for f in exam if f.concept == "strength" and f.grade is not None])
    present = [f for f in exam if f.concept == "progression" and f.assertion is Assertion.PRESENT] + [
        f for f in graded if f.progressive
    ]
    absent = [f for f in exam if f.concept == "progression" and f.assertion is Assertion.ABSENT]
    absent += [
        f
        for f in exam
        if f.concept == "strength"
        and f.earlier
        and f.grade is not None
        and any(
            now.muscle == f.muscle
            and now.side is f.side
            and now.grade is not None
            and f.grade <= now.grade < 5
            and not now.earlier
            for now in graded
        )
    ]
    if (
        not present
        and not absent
        and any(
            f.concept in (*CORD, "myelopathy") and f.concept != "lhermitte" and f.assertion is Assertion.PRESENT
            for f in exam
        )
    ):
        # Of a cord that is failing, symptoms that grow are a deficit that grows.
        return _yes_no(
            [
                f
                for f in facts
                if isinstance(f, SymptomQuality) and f.concept == "course" and f.value == "worsening" and f.present
            ],
            (),
        )
    return _yes_no(present, absent)


def _sensory(exam: Sequence[ExamFinding], symptoms: Sequence[Symptom], region: Region | None) -> AbstractAnswer | None:
    """Reduced sensation on examination or reported numbness, even where the examination is normal."""
    examined = latest(
        [
            f
            for f in _in_region(exam, region)
            if f.concept == "sensation" or f.concept == "saddle_sensation" and f.assertion is Assertion.PRESENT
        ]
    )
    told = [f for f in symptoms if f.concept == "numbness" and _limb(f, region)]
    present, absent = _split([*examined, *told])
    if not present and not absent and not any(f.concept in STRENGTH and f.assertion is Assertion.PRESENT for f in exam):
        # A summary that the grades contradict rules nothing out.
        absent = [f for f in exam if f.concept == "neurologic" and f.assertion is Assertion.ABSENT]
    return _yes_no(present, absent)


def _plain(exam: Sequence[ExamFinding], concepts: tuple[str, ...], region: Region | None) -> AbstractAnswer | None:
    findings = [
        f
        for f in _in_region(exam, region)
        if f.concept in concepts and f.assertion in (Assertion.PRESENT, Assertion.ABSENT)
    ]
    return _yes_no(*_split(latest(findings)))


def _reflex(exam: Sequence[ExamFinding], region: Region | None) -> AbstractAnswer | None:
    """Grades of 3 are brisk where the cord speaks too."""
    plain = _plain(exam, ("reflex",), region)
    cord = [f for f in exam if f.concept in CORD and f.assertion is Assertion.PRESENT]
    brisk = [f for f in _in_region(exam, region) if f.concept == "reflex" and f.grade is not None and f.grade >= BRISK]
    if plain is not None and plain.value == NO and cord and brisk:
        return AbstractAnswer(value=YES, evidence=_evidence([*brisk, *cord]))
    return plain


def _cauda(exam: Sequence[ExamFinding], symptoms: Sequence[Symptom]) -> AbstractAnswer | None:
    """Sphincter, saddle and bladder: found, or denied."""
    findings = [f for f in exam if f.concept in CAUDA or f.concept == "cauda_equina"]
    told = [f for f in symptoms if f.concept in CAUDA_SYMPTOMS]
    present, absent = _split([*findings, *told])
    return _yes_no(present, absent)


def _myelopathy(exam: Sequence[ExamFinding]) -> AbstractAnswer | None:
    """Cord signs or the diagnosis. A form that claims it against signs ruled out is a conflict."""
    signs_present, signs_absent = _split(f for f in exam if f.concept in CORD and not f.earlier)
    said_present, said_absent = _split(f for f in exam if f.concept == "myelopathy" and not f.earlier)
    spastic: list[Fact] = [
        f for f in exam if f.concept == "gait" and f.value == "spastic" and f.assertion is Assertion.PRESENT
    ]
    present, absent = signs_present + spastic + said_present, signs_absent + said_absent
    claimed = [f for f in said_present if f.source is Source.REQUEST]
    if present and len(claimed) == len(present) and absent:
        return AbstractAnswer(value=CONFLICTING, evidence=_evidence(claimed, 2) + _evidence(absent, 2))
    return _yes_no(present, absent)

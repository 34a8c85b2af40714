"""Questions on fusion and disc replacement: slip, motion, pars, facets, deformity, bone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from necessity.facts.fact import Fact, ImagingFinding, Operation, PatientFact, RequestFact, Source
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.compression import compression_shown
from necessity.findings.questions.relevance import absent, newest, of_kind, present
from necessity.findings.questions.reply import evidence_of, interval, no, number, unknown, yes
from necessity.findings.questions.studies import findings_of, rank
from necessity.vocabulary.anatomy import neighbours

_MOVING = "flexion_extension"
_LOW_GRADE = 1  # Meyerding


def at_line(case: CaseFacts, line: Line, *concepts: str) -> tuple[ImagingFinding, ...]:
    """Findings at the line's level; those of no level count only where they rule something out."""
    return _placed_at(line, findings_of(case, line, *concepts))


def _placed_at(line: Line, found: tuple[ImagingFinding, ...]) -> tuple[ImagingFinding, ...]:
    named = tuple(f for f in found if line.level in f.levels)
    return named or tuple(f for f in found if not f.levels and not f.present)


def _seen_or_not(case: CaseFacts, line: Line, concept: str, name: str) -> Answer:
    """Plain reading of one finding at the level."""
    found = at_line(case, line, concept)
    if present(found):
        return yes(f"{name} is shown at {line.level}.", present(found))
    if absent(found):
        return no(f"{name} is ruled out at {line.level}.", absent(found))
    return unknown(f"{name} is not mentioned at {line.level}.", name.lower())


def _motion_seen(case: CaseFacts, line: Line) -> tuple[ImagingFinding, ...]:
    """What films say of motion at the level and of all levels; an opinion without a measurement neither adds to them nor
    contradicts them."""
    every = findings_of(case, line, "instability")
    films = tuple(f for f in every if is_film(f)) or every
    return tuple(f for f in films if line.level in f.levels or not f.levels and f.absent)


def is_film(finding: ImagingFinding) -> bool:
    return finding.source is Source.RECORD or finding.modality is not None


def stable_and_aligned(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Shown not to move, by words on motion or aligned on flexion and extension; aligned, or slipped by a low grade that
    narrows nothing to a moderate degree."""
    slip, motion = at_line(case, line, "slip"), _motion_seen(case, line)
    slipped = [f for f in present(slip) if f.grade != 0]
    if present(motion):
        return no(f"Abnormal motion is shown at {line.level}.", [*slipped, *present(motion)])
    if slipped:
        return _stable_slip(case, line, slipped, absent(motion))
    still = [*absent(motion), *(f for f in absent(slip) if f.modality == _MOVING)]
    if still:
        return yes(f"{line.level} is said to be aligned and not to move.", [*still, *absent(slip)])
    return unknown("Motion is neither shown nor excluded.", "standing flexion and extension films", facts=slip)


def _stable_slip(
    case: CaseFacts, line: Line, slipped: Sequence[ImagingFinding], still: Sequence[ImagingFinding]
) -> Answer:
    low = all(isinstance(f.grade, (int, float)) and f.grade <= _LOW_GRADE or f.grade is None for f in slipped)
    if low and still and slip_with_stenosis(case, line, {}).value is False:
        return yes(
            f"The slip at {line.level} does not move and narrows nothing to a moderate degree.", [*still, *slipped]
        )
    return no(f"A slip is shown at {line.level}.", slipped)


def slip_with_stenosis(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A slip at the level with moderate or worse stenosis of canal, recess or foramen there."""
    slip = at_line(case, line, "slip")
    slipped = [f for f in present(slip) if f.grade != 0]
    if not slipped:
        return (
            no(f"There is no slip at {line.level}.", absent(slip))
            if slip
            else unknown(f"No study says whether {line.level} is slipped.", "alignment on standing films")
        )
    narrow = [f for f in at_line(case, line, "stenosis") if f.present and (rank(f.grade) or 0) >= 2]
    shown = compression_shown(case, line, {})
    if narrow or shown.value:
        return Answer(
            value=True,
            reason=f"A slip with stenosis moderate or worse is shown at {line.level}.",
            evidence=(*evidence_of([*slipped, *narrow]), *shown.evidence)[:4],
        )
    if shown.value is False:
        return no(f"The slip at {line.level} goes with no stenosis of that degree.", slipped)
    return unknown(
        f"The stenosis beside the slip at {line.level} is not graded.", "the grade of the stenosis", facts=slipped
    )


def _motion(case: CaseFacts, line: Line, unit: str) -> Answer:
    found = (*_motion_seen(case, line), *at_line(case, line, "slip"))
    measured = [f for f in found if f.concept == "instability" and _measure(f, unit) is not None]
    if measured:
        most = max(measured, key=lambda f: _measure(f, unit) or 0.0)
        value = _measure(most, unit) or 0.0
        return number(value, f"Motion at {line.level} measures {value:g} {unit}.", [most])
    still = [f for f in absent(found) if f.concept == "instability"]
    if still:
        return interval(0, 0, f"No motion is seen at {line.level}.", still)
    return unknown(f"Motion at {line.level} is not measured.", "flexion and extension films")


def _measure(finding: ImagingFinding, unit: str) -> float | None:
    return finding.millimetres if unit == "mm" else finding.degrees


def dynamic_motion_mm(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _motion(case, line, "mm")


def dynamic_angle_deg(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _motion(case, line, "deg")


def pars_defect_with_slip(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A pars defect of the upper vertebra (it may be named alone: "bilateral L5 pars defects") with a slip."""
    pars = _pars(case, line)
    slip = at_line(case, line, "slip")
    slipped = [f for f in present(slip) if f.grade != 0]
    if present(pars) and slipped:
        return yes(f"A pars defect with a slip is shown at {line.level}.", [*present(pars), *slipped])
    if absent(pars) and not present(pars):
        return no("A pars defect is ruled out.", absent(pars))
    if absent(slip) and not slipped:
        return no(f"There is no slip at {line.level}.", absent(slip))
    return unknown("A pars defect with slip is not described.", "pars on CT or oblique films", facts=[*pars, *slipped])


def _pars(case: CaseFacts, line: Line) -> tuple[ImagingFinding, ...]:
    upper = (line.level or "").split("-")[0]
    found = findings_of(case, line, "pars_defect")
    named = tuple(f for f in found if line.level in f.levels or upper in f.levels)
    return named or tuple(f for f in found if not f.levels)


def wide_facet_removal_planned(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Removal of both facets, or more than half of one, for the decompression itself (`value` wide or preserved)."""
    plans = [
        f
        for f in of_kind(case, RequestFact, "facet_removal")
        if not f.levels or line.level is None or line.level in f.levels
    ]
    wide = [f for f in plans if f.value == "wide" and not f.absent]
    kept = [f for f in plans if f.value in ("preserved", "partial") or f.absent]
    if wide:
        return yes("The plan removes both facets, or more than half of one, for the decompression.", wide)
    if kept:
        return no("The plan keeps the facets.", kept)
    return unknown("Wide removal of the facets is not planned in words.", "the extent of facet removal")


def deformity(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    found = [f for f in findings_of(case, line, "deformity") if not f.levels or line.level in f.levels]
    if present(found):
        return yes("A deformity that includes the level is described.", present(found))
    if absent(found):
        return no("Deformity is ruled out.", absent(found))
    return unknown("Deformity is not mentioned.", "standing alignment films")


def pseudarthrosis(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _seen_or_not(case, line, "pseudarthrosis", "Pseudarthrosis")


def severe_facet_arthropathy(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Severe at the level. Lower grades, or a study of the level that does not speak of it, are told apart."""
    found = at_line(case, line, "facet_arthropathy")
    severe = [f for f in present(found) if (rank(f.grade) or 0) >= 3]
    if severe:
        return yes(f"Facet arthropathy at {line.level} is severe.", severe)
    if found:
        return no(f"Facet arthropathy at {line.level} is below severe.", found)
    readings = [
        f for f in findings_of(case, line) if line.level in f.levels and f.modality in ("mri", "ct", "ct_myelogram")
    ]
    if readings:
        return no(f"The study of {line.level} names no facet arthropathy.", readings[:2])
    return unknown("The facets are not described.", "an MRI or CT of the level")


def adjacent_fusion(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A fused neighbour, by imaging or by an earlier operation."""
    near = neighbours(line.level or "")
    found: list[Fact] = [f for f in findings_of(case, line, "fused") if any(level in near for level in f.levels)]
    found += [op for op in of_kind(case, Operation, "fusion") if any(level in near for level in op.levels)]
    if present(found):
        return yes(f"A level next to {line.level} is fused.", present(found))
    never: list[Fact] = [*absent(of_kind(case, Operation)), *absent(findings_of(case, line, "fused"))]
    if never:
        return no("No neighbouring level is fused.", never)
    return unknown("An earlier fusion is not mentioned.", "earlier neck or back operations")


def low_bone_density(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Osteoporosis, named or measured: `sd` is the T-score's distance below the young mean from which on it is one.

    Osteopenia is less, and named without a measurement it leaves the question open.
    """
    named = [f for f in _bone_words(case, line) if _is_osteoporosis(f)]
    if present(named):
        return yes("Osteoporosis is recorded.", present(named))
    scores = [(f, float(f.value)) for f in _densities(case) if isinstance(f.value, int | float)]
    limit = params.get("sd")
    if scores and isinstance(limit, int | float):
        worst, score = min(scores, key=lambda pair: pair[1])
        told = f"The T-score is {score:+g}."
        return yes(told, [worst]) if score <= -limit else no(told, [worst])
    normal = [f for f in _densities(case) if f.value == "normal"]
    if normal or absent(named):
        return no("Bone density is recorded as sufficient.", [*normal, *absent(named)])
    low = present(_bone_words(case, line))
    if low:
        return unknown("Low bone density is named without a measurement.", "bone density measurement", facts=low)
    return unknown("Bone density is not mentioned.", "bone density measurement")


def bone_density_risk(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A risk factor in words: long steroid use, low-energy fracture, known low density."""
    found: list[Fact] = [
        f for f in of_kind(case, PatientFact) if f.value in ("long_steroid_use", "low_energy_fracture")
    ]
    found += _bone_words(case, line)
    if present(found):
        return yes("A risk factor for low bone density is recorded.", present(found))
    return unknown(
        "No risk factor for low bone density is recorded.", "long steroid use, low-energy fracture, known low density"
    )


def _bone_words(case: CaseFacts, line: Line) -> list[Fact]:
    """Osteoporosis and osteopenia, as an illness of the patient or seen in a study."""
    named = [f for f in of_kind(case, PatientFact) if f.value in ("osteoporosis", "osteopenia")]
    return [*findings_of(case, line, "osteoporosis"), *named]


def _is_osteoporosis(fact: Fact) -> bool:
    """A study's finding is of either; its words tell which."""
    if isinstance(fact, PatientFact):
        return fact.value == "osteoporosis"
    return any("osteopor" in passage.quote.lower() for passage in fact.evidence)


def _densities(case: CaseFacts) -> tuple[PatientFact, ...]:
    return newest(of_kind(case, PatientFact, "bone_density"))


_YES_NO = {
    "stable_and_aligned": stable_and_aligned,
    "slip_with_stenosis": slip_with_stenosis,
    "pars_defect_with_slip": pars_defect_with_slip,
    "wide_facet_removal_planned": wide_facet_removal_planned,
    "deformity": deformity,
    "pseudarthrosis": pseudarthrosis,
    "severe_facet_arthropathy": severe_facet_arthropathy,
    "adjacent_fusion": adjacent_fusion,
    "bone_density_risk": bone_density_risk,
}
QUESTIONS: dict[str, Question] = {
    **{name: Question(name=name, type="yes_no", ask=ask) for name, ask in _YES_NO.items()},
    "low_bone_density": Question(
        name="low_bone_density",
        type="yes_no",
        ask=low_bone_density,
        params=(Param(name="sd", type="number", unit="SD"),),
    ),
    "dynamic_motion_mm": Question(name="dynamic_motion_mm", type="number", ask=dynamic_motion_mm, unit="mm"),
    "dynamic_angle_deg": Question(name="dynamic_angle_deg", type="number", ask=dynamic_angle_deg, unit="deg"),
}

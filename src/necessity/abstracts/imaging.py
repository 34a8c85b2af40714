"""The imaging questions of the abstract, answered from studies and findings of the region in question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.abstracts.imaging_compression import (
    SHOWS_NERVES,
    STENOSIS,
    cited,
    compressing,
    compression,
    levels,
    side,
)
from necessity.facts.fact import Assertion, ImagingFinding, ImagingStudy, Region, RequestFact, Source

_DISPLACEMENT = ("none", "bulge", "protrusion", "unspecified", "extrusion", "sequestration")
_STENOSIS_WORDS = ("none", "mild", "moderate", "severe")
_SAME_WORKUP = timedelta(days=92)  # an MRI and a CT so near to each other are read together


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """Every imaging question that the chart answers."""
    asked = context.region if _is_asked(context) else None
    told = [fact for fact in context.facts if isinstance(fact, ImagingFinding) and _is_of(fact.region, asked)]
    every = [fact for fact in told if not fact.historical]
    findings = _of_latest(every)
    studies = [fact for fact in context.facts if isinstance(fact, ImagingStudy) and fact.present]
    answers: dict[str, AbstractAnswer] = {}
    _put(answers, "imaging.modalities", _modalities(studies, findings))
    compressed = compressing(findings)
    _put(answers, "imaging.neural_compression", compression(findings, compressed))
    if compressed:
        _put(answers, "imaging.compression_levels", levels(findings, compressed))
        _put(answers, "imaging.compression_side", side(findings, compressed))
    _put(answers, "imaging.herniation", _herniation(findings) or _herniation(_known_of(told)))
    _put(answers, "imaging.stenosis", _stenosis(findings, compressed) or _stenosis(every, compressed))
    _put(answers, "imaging.spondylolisthesis_grade", _slip(findings) or _slip(every))
    _put(answers, "imaging.instability", _instability(findings))
    _put(answers, "imaging.recurrent_herniation", _yes_no(findings, lambda f: f.concept == "recurrent_disc"))
    return answers


def _known_of(findings: list[ImagingFinding]) -> list[ImagingFinding]:
    """A disc on the list of past illness, of which no study tells: "history of herniated disc"."""
    return [f for f in findings if f.historical and f.concept == "disc" and f.assertion is Assertion.PRESENT]


def _is_asked(context: AbstractContext) -> bool:
    """Only a request narrows the answers to one region; a note on neck and back is about both."""
    return bool(context.request.levels) or any(
        isinstance(fact, RequestFact) and fact.concept == "level" for fact in context.facts
    )


def _is_of(region: Region | None, asked: Region | None) -> bool:
    """Of the region asked about; a thoracolumbar problem is met from both sides of T12-L1."""
    return region is None or asked is None or region == asked


def _of_latest(findings: list[ImagingFinding]) -> list[ImagingFinding]:
    """Without what an older MRI or CT of the region showed, once a later one is reported."""
    dated = [f for f in findings if f.modality in SHOWS_NERVES and f.when is not None]
    latest = {f.region: max(o.when.earliest for o in dated if o.when and o.region == f.region) for f in dated}
    return [
        f
        for f in findings
        if not (f.modality in SHOWS_NERVES and f.when and f.when.latest < latest[f.region] - _SAME_WORKUP)
    ]


def _put(answers: dict[str, AbstractAnswer], question: str, found: AbstractAnswer | None) -> None:
    if found is not None:
        answers[question] = found


def _modalities(studies: list[ImagingStudy], findings: list[ImagingFinding]) -> AbstractAnswer | None:
    shown = [
        study
        for study in studies
        if not study.unreadable or any(finding.modality == study.concept for finding in findings)
    ]
    return cited(tuple(sorted({study.concept for study in shown})), shown) if shown else None


def _herniation(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    """The worst displacement; a bare "herniation" yields to the report's own word for the same level."""
    discs = [f for f in findings if f.concept == "disc" and f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    reported = {
        level
        for f in discs
        if f.source is Source.RECORD and f.grade not in ("unspecified", "none")
        for level in f.levels
    }
    kept = [f for f in discs if f.grade != "unspecified" or not _is_told_better(f, discs, reported)]
    if not kept:
        return None
    worst = max(kept, key=lambda f: _DISPLACEMENT.index(str(f.grade)))
    return cited(str(worst.grade), [worst])


def _is_told_better(finding: ImagingFinding, discs: list[ImagingFinding], reported: set[str]) -> bool:
    if finding.levels and set(finding.levels) & reported or not finding.levels and reported:
        return True
    exact = [f for f in discs if f is not finding and f.grade in ("protrusion", "extrusion", "sequestration")]
    return any(not finding.levels or set(f.levels) & set(finding.levels) for f in exact)


def _stenosis(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    """The worst grade; "none" only where nothing narrow is said without a grade."""
    graded = [
        f
        for f in findings
        if f.concept == "stenosis" and f.assertion in (Assertion.PRESENT, Assertion.ABSENT) and f.grade is not None
    ]
    if not graded:
        return None
    worst = max(graded, key=lambda f: STENOSIS[str(f.grade)])
    if worst.grade == "none" and any(f.concept == "stenosis" and f.grade is None for f in findings):
        return None
    if worst.grade == "none" and compressed and all(f.levels for f in graded):
        return None  # one level without stenosis, and another compressed
    return cited(_STENOSIS_WORDS[STENOSIS[str(worst.grade)]], [worst])


def _slip(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    slips = [f for f in findings if f.concept == "slip"]
    present = [f for f in slips if f.assertion is Assertion.PRESENT]
    if present:
        graded = [f for f in present if f.grade is not None]
        worst = max(graded, key=lambda f: float(f.grade or 0)) if graded else present[0]
        return cited(float(worst.grade) if worst.grade is not None else 1.0, [worst])
    absent = [f for f in slips if f.assertion is Assertion.ABSENT]
    return cited(0.0, absent) if absent else None


def _instability(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    found = [f for f in findings if f.concept in ("instability", "pars_defect") and f.assertion is Assertion.PRESENT]
    absent = [f for f in findings if f.concept == "instability" and f.assertion is Assertion.ABSENT]
    filmed = [f for f in absent if f.modality is not None]
    if filmed and all(f.modality is None and f.source is Source.CLINICIAN for f in found):
        return cited(NO, filmed)  # an opinion without a measurement does not contradict the films
    if (
        found
        and absent
        and absent[-1].evidence[0] > found[-1].evidence[0]
        and all(f.concept == "instability" and f.modality is None for f in found)
    ):
        return cited(NO, absent)  # a diagnosis taken back after the operation
    if found:
        return cited(YES, found)
    return cited(NO, absent) if absent else None


def _yes_no(findings: list[ImagingFinding], wanted: Callable[[ImagingFinding], bool]) -> AbstractAnswer | None:
    """A report decides over a clinician's word."""
    found = [f for f in findings if wanted(f) and f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    found = [f for f in found if f.source is Source.RECORD] or found
    present = [f for f in found if f.assertion is Assertion.PRESENT]
    if present:
        return cited(YES, present)
    return cited(NO, found) if found else None

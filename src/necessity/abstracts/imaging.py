"""The imaging questions of the abstract, answered from studies and findings of the region in question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, ImagingFinding, ImagingStudy, Region, RequestFact, Side, Source
from necessity.vocabulary.anatomy import sorted_levels

_DISPLACEMENT = ("none", "bulge", "protrusion", "unspecified", "extrusion", "sequestration")
_STENOSIS = {"none": 0, "mild": 1, "mild_to_moderate": 1, "moderate": 2, "moderate_to_severe": 3, "severe": 3}
_STENOSIS_WORDS = ("none", "mild", "moderate", "severe")
_NEURAL = frozenset({"root", "cauda", "cord", None})
_SHOWS_NERVES = frozenset({"mri", "ct", "ct_myelogram"})
_SAME_WORKUP = timedelta(days=92)  # an MRI and a CT so near to each other are read together
_MOST_EVIDENCE = 4


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """Every imaging question that the chart answers."""
    asked = context.region if _is_asked(context) else None
    findings = [
        fact
        for fact in context.facts
        if isinstance(fact, ImagingFinding) and not fact.historical and _is_of(fact.region, asked)
    ]
    findings = _of_latest(findings)
    studies = [fact for fact in context.facts if isinstance(fact, ImagingStudy) and fact.present]
    answers: dict[str, AbstractAnswer] = {}
    _put(answers, "imaging.modalities", _modalities(studies, findings))
    compressed = [finding for finding in findings if _compresses(finding) or _changes_cord(finding, findings)]
    _put(answers, "imaging.neural_compression", _compression(findings, compressed))
    if compressed:
        _put(answers, "imaging.compression_levels", _levels(findings, compressed))
        _put(answers, "imaging.compression_side", _side(compressed))
    _put(answers, "imaging.herniation", _herniation(findings))
    _put(answers, "imaging.stenosis", _stenosis(findings))
    _put(answers, "imaging.spondylolisthesis_grade", _slip(findings))
    _put(answers, "imaging.instability", _instability(findings))
    _put(answers, "imaging.recurrent_herniation", _yes_no(findings, lambda f: f.concept == "recurrent_disc"))
    return answers


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
    dated = [f for f in findings if f.modality in _SHOWS_NERVES and f.when is not None]
    latest = {f.region: max(o.when.earliest for o in dated if o.when and o.region == f.region) for f in dated}
    return [
        f
        for f in findings
        if not (f.modality in _SHOWS_NERVES and f.when and f.when.latest < latest[f.region] - _SAME_WORKUP)
    ]


def _put(answers: dict[str, AbstractAnswer], question: str, found: AbstractAnswer | None) -> None:
    if found is not None:
        answers[question] = found


def _cited(value: str | float | tuple[str, ...], facts: Iterable[ImagingFinding | ImagingStudy]) -> AbstractAnswer:
    evidence: list[Evidence] = []
    for fact in facts:
        evidence.extend(one for one in fact.evidence if one not in evidence)
    return AbstractAnswer(value=value, evidence=tuple(evidence[:_MOST_EVIDENCE]))


def _modalities(studies: list[ImagingStudy], findings: list[ImagingFinding]) -> AbstractAnswer | None:
    shown = [
        study
        for study in studies
        if not study.unreadable or any(finding.modality == study.concept for finding in findings)
    ]
    return _cited(tuple(sorted({study.concept for study in shown})), shown) if shown else None


def _compresses(finding: ImagingFinding) -> bool:
    """A root, the cauda or the cord touched or worse, or stenosis moderate or worse."""
    if finding.assertion is not Assertion.PRESENT:
        return False
    if finding.concept == "stenosis":
        return _STENOSIS.get(str(finding.grade), 0) >= 2
    return finding.concept == "compression" and finding.structure in _NEURAL


def _changes_cord(finding: ImagingFinding, findings: list[ImagingFinding]) -> bool:
    """Stenosis or a disc with a changed cord at its level has compressed it."""
    return (
        finding.concept == "cord_signal"
        and finding.present
        and any(
            other.concept in ("stenosis", "disc")
            and other.present
            and other.levels
            and set(other.levels) & set(finding.levels)
            for other in findings
        )
    )


def _compression(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    if compressed:
        return _cited(YES, compressed)
    ruled_out = [f for f in findings if f.assertion is Assertion.ABSENT and f.concept == "compression"]
    normal = [f for f in findings if f.concept == "normal" and not f.levels and f.modality in _SHOWS_NERVES]
    open_ = [f for f in findings if f.concept == "compression" and f.assertion is Assertion.POSSIBLE]
    shown = [
        f
        for f in findings
        if f.present
        and (f.concept == "stenosis" and f.grade is None or f.concept == "disc" and f.grade not in ("none", "bulge"))
    ]
    if open_ or not ruled_out and shown:
        return None
    # No herniation and an open canal or open foramina leave nothing that could press.
    discs = [
        f for f in findings if f.concept == "disc" and (f.assertion is Assertion.ABSENT or f.grade in ("none", "bulge"))
    ]
    spaces = [f for f in findings if f.concept == "stenosis" and f.assertion is Assertion.ABSENT]
    narrowed = any(f.concept == "stenosis" and f.present for f in findings)
    nothing = [*discs, *spaces] if discs and spaces and not narrowed else []
    return _cited(NO, ruled_out or normal or nothing) if ruled_out or normal or nothing else None


def _levels(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    """The levels said; where the compression names none, those of the stenosis or disc that must cause it."""
    placed = [finding for finding in compressed if finding.levels]
    if not placed:
        placed = [f for f in findings if f.concept == "stenosis" and f.present and f.levels] or _only_one(
            [f for f in findings if f.concept == "disc" and f.present and f.levels]
        )
    levels = [level for finding in placed for level in finding.levels if "-" in level]
    return _cited(sorted_tuple(levels), placed) if levels else None


def _only_one(discs: list[ImagingFinding]) -> list[ImagingFinding]:
    return discs if len({disc.levels for disc in discs}) == 1 else []


def sorted_tuple(levels: list[str]) -> tuple[str, ...]:
    """Levels from above to below, each once."""
    return sorted_levels(levels)


def _side(compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    sided = [finding for finding in compressed if finding.side in (Side.LEFT, Side.RIGHT, Side.BILATERAL)]
    if sided:
        sides = {finding.side for finding in sided}
        value = Side.BILATERAL if len(sides) > 1 else sided[0].side
        return _cited(str(value), sided)
    central = [
        f
        for f in compressed
        if f.side is Side.CENTRAL
        or f.concept == "stenosis"
        and f.zone == "canal"
        and "central" in f.evidence[0].quote.lower()
    ]
    return _cited(str(Side.CENTRAL), central) if central else None


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
    return _cited(str(worst.grade), [worst])


def _is_told_better(finding: ImagingFinding, discs: list[ImagingFinding], reported: set[str]) -> bool:
    if finding.levels and set(finding.levels) & reported or not finding.levels and reported:
        return True
    exact = [f for f in discs if f is not finding and f.grade in ("protrusion", "extrusion", "sequestration")]
    return any(not finding.levels or set(f.levels) & set(finding.levels) for f in exact)


def _stenosis(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    """The worst grade; "none" only where nothing narrow is said without a grade."""
    graded = [
        f
        for f in findings
        if f.concept == "stenosis" and f.assertion in (Assertion.PRESENT, Assertion.ABSENT) and f.grade is not None
    ]
    if not graded:
        return None
    worst = max(graded, key=lambda f: _STENOSIS[str(f.grade)])
    if worst.grade == "none" and any(f.concept == "stenosis" and f.grade is None for f in findings):
        return None
    return _cited(_STENOSIS_WORDS[_STENOSIS[str(worst.grade)]], [worst])


def _slip(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    slips = [f for f in findings if f.concept == "slip"]
    present = [f for f in slips if f.assertion is Assertion.PRESENT]
    if present:
        graded = [f for f in present if f.grade is not None]
        worst = max(graded, key=lambda f: float(f.grade or 0)) if graded else present[0]
        return _cited(float(worst.grade) if worst.grade is not None else 1.0, [worst])
    absent = [f for f in slips if f.assertion is Assertion.ABSENT]
    return _cited(0.0, absent) if absent else None


def _instability(findings: list[ImagingFinding]) -> AbstractAnswer | None:
    found = [f for f in findings if f.concept in ("instability", "pars_defect") and f.assertion is Assertion.PRESENT]
    absent = [f for f in findings if f.concept == "instability" and f.assertion is Assertion.ABSENT]
    if (
        found
        and absent
        and absent[-1].evidence[0] > found[-1].evidence[0]
        and all(f.concept == "instability" and f.modality is None for f in found)
    ):
        return _cited(NO, absent)  # a diagnosis taken back after the operation
    if found:
        return _cited(YES, found)
    return _cited(NO, absent) if absent else None


def _yes_no(findings: list[ImagingFinding], wanted: Callable[[ImagingFinding], bool]) -> AbstractAnswer | None:
    """A report decides over a clinician's word."""
    found = [f for f in findings if wanted(f) and f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    found = [f for f in found if f.source is Source.RECORD] or found
    present = [f for f in found if f.assertion is Assertion.PRESENT]
    if present:
        return _cited(YES, present)
    return _cited(NO, found) if found else None

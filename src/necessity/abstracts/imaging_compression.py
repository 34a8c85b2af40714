"""Compression in the abstract: whether any study shows it, at which levels, on which side, and where readers disagree."""

from __future__ import annotations

from collections.abc import Iterable

from necessity.abstracts.abstract import CONFLICTING, NO, YES, AbstractAnswer
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, ImagingFinding, ImagingStudy, Side, Source
from necessity.vocabulary.anatomy import sorted_levels

STENOSIS = {"none": 0, "mild": 1, "mild_to_moderate": 1, "moderate": 2, "moderate_to_severe": 3, "severe": 3}
SHOWS_NERVES = frozenset({"mri", "ct", "ct_myelogram"})
_NEURAL = frozenset({"root", "cauda", "cord", None})
_CANAL = frozenset({"canal", None})
_SIDED = (Side.LEFT, Side.RIGHT, Side.BILATERAL)
_MOST_EVIDENCE = 4


def cited(value: str | float | tuple[str, ...], facts: Iterable[ImagingFinding | ImagingStudy]) -> AbstractAnswer:
    """An answer with the passages of its facts, each once."""
    evidence: list[Evidence] = []
    for fact in facts:
        evidence.extend(one for one in fact.evidence if one not in evidence)
    return AbstractAnswer(value=value, evidence=tuple(evidence[:_MOST_EVIDENCE]))


def compressing(findings: list[ImagingFinding]) -> list[ImagingFinding]:
    """The findings that show a nerve or the cord pressed upon."""
    return [finding for finding in findings if _compresses(finding) or _changes_cord(finding, findings)]


def _compresses(finding: ImagingFinding) -> bool:
    """A root, the cauda or the cord touched or worse, a sac compressed, or stenosis moderate or worse."""
    if finding.assertion is not Assertion.PRESENT:
        return False
    if finding.concept == "stenosis":
        return STENOSIS.get(str(finding.grade), 0) >= 2
    if finding.concept != "compression":
        return False
    return finding.structure in _NEURAL or finding.structure == "thecal_sac" and finding.grade == "compression"


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


def compression(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    """Whether imaging shows it; a report that rules out what the clinician reads from the study is a conflict."""
    if compressed:
        denied = _denied(findings, compressed)
        return cited(CONFLICTING, [*compressed[:2], *denied[:2]]) if denied else cited(YES, compressed)
    ruled_out = [f for f in findings if f.assertion is Assertion.ABSENT and f.concept == "compression"]
    normal = [f for f in findings if f.concept == "normal" and not f.levels and f.modality in SHOWS_NERVES]
    open_ = [f for f in findings if f.concept == "compression" and f.assertion is Assertion.POSSIBLE]
    shown = [
        f
        for f in findings
        if f.present
        and (f.concept == "stenosis" and f.grade is None or f.concept == "disc" and f.grade not in ("none", "bulge"))
    ]
    if open_ or not ruled_out and shown:
        return None
    nothing = _nothing_that_presses(findings)
    return cited(NO, ruled_out or normal or nothing) if ruled_out or normal or nothing else None


def _denied(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> list[ImagingFinding]:
    """The formal report's denial of what the treating clinician alone sees in the same study."""
    if any(f.source is Source.RECORD for f in compressed) or any(f.modality is None for f in compressed):
        return []
    levels = {level for f in compressed for level in f.levels}
    studied = {f.modality for f in compressed}
    return [
        f
        for f in findings
        if f.source is Source.RECORD
        and f.concept == "compression"
        and f.assertion is Assertion.ABSENT
        and f.modality in studied
        and (not f.levels or not levels or levels & set(f.levels))
    ]


def _nothing_that_presses(findings: list[ImagingFinding]) -> list[ImagingFinding]:
    """No herniation, or a fracture, beside an open canal; or no stenosis at all and nothing displaced."""
    if any(f.concept == "stenosis" and f.present for f in findings):
        return []
    discs = [
        f for f in findings if f.concept == "disc" and (f.assertion is Assertion.ABSENT or f.grade in ("none", "bulge"))
    ]
    spaces = [f for f in findings if f.concept == "stenosis" and f.assertion is Assertion.ABSENT]
    bones = [f for f in findings if f.concept == "fracture" and f.present and f.modality in SHOWS_NERVES]
    canal = [f for f in spaces if f.zone in _CANAL]
    everywhere = [f for f in spaces if f.zone is None and not f.levels and f.modality in SHOWS_NERVES]
    if discs and spaces:
        return [*discs, *spaces]
    if bones and any("narrow" in f.evidence[0].quote.lower() or "stenos" in f.evidence[0].quote.lower() for f in canal):
        return canal
    return everywhere


def levels(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    """The levels said; where the compression names none, those of the stenosis or disc that must cause it."""
    placed = [finding for finding in compressed if finding.levels]
    if not placed:
        placed = [f for f in findings if f.concept == "stenosis" and f.present and f.levels] or _only_one(
            [f for f in findings if f.concept == "disc" and f.present and f.levels]
        )
    found = [level for finding in placed for level in finding.levels]
    segments = [level for level in found if "-" in level]
    bones = [level for finding in placed if finding.concept == "compression" for level in finding.levels]
    return cited(sorted_levels(segments or bones), placed) if segments or bones else None


def _only_one(discs: list[ImagingFinding]) -> list[ImagingFinding]:
    return discs if len({disc.levels for disc in discs}) == 1 else []


def side(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> AbstractAnswer | None:
    """Both sides where either is told of each; the midline where only that, or a disc in it, is told of."""
    sided = [finding for finding in compressed if finding.side in _SIDED]
    if sided:
        sides = {finding.side for finding in sided}
        wide = [f for f in compressed if _fills_canal(f)] if len(sides) == 1 and Side.BILATERAL not in sides else []
        if wide:
            return None  # the whole canal is narrowed, and one side more: neither side alone is right
        return cited(str(Side.BILATERAL if len(sides) > 1 else sided[0].side), sided)
    central = [
        f
        for f in compressed
        if f.side is Side.CENTRAL
        or f.concept == "stenosis"
        and f.zone == "canal"
        and "central" in f.evidence[0].quote.lower()
    ]
    central = central or _midline(findings, compressed)
    return cited(str(Side.CENTRAL), central) if central else None


def _fills_canal(finding: ImagingFinding) -> bool:
    return (
        finding.concept == "stenosis"
        and finding.side is None
        and finding.zone in _CANAL
        and STENOSIS.get(str(finding.grade), 0) >= 3
    )


def _midline(findings: list[ImagingFinding], compressed: list[ImagingFinding]) -> list[ImagingFinding]:
    """Discs in the midline at the levels that are compressed, where no disc lies to a side."""
    places = {level for f in compressed for level in f.levels}
    discs = [f for f in findings if f.concept == "disc" and f.present and f.grade != "bulge"]
    if any(f.side in _SIDED for f in discs):
        return []
    return [f for f in discs if f.side is Side.CENTRAL and places & set(f.levels)]

"""From the request to its lines: one operation at one level, each decided for itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from necessity.charts.document import Document
from necessity.charts.sentences import split
from necessity.facts.fact import Assertion, Fact, ImagingFinding, Region, RequestFact, Side, Source, Symptom
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.vocabulary import levels
from necessity.vocabulary.anatomy import sorted_levels

_DECOMPRESSIONS = ("discectomy", "laminectomy", "foraminotomy", "facetectomy", "corpectomy")
# Displacements of a disc that an operation on the disc is done for; a bulge is none.
HERNIATIONS = ("protrusion", "extrusion", "sequestration", "unspecified")
_CANAL_WORK = ("laminectomy", "foraminotomy", "facetectomy")


def lines_of(case: CaseFacts) -> tuple[Line, ...]:
    """The lines of a request, level by level from above; within a level the decompression comes before the fusion.

    Decompressions of one level are one line. Fusion is a line of its own in the thoracic and lumbar spine; in the
    neck discectomy and fusion from the front are one, and a posterior decompression takes its fusion with it.
    A request for nothing but a level of care has no line.
    """
    asked = _asked(case)
    if not asked:
        return ()
    requested = _segments(case, asked)
    groups = _groups(case, asked, _region(case, requested))
    made = [
        line for name, members in groups for line in _lines_of_group(case, name, members, requested, len(groups) > 1)
    ]
    order = {line.id: position for position, line in enumerate(made)}
    return tuple(sorted(made, key=lambda line: (_rank(line), order[line.id])))


def _rank(line: Line) -> float:
    return levels.order(line.level) if line.level else 999.0


def _asked(case: CaseFacts) -> tuple[str, ...]:
    """The procedures of the request; codes speak only where no words do."""
    return case.request.procedures or case.procedures.asked_by(case.request.cpt)


def _segments(case: CaseFacts, asked: Sequence[str]) -> tuple[str, ...]:
    """The requested levels, normalised and ordered; a vertebra stays one where the procedure is on vertebrae."""
    names = [levels.normalise_level(level) or level for level in case.request.levels]
    return sorted_levels(names)


def _region(case: CaseFacts, requested: Sequence[str]) -> Region | None:
    if requested:
        return Region(levels.region_of(requested[0]))
    by_code = case.procedures.region_of(case.request.cpt)
    if by_code:
        return Region(by_code)
    told = [fact.region for fact in case.facts if isinstance(fact, RequestFact) and fact.region]
    shown = [fact.region for fact in case.facts if isinstance(fact, (ImagingFinding, Symptom)) and fact.region]
    for regions in (told, shown):
        if len(dict.fromkeys(regions)) == 1:
            return regions[0]
    return None


def _groups(case: CaseFacts, asked: Sequence[str], region: Region | None) -> list[tuple[str, tuple[str, ...]]]:
    """The procedures that make a line together, under the name of the line (decompressions are named per level)."""
    decompression = tuple(name for name in asked if name in _DECOMPRESSIONS)
    fusion = "fusion" in asked
    groups: list[tuple[str, tuple[str, ...]]] = []
    if region is Region.CERVICAL:
        groups.extend(_cervical(case, decompression, fusion))
    else:
        if decompression:
            groups.append(("decompression", decompression))
        if fusion:
            groups.append(("fusion", ("fusion",)))
    others = [name for name in asked if name not in _DECOMPRESSIONS and name != "fusion"]
    return groups + [(name, (name,)) for name in others]


def _cervical(case: CaseFacts, decompression: tuple[str, ...], fusion: bool) -> list[tuple[str, tuple[str, ...]]]:
    front = tuple(name for name in decompression if name in ("discectomy", "corpectomy"))
    back = tuple(name for name in decompression if name in _CANAL_WORK)
    replaced = "disc_replacement" in case.request.procedures
    approaches = case.procedures.approaches(case.request.cpt)
    only_posterior = "posterior" in approaches and "anterior" not in approaches
    if fusion and front and not only_posterior:
        # A foraminotomy or facetectomy without a laminectomy or a posterior code belongs to the work from the front.
        separate = "laminectomy" in back or "posterior" in approaches
        groups = [("fusion", (*front, *(() if separate else back), "fusion"))]
        return groups + ([("laminectomy", back)] if back and separate else [])
    if fusion and (back or front):
        return [("laminectomy", (*front, *back, "fusion"))]
    if fusion:
        return [("laminectomy" if only_posterior else "fusion", ("fusion",))]
    if front and replaced:
        return [("laminectomy", back)] if back else []
    if front:
        return [("discectomy", (*front, *back))]
    return [("laminectomy", back)] if back else []


def _lines_of_group(
    case: CaseFacts, name: str, members: tuple[str, ...], requested: tuple[str, ...], among_others: bool
) -> list[Line]:
    kind = members[0] if name == "decompression" else name
    if case.procedures.place(kind) == "none":
        return [_line(case, name, members, None, requested)]
    wanted = requested if case.procedures.place(kind) == "vertebra" else _as_discs(requested)
    # One operation alone is meant for every level asked for; of several each may have its own.
    named = _levels_named_with(case, members, wanted) if among_others else ()
    placed = [level for level in wanted if not named or level in named]
    if not placed:
        return [_line(case, name, members, None, requested)]
    return [_line(case, name, members, level, requested) for level in placed]


def _as_discs(requested: Iterable[str]) -> tuple[str, ...]:
    """The segments; two vertebrae that are neighbours ("L4, L5") mean the one between them."""
    names = tuple(requested)
    discs = tuple(name for name in names if "-" in name)
    if discs:
        return discs
    bones = [name for name in names if name in levels.VERTEBRAE]
    return levels.segments_between(bones[0], bones[-1]) if len(bones) > 1 else names


def _line(case: CaseFacts, name: str, members: tuple[str, ...], level: str | None, requested: tuple[str, ...]) -> Line:
    diagnosis = diagnosis_of(case, level, members) if any(m in _DECOMPRESSIONS for m in members) else None
    if name == "decompression":
        name = "discectomy" if diagnosis == "disc" else "laminectomy"
    region = Region(levels.region_of(level)) if level else _region(case, requested)
    revision = case.request.revision
    if revision is None:
        revision = case.procedures.implies_revision(case.request.cpt)
    return Line(
        id=f"{name}-{level}" if level else name,
        procedure=name,
        procedures=members,
        level=level,
        requested_levels=requested,
        side=_side(case.request.side),
        region=region,
        revision=bool(revision),
        diagnosis=diagnosis,
        cpt=_codes(case, members, region),
    )


def _side(written: str | None) -> Side | None:
    word = {"midline": "central"}.get(written or "", written)
    return Side(word) if word in tuple(Side) else None


def _codes(case: CaseFacts, members: tuple[str, ...], region: Region | None) -> tuple[str, ...]:
    """The codes that ask for these procedures or go with them."""
    kept: list[str] = []
    for number in case.request.cpt:
        code = case.procedures.code(number)
        if code is None or (code.region and region and code.region != region.value and len(case.request.levels) > 1):
            continue
        if any(name in members for name in code.procedures) or code.supports in members:
            kept.append(number)
    return tuple(dict.fromkeys(kept))


def diagnosis_of(case: CaseFacts, level: str | None, members: Sequence[str]) -> str | None:
    """disc or stenosis: what the decompression is done for. Words decide over codes.

    A discectomy alone is for the disc, canal work alone for stenosis. Where both are named, what the clinician calls
    it, the diagnosis codes and the procedure codes each have a voice; between equals the report decides.
    """
    if "discectomy" not in members:
        return "stenosis"
    if not any(name in _CANAL_WORK for name in members):
        return "disc"
    here = [
        f
        for f in case.facts
        if isinstance(f, ImagingFinding) and f.present and (level is None or not f.levels or level in f.levels)
    ]
    clinician = _one_target([f for f in here if f.source is not Source.RECORD])
    voices = [clinician, _by_diagnosis_code(case), case.procedures.target_of(case.request.cpt)]
    disc, stenosis = voices.count("disc"), voices.count("stenosis")
    if disc != stenosis:
        return "disc" if disc > stenosis else "stenosis"
    report = _one_target([f for f in here if f.source is Source.RECORD])
    return report or ("stenosis" if _walks_with_claudication(case) else "disc")


def _one_target(found: Sequence[ImagingFinding]) -> str | None:
    disc = any(f.concept == "recurrent_disc" or (f.concept == "disc" and f.grade in HERNIATIONS) for f in found)
    stenosis = any(f.concept == "stenosis" for f in found)
    if disc == stenosis:
        return None
    return "disc" if disc else "stenosis"


def _by_diagnosis_code(case: CaseFacts) -> str | None:
    codes = [fact.value for fact in case.facts if isinstance(fact, RequestFact) and fact.concept == "icd10"]
    named = [diagnosis.target for code in codes if (diagnosis := case.procedures.diagnosis(code)) and diagnosis.target]
    return named[0] if len(dict.fromkeys(named)) == 1 else None


def _walks_with_claudication(case: CaseFacts) -> bool:
    return any(isinstance(f, Symptom) and f.concept == "claudication" and f.present for f in case.facts)


def _levels_named_with(case: CaseFacts, members: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The requested levels that the chart names in one sentence with these procedures, where it names any.

    "ACDF C5-6 and C6-7. Posterior C7-T1 laminectomy." gives the laminectomy to C7-T1 alone. A procedure that
    is nowhere named beside a level is meant for all.
    """
    if len(wanted) < 2:
        return ()
    asked = [
        f for f in case.facts if isinstance(f, RequestFact) and f.assertion in (Assertion.PRESENT, Assertion.PLANNED)
    ]
    mine = [f for f in asked if f.concept == "procedure" and f.value in members]
    places = [f for f in asked if f.concept == "level"]
    named: list[str] = []
    for procedure in mine:
        named.extend(procedure.levels)
        sentence = _sentence_of(case, procedure)
        if sentence is None:
            continue
        document, start, end = sentence
        named.extend(
            f.value
            for f in places
            if any(e.document == document and start <= e.start and e.end <= end for e in f.evidence)
        )
    return tuple(level for level in wanted if level in named)


def _sentence_of(case: CaseFacts, fact: Fact) -> tuple[str, int, int] | None:
    passage = fact.evidence[0]
    document = next((d for d in case.chart.documents if d.id == passage.document), None)
    if document is None:
        return None
    start, end = _around(document, passage.start)
    return document.id, start, end


_WINDOW = 600


def _around(document: Document, offset: int) -> tuple[int, int]:
    """The sentence that holds a character."""
    first = max(document.text.rfind("\n\n", 0, offset), offset - _WINDOW, 0)
    last = min(offset + _WINDOW, len(document.text))
    return next(((a, b) for a, b in split(document.text, first, last) if a <= offset < b), (offset, offset))

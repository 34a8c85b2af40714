"""One study of the spine as a fact: which of the studies named together count, of what, and with contrast or without."""

from __future__ import annotations

import re

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, ImagingStudy, Region, Source
from necessity.facts.reading import ReadDocument
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_ELSEWHERE = pattern(r"(?:pelvi[sc]|hip|chest|knee|elbow|shoulder|ankle|foot) ")
_MERGED = 46


def is_spine(parts: list[Concept], lenient: bool = True) -> bool:
    """Whether the parts of the body named beside a study are of the spine."""
    if any(part.get("region") or part.get("spine") or part.id == "spine" for part in parts):
        return True
    return lenient and not any(part.get("elsewhere") for part in parts)


def chosen(found: list[tuple[Match, Concept]], text: str) -> list[Concept]:
    """Modalities named; "XR flexion and extension" is one study, a CT within a myelogram too."""
    kept: list[Concept] = []
    for match, concept in found:
        if concept.id in ("film", "intraoperative", "views") or _ELSEWHERE.match(text[match.start : match.end]):
            continue
        if concept.id == "radiograph" and any(
            other.id == "flexion_extension" and _is_close(text, match, its) for its, other in found
        ):
            continue
        if concept.id not in [one.id for one in kept]:
            kept.append(concept)
    ids = [one.id for one in kept]
    if "flexion_extension" in ids and "radiograph" not in ids and any(c.id == "views" for _, c in found):
        kept.append(next(c for _, c in found if c.id == "views"))  # "AP/lateral/flexion/extension": films of both kinds
    return kept


def _is_close(text: str, first: Match, second: Match) -> bool:
    low, high = (first, second) if first.start < second.start else (second, first)
    between = text[low.end : high.start]
    return len(between) < _MERGED and not re.search(r"includ|as well|with\b|[.;]|,", between)


def study_of(
    concept: Concept,
    document: ReadDocument,
    evidence: Evidence,
    source: Source,
    when: PartialDate | None,
    parts: list[Concept],
    assertion: Assertion = Assertion.PRESENT,
    unreadable: bool = False,
) -> ImagingStudy:
    """The study as a fact; contrast and region are those of its own words."""
    regions = [str(part.attributes["region"]) for part in parts if part.get("region")]
    text = evidence.quote.lower()
    contrast = (
        False
        if re.search(r"without (?:iv |intravenous )?(?:contrast|gad)|w/o|noncontrast|non-contrast|\bwo\b", text)
        else None
    )
    if re.search(
        r"with and without|without and with|w/ and w/o|w wo|w/wo|with (?:iv |intravenous )?(?:contrast|gad)|w/ (?:contrast|gad)",
        text,
    ):
        contrast = True
    return ImagingStudy(
        concept="radiograph" if concept.id == "views" else concept.id,
        assertion=assertion,
        evidence=(evidence,),
        written=document.document.written,
        when=when,
        source=source,
        region=Region(regions[0]) if regions else None,
        contrast=contrast,
        unreadable=unreadable,
    )

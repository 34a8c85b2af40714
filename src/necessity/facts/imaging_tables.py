"""Tables of a report: a row for each level, a column for each space, and in the cells how narrow it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, ImagingFinding, Region, Side, Source
from necessity.facts.imaging_named import is_report
from necessity.facts.reading import ReadDocument
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import find_levels, region_of

_ZONES = (
    ("lateral_recess", pattern(r"\b(?:recess|subartic\w*|lr)\b")),
    ("foramen", pattern(r"\b(?:for|foram\w*|neural foramen|nf|nfs)\b")),
    ("canal", pattern(r"\b(?:canal|central|cc|ccs)\b")),
)
_SIDES = ((Side.LEFT, pattern(r"\b(?:l|lt|left)\b")), (Side.RIGHT, pattern(r"\b(?:r|rt|right)\b")))
_GRADES = (
    ("none", pattern(r"(?:n|nl|none|no|normal|patent|open|wnl|-)$")),
    ("mild_to_moderate", pattern(r"(?:mild|mi)\s?(?:[-/]|to)\s?(?:mod\w*|mo)$")),
    ("moderate_to_severe", pattern(r"(?:mod\w*|mo)\s?(?:[-/]|to)\s?(?:sev\w*|se)$")),
    ("mild", pattern(r"(?:mild|mi|min|minimal|slight)(?: (?:stenosis|narrowing))?$")),
    ("moderate", pattern(r"(?:mod|mo|moderate)(?: (?:stenosis|narrowing))?$")),
    ("severe", pattern(r"(?:sev|se|severe|marked|critical)(?: (?:stenosis|narrowing))?$")),
)


@dataclass(frozen=True, slots=True)
class _Column:
    zone: str
    side: Side | None


def read(document: ReadDocument) -> Iterator[ImagingFinding]:
    """The stenoses that the cells of a table grade. Numbers in cells need a legend, and are left."""
    text = document.document.text
    if text.count("|") < 2 * _FEWEST or not is_report(document):
        return
    modality = _modality(document)
    columns: dict[int, _Column] = {}
    start = 0
    for line in text.splitlines(keepends=True):
        cells = [cell.strip().lower() for cell in line.split("|")]
        if len(cells) >= _FEWEST:
            headed = _columns(cells)
            columns = headed or columns
            if columns and not headed:
                yield from _row(document, start, line, cells, columns, modality)
        elif line.strip():
            columns = {}
        start += len(line)


def _modality(document: ReadDocument) -> str | None:
    """The first study that the report names."""
    named = (c.id for sentence in document.sentences for _, c in sentence.of("modality"))
    return next((name for name in named if name in ("mri", "ct", "ct_myelogram")), None)


_FEWEST = 3  # cells of a row


def _columns(cells: list[str]) -> dict[int, _Column]:
    """The columns that a heading names as spaces of the segment."""
    if find_levels(cells[0]):
        return {}
    found: dict[int, _Column] = {}
    for number, cell in enumerate(cells):
        zone = next((name for name, words in _ZONES if words.search(cell)), None)
        if zone and len(cell) < _WIDEST:
            found[number] = _Column(zone, next((side for side, words in _SIDES if words.search(cell)), None))
    return found


_WIDEST = 30


def _row(
    document: ReadDocument, start: int, line: str, cells: list[str], columns: dict[int, _Column], modality: str | None
) -> Iterator[ImagingFinding]:
    mentions = find_levels(cells[0])
    if len(mentions) != 1 or not mentions[0].segments:
        return
    levels = mentions[0].segments
    written = document.document.written
    for number, column in columns.items():
        cell = cells[number] if number < len(cells) else ""
        grade = next((name for name, words in _GRADES if words.match(cell)), None)
        if grade is not None:
            yield ImagingFinding(
                concept="stenosis",
                assertion=Assertion.ABSENT if grade == "none" else Assertion.PRESENT,
                evidence=(document.document.evidence(start, start + len(line.rstrip())),),
                written=written,
                when=PartialDate.day(written) if written else None,
                region=Region(region_of(levels[0])),
                source=Source.RECORD,
                modality=modality,
                levels=levels,
                side=column.side,
                zone=column.zone,
                grade=grade,
            )

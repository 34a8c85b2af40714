"""The pages that a report cites, as pictures with the passages marked, for documents that came as PDF or scan.

Only cited pages are shown, and only so many that the report stays one that can be sent; what is left out is still quoted.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.charts.page_image import page_image
from necessity.charts.span import Evidence
from necessity.reports.outline import Outline, Quote

MOST_PAGES = 40
MOST_BYTES = 8_000_000
# Points around the words, so that the frame does not cross them.
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of a passage, or of a line of it, on its page in points."""

    anchor: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """A page: its number in the file, its size in points, its picture as a data URI, and the passages on it."""

    number: int
    width: float
    height: float
    uri: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPages:
    """The pages of one document that are shown; `left_out` counts cited ones that are not, for want of room."""

    pages: tuple[ShownPage, ...] = ()
    left_out: int = 0
    scanned: bool = False


def shown_pages(chart: Chart, outline: Outline) -> dict[str, ShownPages]:
    """For each document with pages that are cited, those pages."""
    room = _Room()
    return {
        document.id: shown
        for document in chart.documents
        if document.layout is not None and (shown := _of_document(document, outline.quotes, room)) is not None
    }


@dataclass(slots=True)
class _Room:
    """What is left of the pages and bytes that a report may take."""

    pages: int = MOST_PAGES
    bytes: int = MOST_BYTES

    def takes(self, size: int) -> bool:
        if self.pages < 1 or size > self.bytes:
            return False
        self.pages, self.bytes = self.pages - 1, self.bytes - size
        return True


def _of_document(document: Document, quotes: Iterable[Quote], room: _Room) -> ShownPages | None:
    layout = document.layout
    assert layout is not None
    cited = {quote.anchor: quote.evidence for quote in quotes if quote.evidence.document == document.id}
    numbers = sorted({box.page for evidence in cited.values() for box in evidence.boxes})
    pages, left_out = [], 0
    for number in numbers:
        reading, image = layout.page(number), page_image(layout.original, number) if room.pages else None
        if reading is None or image is None or not room.takes(len(image.png) * 4 // 3):
            left_out += 1
            continue
        uri = "data:image/png;base64," + base64.b64encode(image.png).decode()
        frames = tuple(frame for anchor, one in cited.items() for frame in _frames(anchor, one, number))
        pages.append(ShownPage(number=number, width=reading.width, height=reading.height, uri=uri, frames=frames))
    if not numbers:
        return None
    return ShownPages(pages=tuple(pages), left_out=left_out, scanned=layout.has_recognised)


def _frames(anchor: str, evidence: Evidence, number: int) -> Iterable[Frame]:
    for box in evidence.boxes:
        if box.page == number:
            width, height = box.right - box.left + 2 * _MARGIN, box.bottom - box.top + 2 * _MARGIN
            left, top = round(box.left - _MARGIN, 1), round(box.top - _MARGIN, 1)
            yield Frame(anchor, left, top, round(width, 1), round(height, 1))

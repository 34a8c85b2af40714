"""The chart as a page shows it: each document's text cut at the ends of its passages, so that they can be marked.

Passages may overlap or nest; the text is cut into pieces, each of which knows the passages that cover it. The pieces
of a document, put together, are its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.reports.outline import Outline, Quote, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A cited passage of a document: the item that first cites it, and the headings of all that do."""

    anchor: str
    start: int
    end: int
    cited_by: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text.

    `covers` are the anchors of all passages over it, `opens` of those that begin with it; `closes` are the passages
    that end with it. `page` is set where a page other than the first begins.
    """

    text: str
    covers: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[Passage, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDocument:
    document: Document
    pieces: tuple[Piece, ...]
    passages: int


def marked_documents(chart: Chart, outline: Outline) -> tuple[MarkedDocument, ...]:
    """Every document of the chart, whether or not it is cited: a reviewer reads the silence too."""
    passages = _passages(outline)
    return tuple(_marked(document, passages.get(document.id, ())) for document in chart.documents)


def _passages(outline: Outline) -> dict[str, tuple[Passage, ...]]:
    """The passages of each document, in the order of the text."""
    quotes: dict[str, Quote] = {}
    citing: dict[str, dict[str, str]] = {}
    for section in outline.sections:
        for item in section.items:
            for quote in item.quotes:
                quotes[quote.anchor] = quote
                citing.setdefault(quote.anchor, {})[item.id] = item.heading or section.title
    documents: dict[str, list[Passage]] = {}
    for anchor, quote in sorted(quotes.items(), key=lambda pair: (pair[1].evidence.start, -pair[1].evidence.end)):
        evidence = quote.evidence
        items = citing[anchor]
        titles = tuple(dict.fromkeys(items.values()))
        passage = Passage(
            anchor=anchor, start=evidence.start, end=evidence.end, cited_by=next(iter(items)), titles=titles
        )
        documents.setdefault(evidence.document, []).append(passage)
    return {document: tuple(found) for document, found in documents.items()}


def _marked(document: Document, passages: tuple[Passage, ...]) -> MarkedDocument:
    pages = {start: number for number, start in enumerate(document.page_starts, 1) if number > 1}
    length = len(document.text)
    cuts = {0, length, *(start for start in pages if start < length)}
    cuts.update(cut for passage in passages for cut in (passage.start, passage.end))
    ordered = sorted(cuts)
    pieces = tuple(
        _piece(document.text[start:end], start, end, passages, pages.get(start))
        for start, end in zip(ordered, ordered[1:], strict=False)
    )
    return MarkedDocument(document=document, pieces=pieces, passages=len(passages))


def _piece(text: str, start: int, end: int, passages: Iterable[Passage], page: int | None) -> Piece:
    covering = [passage for passage in passages if passage.start <= start and end <= passage.end]
    return Piece(
        text=shown(text),
        covers=tuple(passage.anchor for passage in covering),
        opens=tuple(passage.anchor for passage in covering if passage.start == start),
        closes=tuple(passage for passage in covering if passage.end == end),
        page=page,
    )

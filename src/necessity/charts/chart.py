"""A chart: the documents of one case, in an order that does not depend on how they were handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from necessity.charts.document import Document, Kind
from necessity.charts.from_text import unseen
from necessity.charts.request import Request
from necessity.values.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The documents of one patient's case, what could not be read of it (`problems`), and what a reader should know of
    how it came together (`notes`: a page sent twice, text carried forward)."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def document(self, document_id: str) -> Document:
        return next(document for document in self.documents if document.id == document_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request for one patient: the chart, what was given of the request, and the date it is judged.

    `today` is the clock's date, handed in from the edge, for a chart that bears no date and comes with none.
    """

    id: str
    chart: Chart
    request: Request
    as_of: date | None = None
    record_closed: bool = False
    today: date | None = None


def chart_of(documents: Iterable[Document], problems: Iterable[Problem] = (), notes: Iterable[Problem] = ()) -> Chart:
    """Documents ordered by date, name and content, with ids `d1`, `d2` … in that order; entries of structured records
    stand before all notes.

    The order is a property of the documents, so shuffling the input changes nothing that follows.
    """
    ordered = sorted(documents, key=lambda d: (d.kind is not Kind.STRUCTURED, d.written or date.max, d.name, d.sha256))
    numbered = tuple(replace(document, id=f"d{number}") for number, document in enumerate(ordered, 1))
    told = [*notes, *filter(None, (unseen(document) for document in numbered))]
    return Chart(documents=numbered, problems=tuple(sorted(problems, key=str)), notes=tuple(sorted(told, key=str)))

"""Which documents record an operation of the past: notes of an operation that lie weeks before the rest of the chart."""

from __future__ import annotations

from necessity.charts.document import Kind
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument
from necessity.facts.requests_setting import rendered_in

_RECORDS = frozenset({Kind.OPERATIVE_NOTE, Kind.HOSPITAL_NOTE})
_NO_VISIT = frozenset({Kind.AUTHORIZATION_FORM, Kind.STRUCTURED})
_APART_DAYS = 42


def old_records(chart: ReadChart) -> tuple[ReadDocument, ...]:
    """Such notes, in order; none in a review of an operation that has been done."""
    old = tuple(document for document in chart.documents if _is_old(chart, document))
    done = old and any(True for document in chart.documents for _ in rendered_in(document, chart.as_of))
    return () if done else old


def _is_old(chart: ReadChart, document: ReadDocument) -> bool:
    """Whether someone saw the patient weeks after this note of an operation or a stay."""
    written = document.document.written
    return (
        written is not None
        and document.document.kind in _RECORDS
        and any(
            other.document.written is not None
            and other.document.kind not in _NO_VISIT
            and (other.document.written - written).days > _APART_DAYS
            for other in chart.documents
        )
    )

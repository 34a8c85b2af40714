"""What a chart consists of, before anything is decided: documents, kinds, dates, pages, how each page was read, and what
could not be read."""

from __future__ import annotations

from typing import Any

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.charts.identities import OtherPatient, other_patients
from necessity.charts.layout import How
from necessity.reports.of_facts import evidence_object
from necessity.reports.outline import on_one_line
from necessity.reports.wording import day_or, pages_read, readable
from necessity.values.problem import Problem

SCHEMA = "necessity.intake/1"


def intake_object(chart: Chart) -> dict[str, Any]:
    """`necessity.intake/1`: the documents, what could not be read, what to know of how they came together, and documents
    that may be of another patient."""
    return {
        "schema": SCHEMA,
        "documents": [_document(document) for document in chart.documents],
        "left_out": [_problem(problem) for problem in chart.problems],
        "notes": [_problem(note) for note in chart.notes],
        "other_patients": [
            {"about": one.about, "statements": [evidence_object(statement) for statement in one.statements]}
            for one in other_patients(chart)
        ],
    }


def intake_text(chart: Chart) -> str:
    """The same, to be read: a line for each document, then what needs attention."""
    lines = [line for document in chart.documents for line in _lines(document)]
    for title, items in (
        ("Not read", [str(problem) for problem in chart.problems]),
        ("May be of another patient", [_other(one) for one in other_patients(chart)]),
        ("How the documents came together", [str(note) for note in chart.notes]),
    ):
        if items:
            lines += ["", title, *(f"  {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _lines(document: Document) -> list[str]:
    pages = f"{document.pages} page{'' if document.pages == 1 else 's'}{pages_read(document)}"
    written = day_or(document.written, "no date")
    lines = [f"{document.id:<4} {on_one_line(document.name)}", f"     {readable(document.kind)}, {written}, {pages}"]
    for page in document.layout.pages if document.layout else ():
        if page.how is How.OCR:
            turned = f", turned by {page.turned}°" if page.turned else ""
            lines.append(f"     page {page.number}: OCR, mean confidence {page.confidence or 0:.0f} %{turned}")
        if page.note:
            lines.append(f"     page {page.number}: {page.note}")
    return lines


def _other(one: OtherPatient) -> str:
    first, second = one.statements
    return f"{one.about}: “{on_one_line(first.quote)}” in {first.document}, “{on_one_line(second.quote)}” in {second.document}"


def _document(document: Document) -> dict[str, Any]:
    layout = document.layout
    pages = [
        {
            "page": page.number,
            "how": page.how.value,
            "confidence": page.confidence,
            "turned": page.turned,
            "aside": list(page.aside),
            "note": page.note,
        }
        for page in (layout.pages if layout else ())
    ]
    return {
        "id": document.id,
        "name": document.name,
        "sha256": document.sha256,
        "kind": document.kind.value,
        "written": document.written.isoformat() if document.written else None,
        "pages": document.pages,
        "characters": len(document.text),
        "read": pages,
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "message": problem.message, "hint": problem.hint}

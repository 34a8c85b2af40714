"""The abstract as a report: each standard question that the chart answers, with its value and passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from necessity.abstracts.abstract import AbstractAnswer, Value
from necessity.abstracts.looked import Looked
from necessity.reports.of_facts import evidence_object
from necessity.reports.outline import on_one_line

SCHEMA = "necessity.abstract/1"


def abstract_object(answers: Mapping[str, AbstractAnswer], looked: Sequence[Looked] = ()) -> dict[str, Any]:
    """`necessity.abstract/1`; a question that the chart does not answer is absent from `answers`, and `undocumented` says where it
    was looked for."""
    return {
        "schema": SCHEMA,
        "answers": {
            question: {
                "value": list(answer.value) if isinstance(answer.value, tuple) else answer.value,
                "evidence": [evidence_object(passage) for passage in answer.evidence],
            }
            for question, answer in answers.items()
        },
        "undocumented": {
            one.question.id: {
                "looked_for": list(one.question.looked_for),
                "documents": [
                    {"document": place.document, "sections": list(place.sections)} for place in one.documents
                ],
            }
            for one in looked
        },
    }


def abstract_text(answers: Mapping[str, AbstractAnswer], looked: Sequence[Looked] = ()) -> str:
    """A line per answer and, indented, its passages; then a line per question without an answer: what was looked for, and where."""
    lines: list[str] = []
    for question, answer in answers.items():
        lines.append(f"{question}: {_written(answer.value)}")
        lines.extend(
            f"    {passage.document} {passage.start}-{passage.end} “{on_one_line(passage.quote)}”"
            for passage in answer.evidence
        )
    lines = lines or ["The chart answers none of the standard questions."]
    return "\n".join([*lines, *_looked_text(looked)]) + "\n"


def _looked_text(looked: Sequence[Looked]) -> list[str]:
    """Undocumented questions; a document is named with its sections that would tell the answer, else as read."""
    if not looked:
        return []
    lines = ["", "Undocumented (every document was read whole; sections that usually tell it are named):"]
    for one in looked:
        places = [f"{place.document} {', '.join(place.sections)}" for place in one.documents if place.sections]
        where = "; ".join(places) if places else "no section of the chart usually tells it"
        lines.append(f"{one.question.id}: looked for {'; '.join(one.question.looked_for)} ({where})")
    return lines


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)

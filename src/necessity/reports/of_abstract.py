"""The abstract as a report: each standard question that the chart answers, with its value and passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from necessity.abstracts.abstract import AbstractAnswer, Value
from necessity.reports.of_facts import evidence_object
from necessity.reports.outline import on_one_line

SCHEMA = "necessity.abstract/1"


def abstract_object(answers: Mapping[str, AbstractAnswer]) -> dict[str, Any]:
    """`necessity.abstract/1`; a question that the chart does not answer is absent."""
    return {
        "schema": SCHEMA,
        "answers": {
            question: {
                "value": list(answer.value) if isinstance(answer.value, tuple) else answer.value,
                "evidence": [evidence_object(passage) for passage in answer.evidence],
            }
            for question, answer in answers.items()
        },
    }


def abstract_text(answers: Mapping[str, AbstractAnswer]) -> str:
    """A line per answer and, indented, its passages."""
    lines: list[str] = []
    for question, answer in answers.items():
        lines.append(f"{question}: {_written(answer.value)}")
        lines.extend(
            f"    {passage.document} {passage.start}-{passage.end} “{on_one_line(passage.quote)}”"
            for passage in answer.evidence
        )
    return "\n".join(lines) + "\n" if lines else "The chart answers none of the standard questions.\n"


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)

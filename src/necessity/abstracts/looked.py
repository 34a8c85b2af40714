"""Where an unanswered review question was looked for: the words, the documents, and the sections that would have told it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from necessity.charts.chart import Chart
from necessity.charts.sections import Headings
from necessity.values.errors import LibraryError
from necessity.values.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuestion:
    """A standard question: its label, what is looked for, and the kinds of sections and documents that usually tell it."""

    id: str
    label: str
    looked_for: tuple[str, ...]
    sections: frozenset[str]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedIn:
    """A document that was read for it, and the headings of its sections that usually tell it (none: it has no such section)."""

    document: str
    name: str
    usual: bool
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A question without an answer: what was looked for, and where."""

    question: ReviewQuestion
    documents: tuple[LookedIn, ...]


def questions_from(data: Mapping[str, Any], where: str) -> tuple[ReviewQuestion, ...]:
    """The questions of `review_questions.yaml`, in its order. LibraryError names an entry that lacks a part."""
    try:
        return tuple(
            ReviewQuestion(
                id=name,
                label=entry["label"],
                looked_for=tuple(entry["looked_for"]),
                sections=frozenset(entry["sections"]),
                documents=frozenset(entry["documents"]),
            )
            for name, entry in data["questions"].items()
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise LibraryError(Problem(where, f"a question lacks a part: {wrong}")) from wrong


def unanswered(
    questions: tuple[ReviewQuestion, ...], answered: Mapping[str, object], chart: Chart, headings: Headings
) -> tuple[Looked, ...]:
    """The questions that the chart does not answer, in order, each with where it was looked for: every document was read whole."""
    sections = {document.id: headings.split(document.text) for document in chart.documents}
    found = []
    for question in questions:
        if question.id in answered:
            continue
        documents = tuple(
            LookedIn(
                document=document.id,
                name=document.name,
                usual=document.kind.value in question.documents,
                sections=tuple(
                    dict.fromkeys(
                        section.heading or section.kind
                        for section in sections[document.id]
                        if section.kind in question.sections
                    )
                ),
            )
            for document in chart.documents
        )
        found.append(Looked(question=question, documents=documents))
    return tuple(found)

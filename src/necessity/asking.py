"""What may be asked of a case: a review, the abstract, or the facts; each as one report or as a row of many.

Plain records that can be handed to other processes. The flow and the writers are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import orjson

from necessity.charts.chart import Case
from necessity.determinations.determination import Determination
from necessity.knowledge import Knowledge
from necessity.reports.to_json import encode, to_object
from necessity.values.errors import UsageError
from necessity.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """A report, and what its reader should be told beside it."""

    report: bytes
    notes: tuple[Problem, ...] = ()


class Asking(Protocol):
    """One thing that may be asked of a case."""

    @property
    def formats(self) -> tuple[str, ...]: ...

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        """The report in one of the formats."""
        ...

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        """The answer as a JSON object, without the case's id."""
        ...


@dataclass(frozen=True)
class Review:
    """Is it medically necessary by the policies of a pack, or by one policy of it? Without a pack the member decides whose."""

    pack: str | None = None
    policy: str | None = None

    @cached_property
    def formats(self) -> tuple[str, ...]:
        from necessity.reports.writers import WRITERS

        return tuple(WRITERS)

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        from necessity.reports.writers import WRITERS

        determination = self._determination(case, knowledge)
        return Answer(WRITERS[form](determination), _notes(determination, knowledge))

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        return to_object(self._determination(case, knowledge))

    def _determination(self, case: Case, knowledge: Knowledge) -> Determination:
        from necessity import pipeline

        return pipeline.review(case, knowledge, pack=self.pack, policy=self.policy)


@dataclass(frozen=True)
class Abstract:
    """What does the chart answer to the standard review questions?"""

    formats = ("text", "json")

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        from necessity import pipeline
        from necessity.reports.of_abstract import abstract_text

        if form == "json":
            return Answer(_json(self.row(case, knowledge)))
        answers = pipeline.abstract(case, knowledge)
        return Answer(_text(abstract_text(answers, pipeline.looked_for(case, answers, knowledge))))

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        from necessity import pipeline
        from necessity.reports.of_abstract import abstract_object

        answers = pipeline.abstract(case, knowledge)
        return abstract_object(answers, pipeline.looked_for(case, answers, knowledge))


@dataclass(frozen=True)
class Facts:
    """What was read from the chart, and where?"""

    formats = ("text", "json")

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        from necessity import pipeline
        from necessity.reports.of_facts import facts_text

        if form == "json":
            return Answer(_json(self.row(case, knowledge)))
        chart = pipeline.described(case.chart, knowledge)
        return Answer(_text(facts_text(chart, pipeline.facts(case, knowledge))))

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        from necessity import pipeline
        from necessity.reports.of_facts import facts_object

        return facts_object(pipeline.described(case.chart, knowledge), pipeline.facts(case, knowledge))


def format_of(asking: Asking, written: str | None) -> str:
    """The format asked for; text where none is. UsageError for one that does not exist."""
    form = written or "text"
    if form not in asking.formats:
        raise UsageError(Problem("--format", f"there is no format `{form}`", "one of " + ", ".join(asking.formats)))
    return form


def _notes(determination: Determination, knowledge: Knowledge) -> tuple[Problem, ...]:
    request = determination.request
    if not request.procedures and not request.cpt:
        return (Problem("request", "no procedure is named, in the form or in the chart", "give one with --request"),)
    needs_level = any(knowledge.procedures.place(name) != "none" for name in request.procedures)
    if needs_level and not request.levels:
        return (Problem("request", "no level is named, in the form or in the chart", "give one with --request"),)
    return ()


def _json(row: Mapping[str, Any]) -> bytes:
    return encode(row, orjson.OPT_INDENT_2) + b"\n"


def _text(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")

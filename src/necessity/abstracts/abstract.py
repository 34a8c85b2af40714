"""The abstract: each standard review question with its value and evidence. Unanswered questions are absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from necessity.charts.request import Request
from necessity.charts.span import Evidence
from necessity.facts.fact import Fact, Region

YES, NO, CONFLICTING = "yes", "no", "conflicting"
Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstractAnswer:
    """The chart's answer to one question: a value of its type, or `conflicting`; sets are sorted tuples.

    `given`: the request form gave the value, whether or not a document says it too.
    """

    value: Value
    evidence: tuple[Evidence, ...]
    given: bool = False

    def __post_init__(self) -> None:
        if not self.evidence and not self.given:
            raise ValueError("an answer needs evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstractContext:
    """What the questions are asked of. `region` is the region of the request, else of the problem the note is about."""

    facts: tuple[Fact, ...]
    request: Request
    region: Region | None
    as_of: date | None = None


Answerer = Callable[[AbstractContext], Mapping[str, AbstractAnswer]]

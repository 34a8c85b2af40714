"""How an answer is put: yes, no, a choice, a number, not documented, or two passages that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable

from necessity.charts.span import Evidence
from necessity.facts.fact import Fact
from necessity.findings.answer import Answer

# A report shows the telling passages, not every one.
_SHOWN = 6


def evidence_of(facts: Iterable[Fact]) -> tuple[Evidence, ...]:
    """The passages of some facts, each once, in the order of the facts."""
    return tuple(dict.fromkeys(passage for fact in facts for passage in fact.evidence))[:_SHOWN]


def yes(reason: str, facts: Iterable[Fact] = ()) -> Answer:
    return Answer(value=True, reason=reason, evidence=evidence_of(facts))


def no(reason: str, facts: Iterable[Fact] = ()) -> Answer:
    return Answer(value=False, reason=reason, evidence=evidence_of(facts))


def choice(value: str, reason: str, facts: Iterable[Fact] = ()) -> Answer:
    return Answer(value=value, reason=reason, evidence=evidence_of(facts))


def number(value: float, reason: str, facts: Iterable[Fact] = ()) -> Answer:
    return Answer(value=value, least=value, most=value, reason=reason, evidence=evidence_of(facts))


def interval(
    least: float | None, most: float | None, reason: str, facts: Iterable[Fact] = (), sought: Iterable[str] = ()
) -> Answer:
    """A number known within bounds; equal bounds are the number itself."""
    value = least if least is not None and least == most else None
    return Answer(value=value, least=least, most=most, reason=reason, evidence=evidence_of(facts), sought=tuple(sought))


def unknown(reason: str, *sought: str, facts: Iterable[Fact] = ()) -> Answer:
    """Not documented. `facts` are the passages that come nearest."""
    return Answer(reason=reason, sought=sought, evidence=evidence_of(facts))


def conflict(reason: str, facts: Iterable[Fact]) -> Answer:
    return Answer(conflicting=True, reason=reason, evidence=evidence_of(facts))

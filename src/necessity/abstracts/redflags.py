"""The red-flag questions of the abstract: tumour, infection and fracture of the spine."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.facts.fact import Assertion, RedFlag

_MOST_EVIDENCE = 3


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """Each flag that the chart finds or rules out in words."""
    answers = {}
    for flag in ("tumor", "infection", "fracture"):
        facts = [
            fact for fact in context.facts if isinstance(fact, RedFlag) and fact.concept == flag and not fact.historical
        ]
        present = [fact for fact in facts if fact.assertion is Assertion.PRESENT]
        absent = [fact for fact in facts if fact.assertion is Assertion.ABSENT]
        if present or absent:
            evidence = tuple(one for fact in present or absent for one in fact.evidence)[:_MOST_EVIDENCE]
            answers[f"redflag.{flag}"] = AbstractAnswer(value=YES if present else NO, evidence=evidence)
    return answers

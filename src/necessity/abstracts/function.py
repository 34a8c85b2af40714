"""The answers on function: whether daily life is limited, and the newest disability index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.facts.fact import Function


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    facts = [fact for fact in context.facts if isinstance(fact, Function)]
    answers = {}
    limited = [fact for fact in facts if fact.concept == "limitation" and fact.present]
    unlimited = [fact for fact in facts if fact.concept == "limitation" and fact.absent]
    if limited:
        answers["function.limited"] = AbstractAnswer(
            value=YES, evidence=tuple(fact.evidence[0] for fact in limited[:3])
        )
    elif unlimited:
        answers["function.limited"] = AbstractAnswer(value=NO, evidence=unlimited[-1].evidence)
    scores = [fact for fact in facts if fact.concept in ("odi", "ndi") and fact.present and fact.value is not None]
    if scores:
        last = max(fact.written or date.min for fact in scores)
        newest = next(fact for fact in reversed(scores) if (fact.written or date.min) == last)
        answers["function.odi"] = AbstractAnswer(value=newest.value or 0.0, evidence=newest.evidence)
    return answers

"""The patient's answers: age, sex, tobacco, body mass index. The newest statement wins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from necessity.abstracts.abstract import CONFLICTING, AbstractAnswer, AbstractContext
from necessity.facts.fact import PatientFact

_NEVER = re.compile(r"(?i)never|non-?\s?smok")
# Tobacco without smoke stands beside "never smoked": no contradiction.
_SMOKELESS = re.compile(r"(?i)\b(?:chew|dips?\b|snuff|snus|smokeless|pouch)")
_QUESTIONS = {"age": "patient.age", "sex": "patient.sex", "bmi": "risk.bmi"}


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    facts = [fact for fact in context.facts if isinstance(fact, PatientFact)]
    answers = {}
    for concept, question in _QUESTIONS.items():
        newest = _newest([fact for fact in facts if fact.concept == concept])
        if newest:
            answers[question] = AbstractAnswer(value=newest.value, evidence=newest.evidence)
    if _contradicts([fact for fact in facts if fact.concept == "tobacco"]):
        told = [fact for fact in facts if fact.concept == "tobacco"]
        evidence = tuple(dict.fromkeys(evidence for fact in told for evidence in fact.evidence))
        answers["risk.tobacco"] = AbstractAnswer(value=CONFLICTING, evidence=evidence[:4])
        return answers
    tobacco = _tobacco([fact for fact in facts if fact.concept == "tobacco"])
    if tobacco:
        answers["risk.tobacco"] = AbstractAnswer(value=tobacco.value, evidence=tobacco.evidence)
    return answers


def _contradicts(facts: list[PatientFact]) -> bool:
    """The newest document that speaks of tobacco calls the patient both a smoker and one who never smoked."""
    newest = _newest(facts)
    same = [fact for fact in facts if newest and fact.written == newest.written]
    plainly = any(fact.value == "never" and _NEVER.search(fact.evidence[0].quote) for fact in same)
    return plainly and any(fact.value == "current" and not _SMOKELESS.search(fact.evidence[0].quote) for fact in same)


def _newest(facts: list[PatientFact]) -> PatientFact | None:
    """The first statement of the newest document that makes one."""
    if not facts:
        return None
    last = max(fact.written or date.min for fact in facts)
    return next(fact for fact in facts if (fact.written or date.min) == last)


def _tobacco(facts: list[PatientFact]) -> PatientFact | None:
    """Who once smoked never becomes a never-smoker again: a past told anywhere overrides "does not smoke"."""
    newest = _newest(facts)
    if newest is None or newest.value != "never":
        same = [fact for fact in facts if newest and fact.written == newest.written]
        return next((fact for fact in reversed(same) if fact.value in ("current", "former")), newest)
    return next(
        (fact for fact in reversed(facts) if fact.value == "former"),
        next((fact for fact in facts if fact.written == newest.written and fact.value == "current"), newest),
    )

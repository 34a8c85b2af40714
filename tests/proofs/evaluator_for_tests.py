"""The evaluator asked with given answers: what the proofs must agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from necessity.charts.chart import chart_of
from necessity.charts.request import Request
from necessity.determinations.outcome import outcome_of
from necessity.facts.fact import Region, Side
from necessity.findings.answer import Answer
from necessity.findings.from_facts import evaluate
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.findings.questions import QUESTIONS
from necessity.policies.policy import Policy
from necessity.proofs.failure import Key
from necessity.values.status import Outcome, Status
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

LINE = Line(
    id="1",
    procedure="discectomy",
    procedures=("discectomy",),
    level="L4-5",
    requested_levels=("L4-5",),
    side=Side.LEFT,
    region=Region.LUMBAR,
)
# The answers are given, so that the tables of anatomy and procedures are never opened.
CASE = CaseFacts(
    facts=(),
    chart=chart_of([]),
    request=Request(),
    as_of=date(2026, 2, 2),
    anatomy=cast(Anatomy, None),
    procedures=cast(Procedures, None),
)


def statuses(policy: Policy, answers: Mapping[Key, Answer]) -> dict[str, Status]:
    """What the evaluator makes of a patient with these answers and no others."""
    asked = {
        name: replace(
            question,
            ask=lambda case, line, params, name=name: answers.get((name, tuple(sorted(params.items()))), Answer()),
        )
        for name, question in QUESTIONS.items()
    }
    return {finding.criterion: finding.status for finding in evaluate(policy, CASE, LINE, asked).findings}


def outcome(policy: Policy, answers: Mapping[Key, Answer]) -> Outcome:
    return outcome_of(statuses(policy, answers).values(), False)[0]

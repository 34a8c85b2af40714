"""The fast way to the statuses gives what the evaluator gives, for every policy and many patients."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.request import Request
from necessity.facts.fact import Region, Side
from necessity.findings.answer import Answer
from necessity.findings.from_facts import evaluate
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.findings.questions import QUESTIONS
from necessity.findings.statuses import Key, compiled
from necessity.library import open_library
from necessity.policies.policy import Bound, Leaf, Policy, leaves
from necessity.values.status import Status
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

POLICIES = open_library().policies
LINE = Line(
    id="1",
    procedure="discectomy",
    procedures=("discectomy",),
    level="L4-5",
    requested_levels=("L4-5",),
    side=Side.LEFT,
    region=Region.LUMBAR,
)
CASE = CaseFacts(
    facts=(),
    chart=chart_of([]),
    request=Request(),
    as_of=date(2026, 2, 2),
    anatomy=cast(Anatomy, None),
    procedures=cast(Procedures, None),
)


def leaves_of(policy: Policy) -> list[Leaf]:
    trees = [tree for each in policy.criteria for tree in (each.met, each.not_met, each.not_applicable)]
    trees += [tree for each in policy.waivers for tree in (each.met, each.open)]
    trees += [each.when for each in (*policy.pathways, *policy.gates)]
    return [leaf for tree in trees if tree is not None for leaf in leaves(tree)]


def some_answer(leaf: Leaf, dice: random.Random) -> Answer:
    if dice.random() < 0.15:
        return Answer(conflicting=True)
    if not isinstance(leaf.test, Bound):
        return Answer(value=dice.choice([*leaf.test.values, True, False, "another"]))
    least = leaf.test.amount + dice.choice([-1, 0, 1])
    return Answer(least=dice.choice([None, least]), most=dice.choice([None, least + 2]))


def evaluated(policy: Policy, answers: dict[Key, Answer]) -> tuple[Status, ...]:
    asked = {
        name: replace(
            question,
            ask=lambda case, line, params, name=name: answers.get((name, tuple(sorted(params.items()))), Answer()),
        )
        for name, question in QUESTIONS.items()
    }
    return tuple(finding.status for finding in evaluate(policy, CASE, LINE, asked).findings)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: f"{policy.pack}/{policy.id}")
def test_statuses_are_those_of_the_evaluator(policy: Policy):
    ready, dice, asked = compiled(policy), random.Random(policy.id), leaves_of(policy)
    for _ in range(40):
        said = [leaf for leaf in asked if dice.random() < 0.6]
        answers = {(leaf.question, leaf.params): some_answer(leaf, dice) for leaf in said}
        assert ready.statuses(answers) == evaluated(policy, answers)


def test_a_silent_chart_is_asked_at_no_cost():
    policy = next(policy for policy in POLICIES if policy.id == "lumbar-discectomy")
    assert set(compiled(policy).statuses({})) == {Status.UNDOCUMENTED}

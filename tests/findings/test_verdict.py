"""Trees asked of the facts: four values, and the leaves that decided."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import cast

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.request import Request
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.verdict import Asking, truth_of
from necessity.policies.policy import AllOf, AnyOf, AtLeast, Bound, Edge, Leaf, NoneOf, NotShown, OneOf, Tree
from necessity.values.status import Truth
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

ANSWERS = {
    "true": Answer(value=True),
    "false": Answer(value=False),
    "unknown": Answer(),
    "conflict": Answer(conflicting=True),
}
LINE = Line(id="1", procedure="discectomy", procedures=(), level="L4-5", requested_levels=(), side=None, region=None)


def asking() -> Asking:
    case = CaseFacts(
        facts=(),
        chart=chart_of([]),
        request=Request(),
        as_of=date(2026, 1, 1),
        anatomy=cast(Anatomy, None),
        procedures=cast(Procedures, None),
    )
    known = {
        name: Question(name=name, type="yes_no", ask=lambda case, line, params, name=name: ANSWERS[name])
        for name in ANSWERS
    }
    return Asking(case, LINE, known)


def leaf(name: str) -> Leaf:
    return Leaf(question=name, params=(), test=OneOf((True,)))


def truth(tree: Tree) -> Truth:
    return asking().verdict(tree).truth


@pytest.mark.parametrize(("first", "second"), list(product(ANSWERS, repeat=2)))
def test_none_is_the_negation_of_any(first: str, second: str):
    opposite = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
    some = truth(AnyOf((leaf(first), leaf(second))))
    assert truth(NoneOf((leaf(first), leaf(second)))) is opposite.get(some, some)


@pytest.mark.parametrize(("first", "second"), list(product(ANSWERS, repeat=2)))
def test_at_least_one_is_any_and_at_least_all_is_all(first: str, second: str):
    of = (leaf(first), leaf(second))
    assert truth(AtLeast(1, of)) is truth(AnyOf(of))
    assert truth(AtLeast(2, of)) is truth(AllOf(of))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("true", Truth.FALSE), ("false", Truth.TRUE), ("unknown", Truth.TRUE), ("conflict", Truth.CONFLICT)],
)
def test_not_shown_reads_silence_as_no_and_nothing_else(answer: str, expected: Truth):
    assert truth(NotShown((leaf(answer),))) is expected


def test_every_leaf_is_asked_before_any_is_combined():
    verdict = asking().verdict(AllOf((leaf("false"), leaf("true"), leaf("unknown"))))
    assert [asked.leaf.question for asked in verdict.asked] == ["false", "true", "unknown"]


def test_the_leaves_that_decided_are_named():
    verdict = asking().verdict(AllOf((leaf("true"), AnyOf((leaf("false"), leaf("unknown"))))))
    assert verdict.truth is Truth.UNKNOWN
    assert [asked.leaf.question for asked in verdict.decisive] == ["unknown"]


@pytest.mark.parametrize(
    ("edge", "least", "most", "expected"),
    [
        (Edge.AT_LEAST, 42, 42, Truth.TRUE),
        (Edge.AT_LEAST, 41, 41.9, Truth.FALSE),
        (Edge.AT_LEAST, 41, 42, Truth.UNKNOWN),
        (Edge.MORE_THAN, 42, 42, Truth.FALSE),
        (Edge.MORE_THAN, 42.1, None, Truth.TRUE),
        (Edge.AT_MOST, None, 42, Truth.TRUE),
        (Edge.AT_MOST, 42.1, None, Truth.FALSE),
        (Edge.LESS_THAN, 42, None, Truth.FALSE),
        (Edge.LESS_THAN, 3, 41.9, Truth.TRUE),
        (Edge.LESS_THAN, 3, None, Truth.UNKNOWN),
    ],
)
def test_an_edge_includes_its_number_or_not_as_its_name_says(
    edge: Edge, least: float | None, most: float | None, expected: Truth
):
    bound = Bound(edge=edge, amount=42, unit="days", written="42 days")
    assert truth_of(bound, Answer(least=least, most=most)) is expected


def test_silence_is_neither_the_value_nor_another():
    assert truth_of(OneOf(("limb",)), Answer(value="limb")) is Truth.TRUE
    assert truth_of(OneOf((True,)), Answer(value=None)) is Truth.UNKNOWN
    assert truth_of(OneOf(("limb", "equal")), Answer(value="axial")) is Truth.FALSE

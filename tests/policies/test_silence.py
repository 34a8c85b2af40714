"""What the shipped policies make of a chart that says nothing, or contradicts itself on everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
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
from necessity.findings.result import PolicyResult
from necessity.library import open_citations
from necessity.policies.from_yaml import load
from necessity.policies.policy import Policy
from necessity.values.status import Status
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

LIBRARY = Path(__file__).parents[2] / "library"
FILES = sorted((LIBRARY / "policies").glob("*/*/*.yaml"))
CITATIONS = frozenset(open_citations(LIBRARY).ids)
LINE = Line(
    id="1",
    procedure="discectomy",
    procedures=("discectomy",),
    level="L4-5",
    requested_levels=("L4-5",),
    side=Side.LEFT,
    region=Region.LUMBAR,
)
# Every answer below is fixed, so that the tables of anatomy and procedures are never opened.
CASE = CaseFacts(
    facts=(),
    chart=chart_of([]),
    request=Request(),
    as_of=date(2026, 2, 2),
    anatomy=cast(Anatomy, None),
    procedures=cast(Procedures, None),
)
# Where a policy itself says that silence reads as none.
READ_AS_NONE = {
    ("cervical-disc-replacement", "no-infection"): Status.MET,
    ("epidural-injection", "injection-frequency"): Status.MET,
    ("epidural-injection", "repeat-relief"): Status.NOT_APPLICABLE,
    ("facet-ablation", "repeat-relief"): Status.NOT_APPLICABLE,
}


def judged(path: Path, answer: Answer) -> tuple[Policy, PolicyResult]:
    """The policy of a file where every question gets the same answer."""
    policy = load(path.read_text("utf-8"), path.name, QUESTIONS, CITATIONS)
    assert isinstance(policy, Policy)
    fixed = {name: replace(question, ask=lambda case, line, params: answer) for name, question in QUESTIONS.items()}
    return policy, evaluate(policy, CASE, LINE, fixed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_a_silent_chart_leaves_every_criterion_open(path: Path):
    policy, result = judged(path, Answer())
    expected = {c.id: READ_AS_NONE.get((policy.id, c.id), Status.UNDOCUMENTED) for c in policy.criteria}
    assert {finding.criterion: finding.status for finding in result.findings} == expected
    assert all(waiver.status is Status.NOT_MET for waiver in result.waivers)
    assert result.urgent_reasons == () and result.pathways == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_a_chart_that_contradicts_itself_decides_nothing(path: Path):
    _, result = judged(path, Answer(conflicting=True))
    assert {finding.status for finding in result.findings} == {Status.CONFLICTING}
    assert result.urgent_reasons == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_a_criterion_is_never_left_without_a_reason(path: Path):
    for answer in (Answer(), Answer(value=True), Answer(value=False), Answer(conflicting=True)):
        assert all(finding.reason for finding in judged(path, answer)[1].findings)

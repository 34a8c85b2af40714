"""What a document asks for: procedures of a plan, and the levels named beside each."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import requests
from necessity.facts.fact import RequestFact


def procedures(text: str) -> dict[str, tuple[str, ...]]:
    """Each procedure of the text with the levels named beside it."""
    return {
        f.value: f.levels
        for f in facts_in(text, requests.read, date(2026, 1, 20))
        if isinstance(f, RequestFact) and f.concept == "procedure"
    }


def test_each_part_of_a_staged_plan_has_its_own_levels():
    told = procedures("PLAN staged: (1) anterior: ACDF C5-6, C6-7, C7-T1 with plate. (2) posterior: C7-T1 laminectomy.")
    assert told == {
        "discectomy": ("C5-6", "C6-7", "C7-T1"),
        "fusion": ("C5-6", "C6-7", "C7-T1"),
        "laminectomy": ("C7-T1",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: L4-5 laminectomy.",
        "Plan:\n1. L4-5 laminectomy\n2. Hold aspirin",
        "Plan: we will proceed with L4-5 laminectomy.",
        "Surgical plan: L4-5 decompressive laminectomy",
    ],
)
def test_an_operation_listed_in_the_plan_is_planned(text: str):
    assert procedures(text) == {"laminectomy": ("L4-5",)}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: Follow up after L4-5 laminectomy.",
        "PLAN: PT for 6 weeks, L4-5 laminectomy if no better.",
        "PLAN: Discussed L4-5 laminectomy versus injection.",
        "PLAN: Continue brace, s/p L4-5 laminectomy.",
        "HISTORY: L4-5 laminectomy in 2010.",
        "PLAN: No laminectomy at this time.",
    ],
)
def test_an_operation_of_the_past_or_under_a_condition_is_not_planned(text: str):
    assert procedures(text) == {}

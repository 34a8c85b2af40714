"""Injections told in lists and series: each with its own day and relief, and those before the one recorded."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Assertion, Treatment
from necessity.facts.from_chart import read_chart
from necessity.library import open_library

LIBRARY = open_library()
NOTE = "PROCEDURE: Right L5 transforaminal epidural steroid injection.\nINTERVAL HISTORY: "


def told(text: str, concept: str) -> list[Treatment]:
    documents = [Document(id="", name="a", text=text, written=date(2026, 8, 1))]
    chart = read_chart(chart_of(documents), LIBRARY.lexicon, LIBRARY.sections)
    return [fact for fact in treatments.read(chart) if isinstance(fact, Treatment) and fact.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept", "percents"),
    [
        ("SI injections with local: 5/6/26 - 85% for 3 h. 7/1/26 - 80% for 2 h.", "si_injection", [85, 80]),
        ("MBBs 2/18/26 90% x 6 h, 3/25/26 85% x 7 h.", "medial_branch_block", [90, 85]),
        ("TFESIs 3/12/26: 60% x 5 wks; 6/18/26: 50% x 3 wks.", "epidural_injection", [60, 50]),
        ("MBB #1 2/18/26 L3,4,5 (0.5% bupi 0.5 mL): 90% x 6 h.", "medial_branch_block", [90]),
    ],
)
def test_each_injection_of_a_list_has_its_own_relief(text: str, concept: str, percents: list[float]) -> None:
    assert [fact.relief_percent for fact in told(text, concept)] == percents


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Returns for the second in the series.", 1),
        ("She is here for #3 of 3.", 2),
        ("This is his third injection.", 2),
    ],
)
def test_the_injections_before_the_one_recorded_were_given(words: str, count: int) -> None:
    assert [fact.count for fact in told(NOTE + words, "epidural_injection") if fact.present] == [count]


def test_a_first_injection_says_that_none_was_before() -> None:
    facts = told(NOTE + "This is her first injection.", "epidural_injection")
    assert Assertion.ABSENT in {fact.assertion for fact in facts}


def test_a_first_visit_says_nothing_of_injections() -> None:
    facts = told(NOTE + "This is her first visit here.", "epidural_injection")
    assert Assertion.ABSENT not in {fact.assertion for fact in facts}


def test_the_number_behind_a_question_of_a_form_is_the_count():
    assert [fact.count for fact in told("Injections - how many? 2 (epidural)", "epidural_injection")] == [2]

"""What a document asks for: procedures of a plan, and the levels named beside each."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in, vocabulary

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind
from necessity.facts import requests
from necessity.facts.fact import RequestFact
from necessity.facts.from_chart import facts_of, read_chart


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


def operation(text: str) -> dict[str, list[str]]:
    """Procedures, levels and sides of an operative note."""
    document = Document(id="d1", name="op note", text=text, kind=Kind.OPERATIVE_NOTE)
    told: dict[str, list[str]] = {"procedure": [], "level": [], "side": []}
    for fact in facts_of(read_chart(Chart(documents=(document,)), *vocabulary()), [requests.read]):
        if isinstance(fact, RequestFact) and fact.concept in told and fact.value not in told[fact.concept]:
            told[fact.concept].append(fact.value)
    return told


ACCOUNT = "\n\nDESCRIPTION OF PROCEDURE: The patient was brought to the operating room and positioned prone. "


def test_bone_work_of_the_account_counts_beside_the_title():
    told = operation(
        "PROCEDURE: Microdiscectomy, left L5-S1." + ACCOUNT + "A drill was used to perform a laminotomy of L5."
    )
    assert told["procedure"] == ["discectomy", "laminectomy"]


@pytest.mark.parametrize(
    "words",
    [
        "The previous laminectomy was seen.",
        "A laminectomy retractor was placed using the drill.",
        "The laminectomy defect was explored.",
    ],
)
def test_an_earlier_laminectomy_in_the_account_is_no_work_of_today(words: str):
    assert operation("PROCEDURE: Microdiscectomy, left L5-S1." + ACCOUNT + words)["procedure"] == ["discectomy"]


def test_the_disc_taken_out_for_a_lumbar_fusion_is_part_of_it():
    title = "PROCEDURE: Anterior lumbar fusion, L4-5."
    assert operation(title + ACCOUNT + "The discectomy was performed and the endplates were scraped.")["procedure"] == [
        "fusion"
    ]
    relieved = ACCOUNT + "A discectomy was performed and the herniated fragment removed."
    assert operation(title + relieved)["procedure"] == ["fusion", "discectomy"]


def test_a_tear_closed_on_the_way_is_no_operation_and_one_operated_for_is():
    title = "PROCEDURE:\n1. L4-5 laminectomy.\n2. Repair of dural tear."
    assert operation(title)["procedure"] == ["laminectomy"]
    assert operation("PREOPERATIVE DIAGNOSIS: Dural tear.\n\n" + title)["procedure"] == ["laminectomy", "other_spine"]


def test_an_epidural_injection_is_known_by_its_needle_and_steroid():
    told = operation(
        "PROCEDURE NOTE: A wheal was raised over the C5-6 interspace. A Tuohy needle was used with loss of resistance. "
        "Methylprednisolone acetate 80 mg was infiltrated."
    )
    assert told == {"procedure": ["epidural_injection"], "level": ["C5-6"], "side": []}


def test_the_pedicles_of_a_kyphoplasty_tell_its_side():
    told = operation(
        "PROCEDURE: Balloon kyphoplasty at T12." + ACCOUNT + "The needle entered the T12 pedicle on the right side. "
        "The same was done in the left pedicle of the vertebral body."
    )
    assert told["side"] == ["right", "left"]


def test_right_at_a_place_is_no_side():
    assert (
        operation(
            "PROCEDURE: C3-4 anterior discectomy and fusion." + ACCOUNT + "The marker was right at the C3-4 interspace."
        )["side"]
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: I discussed C3-C5 laminectomy. She wishes to proceed and we will find a date.",
        "PLAN: We discussed C3-C5 laminectomy at length and she would like to go ahead.",
        "PLAN: I discussed C3-C5 laminectomy. He gave informed consent.",
    ],
)
def test_an_operation_that_is_talked_over_and_wanted_is_planned(text: str):
    assert procedures(text) == {"laminectomy": ("C3-4", "C4-5")}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: I discussed L4-5 laminectomy. She does not want to proceed.",
        "PLAN: I discussed L4-5 laminectomy. She would like to proceed with therapy first.",
        "PLAN: I discussed L4-5 laminectomy versus an injection. She would like to proceed.",
        "PLAN: I discussed L4-5 laminectomy. If it gets worse she would like to proceed.",
    ],
)
def test_an_operation_that_is_only_talked_over_is_none(text: str):
    assert procedures(text) == {}

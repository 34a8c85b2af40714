"""How a result, a length or a day is told of treatment in notes of few words."""

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


def told(text: str, concept: str) -> list[Treatment]:
    document = Document(id="", name="note", text=text, written=date(2026, 5, 1))
    chart = read_chart(chart_of([document]), LIBRARY.lexicon, LIBRARY.sections)
    return [fact for fact in treatments.read(chart) if isinstance(fact, Treatment) and fact.concept == concept]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("PT 3/2/26 - 4/19/26. 31 visits. LBP 8/10 -> 8/10. ODI 42.", "none"),
        ("Rx 1/30/26-3/27/26, 16 visits. R LE pain unchanged 8/10.", "failed"),
        ("10/06/25 - 12/05/25, 16/16. Pain 6->6. D/C.", "none"),
        ("2/9/26 - 4/24/26 x19. Arm 8 -> 1. Excellent progress. D/C next visit.", "improved"),
        ("2/9/26 - 4/24/26, 19 visits. Leg pain 8 -> 5. D/C.", "partial"),
    ],
)
def test_a_therapists_scores_tell_the_result(text: str, response: str) -> None:
    assert [fact.response for fact in told(text, "physical_therapy")] == [response]


def test_a_length_in_brackets_behind_an_injection_is_that_of_its_relief() -> None:
    text = "PT 1/30-3/27, Aleve, R S1 TFESI 3/12 (one week)."
    assert [fact.response for fact in told(text, "epidural_injection")] == ["temporary"]
    assert [fact.response for fact in told(text, "physical_therapy")] == [None]


def test_what_each_of_two_injections_gave_is_told_of_them_alone() -> None:
    text = "She did therapy (8 weeks), takes Tylenol, and had two epidurals (11/20, 1/15), each a month of benefit."
    assert [fact.response for fact in told(text, "physical_therapy")] == [None]
    assert [fact.response for fact in told(text, "epidural_injection")] == ["temporary", "temporary"]


def test_a_negative_block_denies_no_treatment_before_it() -> None:
    assert [fact.assertion for fact in told("PT 6 mo, Celebrex, MBB neg.", "physical_therapy")] == [Assertion.PRESENT]


def test_a_drug_dispensed_month_by_month_was_taken_all_the_time() -> None:
    (drug,) = told("Fill history: diclofenac 75 #60 11/18/25 12/20 1/19/26 2/20 3/21.", "medication")
    assert (str(drug.started), str(drug.ended)) == ("2025-11-18", "2026-03-21")


@pytest.mark.parametrize(
    "text",
    [
        "Gabapentin 300 qhs if leg dysesthesia emerges.",
        "Tramadol if the pain persists.",
    ],
)
def test_a_drug_for_a_case_that_may_come_is_no_trial(text: str) -> None:
    assert all(fact.assertion is not Assertion.PRESENT for fact in told(text, "medication"))


@pytest.mark.parametrize(
    "text", ["She was sent home with a soft collar.", "TLSO for comfort.", "Collar when out of bed."]
)
def test_a_brace_handed_out_for_comfort_is_no_measure_tried(text: str) -> None:
    assert all(fact.assertion is not Assertion.PRESENT for fact in told(text, "brace"))


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ('Medrol with maybe "an hour" of benefit.', "temporary"),
        ("Norco gave minutes of relief.", "temporary"),
        ("Relief from gabapentin was measured in days.", "temporary"),
        ("Lyrica and Nucynta, and we are not getting anywhere with any of these.", "failed"),
        ("Naproxen helped her neck pain, but not the arm.", "partial"),
        ("Gabapentin did not move the needle.", "failed"),
    ],
)
def test_results_in_the_words_of_patients(text: str, response: str) -> None:
    assert {fact.response for fact in told(text, "medication")} == {response}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Records indicate therapy 3x/week for 10 weeks.", 70),
        ("Physical therapy, stopped by the therapist at week 4.", 28),
        ("Ten days later she started physical therapy.", None),
        ("Acme physical therapy - 41 y m concrete finisher.", None),
        ("PT for 41 years.", None),
    ],
)
def test_how_long_a_therapy_ran(text: str, days: float | None) -> None:
    assert [fact.length.days if fact.length else None for fact in told(text, "physical_therapy")] == [days]

"""Therapy that was not taken up: evaluations without treatment, single visits, answers on an intake form."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Assertion, Source, Treatment
from necessity.facts.from_chart import read_chart
from necessity.facts.ledger import ledger
from necessity.facts.outweighed import not_outweighed
from necessity.library import open_library

LIBRARY = open_library()
RECORD = "PHYSICAL THERAPY DISCHARGE NOTE\nEvaluation 04/21/2026. "


def told(*texts: str) -> list[Treatment]:
    documents = [Document(id="", name=f"note-{n}", text=text, written=date(2026, 6, 1)) for n, text in enumerate(texts)]
    chart = read_chart(chart_of(documents), LIBRARY.lexicon, LIBRARY.sections)
    return [fact for fact in treatments.read(chart) if isinstance(fact, Treatment)]


def therapy(*texts: str) -> set[Assertion]:
    return {fact.assertion for fact in told(*texts) if fact.concept == "physical_therapy"}


@pytest.mark.parametrize(
    "ending",
    [
        "Discharged after evaluation only.",
        "No treatment rendered, no HEP issued.",
        "Pt never returned after the evaluation.",
        "Did not schedule follow-up despite 3 calls. D/C.",
        "Patient attended the evaluation only.",
        "Treatment never initiated.",
        "No-show x4, chart closed.",
        "0 of 12 authorized visits used.",
    ],
)
def test_a_record_without_treatment_denies_the_therapy(ending: str) -> None:
    assert therapy(RECORD + ending) == {Assertion.ABSENT}


@pytest.mark.parametrize(
    "ending",
    [
        "12 visits attended, 2 no-shows.",
        "Last visit 06/01/2026. Did not return.",
        "14 visits. Unable to reach for follow-up.",
    ],
)
def test_missed_visits_beside_attended_ones_deny_nothing(ending: str) -> None:
    assert therapy(RECORD + ending) == {Assertion.PRESENT}


@pytest.mark.parametrize(
    "answer",
    [
        "Physical therapy - went once, couldn't keep the appts",
        "He went to PT for the evaluation only.",
        "Tried PT one visit only.",
        "PT: never scheduled.",
        "PT - no time, no",
        "Physical therapy - never",
    ],
)
def test_one_visit_or_none_is_no_therapy(answer: str) -> None:
    assert therapy(answer) == {Assertion.ABSENT}


@pytest.mark.parametrize(
    "answer",
    ["PT one visit a week for 8 weeks.", "Completed 12 PT sessions, missed one visit.", "PT x 1 visit made him worse."],
)
def test_rates_of_visits_and_told_results_stay_therapy(answer: str) -> None:
    assert therapy(answer) == {Assertion.PRESENT}


def test_the_record_outweighs_a_word_of_the_surgeon() -> None:
    facts = told("CONSERVATIVE: Physical therapy - completed.", RECORD + "Discharged after evaluation only.")
    assert [fact.source for fact in not_outweighed(facts)] == [Source.RECORD]
    assert ledger(facts) == ()


def test_therapy_with_its_own_visits_stands_beside_such_a_record() -> None:
    facts = told("He completed 14 visits of PT elsewhere.", RECORD + "Discharged after evaluation only.")
    assert [entry.visits for entry in ledger(facts)] == [14]


def test_an_intake_form_is_no_therapists_record() -> None:
    form = "Patient intake questionnaire\nPhysical therapy  - no\nChiropractor  - no"
    assert {fact.concept for fact in told(form)} == {"physical_therapy", "chiropractic"}


def test_the_evaluation_of_a_therapist_alone_is_no_course_of_therapy():
    plan = "Eval date: 9/6/23. Pt reports low back pain. Plan: PT 2x/wk x 6 wks."
    assert Assertion.PRESENT not in therapy("PHYSICAL THERAPY INITIAL EVALUATION\n" + plan)
    assert Assertion.PRESENT not in therapy("OUTPATIENT PT EVALUATION AND PLAN OF CARE\n" + plan)


def test_a_discharge_note_that_names_the_evaluation_is_a_course():
    assert Assertion.PRESENT in therapy(
        "PHYSICAL THERAPY DISCHARGE NOTE\nInitial evaluation 3/2/26, last visit 4/20/26."
    )

"""The review questions on symptoms, function and the patient, from the words of a chart to the answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from necessity.abstracts import function, patient, symptom
from necessity.abstracts.from_facts import abstract_of
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.charts.sections import Headings
from necessity.facts import function as read_function
from necessity.facts import patient as read_patient
from necessity.facts import symptoms
from necessity.facts.from_chart import facts_of, read_chart
from necessity.vocabulary.lexicon import Lexicon

VOCABULARY = Path(__file__).resolve().parents[2] / "library" / "vocabulary"
LUMBAR = Request(procedures=("discectomy",), levels=("L4-5",))
CERVICAL = Request(procedures=("fusion",), levels=("C5-6",))
THORACIC = Request(procedures=("laminectomy",), levels=("T12-L1",))
JUNE, JANUARY = date(2025, 6, 2), date(2026, 1, 20)


@cache
def vocabulary() -> tuple[Lexicon, Headings]:
    files = [yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))]
    return Lexicon(files), Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


def answers(*texts: tuple[str, date], request: Request = LUMBAR) -> dict[str, object]:
    chart = chart_of(
        Document(id="", name=f"n{number}", text=text, written=day) for number, (text, day) in enumerate(texts)
    )
    facts = facts_of(read_chart(chart, *vocabulary()), (symptoms.read, read_function.read, read_patient.read))
    found = abstract_of(facts, request, (symptom.answer, function.answer, patient.answer))
    return {question: given.value for question, given in found.items()}


def test_a_whole_history_answers_every_question_on_symptoms() -> None:
    text = (
        "HPI: 54 y.o. male with low back pain radiating down the right leg to the foot. It began 7 weeks ago and is getting worse. "
        "Leg 9/10, back 4/10. Cannot sit through a meal. ODI 44%. SH: never smoker. BMI 28.1"
    )
    assert answers((text, JANUARY)) == {
        "patient.age": 54.0,
        "patient.sex": "male",
        "risk.bmi": 28.1,
        "risk.tobacco": "never",
        "symptom.axial_pain": "yes",
        "symptom.course": "worsening",
        "symptom.duration_weeks": 7.0,
        "symptom.pain_score": 9.0,
        "symptom.predominant": "limb",
        "symptom.radicular_pain": "yes",
        "symptom.radicular_side": "right",
        "function.limited": "yes",
        "function.odi": 44.0,
    }


def test_silence_is_no_answer() -> None:
    assert answers(("Here for review of imaging.", JANUARY)) == {}


def test_pain_of_another_region_is_not_the_answer() -> None:
    found = answers(("Neck pain and right arm pain.", JANUARY), request=LUMBAR)
    assert "symptom.radicular_pain" not in found
    assert "symptom.axial_pain" not in found


@pytest.mark.parametrize(
    ("text", "request_", "answer"),
    [
        ("Burning pain wraps around the left flank.", THORACIC, "yes"),
        ("Pain in both legs.", THORACIC, "yes"),
        ("Right arm pain.", CERVICAL, "yes"),
        ("Left leg pain.", CERVICAL, None),
        ("No arm pain.", CERVICAL, "no"),
        ("No radiation of the pain.", LUMBAR, "no"),
    ],
)
def test_radicular_pain_by_region(text: str, request_: Request, answer: str | None) -> None:
    assert answers((text, JANUARY), request=request_).get("symptom.radicular_pain") == answer


def test_both_legs_in_one_note_are_bilateral() -> None:
    assert answers(("Right leg pain. Left leg pain since May.", JANUARY))["symptom.radicular_side"] == "bilateral"


def test_the_newest_score_wins_over_an_older_higher_one() -> None:
    found = answers(("Leg pain 9/10.", JUNE), ("Leg pain 6/10.", JANUARY))
    assert found["symptom.pain_score"] == 6


def test_the_newest_disability_index_wins() -> None:
    assert answers(("ODI 52%.", JUNE), ("ODI 38%.", JANUARY))["function.odi"] == 38


def test_acute_on_chronic_is_counted_from_the_acute_episode() -> None:
    text = "Chronic low back pain for 10 years. Three weeks ago the pain came back, now in the left leg."
    assert answers((text, JANUARY))["symptom.duration_weeks"] == 3


def test_the_length_of_a_worsening_is_not_the_length_of_the_episode() -> None:
    assert answers(("Leg pain for 5 months, worse over the last week.", JANUARY))[
        "symptom.duration_weeks"
    ] == pytest.approx(21.7, rel=0.01)


def test_a_past_told_anywhere_makes_a_former_smoker() -> None:
    assert answers(("Quit smoking in 2015.", JUNE), ("Does not smoke.", JANUARY))["risk.tobacco"] == "former"


def test_limb_pain_ruled_out_beside_back_pain_makes_the_back_the_main_one() -> None:
    assert answers(("Low back pain. No leg pain.", JANUARY))["symptom.predominant"] == "axial"


def test_no_main_limb_pain_where_limb_pain_is_ruled_out() -> None:
    assert "symptom.predominant" not in answers(("Back pain is minor.", JANUARY))


def test_a_limit_told_outweighs_an_ability() -> None:
    text = "He works full duty without restrictions. He cannot stand more than ten minutes."
    assert answers((text, JANUARY))["function.limited"] == "yes"
    assert answers(("He works full duty without restrictions.", JANUARY))["function.limited"] == "no"


def test_two_papers_of_one_day_that_name_opposite_pains_conflict() -> None:
    visit, intake = (
        "The arm pain is the main problem, worse than the neck.",
        "Where is your WORST pain?  [ ] arm  [x] neck",
    )
    assert answers((visit, JANUARY), (intake, JANUARY), request=CERVICAL)["symptom.predominant"] == "conflicting"
    assert answers((intake, JUNE), (visit, JANUARY), request=CERVICAL)["symptom.predominant"] == "limb"


def test_scores_of_one_day_tell_the_main_pain_where_no_words_do() -> None:
    text = "Left leg pain from thigh to shin, worse walking. 6/10. Low back pain 3/10 chronic."
    assert answers((text, JANUARY))["symptom.predominant"] == "limb"
    assert "symptom.predominant" not in answers(("Left leg pain. 4/10. Low back pain 3/10.", JANUARY))


def test_an_event_counts_only_where_no_length_is_told() -> None:
    fell = "He slipped on ice 3 weeks ago. Now right leg pain."
    assert answers((fell, JANUARY))["symptom.duration_weeks"] == 3
    assert answers((fell + " Leg pain for 2 weeks.", JANUARY))["symptom.duration_weeks"] == 2


def test_a_score_before_a_procedure_counts_where_there_is_no_other() -> None:
    text = "PROCEDURE: Facet injections L4-5. Needles were placed. Pain before, 8. Pain after, 3."
    assert answers((text, JANUARY))["symptom.pain_score"] == 8

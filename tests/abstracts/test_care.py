"""The review questions on conservative care, answered from whole notes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.abstracts import care
from necessity.abstracts.from_facts import abstract_of
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.facts import treatments
from necessity.facts.from_chart import facts_of, read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def answers(*texts: str) -> dict[str, object]:
    documents = [
        Document(id="", name=str(number), text=text, written=date(2026, 1, 20 + number))
        for number, text in enumerate(texts)
    ]
    read = read_chart(chart_of(documents), knowledge().lexicon, knowledge().sections)
    found = abstract_of(facts_of(read, (treatments.read,)), Request(), (care.answer,))
    return {question: answer.value for question, answer in found.items()}


def test_a_list_of_treatment_answers_each_question():
    found = answers(
        "He tried ibuprofen, gabapentin, Norco, Flexeril, a Medrol dose pack, PT, chiropractic care, bed rest and two epidural steroid injections without relief."
    )
    tried = (
        "physical_therapy",
        "chiropractic",
        "activity_modification",
        "nsaid",
        "neuropathic",
        "oral_steroid",
        "opioid",
        "muscle_relaxant",
        "epidural_injection",
        "failed",
    )
    assert {f"care.{name}": "yes" for name in tried} | {"care.epidural_count": 2} == found


def test_silence_answers_nothing():
    assert answers("He has had back pain for six weeks. Strength is 5/5.") == {}


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("No prior PT, no injections.", "care.epidural_injection", "no"),
        ("She was offered an epidural steroid injection, she declined (needles).", "care.epidural_injection", "no"),
        (
            "She was not a candidate for epidural injection since she cannot stop rivaroxaban.",
            "care.epidural_injection",
            "no",
        ),
        ("NSAIDs avoided (platelets, gastritis).", "care.nsaid", "no"),
        ("Has had no PT, no injections, takes nothing for this.", "care.opioid", "no"),
        ("Treatment: none other than OTC ibuprofen.", "care.physical_therapy", "no"),
        ("Treatment: none other than OTC ibuprofen.", "care.nsaid", "yes"),
        ("She completed 8 weeks of physical therapy.", "care.physical_therapy_weeks", 8),
        ("PT 09/15/25 to 12/19/25, x14.", "care.physical_therapy_weeks", 13.57),
        ("Four epidurals in 2 years (last S1 TFESI 07/2025).", "care.epidural_count", 4),
        ("She has been treated without surgery for more than five months.", "care.total_weeks", 21.72),
        ("Gabapentin 300 TID since 10/06/2025, ongoing.", "care.total_weeks", 15.14),
        ("Naproxen takes the edge off only.", "care.failed", "yes"),
        ("ESI gave 80% relief for two weeks.", "care.failed", "yes"),
        ("The symptoms were unrelieved by conservative modalities.", "care.failed", "yes"),
    ],
)
def test_one_statement_answers_one_question(text: str, question: str, value: object):
    assert answers(text)[question] == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("PLAN: Physical therapy and an epidural injection.", "care.physical_therapy"),
        ("L S1 transforaminal epidural scheduled 01/22/26.", "care.epidural_injection"),
        ("She had a steroid injection in March.", "care.epidural_injection"),
        ("PT for her frozen shoulder twice a week.", "care.physical_therapy"),
        ("MEDICATIONS: None.", "care.nsaid"),
        ("Epidural steroid injections helped.", "care.epidural_count"),
    ],
)
def test_what_is_not_said_stays_open(text: str, question: str):
    assert question not in answers(text)


def test_one_course_told_twice_is_not_added_up():
    found = answers(
        "PT 10/20/2025 - 12/19/2025, 15 visits.",
        "He finished PT (10/20/25 to 12/19/25) without benefit. ESI 1/5/2026, no relief.",
        "ESI on 1/5/26 did not help.",
    )
    assert (found["care.physical_therapy_weeks"], found["care.epidural_count"]) == (8.57, 1)

"""Earlier operations: how notes tell them, what denies them, and what is planned, recorded or another organ's."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import operations
from necessity.facts.fact import Assertion, Operation, Side
from necessity.facts.from_chart import read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def told(text: str) -> list[Operation]:
    document = Document(id="", name="note", text=text, written=date(2026, 1, 20))
    read = read_chart(chart_of([document]), knowledge().lexicon, knowledge().sections)
    return [fact for fact in operations.read(read) if isinstance(fact, Operation)]


@pytest.mark.parametrize(
    ("text", "kind", "levels"),
    [
        ("PSH: L4-5 microdiscectomy 2019, appendectomy.", "discectomy", ("L4-5",)),
        ("47F s/p left L5/S1 microdiscectomy 6/17/2025 (outside hospital).", "discectomy", ("L5-S1",)),
        ("PSH: L4-S1 decompression 2017 (other hospital), cholecystectomy.", "spine_surgery", ("L4-5", "L5-S1")),
        ("64 y/o s/p L3-L5 posterior fusion 2014 with good result.", "fusion", ("L3-4", "L4-5")),
        ("Patient underwent L4-S1 posterior fusion three years ago with good relief.", "fusion", ("L4-5", "L5-S1")),
        ("She had a discectomy at L4-5 on the right in March 2021.", "discectomy", ("L4-5",)),
        ("HPI: She is three months out from her L4-5 fusion.", "fusion", ("L4-5",)),
        ("History of lumbar fusion 2012, hypertension, diabetes.", "fusion", ()),
        ("Past surgical history: back surgery x 3, last 2019.", "spine_surgery", ()),
        ("Two prior operations on his back in 1998 and 2004.", "spine_surgery", ()),
        ("Evidence of prior right L5-S1 hemilaminectomy.", "laminectomy", ("L5-S1",)),
        ("IMAGING: L4-5, L5-S1: prior laminectomies, canal capacious.", "laminectomy", ("L4-5", "L5-S1")),
        ("MRI shows postsurgical changes at L4-5 with recurrent disc herniation.", "spine_surgery", ("L4-5",)),
        ("Prior spine surgery:  YES - L4/5 microdiskectomy", "discectomy", ("L4-5",)),
        ("IMPRESSION: Postlaminectomy syndrome.", "spine_surgery", ()),
        ("Status post kyphoplasty at T12 in 2022.", "vertebral_augmentation", ("T12",)),
    ],
)
def test_an_earlier_operation_with_its_levels(text: str, kind: str, levels: tuple[str, ...]):
    found = told(text)
    assert (kind, levels) in [(fact.concept, fact.levels) for fact in found]
    assert all(fact.assertion is Assertion.PRESENT for fact in found)


@pytest.mark.parametrize(
    "text",
    [
        "He has never had spine surgery.",
        "Never a back operation.",
        "No history of back or neck surgery.",
        "No previous spine surgery.",
        "No prior spine sx.",
        "Past surgical history: none.",
        "PAST SURGICAL HISTORY: Negative.",
        "SURGICAL HISTORY: None.",
        "PSH none. Meds naproxen.",
        "Denies any previous surgeries.",
        "He has had no surgeries in his life.",
        "The patient has not had previous surgical intervention on the lumbar spine.",
    ],
)
def test_none_said_in_words(text: str):
    assert [fact.assertion for fact in told(text)] == [Assertion.ABSENT]


@pytest.mark.parametrize(
    "text",
    [
        "Past surgical history is significant for a right knee arthroscopy.",
        "PSH: hysterectomy, carpal tunnel decompression, ankle fusion.",
        "We discussed L4-5 laminectomy and fusion.",
        "She is not a surgical candidate at this time and wants to avoid surgery.",
        "Surgery was discussed, and no surgery is planned.",
        "She elected to proceed with L4-5 microdiscectomy.",
        "The patient is scheduled for lumbar fusion on 2/1/2026.",
        "FAMILY HISTORY: Father had spinal fusion.",
        "His father had two back surgeries.",
        "PROCEDURE PERFORMED: L4-5 microdiscectomy.",
        "PLAN: L5-S1 laminectomy, left facetectomy, and instrumented posterolateral fusion.",
        "Autofusion of the facets at L5-S1. Congenital fusion C2-3.",
        "COURSE: The patient subsequently underwent C5-6 laminectomy and her symptoms resolved.",
        "Prior spine surgery: ______________",
    ],
)
def test_nothing_is_said_of_earlier_spine_surgery(text: str):
    assert told(text) == []


def test_side_and_date_of_an_operation():
    (operation,) = told("47F s/p left L5/S1 microdiscectomy 6/17/2025 (outside hospital).")
    assert (operation.side, str(operation.when)) == (Side.LEFT, "2025-06-17")


def test_an_operation_of_two_kinds_is_told_as_both():
    assert {fact.concept for fact in told("PSH: ACDF C5-7 2016 did well, L RCR.")} == {"discectomy", "fusion"}


def test_the_operation_of_an_operative_note_is_not_its_history():
    note = "PROCEDURE: L4-5 microdiscectomy.\nINDICATIONS: Leg pain.\nDESCRIPTION OF PROCEDURE: The patient underwent laminotomy and discectomy. A previous lumbar incision was used."
    assert [fact.concept for fact in told(note)] == ["spine_surgery"]


@pytest.mark.parametrize("words", ["No surgeries ever.", "Never had surgery on the back.", "No prior spine surgery."])
def test_never_operated_is_read_wherever_it_stands(words: str):
    assert [fact.assertion for fact in told(f"ROS: neg for fever, bladder, bowel.\nFormer smoker. {words}")] == [
        Assertion.ABSENT
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Have you had spine surgery? [ ] Yes [X] No",
        "Prior spine surgery? [X] No [ ] Yes",
        "Ever had back surgery? No",
        "Have you ever had surgery on your back or neck? [ ] Yes [X] No",
        "Prior spine surgery: N",
    ],
)
def test_a_question_on_surgery_that_is_answered_no_denies_it(text: str):
    assert [(fact.concept, fact.assertion) for fact in told(text)] == [("spine_surgery", Assertion.ABSENT)]


def test_a_question_on_surgery_that_is_left_open_says_nothing():
    assert not told("Have you had spine surgery? [ ] Yes [ ] No")


@pytest.mark.parametrize(
    "text",
    [
        "Plan: revision right L5-S1 microdiscectomy, outpatient.",
        "Plan: redo L4-5 laminectomy.",
        "Recommend redo left L5-S1 microdiscectomy.",
        "Was scheduled for right L5-S1 microdiscectomy 5/2023 but cancelled the day before.",
    ],
)
def test_an_operation_asked_for_or_cancelled_is_no_earlier_one(text: str) -> None:
    assert not [fact for fact in told(text) if fact.assertion is Assertion.PRESENT]

"""Complaints told in a few words: parts at peace, the way of a pain without its name, the event that began it."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.fact import Side, Symptom, SymptomQuality
from necessity.facts.symptoms import read

WRITTEN = date(2026, 5, 4)


def told(text: str, concept: str) -> list[Symptom]:
    return [fact for fact in facts_in(text, read, WRITTEN) if isinstance(fact, Symptom) and fact.concept == concept]


def said(text: str, concept: str) -> set[str]:
    return {fact.assertion.value for fact in told(text, concept) if not fact.historical}


def quality(text: str, concept: str, written: date | None = WRITTEN) -> list[SymptomQuality]:
    return [
        fact for fact in facts_in(text, read, written) if isinstance(fact, SymptomQuality) and fact.concept == concept
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3/10 end of shift, leg nothing.",
        "Leg - nothing. Back 4.",
        "Leg pain: none.",
        "S: leg ok today. back 4.",
        "Her legs are great since surgery, back still sore.",
        "On discharge the leg is symptom free and has been for a fortnight.",
        "Leg 0/10, back 6/10.",
        "Leg pain 0. Back 3.",
        "The leg has settled.",
    ],
)
def test_a_limb_at_peace_is_ruled_out_in_a_word(text: str) -> None:
    assert said(text, "radicular_pain") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "The back part of it settled within a day or two. The left leg did not.",
        "The low back has quieted; the left leg has not let up.",
        "Back ok, L leg bad.",
        "Back is fine. Left leg: worse.",
    ],
)
def test_what_is_not_gone_while_another_part_is(text: str) -> None:
    assert said(text, "axial_pain") == {"absent"}
    assert [fact.side for fact in told(text, "radicular_pain")] == [Side.LEFT]


def test_the_part_that_did_not_settle_is_the_main_pain() -> None:
    found = quality("The neck has settled but the right arm has not.", "predominant")
    assert [fact.value for fact in found] == ["limb"]


@pytest.mark.parametrize(
    "text",
    [
        "R leg, buttock to shin, top of foot, since 4/2.",
        "It is the leg he is here for: right buttock, hamstring, calf, sole.",
        "Right buttock down to heel, 6 wks.",
        "Right thigh -> shin -> great toe.",
        "R triceps to middle finger, since Dec.",
    ],
)
def test_the_way_of_a_pain_is_told_without_its_name(text: str) -> None:
    assert [(fact.assertion.value, fact.side) for fact in told(text, "radicular_pain")] == [("present", Side.RIGHT)]


@pytest.mark.parametrize(
    "text",
    [
        "Cellulitis from knee to foot. Cast from thigh to toes.",
        "Shoulder to elbow after rotator cuff repair.",
        "Had a rash right thigh, calf, ankle last week.",
        "Prepped from nipples to knees.",
        "TENS electrodes from buttock to calf.",
        "The left leg remains.",
        "EXAM: Strength full, hip to foot. Legs fine.",
    ],
)
def test_a_way_that_is_of_something_else_is_no_pain(text: str) -> None:
    assert told(text, "radicular_pain") == []


def test_a_pain_that_came_back_is_there() -> None:
    text = "Left leg pain resolved completely after the injection, then came back two weeks later."
    assert said(text, "radicular_pain") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "It is across the low back and does not go below the gluteal crease.",
        "Pain confined to the low back, none below the belt line.",
        "Neck pain. No pain below the shoulder.",
        "Denies radiation past the shoulder blade.",
        "No arm sxs.",
    ],
)
def test_pain_that_stays_in_the_spine(text: str) -> None:
    assert said(text, "radicular_pain") == {"absent"}


def test_pain_that_stops_at_the_knee_is_pain_of_the_leg_all_the_same() -> None:
    assert said("Right thigh pain, does not go below the knee.", "radicular_pain") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "Pain around the chest like a tight belt.",
        "A squeezing band around the abdomen at the navel, burning.",
        "Pain wraps around the left ribs like a vise.",
    ],
)
def test_pain_as_a_band_is_radiating(text: str) -> None:
    assert said(text, "radicular_pain") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "Please remember that a purely sensory radiculopathy can escape EMG.",
        "Complex regional pain syndrome of the right lower extremity.",
        "Doing well from a radicular standpoint.",
    ],
)
def test_remarks_and_other_names_are_no_complaint(text: str) -> None:
    assert told(text, "radicular_pain") == []


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("She slid off the bed some three weeks before she came in. Pain was at the bra line.", 3),
        ("Tripped over the dog 4 days ago and hit his forehead. Burning in both arms and hands.", 0.57),
        ("Slipped on ice on 3/1. R sciatica.", 9.14),
    ],
)
def test_an_event_dates_a_complaint_without_a_length(text: str, weeks: float) -> None:
    assert [round(fact.length.weeks, 2) for fact in quality(text, "event") if fact.length] == [weeks]


def test_dates_at_the_head_of_a_form_need_no_year() -> None:
    text = "DOI: 1/19     Today: 4/12     Visits: 24\n\nSUBJECTIVE: Low back pain."
    assert [round(fact.length.weeks, 1) for fact in quality(text, "event", None) if fact.length] == [12.0]


@pytest.mark.parametrize(
    "text",
    [
        "She fell 2 weeks ago and broke her wrist. Back pain.",
        "She fell 2 weeks ago. Chronic low back pain.",
        "Fell 2 weeks ago. No pain.",
        "Back pain for 3 months. Fell 2 weeks ago.",
    ],
)
def test_an_event_of_something_else_dates_nothing(text: str) -> None:
    assert quality(text, "event") == []

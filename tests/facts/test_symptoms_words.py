"""Complaints that are gone, scores of today and of then, lengths in a few words, and the course told by numbers."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.fact import Symptom, SymptomQuality
from necessity.facts.symptoms import read

WRITTEN = date(2026, 5, 4)


def current(text: str, concept: str) -> set[str]:
    found = facts_in(text, read, WRITTEN)
    return {
        fact.assertion.value
        for fact in found
        if isinstance(fact, Symptom) and fact.concept == concept and not fact.historical
    }


def qualities(text: str, concept: str, written: date | None = WRITTEN) -> list[SymptomQuality]:
    return [
        fact for fact in facts_in(text, read, written) if isinstance(fact, SymptomQuality) and fact.concept == concept
    ]


def weeks(text: str, written: date | None = WRITTEN) -> list[float]:
    return [round(fact.length.weeks, 2) for fact in qualities(text, "episode", written) if fact.length]


@pytest.mark.parametrize(
    "text",
    [
        "He had left leg pain for months. He no longer has any leg pain.",
        "Right arm pain to the thumb. The arm is symptom free now.",
        "She came with leg pain and back pain. At present no leg pain.",
        "Left leg pain before surgery. No leg pain since the operation.",
        "He had arm pain. Arms are great, zero pain in either one.",
    ],
)
def test_a_denial_of_now_closes_the_complaint_before_it(text: str) -> None:
    assert current(text, "radicular_pain") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "Left leg pain for months. No leg pain when sitting now.",
        "Left leg pain. In recovery he was pain free in the leg.",
        "Right leg pain. No left leg pain at present.",
        "Left calf pain to the foot. The thigh pain has now gone.",
    ],
)
def test_what_is_denied_in_part_stays(text: str) -> None:
    assert "present" in current(text, "radicular_pain")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He was 9/10 at first and is presently 5/10.", 5),
        ("Pain was 8/10, right now she rates it 4/10.", 4),
        ("She ranks it 4 sitting on the left cheek, 7 rolling over in bed.", 7),
        ("Neck pain that she grades as a six on good days and eight on bad ones.", 8),
        ("When I first met him the pain was scored 7 out of 10. He admits to neck ache by Friday, 2 out of 10.", 2),
        ("Left leg pain. Leg 8 bad day.", 8),
        ("Right leg pain. HEP from prior PT. 6/10, walks 2 blocks.", 6),
        ("Leg pain is the worse of the two at eight out of ten against six for the back.", 8),
        ("10/6 s: lbp 5/10\n10/13 s: 4/10\n10/23 s: 3/10\n10/30 s: 2/10 end of shift", 2),
    ],
)
def test_the_score_of_now_in_words(text: str, value: float) -> None:
    scores = [float(fact.value or 0) for fact in qualities(text, "pain_score") if fact.current]
    assert max(scores) == value


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Axial LBP, belt line, ~14 months. 7/10.", 60.83),
        ("Both calves ache at 1 block. 1 yr.", 52.18),
        ("LBP, 2 yrs, leg pain none.", 104.36),
        ("When I saw him five weeks into this he could not heel walk.", 5),
        ("Eighteen months of it, worse this winter.", 78.21),
        ("Eight months of trouble with his legs.", 34.76),
        ("A retired machinist, 69 now, who over the past 14 months has lost the fine use of his hands.", 60.83),
        ("Recurrence 01/20/2026 while gardening.", 14.86),
        ("R leg, buttock to shin, since 4/2.", 4.57),
        ("Going on a year now of arm pain.", 52.18),
    ],
)
def test_lengths_in_a_few_words(text: str, length: float) -> None:
    assert weeks(text) == [length]


def test_yesterday_counts_without_a_date_of_the_note() -> None:
    assert weeks("Low back pain since yesterday around 3 p.m.", None) == [0.14]


@pytest.mark.parametrize(
    "text",
    [
        "Back pain. 57 y.o. male disabled ironworker.",
        "The injection knocked the leg pain down from an 8 to a 4 for ten days.",
        "Over the last month she reports chest pain 3 times a week.",
        "She has worked at a bakery for 20 years. Back pain.",
    ],
)
def test_other_lengths_are_none_of_the_complaint(text: str) -> None:
    assert weeks(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Half back and half leg pain.", "equal"),
        ("She would split it as half the back and half the leg.", "equal"),
        ("The pain is all leg.", "limb"),
        ("Back pain, entirely neck.", "axial"),
        ("B leg burning, low back second.", "limb"),
        ("Flank pain. 6/10, band worse than back.", "limb"),
        ("7/10 leg, LB 2/10.", "limb"),
        ("Which hurts more, circle: BACK (LEG) SAME", "limb"),
        ("Worst pain (circle one):  (back)   leg   both", "axial"),
        ("Main problem: __x__ leg ____ back", "limb"),
        ("Leg pain. Back is stiff mornings, not her complaint.", "limb"),
        ("Legs worse than back when she is on her feet.", "limb"),
    ],
)
def test_which_pain_is_the_main_one_in_few_words(text: str, value: str) -> None:
    assert {fact.value for fact in qualities(text, "predominant")} == {value}


def test_it_was_all_back_tells_of_a_return() -> None:
    assert qualities("By New Years the leg pain was all back.", "predominant") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Leg pain was initially 9/10 and is presently 5/10.", "improving"),
        ("Low back 4/10 (was 8).", "improving"),
        ("Arm pain 8/10, was 5.", "worsening"),
        ("Pt reports doing better w/ therapy and Lyrica.", "improving"),
        ("Patient is improving with physical therapy.", "improving"),
        ("Arm pain has been on a plateau for about two months now.", "stable"),
        ("Both legs ache; eighteen months of it, worse this winter.", "worsening"),
        ("L4-5 disc syndrome w/ right radiculitis, improving.", "improving"),
    ],
)
def test_the_course_in_numbers_and_with_care(text: str, value: str) -> None:
    assert {fact.value for fact in qualities(text, "course")} == {value}


@pytest.mark.parametrize(
    "text",
    ["Leg pain improved with rest.", "Because of his progressive and persistent limitations he opted for a new hip."],
)
def test_what_eases_or_limits_is_no_course(text: str) -> None:
    assert qualities(text, "course") == []


@pytest.mark.parametrize(
    "text",
    [
        "Both legs cramp after 100 yards and he must find a bench; five minutes seated and he is good for another 100.",
        "After 50 yards the calves ache; she perches on a wall and they let go.",
        "R leg pain standing/walking, lateral shin, rest relieves.",
        "Thigh aching and heaviness on standing, forced to sit after one block; sitting fixes it.",
    ],
)
def test_claudication_by_the_yard_and_the_bench(text: str) -> None:
    assert current(text, "claudication") == {"present"}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HPI: Since Monday she has to strain to urinate.", "bladder"),
        ("HPI: Voids only by straining.", "bladder"),
        ("HPI: Must press on the belly to start the urine.", "bladder"),
        ("HPI: Since Monday the seat feels numb.", "saddle"),
        ("HPI: The foot has gone dead since yesterday.", "weakness"),
        ("HPI: New this week: the toes drag.", "weakness"),
        ("HPI: Cannot stand or walk at all, both legs will not hold.", "weakness"),
        ("HPI: Legs are stiff and she walks holding the wall.", "gait"),
        ("HPI: The handwriting is gone.", "hand_clumsiness"),
    ],
)
def test_alarming_complaints_in_plain_words(text: str, concept: str) -> None:
    assert current(text, concept) == {"present"}

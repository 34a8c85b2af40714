"""Limits of daily life and disability scores as notes give them."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts.fact import Function
from necessity.facts.function import read


def limitation(text: str) -> set[str]:
    return {
        fact.assertion.value for fact in facts_in(text, read) if fact.concept == "limitation" and not fact.historical
    }


def scores(text: str, concept: str) -> list[float | None]:
    return [
        fact.value
        for fact in facts_in(text, read)
        if isinstance(fact, Function) and fact.concept == concept and fact.present
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cannot stand more than 10 minutes.",
        "Off work since November.",
        "Sleeps in a recliner.",
        "He has difficulty walking.",
        "She is unable to work.",
        "The pain limits his daily activities.",
        "Pain interferes with sleep.",
        "Wakes at night from the pain.",
        "Uses a walker.",
        "Walks with a cane.",
        "Can only walk one block.",
        "Missing 2-3 days of work a month.",
        "On light duty because of the leg.",
        "Impaired sleep.",
        "Pain keeps him up at night.",
        "Gave up golf.",
        "She has stopped gardening.",
        "Needs help with dressing.",
        "Trouble sleeping.",
        "It is very difficult to use his mouse and type.",
        "His activities of daily living are severely limited.",
        "Standing tolerance 5 minutes.",
        "She can no longer do housework.",
        "Unable to sit through a meal.",
        "Hard to get dressed.",
        "Her activity level has been significantly restricted.",
    ],
)
def test_limits_of_daily_life(text: str) -> None:
    assert limitation(text) == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "He works full duty without restrictions.",
        "No difficulty with walking or stairs.",
        "The pain does not interfere with his work.",
        "He is able to do all his normal activities.",
        "No functional limitations.",
        "Able to perform all activities of daily living.",
    ],
)
def test_daily_life_said_to_be_unlimited(text: str) -> None:
    assert limitation(text) == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: No lifting over 10 lb, light duty for six weeks.",
        "Range of motion is limited by pain.",
        "EXAM: Lumbar flexion limited.",
        "No difficulty with bowel or bladder function.",
        "Study limited by motion.",
        "He walks to work.",
        "Retired teacher, lives with wife.",
        "He was told to avoid bending and lifting.",
        "FAMILY HISTORY: Father uses a walker.",
        "Goals: return to work, walk a mile.",
    ],
)
def test_orders_examinations_and_habits_say_nothing_of_limits(text: str) -> None:
    assert not limitation(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ODI today 48%.", 48),
        ("Oswestry 52% -> 46%.", 46),
        ("ODI 22/50 = 44%.", 44),
        ("Oswestry Disability Index: 42 percent.", 42),
        ("ODI 21/50.", 42),
        ("Oswestry 56 at SOC, 54 at d/c.", 54),
        ("mod ODI 44% -> 42%.", 42),
        ("ODI (01/05/2026): 38%", 38),
        ("ODI score of 36.", 36),
    ],
)
def test_oswestry_index(text: str, value: float) -> None:
    assert scores(text, "odi") == [value]


def test_other_disability_scores() -> None:
    assert scores("NDI 18/50.", "ndi") == [36]
    assert scores("mJOA 13.", "mjoa") == [13]
    assert scores("mJOA 14/18.", "mjoa") == [14]
    assert scores("Roland-Morris 15/24.", "rmdq") == [15]


@pytest.mark.parametrize(
    "text", ["ODI not done.", "Oswestry to be completed next visit.", "ODI was discussed on 10/12."]
)
def test_a_score_without_a_number_is_none(text: str) -> None:
    assert not scores(text, "odi")

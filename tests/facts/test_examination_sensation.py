"""Sensation on examination: reduced or intact, where, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding


def sensation(text: str, concept: str = "sensation") -> list[ExamFinding]:
    found = facts_in(text, read, date(2026, 1, 20))
    return [f for f in found if isinstance(f, ExamFinding) and f.concept == concept]


@pytest.mark.parametrize(
    ("text", "side", "root"),
    [
        ("EXAM: Sensation decreased in the left S1 distribution.", "left", "S1"),
        ("EXAM: Decreased pinprick over the left dorsal foot.", "left", "L5"),
        ("EXAM: Light touch down over dorsum L foot and first web space.", "left", "L5"),
        ("EXAM: sensation to LT reduced L L5.", "left", "L5"),
        ("EXAM: Sens: dec R C6.", "right", "C6"),
        ("EXAM: Hypesthesia left L5.", "left", "L5"),
        ("EXAM: There was a decrease in sensation to the S1 dermatome on the right side.", "right", "S1"),
    ],
)
def test_reduced_sensation_names_side_and_root(text: str, side: str, root: str) -> None:
    (finding,) = [f for f in sensation(text) if f.assertion is Assertion.PRESENT]
    assert finding.side is not None and finding.side.value == side
    assert root in finding.roots


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Sensation is intact.",
        "EXAM: Sensory intact to light touch in all dermatomes.",
        "EXAM: LT/PP intact.",
        "EXAM: No sensory deficit.",
        "EXAM: No loss of pin or touch.",
        "EXAM: Sensory examination is normal.",
        "EXAM: Reflexes are even without sensory loss to pinprick.",
    ],
)
def test_intact_sensation_is_ruled_out_loss(text: str) -> None:
    assert {f.assertion for f in sensation(text)} == {Assertion.ABSENT}


def test_intact_but_for_one_place_is_reduced_there() -> None:
    found = sensation("EXAM: Sensory: intact except decreased over the left great toe.")
    assert [f.assertion for f in found] == [Assertion.ABSENT, Assertion.PRESENT]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Tender to light touch over the lumbar spine.",
        "EXAM: Temperature is within normal limits.",
        "EXAM: Facial sensation is normal.",
        "EMG: Sural sensory latency is prolonged, median sensory amplitude reduced.",
        "EXAM: Hardware pin intact on films.",
    ],
)
def test_what_only_sounds_like_sensation(text: str) -> None:
    assert sensation(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: Perianal pin intact, tone good.", Assertion.ABSENT),
        ("EXAM: Pinprick reduced perianal on the left.", Assertion.PRESENT),
        ("EXAM: Perineal sensation normal.", Assertion.ABSENT),
        ("EXAM: Decreased sensation in the saddle region.", Assertion.PRESENT),
        ("EXAM: Saddle sensation was not tested.", Assertion.UNEXAMINED),
    ],
)
def test_sensation_of_the_saddle_is_told_apart(text: str, expected: Assertion) -> None:
    assert {f.assertion for f in sensation(text, "saddle_sensation")} == {expected}


@pytest.mark.parametrize(
    ("text", "side", "root"),
    [
        ("EXAM: LT reduced over right medial leg.", "right", "L4"),
        ("EXAM: LT decr dorsum R foot.", "right", "L5"),
        ("EXAM: Decreased LT lateral left foot.", "left", "S1"),
    ],
)
def test_light_touch_is_no_left_side_and_an_aspect_names_the_root(text: str, side: str, root: str) -> None:
    (finding,) = sensation(text)
    assert (finding.side and finding.side.value, finding.roots[0]) == (side, root)

"""The sacroiliac joint: provocative tests, named or counted, and other sources of the pain."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import provocation
from necessity.facts.fact import ExamFinding, PatientFact


def told_tests(text: str) -> tuple[list[str], list[str]]:
    """Positive and negative tests by name."""
    found = [fact for fact in facts_in(text, provocation.read, date(2026, 1, 20)) if isinstance(fact, ExamFinding)]
    return [f.concept for f in found if f.present], [f.concept for f in found if f.absent]


@pytest.mark.parametrize(
    ("text", "positive", "negative"),
    [
        (
            "Thigh thrust + L, FABER + L, compression +, Gaenslen + L, distraction neg.",
            ["thigh_thrust", "faber", "si_compression", "gaenslen"],
            ["si_distraction"],
        ),
        (
            "Positive FABER, thigh thrust, and Gaenslen's on the left; distraction and compression negative.",
            ["faber", "thigh_thrust", "gaenslen"],
            ["si_distraction", "si_compression"],
        ),
        ("FABER, thigh thrust and Gaenslen positive on the right.", ["faber", "thigh_thrust", "gaenslen"], []),
        ("No pain with FABER, Gaenslen or thigh thrust.", [], ["faber", "gaenslen", "thigh_thrust"]),
        (
            "+FABER, +thigh thrust, +compression, -distraction, -Gaenslen",
            ["faber", "thigh_thrust", "si_compression"],
            ["si_distraction", "gaenslen"],
        ),
        ("FABER reproduces left buttock pain; Gaenslen does not reproduce pain.", ["faber"], ["gaenslen"]),
        ("On exam Gaenslen: negative. Compression: negative.", [], ["gaenslen", "si_compression"]),
        ("Patrick's positive, sacral thrust positive, Fortin negative.", ["faber", "sacral_thrust"], ["fortin"]),
    ],
)
def test_each_named_test_has_its_own_result(text: str, positive: list[str], negative: list[str]):
    assert told_tests(text) == (positive, negative)


def test_compression_of_the_neck_is_no_test_of_the_joint():
    assert told_tests("Cervical compression test positive. Nerve root compression at L5.") == ([], [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("4 of 5 SI provocative tests positive.", 4),
        ("3/5 provocative maneuvers positive on the left (FABER, thigh thrust, compression).", 3),
        ("Two of five sacroiliac provocation tests positive.", 2),
        ("All SI provocation tests are negative.", 0),
        ("Five of six SI tests were positive.", 5),
        ("SI provocation tests positive.", None),
    ],
)
def test_tests_told_as_a_whole_are_counted_where_a_number_is_given(text: str, count: float | None):
    [fact] = [f for f in facts_in(text, provocation.read) if f.concept == "sacroiliac_tests"]
    assert isinstance(fact, ExamFinding) and fact.grade == count


def sources(text: str) -> list[tuple[object, str]]:
    found = facts_in("SI joint fusion is planned. " + text, provocation.read)
    return list(dict.fromkeys((f.value, f.assertion.value) for f in found if isinstance(f, PatientFact)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hip: FADIR neg, IR 35 painless.", [("hip", "absent")]),
        ("Hip exam unremarkable.", [("hip", "absent")]),
        ("Left hip severe osteoarthritis.", [("hip", "present")]),
        ("Lumbar and hip pathology have been ruled out.", [("all", "absent")]),
        ("No other pain generator identified.", [("all", "absent")]),
        ("Lumbar spine: full ROM, no facet pain.", [("lumbar", "absent")]),
        ("She has hip pain.", []),
    ],
)
def test_hip_and_lumbar_spine_are_found_or_ruled_out(text: str, told: list[tuple[object, str]]):
    assert sources(text) == told


def test_nothing_is_read_where_the_joint_is_not_in_question():
    assert facts_in("Hips normal. Gait normal.", provocation.read) == ()


def test_a_plus_before_a_list_of_tests_is_of_all() -> None:
    tests = ["thigh_thrust", "faber", "si_distraction", "si_compression"]
    assert told_tests("SI joint: + thigh thrust, FABER, distraction, compression.") == (tests, [])

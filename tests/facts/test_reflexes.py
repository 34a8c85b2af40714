"""Tendon reflexes: what is a change and what is not, by arc and side."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding


def reflexes(text: str) -> list[ExamFinding]:
    found = facts_in(text, read, date(2026, 1, 20))
    return [f for f in found if isinstance(f, ExamFinding) and f.concept == "reflex"]


def changed(text: str) -> list[tuple[str | None, str | None]]:
    """(arc, side) of every reflex that is changed."""
    return [(f.muscle, f.side.value if f.side else None) for f in reflexes(text) if f.assertion is Assertion.PRESENT]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Reflexes 2+ and symmetric throughout.",
        "EXAM: DTR 2+ sym.",
        "REFLEXES: 1+ throughout, plantar responses downgoing.",
        "EXAM: Knee and ankle reflexes 1+ and symmetric.",
        "EXAM: Reflexes 2/4 knees and ankles symmetric.",
        "EXAM: DTR patella 2+/2+, Achilles 2+/2+.",
        "EXAM: Deep tendon reflexes were 1/2+ equal and bilateral.",
        "EXAM: Biceps and brachioradialis reflexes are 3 plus.",
        "EXAM: DTRs were normoactive and symmetrical.",
        "EXAM: Knee jerks are 2+ and ankle jerks are 1+.",
    ],
)
def test_even_reflexes_of_one_to_three_are_no_change(text: str) -> None:
    assert reflexes(text)
    assert changed(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: L achilles absent, R 2+.", [("achilles_reflex", "left")]),
        ("EXAM: Left Achilles 1+, right 2+.", [("achilles_reflex", "left")]),
        ("EXAM: Reflexes: patellar 0 R, 2+ L.", [("patellar_reflex", "right")]),
        ("EXAM: R patellar reflex trace, L 2+.", [("patellar_reflex", "right")]),
        ("EXAM: AJ 0 b/l.", [("achilles_reflex", "bilateral")]),
        ("EXAM: Absent ankle jerks.", [("achilles_reflex", None)]),
        ("EXAM: Ankle jerks could not be elicited.", [("achilles_reflex", None)]),
        ("Reflexes: 2+ at the knees, absent at the ankles.", [("achilles_reflex", None)]),
        ("EXAM: Achilles reflexes 1+ on the right and absent on the left.", [("achilles_reflex", "left")]),
        ("EXAM: 2+ right patellar reflex and -1 on the left.", [("patellar_reflex", "left")]),
        ("EXAM: Left knee jerk depressed.", [("patellar_reflex", "left")]),
        ("EXAM: DTRs hypoactive.", [(None, None)]),
        ("EXAM: Brisk reflexes throughout.", [(None, None)]),
        ("EXAM: Hyperreflexia.", [(None, None)]),
        ("EXAM: Knees 4+ reflexes.", [("patellar_reflex", None)]),
    ],
)
def test_a_reduced_absent_brisk_or_uneven_reflex_is_a_change(text: str, expected: list[tuple[str, str]]) -> None:
    assert changed(text) == expected


def test_a_pair_of_grades_is_right_and_left() -> None:
    found = reflexes("Reflexes: 1/trace patellae, 0/0 Achilles.")
    assert [(f.muscle, f.side.value if f.side else None, f.grade) for f in found] == [
        ("patellar_reflex", "right", 1.0),
        ("patellar_reflex", "left", 0.5),
        ("achilles_reflex", "right", 0.0),
        ("achilles_reflex", "left", 0.0),
    ]


def test_a_reflex_brings_the_roots_of_its_arc() -> None:
    (finding,) = reflexes("EXAM: Left ankle jerk absent.")
    assert finding.roots == ("S1", "S2")


def test_a_kneecap_is_no_reflex() -> None:
    assert reflexes("The patellar tendon is intact; no fracture of the patella.") == []


def test_deferred_reflexes_are_unexamined() -> None:
    assert [f.assertion for f in reflexes("EXAM: Reflexes deferred.")] == [Assertion.UNEXAMINED]

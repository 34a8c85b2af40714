"""Graded strength as clinicians write it: muscle, side, grade, and whether the grade is of today."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding, Region

WRITTEN = date(2026, 1, 20)


def strength(text: str) -> list[ExamFinding]:
    return [f for f in facts_in(text, read, WRITTEN) if isinstance(f, ExamFinding) and f.concept == "strength"]


def graded(text: str) -> list[tuple[str | None, str | None, float | None]]:
    """(muscle, side, grade) of what is found today."""
    return [(f.muscle, f.side.value if f.side else None, f.grade) for f in strength(text) if not f.earlier]


@pytest.mark.parametrize(
    ("text", "muscle", "side", "grade"),
    [
        ("EXAM: EHL 4/5 on the left.", "extensor_hallucis_longus", "left", 4.0),
        ("EXAM: L TA 4-/5.", "tibialis_anterior", "left", 3.67),
        ("EXAM: Right quadriceps 4+/5.", "quadriceps", "right", 4.33),
        ("EXAM: left tibialis anterior -4/5", "tibialis_anterior", "left", 3.67),
        ("EXAM: Left EHL strength is graded 3 out of 5.", "extensor_hallucis_longus", "left", 3.0),
        ("EXAM: Right ankle plantar flexion is 4 plus out of 5.", "plantarflexion", "right", 4.33),
        ("EXAM: There is 3/5 weakness in the right quadriceps.", "quadriceps", "right", 3.0),
        ("EXAM: left TA antigravity only.", "tibialis_anterior", "left", 3.0),
        ("EXAM: EHL flicker on left.", "extensor_hallucis_longus", "left", 1.0),
        ("EXAM: Right EHL is MRC 3.", "extensor_hallucis_longus", "right", 3.0),
        ("EXAM: biceps 5-/5 on the right", "biceps", "right", 4.67),
        ("EXAM: TA 3-4/5 on left.", "tibialis_anterior", "left", 3.0),
        ("HE HAS 4 OUT OF 5 STRENGTH IN THE LEFT DORSIFLEXORS.", "ankle_dorsiflexion", "left", 4.0),
    ],
)
def test_a_grade_belongs_to_its_muscle_and_side(text: str, muscle: str, side: str, grade: float) -> None:
    assert graded(text) == [(muscle, side, grade)]


def test_a_muscle_brings_its_roots_and_region() -> None:
    (finding,) = strength("EXAM: Left deltoid 4/5.")
    assert (finding.roots, finding.region, finding.assertion) == (("C5",), Region.CERVICAL, Assertion.PRESENT)


def test_pairs_are_right_and_left() -> None:
    assert graded("LE motor R/L: IP 2/2, DF 2/3.") == [
        ("iliopsoas", "right", 2.0),
        ("iliopsoas", "left", 2.0),
        ("ankle_dorsiflexion", "right", 2.0),
        ("ankle_dorsiflexion", "left", 3.0),
    ]


def test_in_a_list_of_pairs_five_of_five_is_both_sides() -> None:
    assert graded("Motor L/R: DF 5/4, EHL 5/5") == [
        ("ankle_dorsiflexion", "left", 5.0),
        ("ankle_dorsiflexion", "right", 4.0),
        ("extensor_hallucis_longus", "left", 5.0),
        ("extensor_hallucis_longus", "right", 5.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: EHL 3+/5 right, 5/5 left.",
        "EXAM: EHL R 3+/5, L 5/5",
        "EXAM: EHL 3+/5 on the right and 5/5 on the left",
        "Motor (R/L): EHL 3+/5 vs 5/5",
        "EXAM: R EHL 3+/5, L EHL 5/5.",
    ],
)
def test_each_side_keeps_its_own_grade(text: str) -> None:
    muscle = "extensor_hallucis_longus"
    assert graded(text) == [(muscle, "right", 3.33), (muscle, "left", 5.0)]


def test_the_grade_may_stand_before_a_list_of_muscles() -> None:
    found = graded("Motor 5/5 iliopsoas, quads, hamstrings, TA, EHL, GS bilaterally.")
    assert [muscle for muscle, _, _ in found] == [
        "iliopsoas",
        "quadriceps",
        "hamstrings",
        "tibialis_anterior",
        "extensor_hallucis_longus",
        "gastrocnemius",
    ]
    assert {(side, grade) for _, side, grade in found} == {("bilateral", 5.0)}


def test_grades_before_and_behind_their_muscles_in_one_sentence() -> None:
    text = (
        "Motor strength is 4 plus out of 5 in the bilateral deltoids and triceps, 4 out of 5 in the bilateral hand "
        "intrinsic muscle groups, grip strength 3 out of 5."
    )
    assert [(muscle, grade) for muscle, _, grade in graded(text)] == [
        ("deltoid", 4.33),
        ("triceps", 4.33),
        ("hand_intrinsics", 4.0),
        ("grip", 3.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Motor 5/5 except L EHL 4/5.",
        "EXAM: L EHL 4/5, otherwise 5/5.",
        "EXAM: L EHL 4/5, rest 5/5.",
        "STRENGTH IS 5/5 IN ALL GROUPS EXCEPT FOR THE LEFT EHL WHICH IS 4/5.",
        "EXAM: 5/5 strength throughout with the exception of 4/5 left EHL.",
    ],
)
def test_an_exception_is_apart_from_the_rest(text: str) -> None:
    assert sorted(graded(text), key=str) == [("extensor_hallucis_longus", "left", 4.0), (None, None, 5.0)]


def test_rows_of_a_table_without_fractions() -> None:
    text = "STRENGTH\nActivities Right Left\nGreat toe extension 3 3-\nKnee flexion 4 2"
    assert graded(text) == [
        ("great_toe_extension", "right", 3.0),
        ("great_toe_extension", "left", 2.67),
        ("knee_flexion", "right", 4.0),
        ("knee_flexion", "left", 2.0),
    ]


def test_a_row_of_a_limb_under_a_head_of_muscles() -> None:
    assert graded("Motor:\n\nIP Q HS TA EHL\n\nRLE 5 5 5 4 2")[-2:] == [
        ("tibialis_anterior", "right", 4.0),
        ("extensor_hallucis_longus", "right", 2.0),
    ]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("Obj: L ankle DF 3+/5 (eval 9/29: 5/5; 10/20: 4/5).", [5.0, 4.0]),
        ("EXAM: Right quad 4/5 today, 4/5 on 11/03.", [4.0]),
        ("EXAM: LE 5/5 R, 4/5 L TA (pre-op 3/5).", [3.0]),
        ("EXAM: L TA 4-/5. (Admission H&P recorded 5/5 at both ankles.)", [5.0]),
        ("EXAM: Left EHL now 4-/5, previously 4+/5.", [4.33]),
        ("EXAM: Left EHL strength down from 5/5 to 3/5.", [5.0]),
        ("EXAM: On prior exam the left EHL was 5/5.", [5.0]),
        ("On 12/13/2025 her hip flexion was 4/5 on the right and 5/5 on the left.", [4.0, 5.0]),
    ],
)
def test_a_quoted_grade_is_of_the_earlier_examination(text: str, earlier: list[float]) -> None:
    assert [f.grade for f in strength(text) if f.earlier] == earlier


def test_a_quoted_grade_keeps_its_date() -> None:
    found = [f for f in strength("Obj: L ankle DF 3+/5 (eval 9/29: 5/5).") if f.earlier]
    assert [str(f.when) for f in found] == ["2025-09-29"]


def test_the_same_as_before_is_no_earlier_grade() -> None:
    assert not any(f.earlier for f in strength("Exam: R EHL 4+/5 (same as 11/10), TA 5/5."))


def test_a_muscle_weaker_than_before_is_progressive() -> None:
    found = strength("Obj: L ankle DF 3+/5 (eval 9/29: 5/5).")
    assert [f.progressive for f in found] == [True, False]


@pytest.mark.parametrize("text", ["EXAM: L TA 4/5 today, 4/5 on 11/03.", "EXAM: L TA 4+/5 (pre-op 4/5)."])
def test_an_equal_or_better_grade_is_not_progressive(text: str) -> None:
    assert not any(f.progressive for f in strength(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pain 4/5 today.",
        "EXAM: Waddell signs 3/5.",
        "Visit 4/5 completed.",
        "Goal: improve L TA strength to 5/5.",
        "Please give strength on a 0/5 scale.",
        "Reflexes: biceps 2+, triceps 2+.",
        "Follow up on 3/5/2026.",
        "Median motor conduction was normal.",
        "Plan: strengthening 3/5 days a week.",
    ],
)
def test_other_numbers_are_no_strength(text: str) -> None:
    assert strength(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Strength is full and symmetric in all muscle groups.",
        "EXAM: Motor and sensory intact.",
        "Motor: normal in both legs.",
        "EXAM: Strength WNL.",
        "EXAM: Testing of muscle strength is normal.",
        "EXAM: No weakness in the legs.",
    ],
)
def test_full_strength_in_words_is_normal_without_a_grade(text: str) -> None:
    assert {(f.assertion, f.grade) for f in strength(text)} == {(Assertion.ABSENT, None)}

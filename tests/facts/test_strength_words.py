"""Weakness in words, what the patient can do, and weakness that grows or stands still."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding


def findings(text: str, *concepts: str) -> list[ExamFinding]:
    found = facts_in(text, read, date(2026, 1, 20))
    return [f for f in found if isinstance(f, ExamFinding) and f.concept in concepts]


@pytest.mark.parametrize(
    ("text", "muscle", "side"),
    [
        ("EXAM: Weakness of dorsiflexion on the left.", "ankle_dorsiflexion", "left"),
        ("EXAM: EHL weak on left.", "extensor_hallucis_longus", "left"),
        ("EXAM: Mild weakness in right deltoid.", "deltoid", "right"),
        ("Assessment: left foot drop.", "foot_drop", "left"),
        ("EXAM: steppage gait on the right", "foot_drop", "right"),
        ("EXAM: Unable to dorsiflex the left foot.", "ankle_dorsiflexion", "left"),
        ("EXAM: Unable to perform single-leg heel raise on left.", "heel_raise", "left"),
    ],
)
def test_weakness_in_words_names_its_muscle(text: str, muscle: str, side: str) -> None:
    found = [f for f in findings(text, "strength") if f.assertion is Assertion.PRESENT]
    assert [(f.muscle, f.side.value if f.side else None) for f in found] == [(muscle, side)]


@pytest.mark.parametrize(
    "text",
    [
        "Risks include weakness, paralysis and foot drop.",
        "Plan: go to the ER if weakness develops.",
        "Brother with foot drop after back surgery.",
        "EXAM: Generalized weakness, urinary stream weak.",
        "HPI: He reports weakness in the legs.",
    ],
)
def test_warnings_relatives_and_complaints_are_no_finding(text: str) -> None:
    assert not any(f.assertion is Assertion.PRESENT for f in findings(text, "strength"))


def test_weakness_of_effort_or_pain_is_left_open() -> None:
    assert {f.assertion for f in findings("EXAM: Give-way weakness of the left quadriceps.", "strength")} == {
        Assertion.POSSIBLE
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: Heel and toe walk without difficulty.", {"heel_walk": "absent", "toe_walk": "absent"}),
        ("EXAM: Able to walk on heels and toes.", {"heel_walk": "absent", "toe_walk": "absent"}),
        ("EXAM: She is unable to heel walk on the right.", {"heel_walk": "present"}),
        ("EXAM: He has difficulty with toe walking on the left.", {"toe_walk": "present"}),
        ("EXAM: Gait normal, heel walk full.", {"heel_walk": "absent"}),
        ("EXAM: Heel walking was not tested.", {"heel_walk": "unexamined"}),
    ],
)
def test_heel_and_toe_walking(text: str, expected: dict[str, str]) -> None:
    assert {f.concept: f.assertion.value for f in findings(text, "heel_walk", "toe_walk")} == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("EXAM: Gait is antalgic.", "antalgic"),
        ("EXAM: He walks with a spastic gait.", "spastic"),
        ("EXAM: Gait wide-based.", "wide-based"),
        ("EXAM: Steppage gait on the left.", "steppage"),
    ],
)
def test_an_abnormal_gait_keeps_its_kind(text: str, kind: str) -> None:
    (finding,) = findings(text, "gait")
    assert (finding.assertion, finding.value) == (Assertion.PRESENT, kind)


@pytest.mark.parametrize("text", ["EXAM: Gait normal.", "EXAM: Gait: steady without a cane.", "EXAM: Normal gait."])
def test_a_normal_gait(text: str) -> None:
    assert [f.assertion for f in findings(text, "gait")] == [Assertion.ABSENT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HPI: Progressive weakness of the left leg over 2 weeks.", "present"),
        ("HPI: The weakness in his right arm is getting worse.", "present"),
        ("HPI: Over 3 weeks his left foot drop has worsened.", "present"),
        ("Assessment: Progressive left foot drop.", "present"),
        ("Assessment: cervical myelopathy, progressive.", "present"),
        ("Assessment: progressive neurologic deficit.", "present"),
        ("Exam: R EHL 4+/5 (same as 11/10).", "absent"),
        ("Exam: R EHL 4+/5 unch.", "absent"),
        ("Exam: EHL unchanged cf. 11/17/2025.", "absent"),
        ("Assessment: motor deficit is stable.", "absent"),
    ],
)
def test_the_course_of_a_deficit(text: str, expected: str) -> None:
    assert {f.assertion.value for f in findings(text, "progression")} == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "HPI: No progressive weakness.",
        "HPI: Progressive back pain without weakness.",
        "HPI: He denies worsening weakness.",
        "Return if weakness worsens.",
    ],
)
def test_weakness_denied_does_not_progress(text: str) -> None:
    assert not any(f.assertion is Assertion.PRESENT for f in findings(text, "progression"))


@pytest.mark.parametrize(
    "text",
    [
        "If you have sudden numbness, cannot control your bladder, or new weakness, go to the ER.",
        "Return precautions reviewed incl weakness and numbness in the saddle area.",
        "PT Goals: Increase LE strength to 5/5 in 6 weeks.",
    ],
)
def test_instructions_and_goals_are_no_finding(text: str) -> None:
    assert findings(text, "strength", "sensation", "saddle_sensation") == []

"""Tension tests, cord signs, sphincter and residual urine, the diagnoses, and statements on the whole examination."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding, Source


def findings(text: str, concept: str) -> list[ExamFinding]:
    found = facts_in(text, read, date(2026, 1, 20))
    return [f for f in found if isinstance(f, ExamFinding) and f.concept == concept]


def sided(text: str, concept: str = "straight_leg_raise") -> list[tuple[str, str | None]]:
    return [(f.assertion.value, f.side.value if f.side else None) for f in findings(text, concept)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: SLR + L.", [("present", "left")]),
        ("EXAM: SLR L+.", [("present", "left")]),
        ("EXAM: SLR -.", [("absent", None)]),
        ("EXAM: SLR R 55 + , L -.", [("present", "right"), ("absent", "left")]),
        ("EXAM: R SLR + 45, L SLR neg.", [("present", "right"), ("absent", "left")]),
        ("EXAM: SLR pos R 40, neg L.", [("present", "right"), ("absent", "left")]),
        ("EXAM: Straight leg raising is positive on the left at 35 degrees.", [("present", "left")]),
        ("EXAM: Straight leg raise on left reproduces leg pain at 60 degrees.", [("present", "left")]),
        ("EXAM: SLR: back pain only on left at 70, negative right.", [("absent", "left"), ("absent", "right")]),
        ("EXAM: SLR causes hamstring tightness only.", [("absent", None)]),
        ("EXAM: Straight leg raising is to 80 degrees bilaterally without pain.", [("absent", "bilateral")]),
        (
            "EXAM: Straight leg raising was limited to 45 degrees on the right and 90 degrees on the left.",
            [("present", "right"), ("absent", "left")],
        ),
        ("EXAM: Negative SLR bilaterally.", [("absent", "bilateral")]),
        ("EXAM: Special tests were positive: Kemp's and straight leg raise on the left.", [("present", "left")]),
        ("EXAM: SLR equivocal.", [("possible", None)]),
        ("EXAM: There was no true root tension sign.", [("absent", None)]),
        ("EXAM: Kemp's positive. FABER positive.", []),
        ("Plan: straight leg raise exercises daily.", []),
    ],
)
def test_straight_leg_raise(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert sided(text) == expected


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("EXAM: crossed SLR +.", "crossed_straight_leg_raise", "present"),
        ("EXAM: SLR + L, crossed SLR neg.", "crossed_straight_leg_raise", "absent"),
        ("EXAM: Reverse SLR strongly positive right.", "femoral_stretch", "present"),
        ("EXAM: FNS neg b/l.", "femoral_stretch", "absent"),
        ("EXAM: The femoral nerve stretch test reproduced her pain.", "femoral_stretch", "present"),
        ("EXAM: Slump test positive.", "slump", "present"),
        ("EXAM: Spurling's positive to the right.", "spurling", "present"),
        ("EXAM: Spurling maneuver causes neck pain only.", "spurling", "absent"),
        ("EXAM: Spurling's maneuver is benign.", "spurling", "absent"),
    ],
)
def test_the_kin_of_straight_leg_raise(text: str, concept: str, expected: str) -> None:
    assert [f.assertion.value for f in findings(text, concept)] == [expected]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("EXAM: Hoffmann b/l.", "hoffmann", "present"),
        ("EXAM: Hoffmann + R.", "hoffmann", "present"),
        ("EXAM: no Hoffmann.", "hoffmann", "absent"),
        ("EXAM: Hoffman sign normal bilaterally.", "hoffmann", "absent"),
        ("EXAM: Positive Hoffmann, negative clonus.", "hoffmann", "present"),
        ("EXAM: Positive Hoffmann, negative clonus.", "clonus", "absent"),
        ("EXAM: four beats of clonus left ankle", "clonus", "present"),
        ("EXAM: There is no ankle clonus.", "clonus", "absent"),
        ("EXAM: Babinski signs were present bilaterally.", "babinski", "present"),
        ("EXAM: Babinski's are neutral.", "babinski", "absent"),
        ("EXAM: Plantar responses flexor.", "babinski", "absent"),
        ("EXAM: Toes downgoing b/l.", "babinski", "absent"),
        ("EXAM: Left toe up.", "babinski", "present"),
        ("EXAM: No pathologic reflexes.", "pathologic_reflex", "absent"),
        ("EXAM: Lhermitte negative.", "lhermitte", "absent"),
        ("EXAM: Romberg neg.", "romberg", "absent"),
        ("EXAM: tandem ok", "tandem", "absent"),
        ("EXAM: can't tandem", "tandem", "present"),
        ("EXAM: Spasticity in both legs.", "spasticity", "present"),
        ("EXAM: Rectal tone slightly reduced.", "rectal_tone", "present"),
        ("EXAM: Rectal tone normal.", "rectal_tone", "absent"),
        ("EXAM: Rectal not done.", "rectal_tone", "unexamined"),
    ],
)
def test_signs_found_and_ruled_out(text: str, concept: str, expected: str) -> None:
    assert {f.assertion.value for f in findings(text, concept)} == {expected}


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        ("PVR 12 ml by scan.", 12, Assertion.ABSENT),
        ("Post-void residual was 350 cc.", 350, Assertion.PRESENT),
        ("Bladder scan showed 140 mL.", 140, Assertion.POSSIBLE),
    ],
)
def test_residual_urine_in_millilitres(text: str, amount: float, expected: Assertion) -> None:
    (finding,) = findings(text, "post_void_residual")
    assert (finding.grade, finding.assertion) == (amount, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cervical spondylosis without myelopathy.", "absent"),
        ("Cervical spondylotic myelopathy.", "present"),
        ("Disc disorder with possible myelopathy.", "possible"),
        ("There is no evidence of myelopathy.", "absent"),
    ],
)
def test_myelopathy_as_the_chart_puts_it(text: str, expected: str) -> None:
    assert [f.assertion.value for f in findings(text, "myelopathy")] == [expected]


def test_beside_a_code_myelopathy_is_the_claim_of_the_form() -> None:
    (finding,) = findings("ICD-10: M47.16 Spondylosis w myelopathy, lumbar region", "myelopathy")
    assert finding.source is Source.REQUEST


@pytest.mark.parametrize("text", ["Mother with cervical myelopathy.", "Discussed risk of cauda equina syndrome."])
def test_relatives_and_risks_have_no_diagnosis(text: str) -> None:
    assert not findings(text, "myelopathy") + findings(text, "cauda_equina")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cauda equina syndrome ruled out.", "absent"),
        ("No red flags for CES.", "absent"),
        ("Suspected cauda equina syndrome.", "possible"),
        ("Assessment: incomplete cauda equina syndrome.", "present"),
    ],
)
def test_cauda_equina_syndrome(text: str, expected: str) -> None:
    assert [f.assertion.value for f in findings(text, "cauda_equina")] == [expected]


def test_the_cauda_equina_on_a_scan_is_no_syndrome() -> None:
    assert findings("The conus ends at L1 and the cauda equina is normal.", "cauda_equina") == []


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Neurologically intact.",
        "EXAM: Nonfocal.",
        "EXAM: No focal neurologic deficits.",
        "EXAM: Neuro: grossly intact.",
    ],
)
def test_whole_statements_say_no_deficit(text: str) -> None:
    assert [f.assertion for f in findings(text, "neurologic")] == [Assertion.ABSENT]


@pytest.mark.parametrize(
    "text",
    [
        "Neurologic: denies headaches.",
        "EXAM: moves all four.",
        "EXAM: Cranial nerves intact.",
        "Neurological: appropriate mood.",
    ],
)
def test_these_are_no_statement_on_the_nerves(text: str) -> None:
    assert findings(text, "neurologic") == [] == findings(text, "strength")


@pytest.mark.parametrize(
    "text", ["I could not examine her over video.", "Exam deferred.", "Physical examination was not performed today."]
)
def test_an_examination_not_done_is_unexamined(text: str) -> None:
    assert [f.assertion for f in findings(text, "examination")] == [Assertion.UNEXAMINED]

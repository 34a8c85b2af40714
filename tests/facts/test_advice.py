"""What the patient is told to watch for is no complaint, and an answer to it is no advice."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts.fact import Symptom
from necessity.facts.symptoms import read


@pytest.mark.parametrize(
    "text",
    [
        "DISPO: Home. Return for weakness, can't urinate, numbness down below.",
        "PLAN: Return to the ED if she develops saddle numbness, loses control of bladder or foot drop.",
        "PLAN: Red flags reviewed: saddle anesthesia, bowel or bladder incontinence.",
        "PLAN: ED precautions: worsening weakness, incontinence.",
        "PLAN: Advised to seek emergency care with any new weakness, urinary retention, or perineal numbness.",
        "PLAN: He knows to go straight to A&E with any clumsiness of the hands, unsteadiness or waterworks trouble.",
        "PLAN: Call for fever, leg weakness, inability to void or numbness between the legs.",
    ],
)
def test_advice_is_no_complaint(text: str) -> None:
    assert [f for f in facts_in(text, read) if isinstance(f, Symptom)] == []


@pytest.mark.parametrize(
    "text", ["Red flags reviewed: no saddle numbness.", "ROS: Bladder and bowels are working as usual."]
)
def test_an_answer_is_read(text: str) -> None:
    told = [f for f in facts_in(text, read) if isinstance(f, Symptom)]
    assert told and all(f.absent for f in told)


@pytest.mark.parametrize(
    "text",
    [
        "HPI: The arm is symptom free, and the pins and needles went with it.",
        "HPI: A tingle in the right thumb that came and went and is gone now.",
    ],
)
def test_numbness_that_is_gone_is_absent(text: str) -> None:
    assert [f.assertion.value for f in facts_in(text, read) if f.concept == "numbness"] == ["absent"]


def test_the_anaesthesia_of_an_operation_is_no_numbness() -> None:
    assert [f for f in facts_in("HPI: the medical risks of anesthesia.", read) if f.concept == "numbness"] == []


def test_incontinence_among_old_illnesses_is_of_the_past() -> None:
    told = facts_in("Include hypertension, diabetes, urinary incontinence and asthma.", read)
    assert all(f.historical for f in told if f.concept == "bladder")

"""The psychological evaluation before a stimulator: cleared, refused, or still to come."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import psychology

NOTE = date(2026, 1, 20)
HEADED = "PSYCHOLOGICAL EVALUATION\n\n"


def values(text: str) -> list[object]:
    return [fact.value for fact in facts_in(text, psychology.read, NOTE)]


@pytest.mark.parametrize(
    "text",
    [
        "Psychological evaluation completed 12/18/2025: cleared for trial.",
        "She was cleared by psychology.",
        "Psych clearance obtained.",
        "Behavioral health evaluation: appropriate candidate for SCS.",
        "Dr. Lee (psychologist) found no psychological contraindication to implantation.",
        "Psych evaluation 12/18. Cleared.",
        "Psychological evaluation: appropriate candidate, no contraindication, cleared.",
        "Psych evaluation: no barriers, cleared.",
        "Psychological evaluation found no psychological barriers and she was cleared.",
        "Psychological evaluation: no psychological reason not to proceed, suitable candidate.",
        "Psychological evaluation: nothing to preclude implantation.",
        HEADED + "Without contraindication and appropriate for trial.",
        HEADED + "He is a good candidate for stimulation.",
        HEADED + "No contraindications from a psychosocial standpoint.",
    ],
)
def test_a_clearance_is_read_however_it_is_put(text: str):
    assert values(text) == ["cleared"]


@pytest.mark.parametrize(
    "text",
    [
        "Not cleared by behavioral health due to untreated depression.",
        "Psychology recommends deferring implant until depression is treated.",
        HEADED + "He is not a suitable candidate at this time.",
        HEADED + "Recommend against implantation.",
        "Psych evaluation: no medical contraindication, not cleared.",
        "Psychologist felt she is a poor candidate for SCS.",
    ],
)
def test_a_refusal_is_no_clearance(text: str):
    assert values(text) == ["not_cleared"]


@pytest.mark.parametrize(
    "text",
    [
        "Psychological clearance pending.",
        "Needs psych evaluation before trial.",
        "Will refer to psychology for clearance.",
        "He has not had psychological evaluation.",
        "Psych evaluation scheduled for 3/1.",
        "Psychological clearance is needed.",
    ],
)
def test_an_evaluation_still_to_come_is_pending(text: str):
    assert values(text) == ["pending"]


@pytest.mark.parametrize(
    "text",
    [
        "Psych eval done.",
        "No psychiatric history.",
        "Medically cleared for surgery.",
        "Plan: SCS trial, psych clearance, hold clopidogrel",
    ],
)
def test_no_result_of_a_psychological_evaluation_is_no_fact(text: str):
    assert values(text) == []

"""Limits of the patient's life that stand in a section of other matter."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts import function


def limits(text: str) -> list[str]:
    return [f.assertion.value for f in facts_in(text, function.read) if f.concept == "limitation"]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Strength 5/5. He cannot drive or work.",
        "EXAM: Gait antalgic. He is off work.",
        "PHYSICAL EXAMINATION: SLR positive left. The patient is unable to work.",
        "EXAM: Strength 4/5. She has been off work since May.",
        "IMAGING: MRI shows a herniation. She cannot work.",
        "PLAN: Fusion. Patient cannot work.",
        "EXAM: Reflexes 2+. Currently he is unable to sleep.",
    ],
)
def test_a_limit_of_life_counts_in_any_section(text: str) -> None:
    assert limits(text) == ["present"]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: He cannot heel walk.",
        "EXAM: The patient is unable to walk on toes.",
        "EXAM: She cannot stand on the left leg.",
        "EXAM: He is unable to squat.",
        "PLAN: He will be off work for six weeks after surgery.",
        "PLAN: She is off work until follow up.",
        "FAMILY HISTORY: He cannot work, the father says of himself.",
        "CONSENT: He may be off work.",
    ],
)
def test_a_test_or_an_order_is_no_limit_of_life(text: str) -> None:
    assert limits(text) == []

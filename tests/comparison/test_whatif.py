"""A case asked again with other answers, and by all packs."""

from __future__ import annotations

from typing import Any

import pytest

from necessity.authoring.asking import AcrossPacks, WhatIf
from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.library import open_library
from necessity.values.errors import UsageError

KNOWLEDGE = open_library()
REQUEST = {"procedures": ["discectomy"], "levels": ["L4-5"], "side": "left", "revision": True}
NOTE = """\
HPI: left leg pain to the big toe for five months, worse than the back pain, after a left L4-5 discectomy in 2022. Cannot work.
EXAM: left EHL 4/5. Straight leg raise positive on the left.
MRI 02/01/2026 with contrast: recurrent left L4-5 disc extrusion compressing the left L5 nerve root.
Physical therapy and naproxen since 02/02/2026, four weeks so far. No relief. Nothing was tried before that.
PLAN: revision left L4-5 discectomy.
"""


def case() -> Case:
    raw: dict[str, Any] = {"id": "c", "as_of": "2026-03-02", "request": REQUEST, "text": NOTE}
    return case_from_mapping(raw, "c", KNOWLEDGE.form_words(), default_id="c")


def told(*settings: str) -> list[str]:
    return list(WhatIf(settings).row(case(), KNOWLEDGE)["differences"])


def test_a_longer_treatment_changes_one_criterion_and_the_outcome():
    said = told("care_days=9 weeks")
    assert said[0] == "The case goes from not medically necessary to medically necessary."
    assert said[-1] == "  Long enough active treatment (conservative-duration): not met -> met"


def test_a_criterion_that_is_set_is_what_it_was_set_to():
    said = told("conservative-duration=undocumented")
    assert said[0] == "The case goes from not medically necessary to needs documentation."
    assert said[-1] == "  Long enough active treatment (conservative-duration): not met -> undocumented"


def test_nothing_changes_where_the_answer_is_the_same():
    assert told("limb_pain=yes") == ["The case stays not medically necessary."]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("care_dais=9 weeks", "did you mean `care_days`?"),
        ("care_days=9", "needs its unit"),
        ("limb_pain=perhaps", "yes, no or unknown"),
        ("conservative-duration=waived", "`waived` is no status"),
        ("conservative-duration", "this sets nothing"),
    ],
)
def test_a_setting_that_cannot_be_made_is_named_with_what_can(setting: str, message: str):
    with pytest.raises(UsageError) as raised:
        told(setting)
    assert message in str(raised.value)


def test_all_packs_are_compared_and_the_dividing_criterion_named():
    compared = AcrossPacks().row(case(), KNOWLEDGE)
    [line] = compared["lines"]
    assert line["packs"]["house"]["outcome"] == "not_medically_necessary"
    assert line["packs"]["reference"]["policy"] == "revision-l4-5-microdiscectomy"
    [division] = [each for each in line["divides"] if each["pack"] == "house"]
    assert division["criterion"] == "conservative-duration" and division["alone"]


def test_the_matrix_is_a_table_with_the_division_below_it():
    text = AcrossPacks().answer(case(), KNOWLEDGE, "text").report.decode()
    assert "house" in text and "house is stricter than " in text
    assert "The one criterion that divides them: Long enough active treatment" in text

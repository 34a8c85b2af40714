"""What a note plans, what was not wanted, and complaints and results in further wordings of whole charts."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in_documents

from necessity.facts.fact import Assertion, Fact, Treatment
from necessity.facts.readers import READERS

WRITTEN = date(2026, 2, 18)


def told(text: str) -> list[Fact]:
    return list(facts_in_documents([(text, WRITTEN)], *READERS))


def tried(text: str) -> list[Fact]:
    return [f for f in told(text) if isinstance(f, Treatment) and f.assertion is Assertion.PRESENT]


@pytest.mark.parametrize("text", ["PT ordered, starts 2/25.", "L5 TFESI on 02/27/2026.", "Gabapentin from 3/1/2026."])
def test_what_begins_after_the_day_of_the_note_has_not_begun(text: str) -> None:
    assert tried(text) == []


def test_what_began_before_the_day_of_the_note_was_tried() -> None:
    assert tried("PT started 1/25.")


@pytest.mark.parametrize(
    "text", ["I had talked about an epidural but she did not want one.", "Offered an ESI, he opted not to."]
)
def test_what_was_not_wanted_was_not_done(text: str) -> None:
    assert tried(text) == []


def test_a_way_that_ends_when_the_legs_go_heavy_is_claudication() -> None:
    text = "She can get as far as her mailbox before both legs go heavy and she has to sit, after which she is fine."
    assert [f.assertion for f in told(text) if f.concept == "claudication"] == [Assertion.PRESENT]


def test_a_row_of_results_has_each_behind_its_label() -> None:
    facts = told("ROS:\tBowel/bladder\tneg\tSaddle numbness\tneg\tFever\tneg\n")
    assert {f.assertion for f in facts if f.concept in ("bladder", "bowel", "saddle")} == {Assertion.ABSENT}

"""Sentences of findings are whole, and say what a policy asks for where it is not reached."""

from __future__ import annotations

from dataclasses import replace

from necessity.facts.fact import Region, Side
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.verdict import AskedLeaf
from necessity.findings.wording import fill, open_waiver_reason, plain_reason, waived_reason
from necessity.policies.policy import Bound, Category, Criterion, Edge, Leaf, OneOf
from necessity.values.status import Status, Truth

LINE = Line(
    id="1",
    procedure="disc_replacement",
    procedures=(),
    level="C5-6",
    requested_levels=(),
    side=Side.LEFT,
    region=Region.CERVICAL,
)
DAYS = Leaf(question="care", params=(), test=Bound(edge=Edge.AT_LEAST, amount=42, unit="days", written="6 weeks"))
PAIN = Leaf(question="pain", params=(), test=OneOf((True,)))
DURATION = Criterion(
    id="duration", category=Category.CONSERVATIVE_DURATION, title="Six weeks", ask="Dates.", met=DAYS, not_met=None
)


def asked(reason: str) -> AskedLeaf:
    return AskedLeaf(DAYS, Answer(reason=reason), Truth.UNKNOWN)


def test_the_places_of_a_sentence_are_filled_from_the_line():
    assert fill("{side} {level} {procedure}, {region}", LINE) == "left C5-6 disc replacement, cervical"


def test_a_line_without_level_or_side_still_makes_a_sentence():
    bare = replace(LINE, level=None, side=None)
    assert fill("The {side} side at {level}.", bare) == "The requested side at the requested level."


def test_a_length_that_is_open_or_short_says_what_is_asked_for():
    assert (
        plain_reason(DURATION, Status.NOT_MET, (asked("38 days"),)) == "38 days. The policy asks for at least 6 weeks."
    )
    assert plain_reason(DURATION, Status.MET, (asked("50 days"),)) == "50 days."


def test_an_open_criterion_with_many_ways_in_says_the_first_few():
    wide = replace(DURATION, met=PAIN)
    said = plain_reason(wide, Status.UNDOCUMENTED, tuple(asked(f"no {word}") for word in "abcde"))
    assert said == "no a. no b. no c."


def test_silence_is_put_into_words():
    assert plain_reason(replace(DURATION, met=PAIN), Status.UNDOCUMENTED, ()) == "The chart does not say."


def test_a_waived_and_a_held_criterion_name_the_waiver():
    assert waived_reason(("A growing deficit",)) == "Not asked: A growing deficit."
    assert (
        open_waiver_reason("A growing deficit", "Ten days")
        == "Ten days. Whether it is waived is open: A growing deficit."
    )

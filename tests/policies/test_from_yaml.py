"""A policy file is read whole, or every mistake in it is named with its place."""

from __future__ import annotations

import pytest
from questions_for_tests import CITATIONS, KNOWN, SMALL

from necessity.policies.from_yaml import load
from necessity.policies.policy import Bound, Edge, Leaf, OneOf, Policy
from necessity.values.problem import Problem


def problems(text: str) -> tuple[Problem, ...]:
    found = load(text, "small.yaml", KNOWN, CITATIONS)
    assert not isinstance(found, Policy)
    return found


def messages(text: str) -> list[str]:
    return [str(problem) for problem in problems(text)]


def test_a_sound_file_becomes_a_policy():
    policy = load(SMALL, "small.yaml", KNOWN, CITATIONS)
    assert isinstance(policy, Policy)
    assert [criterion.id for criterion in policy.criteria] == ["pain", "duration"]
    assert policy.applies_to[0].levels == ("L1-2", "L2-3", "L3-4", "L4-5", "L5-S1")


def test_a_yes_no_question_is_asked_for_yes_unless_the_author_says_no():
    policy = load(SMALL, "small.yaml", KNOWN, CITATIONS)
    assert isinstance(policy, Policy)
    pain = policy.criteria[0]
    assert isinstance(pain.met, Leaf) and pain.met.test == OneOf((True,))
    assert isinstance(pain.not_met, Leaf) and pain.not_met.test == OneOf((False,))


def test_a_threshold_is_compared_in_the_unit_of_the_question_and_keeps_its_words():
    policy = load(SMALL, "small.yaml", KNOWN, CITATIONS)
    assert isinstance(policy, Policy) and isinstance(policy.criteria[1].met, Leaf)
    assert policy.criteria[1].met.test == Bound(
        edge=Edge.AT_LEAST, amount=42, unit="days", written="6 weeks", threshold="care-length"
    )


def test_the_same_text_has_the_same_digest():
    first, second = (load(SMALL, where, KNOWN, CITATIONS) for where in ("a.yaml", "b.yaml"))
    assert isinstance(first, Policy) and isinstance(second, Policy) and first.sha256 == second.sha256


def test_an_unknown_question_is_named_with_its_line_and_the_one_that_was_meant():
    text = SMALL.replace("{ask: care_days, at_least", "{ask: care_day, at_least")
    assert messages(text) == ["small.yaml:26: unknown question `care_day` (did you mean `care_days`?)"]


def test_every_mistake_is_reported_at_once_in_the_order_of_the_file():
    text = (
        SMALL.replace("is: no", "is: maybe")
        .replace("waives: [duration]", "waives: [durations]")
        .replace("peul-2007.2", "peul-7")
    )
    found = problems(text)
    assert [problem.where for problem in found] == ["small.yaml:20", "small.yaml:29", "small.yaml:34"]


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("6 weeks", "6", "needs its unit"),
        ("6 weeks", "6 percent", "does not fit: the answer is in days"),
        ("6 weeks", "6 fortnights", "is not a unit"),
        ("at_least: care-length", "at_least: care-lenght", "unknown threshold `care-lenght`"),
        ("at_least: care-length", "is: yes", "is a number"),
        ("at_least: care-length", "at_least: care-length, less_than: 9 weeks", "compared twice"),
        ("{ask: limb_pain}", "{ask: limb_pain, at_least: 3}", "is no number"),
        ("{ask: limb_pain}", "{ask: predominant_pain, is: leg}", "`leg` is not one of its values"),
        ("{ask: limb_pain}", "{ask: predominant_pain}", "is a choice"),
        ("{ask: limb_pain}", "{ask: limb_pain, side: left}", "has no param `side`"),
        ("{ask: limb_pain}", "{ask: measures_tried, of: [prayer], at_least: 1}", "`prayer` is not one of its values"),
        ("{ask: limb_pain}", "{ask: compression_shown, contact_counts: 3}", "must be yes or no"),
        ("{ask: limb_pain}", "{all: []}", "`all` is empty"),
        ("{ask: limb_pain}", "{at_least: 3, of: [{ask: limb_pain}]}", "can never hold"),
        ("{ask: limb_pain}", "{some: [{ask: limb_pain}]}", "`ask` is missing"),
        ("{ask: limb_pain}", "[limb_pain]", "is not a tree"),
        ("category: indication", "category: indications", "`category`"),
        ("id: duration\n", "id: pain\n", "`pain` is used twice in criteria"),
        ("    why: a test\n    cites", "    cites", "`why` is missing"),
        ("title: Limb pain", "titel: Limb pain", "did you mean `title`?"),
        ("{level}", "{lvel}", "unknown placeholder `{lvel}`"),
        ("{level}", "{level", "a brace is not closed"),
        ("[L1-2 to L5-S1]", "[L5-S1 to L1-2]", "no level or range"),
        ("[discectomy]", "[]", "needs `procedures`"),
        ("peul-2007.2", "peul-2007.9", "unknown citation `peul-2007.9`"),
        ("category: indication", "category: level_of_care", "does not belong"),
        ('version: "1"', "version: 1", "put it in quotes"),
        ("pack: test", "pack: test\npack: test", "`pack` is written twice"),
        ("criteria:", "criteria: [", "not readable as YAML"),
    ],
)
def test_a_mistake_is_said_in_the_words_of_its_author(written: str, instead: str, said: str):
    assert written in SMALL
    assert any(said in message for message in messages(SMALL.replace(written, instead, 1)))


def test_a_threshold_that_no_criterion_names_is_a_mistake():
    text = SMALL.replace("at_least: care-length", "at_least: 6 weeks").replace(
        "less_than: care-length", "less_than: 6 weeks"
    )
    assert messages(text) == [
        "small.yaml:13: threshold `care-length` is named by no criterion (compare with its name, or take it out)"
    ]


def test_never_says_that_the_chart_can_only_leave_it_open():
    policy = load(SMALL.replace("not_met: {ask: limb_pain, is: no}", "not_met: never"), "small.yaml", KNOWN, CITATIONS)
    assert isinstance(policy, Policy) and policy.criteria[0].not_met is None


def test_an_empty_file_is_a_problem_and_no_crash():
    assert messages("") == ["small.yaml:1: the file is empty"]

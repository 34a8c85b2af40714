"""Which requests a policy covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from questions_for_tests import CITATIONS, KNOWN, SMALL

from necessity.policies.from_yaml import load
from necessity.policies.policy import Policy, Scope
from necessity.policies.scope import fits, in_force, policy_for, read_levels


@dataclass(frozen=True)
class Line:
    procedure: str = "discectomy"
    cpt: tuple[str, ...] = ()
    level: str | None = "L4-5"
    region: str | None = "lumbar"
    revision: bool = False
    diagnosis: str | None = None


DISC = Scope(
    procedures=("discectomy",),
    cpt=("63030",),
    levels=("L4-5", "L5-S1"),
    regions=("lumbar",),
    revision=False,
    diagnosis=("disc", "unknown"),
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(), True),
        (Line(procedure="fusion"), False),
        (Line(level="C5-6", region="cervical"), False),
        (Line(revision=True), False),
        (Line(diagnosis="disc"), True),
        (Line(diagnosis="stenosis"), False),
        (Line(level=None), True),
        (Line(level=None, region="cervical"), False),
        (Line(procedure="", cpt=("63030",)), True),
        (Line(procedure="fusion", cpt=("63030",)), False),
    ],
)
def test_a_line_fits_when_every_field_that_the_scope_names_fits(line: Line, expected: bool):
    assert fits(DISC, line) is expected


def test_only_a_code_tells_the_approach_where_the_scope_asks_for_it():
    behind = Scope(procedures=("fusion",), with_cpt=("22600",))
    front = Scope(procedures=("fusion",), without_cpt=("22600",))
    line = Line(procedure="fusion", cpt=("22600",))
    assert fits(behind, line) and not fits(front, line)
    assert fits(front, Line(procedure="fusion"))


def small() -> Policy:
    policy = load(SMALL, "small.yaml", KNOWN, CITATIONS)
    assert isinstance(policy, Policy)
    return policy


def test_the_newest_file_whose_day_has_come_is_in_force():
    old, new = small(), replace(small(), version="2", effective=date(2026, 7, 1))
    assert [policy.version for policy in in_force([new, old], date(2026, 6, 30))] == ["1"]
    assert [policy.version for policy in in_force([new, old], date(2026, 7, 1))] == ["2"]
    assert in_force([new, old], date(2025, 12, 31)) == ()


def test_before_its_first_file_a_policy_judges_only_if_it_says_so():
    first = replace(small(), retroactive=True)
    later = replace(first, version="2", effective=date(2026, 7, 1))
    assert [policy.version for policy in in_force([later, first], date(2024, 3, 1))] == ["1"]
    assert in_force([small()], date(2024, 3, 1)) == ()


def test_a_draft_is_never_in_force():
    assert in_force([replace(small(), status="draft")], date(2026, 6, 30)) == ()


def test_a_line_that_no_policy_covers_has_none():
    assert policy_for([small()], Line(procedure="hardware_removal")) is None
    assert policy_for([small()], Line()) == small()


def test_a_range_of_levels_names_all_between():
    assert read_levels("T11-12 to L1-2") == ["T11-12", "T12-L1", "L1-2"]
    assert read_levels("L3") == ["L3"]
    assert read_levels("somewhere") == []

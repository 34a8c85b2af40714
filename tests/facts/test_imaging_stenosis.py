"""Stenosis: every grade, zone, side and level that a report can give, and spaces said to be open."""

from __future__ import annotations

import pytest
from imaging_reading import findings, report

from necessity.facts.fact import Assertion

Graded = tuple[str | None, object, str | None, tuple[str, ...]]


def stenoses(line: str) -> list[Graded]:
    """(zone, grade, side, levels) of each stenosis in a report's line."""
    return [(f.zone, f.grade, f.side, f.levels) for f in report(line) if f.concept == "stenosis"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("L4-5: Severe central canal stenosis.", [("canal", "severe", None, ("L4-5",))]),
        ("L4-5: canal moderately narrowed.", [("canal", "moderate", None, ("L4-5",))]),
        ("L4-5: mild to moderate left foraminal narrowing.", [("foramen", "mild_to_moderate", "left", ("L4-5",))]),
        (
            "L3-4: mod to severe R lateral recess stenosis.",
            [("lateral_recess", "moderate_to_severe", "right", ("L3-4",))],
        ),
        ("Moderate stenosis of the canal at L4-L5.", [("canal", "moderate", None, ("L4-5",))]),
        ("L5-S1: high-grade right foraminal stenosis.", [("foramen", "severe", "right", ("L5-S1",))]),
        (
            "L2-3 moderate stenosis; L3-4 severe.",
            [(None, "moderate", None, ("L2-3",)), (None, "severe", None, ("L3-4",))],
        ),
        ("L4-5: The central canal is patent.", [("canal", "none", None, ("L4-5",))]),
        ("L4-5: No significant spinal canal stenosis.", [("canal", "none", None, ("L4-5",))]),
        (
            "L5-S1: canal fine, left foramen severely narrowed.",
            [("canal", "none", None, ("L5-S1",)), ("foramen", "severe", "left", ("L5-S1",))],
        ),
    ],
)
def test_a_stenosis_has_its_grade_zone_side_and_level(line: str, wanted: list[Graded]) -> None:
    assert stenoses(line) == wanted


def test_two_sides_of_one_noun_keep_their_own_grades() -> None:
    assert stenoses("L3-L4: Severe right, moderate left foraminal stenosis.") == [
        ("foramen", "severe", "right", ("L3-4",)),
        ("foramen", "moderate", "left", ("L3-4",)),
    ]


def test_grades_behind_the_noun_go_to_their_sides() -> None:
    assert stenoses("L5-S1: foraminal narrowing, moderate on left, severe on right.") == [
        ("foramen", "moderate", "left", ("L5-S1",)),
        ("foramen", "severe", "right", ("L5-S1",)),
    ]


def test_one_grade_is_shared_by_two_zones() -> None:
    assert stenoses("L2-3: moderately severe central spinal canal and bilateral foraminal stenosis.") == [
        ("canal", "moderate_to_severe", None, ("L2-3",)),
        ("foramen", "moderate_to_severe", "bilateral", ("L2-3",)),
    ]


def test_grades_told_respectively_go_to_their_levels() -> None:
    line = "Complexes at C4-5, C5-6 and C6-7 with mild, moderate and severe canal stenosis respectively."
    assert [(grade, levels) for _, grade, _, levels in stenoses(line)] == [
        ("mild", ("C4-5",)),
        ("moderate", ("C5-6",)),
        ("severe", ("C6-7",)),
    ]


def test_spaces_named_behind_the_noun_each_have_its_grade() -> None:
    assert stenoses("Severe stenosis T12/L1 canal and L foramen.") == [
        ("canal", "severe", None, ("T12-L1",)),
        ("foramen", "severe", "left", ("T12-L1",)),
    ]


def test_a_stenosis_pointed_at_is_not_told_again() -> None:
    assert stenoses("Faint T2 hyperintensity in the conus just below the stenosis.") == []


def test_a_bare_grade_at_the_next_level_is_of_the_stenosis_before() -> None:
    line = "L4-5 moderate to severe central stenosis, bilateral recess narrowing. L5-S1 mild."
    assert (None, "mild", None, ("L5-S1",)) in stenoses(line)


def test_spaces_with_a_grade_and_no_noun_are_read() -> None:
    assert stenoses("C5-6: broad ridge, mild canal, severe R foramen.") == [
        ("canal", "mild", None, ("C5-6",)),
        ("foramen", "severe", "right", ("C5-6",)),
    ]


def test_what_narrows_a_recess_on_one_side_tells_the_side() -> None:
    assert stenoses("L4-5: synovial cyst on the left causing severe lateral recess stenosis.")[0][2] == "left"


def test_no_high_grade_stenosis_leaves_lesser_grades_open() -> None:
    assert stenoses("No high-grade canal stenosis.") == []


def test_a_grade_behind_a_denied_item_is_not_denied() -> None:
    found = findings("Imaging: MRI lumbar: L4-5 no nerve root compression, mild canal stenosis.", "stenosis")
    assert [(f.grade, f.assertion) for f in found] == [("mild", Assertion.PRESENT)]


def test_the_l_of_the_l_spine_is_no_side() -> None:
    found = findings("HPI: MRI L-spine revealed severe stenosis at L4-5. MRI L spine, L/S spine likewise.", "stenosis")
    assert [f.side for f in found] == [None]


def test_disc_space_narrowing_on_films_is_no_stenosis() -> None:
    assert findings("Imaging: X-rays show C5-6 narrowing and narrowing of the L5-S1 disc space.", "stenosis") == []


def test_a_stenosis_that_a_relative_has_is_nobodys_finding_here() -> None:
    assert findings("His mother had severe lumbar spinal stenosis at L4-5.", "stenosis") == []

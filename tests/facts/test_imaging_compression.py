"""Compression of root, cauda and cord: degree, structure, side, roots and level, and tissue said to be free."""

from __future__ import annotations

import pytest
from imaging_reading import findings, report

from necessity.facts.fact import Assertion


@pytest.mark.parametrize(
    ("line", "grade", "structure", "side", "roots"),
    [
        ("L4-5: extrusion compresses the traversing right L5 nerve root.", "compression", "root", "right", ("L5",)),
        ("L4-5: left protrusion which abuts the L5 root.", "contact", "root", "left", ("L5",)),
        ("L5-S1: extrusion displacing the right S1 root posteriorly.", "displacement", "root", "right", ("S1",)),
        ("L4-5: traversing left L5 root compressed.", "compression", "root", "left", ("L5",)),
        ("L4-5: crowding of the cauda equina roots.", "compression", "cauda", None, ()),
        ("C5-6: severe canal stenosis with cord flattening.", "compression", "cord", None, ()),
        ("T8-9: cord compressed.", "compression", "cord", None, ()),
        ("L4-5: mass effect on the exiting left L4 nerve.", "compression", "root", "left", ("L4",)),
        ("L5-S1: left protrusion on the S1 root.", "contact", "root", "left", ("S1",)),
        ("C6-7: left foraminal disc impinging on the C7 root.", "compression", "root", "left", ("C7",)),
    ],
)
def test_compression_is_read_whichever_way_it_is_written(
    line: str, grade: str, structure: str, side: str | None, roots: tuple[str, ...]
) -> None:
    found = [f for f in report(line) if f.concept == "compression"]
    assert [(f.grade, f.structure, f.side, f.roots) for f in found] == [(grade, structure, side, roots)]


@pytest.mark.parametrize(
    "line",
    [
        "L4-5: The exiting left L4 nerve root is not impinged.",
        "C5-6: mild right foraminal narrowing without root contact.",
        "L5-S1: shallow central protrusion, nerve roots free.",
        "T5-6: small bulge, none reaching the cord.",
        "L4-5: no nerve root compression.",
    ],
)
def test_tissue_said_to_be_free_is_ruled_out(line: str) -> None:
    assert [f.assertion for f in report(line) if f.concept == "compression"] == [Assertion.ABSENT]


def test_a_degree_that_is_denied_does_not_undo_the_degree_that_is_there() -> None:
    found = [
        f
        for f in report("L4-5: protrusion abutting without displacing the exiting left L4 root.")
        if f.concept == "compression"
    ]
    assert [(f.grade, f.assertion) for f in found] == [("contact", Assertion.PRESENT)]


def test_both_facets_do_not_make_the_cord_bilateral() -> None:
    found = [
        f
        for f in report("T9-10: bilateral facet hypertrophy, moderate canal stenosis with cord compression.")
        if f.concept == "compression"
    ]
    assert [(f.structure, f.side) for f in found] == [("cord", None)]


def test_the_side_of_another_level_is_not_borrowed() -> None:
    found = [
        f
        for f in report("C5-6 severe right foraminal stenosis; C6-7 broad bulge, cord abutted.")
        if f.concept == "compression"
    ]
    assert [(f.levels, f.side) for f in found] == [(("C6-7",), None)]


def test_exiting_and_traversing_roots_are_named_by_their_segment() -> None:
    found = report(
        "L4-5: extrusion compressing the traversing left root.\nC5-6: the exiting right nerve root is compressed."
    )
    assert [f.roots for f in found if f.concept == "compression"] == [("L5",), ("C6",)]


def test_the_zone_of_contact_is_kept_for_concordance() -> None:
    found = [f for f in report("L3-4: right foraminal protrusion, L3 root contacted.") if f.concept == "compression"]
    assert [(f.zone, f.roots, f.side) for f in found] == [("foramen", ("L3",), "right")]


def test_possible_contact_is_left_open() -> None:
    found = [f for f in report("L4-5: possible contact of the right L5 root.") if f.concept == "compression"]
    assert [f.assertion for f in found] == [Assertion.POSSIBLE]


def test_a_root_is_no_level() -> None:
    found = [f for f in report("L5-S1: the exiting left L5 root is deformed.") if f.concept == "compression"]
    assert found[0].levels == ("L5-S1",)


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Spurling's compression test negative.",
        "He wears compression stockings.",
        "Shoulder impingement on the left.",
    ],
)
def test_compression_of_other_things_is_none(text: str) -> None:
    assert findings(text, "compression") == []


def test_a_diagnosis_of_cord_compression_counts() -> None:
    found = findings("ASSESSMENT: Cervical myelopathy with cord compression C4-5 and C5-6.", "compression")
    assert [(f.structure, f.levels) for f in found] == [("cord", ("C4-5", "C5-6"))]


@pytest.mark.parametrize(
    "line",
    [
        "L5-S1: The extrusion described on 11/2025, which compressed the S1 root, has been resorbed.",
        "L5-S1: The right extrusion that compressed the S1 root now merely abuts the fat.",
        "L5-S1: Prior (11/2025): extrusion with S1 root compression. Now: bulge only, root free.",
        "L5-S1: The S1 root, compressed before, is now free.",
        "L5-S1: In 2025 severe stenosis with S1 root compression; today no compression.",
        "L5-S1: Compression of the left S1 root can be excluded.",
        "L5-S1: Compression of the left S1 root can neither be confirmed nor ruled out.",
    ],
)
def test_compression_of_an_earlier_study_or_excluded_is_not_there_now(line: str) -> None:
    assert not [f for f in report(line) if f.concept == "compression" and f.assertion is Assertion.PRESENT]


def test_compression_that_stays_since_an_earlier_study_is_there_now() -> None:
    found = report("L5-S1: extrusion which compresses the left S1 root, as in 11/2025.")
    assert Assertion.PRESENT in [f.assertion for f in found if f.concept == "compression"]

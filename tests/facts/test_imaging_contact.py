"""What lies on a nerve, compromises it or leaves it free, and how hard a sac is pressed."""

from __future__ import annotations

import pytest
from imaging_reading import findings, report

from necessity.facts.fact import Assertion, Side


@pytest.mark.parametrize(
    "text",
    [
        "Imaging: MRI: 3 mm bulge at L4-5 not touching anything.",
        "Imaging: MRI 11/18 with contrast: postoperative change, nothing on the nerve.",
        "Imaging: MRI shows a central bulge at L4-5 without any root compromise.",
        "Imaging: MRI: small protrusion L5-S1, nothing pressing on the S1 root.",
        "Imaging: MRI: shallow bulges, no nerve compromise.",
    ],
)
def test_nothing_on_the_nerve_is_no_compression(text: str) -> None:
    assert {f.assertion for f in findings(text, "compression")} == {Assertion.ABSENT}


@pytest.mark.parametrize(
    ("text", "levels", "side"),
    [
        (
            "Imaging: MRI: At L4-5 on the right there is an extruded fragment, with the L4 root flattened up against the pedicle.",
            ("L4-5",),
            Side.RIGHT,
        ),
        ("Imaging: MRI 10/22/25 L L5-S1 protrusion w/ S1 displaced.", ("L5-S1",), Side.LEFT),
        (
            "Imaging: MRI: epidural collection from L2-3 through L4-5, severely compressing the thecal sac at L3-4.",
            ("L3-4",),
            None,
        ),
        (
            "Imaging: MRI: dorsal abscess, L2 through L4, with near total compression of the thecal sac.",
            ("L2-3", "L3-4"),
            None,
        ),
        (
            "Imaging: MRI: a lesion replacing T7 with epidural extension and a cord squeezed to a ribbon; a deposit at L3.",
            ("T7",),
            None,
        ),
        (
            "Imaging: MRI: right foraminal herniation at C4-5 with C5 root compression and the C5-6 fusion solid below.",
            ("C4-5",),
            Side.RIGHT,
        ),
        ("Imaging: MRI: L4-5 facet overgrowth, both lateral recesses are obliterated.", ("L4-5",), Side.BILATERAL),
        ("Imaging: Myelogram: the left L5 root sleeve at L4-5 fails to fill.", ("L4-5",), Side.LEFT),
        ("Imaging: MRI: T7-8 abscess, cord pushed dorsally.", ("T7-8",), Side.CENTRAL),
    ],
)
def test_compression_told_in_other_words(text: str, levels: tuple[str, ...], side: Side | None) -> None:
    found = [f for f in findings(text, "compression") if f.present]
    assert {(f.levels, f.side) for f in found} == {(levels, side)}


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("L4-5: bulge indents the thecal sac.", "contact"),
        ("L4-5: mild compression of the thecal sac.", "contact"),
        ("L4-5: bulge flattens the ventral thecal sac.", "contact"),
        ("L4-5: complete effacement of the thecal sac.", "compression"),
        ("L4-5: severe compression of the thecal sac.", "compression"),
    ],
)
def test_a_sac_that_is_indented_is_not_compressed(line: str, grade: str) -> None:
    assert [f.grade for f in report(line) if f.concept == "compression"] == [grade]


def test_the_grade_that_a_reader_calls_it() -> None:
    text = "Imaging: MRI: some left C6-7 foraminal encroachment by osteophyte, called moderate."
    assert [(f.grade, f.zone, f.side) for f in findings(text, "stenosis")] == [("moderate", "foramen", Side.LEFT)]


def test_every_level_is_of_no_one_level() -> None:
    found = report("At L4-5 on the right there is an extrusion. The canal is wide open at every level.")
    assert [f.levels for f in found if f.concept == "stenosis"] == [()]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("INDICATIONS: MRI demonstrated a large herniation at the lumbosacral disc.", ("L5-S1",)),
        ("INDICATIONS: MRI showed a herniation at the fourth lumbar interspace.", ("L4-5",)),
        ("INDICATIONS: MRI showed a C5 on 6 herniation.", ("C5-6",)),
    ],
)
def test_levels_in_words(text: str, levels: tuple[str, ...]) -> None:
    assert [f.levels for f in findings(text, "disc")] == [levels]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("L4-5: Schizas grade C.", [("canal", "severe")]),
        ("L4-5: Schizas B.", [("canal", "moderate")]),
        (
            "L4-5: Lateral recess: severe bilateral. Foramina: mild bilateral.",
            [("lateral_recess", "severe"), ("foramen", "mild")],
        ),
        ("L5-S1 severe left NFS, mild CCS.", [("foramen", "severe"), ("canal", "mild")]),
    ],
)
def test_grades_in_shorthand(line: str, wanted: list[tuple[str, str]]) -> None:
    assert [(f.zone, f.grade) for f in report(line) if f.concept == "stenosis"] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: If the MRI shows compression of the L5 root we will consider surgery.",
        "HPI: Should the CT demonstrate severe stenosis at L4-5, we will operate.",
        "PLAN: If there is compression of the cord on MRI he will need surgery.",
    ],
)
def test_a_result_that_is_awaited_is_none(text: str) -> None:
    assert [f for concept in ("compression", "stenosis") for f in findings(text, concept)] == []


def test_what_may_touch_a_root_is_left_open() -> None:
    found = report("L4-5: The protrusion may contact the descending L5 root.")
    assert [f.assertion for f in found if f.concept == "compression"] == [Assertion.POSSIBLE]

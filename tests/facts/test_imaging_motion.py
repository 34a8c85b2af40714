"""Motion between flexion and extension: measured, said to be there, normal or absent."""

from __future__ import annotations

import pytest
from imaging_reading import facts, findings

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, ImagingFinding


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("HPI: Standing x-rays reveal anterolisthesis of 38%; flexion-extension increases this by 5 mm.", 5.0),
        (
            "HPI: MRI shows an anterolisthesis of C3 on 4 of about 2 mm, and on the flexion film this opens up to 4.",
            2.0,
        ),
        ("Imaging: Slip of L4 on L5, 5 mm, going to 9 in flexion.", 4.0),
        ("Imaging: Flexion-extension films: L4-5 translation 4 mm.", 4.0),
        ("Imaging: Flex-ext: 6 mm anterior translation of L3 on L4, reducing to 3 mm in extension.", 3.0),
        ("Imaging: On flexion and extension films there's 4 mm of splaying between spinous processes at C6-7.", 4.0),
        ("Imaging: XR flex/ex: plate without loosening, C6-7 lucent line persists, 2 mm interspinous motion.", 2.0),
        ("Imaging: X-rays: mobile grade 1 degenerative slip at L4-5.", None),
        ("Imaging: L3-4 degenerative spondylolisthesis with motion between flexion and extension.", None),
        ("Imaging: On bending films there are 5 degrees of residual angular motion, L4-5.", None),
        ("Imaging: Dynamic films L4-5 15 degrees of angulation.", None),
    ],
)
def test_motion_that_is_too_much(text: str, millimetres: float | None) -> None:
    found = findings(text, "instability")
    assert {f.assertion for f in found} == {Assertion.PRESENT}
    assert found[0].millimetres == millimetres


@pytest.mark.parametrize(
    "text",
    [
        "Imaging: grade 1 slip of 4 mm which does not change in flexion/extension on films.",
        "Imaging: Flexion-extension views show normal motion at each level with no subluxation.",
        "Imaging: L4-5 listhesis 5 mm, unchanged on flexion and extension films.",
        "Imaging: flex-ext x-rays: slip is fixed, 4 mm in flexion, 4 mm in extension.",
        "Imaging: Flex-ext: no motion.",
        "Imaging: Dynamic films. No translation or abnormal angulation with flexion or extension at L4-5 (<1 mm).",
        "Imaging: flex/ext C-spine: translation <1 mm between flexion and extension.",
    ],
)
def test_motion_ruled_out(text: str) -> None:
    assert {f.assertion for f in findings(text, "instability")} == {Assertion.ABSENT}


@pytest.mark.parametrize(
    "text",
    [
        "Imaging: X-rays with flexion/extension: 11 degrees of motion at C5-6, no listhesis.",
        "Imaging: Flexion-extension films of the lumbar spine, 2 mm of translation at L4-5.",
    ],
)
def test_motion_within_the_limit_is_left_open(text: str) -> None:
    assert [f.assertion for f in findings(text, "instability")] == [Assertion.POSSIBLE]


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Range of motion of the lumbar spine is limited in flexion and extension.",
        "Imaging: severe stenosis L4-5, facet cyst 9 mm, grade 1 slip of 4 mm.",
        "HPI: He is mobile with a walker and bends in flexion without pain.",
    ],
)
def test_other_motion_is_none_of_a_segment(text: str) -> None:
    assert findings(text, "instability") == []


def test_a_slip_told_by_how_far_one_vertebra_lies_before_the_next() -> None:
    text = "CT LUMBAR SPINE POST MYELO 12/11/2025\nL4 is 5 mm forward on L5 neutral, opens up to 9 mm w flexion, back to 4 mm extension."
    found = [f for f in facts(text, Kind.RADIOLOGY_REPORT) if isinstance(f, ImagingFinding)]
    assert sorted((f.concept, f.levels, f.millimetres) for f in found) == [
        ("instability", ("L4-5",), 5.0),
        ("slip", ("L4-5",), 5.0),
    ]

"""Slip, motion, pars, cord signal and normal readings, and the levels that govern the lines of a report."""

from __future__ import annotations

import pytest
from imaging_reading import findings, report

from necessity.facts.fact import Assertion


@pytest.mark.parametrize(
    ("line", "grade", "levels"),
    [
        ("Grade 1 anterolisthesis of L4 on L5, 6 mm.", 1.0, ("L4-5",)),
        ("L5-S1: grade II isthmic spondylolisthesis.", 2.0, ("L5-S1",)),
        ("L5-S1: grade 1/2 anterolisthesis.", 1.0, ("L5-S1",)),
        ("L4-5: degenerative spondylolisthesis.", None, ("L4-5",)),
        ("Alignment is anatomic.", 0.0, ()),
        ("No spondylolisthesis.", 0.0, ()),
        ("L5-S1: spondylolysis with 30% slip.", 2.0, ("L5-S1",)),
    ],
)
def test_a_slip_has_its_grade_and_level(line: str, grade: float | None, levels: tuple[str, ...]) -> None:
    assert [(f.grade, f.levels) for f in report(line) if f.concept == "slip"] == [(grade, levels)]


def test_alignment_of_a_construct_says_nothing_of_a_slip() -> None:
    assert findings("Imaging: X-rays show excellent alignment of the hardware.", "slip") == []


@pytest.mark.parametrize(
    ("text", "assertion", "millimetres"),
    [
        ("Imaging: Flexion-extension views show no instability at L4-5.", Assertion.ABSENT, None),
        ("Imaging: flex/ex 1/5/2026: L4-5 anterolisthesis 3 mm in extension, 7 mm in flexion.", Assertion.PRESENT, 4.0),
        ("Imaging: flex/ex films: L3-4 1 mm translation and 3 degrees, not unstable.", Assertion.ABSENT, 1.0),
        ("POSTOPERATIVE DIAGNOSIS: Spinal instability, L4-L5.", Assertion.PRESENT, None),
        ("Flexion extension films: stable.", Assertion.ABSENT, None),
    ],
)
def test_motion_and_instability(text: str, assertion: Assertion, millimetres: float | None) -> None:
    found = findings(text, "instability")
    assert (found[-1].assertion, found[0].millimetres) == (assertion, millimetres)


def test_each_level_keeps_its_own_millimetres() -> None:
    found = findings("Imaging: Flex-ext 12/10: 1.5 mm at C4-5, 1 mm at C5-6, no instability.", "instability")
    assert [(f.levels, f.millimetres, str(f.when)) for f in found] == [
        (("C4-5",), 1.5, "2025-12-10"),
        (("C5-6",), 1.0, "2025-12-10"),
    ]


def test_osteoporosis_on_the_list_of_illnesses_is_still_there() -> None:
    assert [f.present for f in findings("PAST MEDICAL HISTORY: hypertension, osteoporosis.", "osteoporosis")] == [True]


@pytest.mark.parametrize(
    "text", ["EXAM: The knee shows no instability.", "No instability with ambulation.", "Full range of motion."]
)
def test_instability_of_other_things_is_none(text: str) -> None:
    assert findings(text, "instability") == []


def test_a_pars_defect_is_found_and_ruled_out() -> None:
    assert [f.assertion for f in report("Bilateral L5 pars defects.") if f.concept == "pars_defect"] == [
        Assertion.PRESENT
    ]
    assert [f.assertion for f in report("No pars defect or listhesis.") if f.concept == "pars_defect"] == [
        Assertion.ABSENT
    ]


def test_cord_signal_needs_the_cord() -> None:
    assert [
        f.assertion for f in report("T9-10: cord compression with T2 hyperintensity.") if f.concept == "cord_signal"
    ] == [Assertion.PRESENT]
    assert [f.assertion for f in report("Cord signal normal.") if f.concept == "cord_signal"] == [Assertion.ABSENT]
    assert [f for f in report("T2 hyperintensity in the L1 vertebral body.") if f.concept == "cord_signal"] == []


def test_the_level_at_the_start_of_a_line_governs_its_sentences() -> None:
    found = report(
        "L3-4: Mild bulge.\nL4-5: Facet arthropathy. Severe canal stenosis. Right foramen patent.\nL5-S1: normal."
    )
    assert [(f.concept, f.levels) for f in found if f.concept in ("stenosis", "normal")] == [
        ("stenosis", ("L4-5",)),
        ("stenosis", ("L4-5",)),
        ("normal", ("L5-S1",)),
    ]


def test_a_range_of_levels_is_every_level_in_it() -> None:
    found = report("T7-8 through T9-10: scattered small bulges, none reaching the cord.")
    assert found[0].levels == ("T7-8", "T8-9", "T9-10")


def test_each_level_of_a_list_keeps_its_own_grade() -> None:
    found = report("Mild stenosis at L3-4, moderate stenosis at L4-5 and severe stenosis at L5-S1.")
    assert [(f.grade, f.levels) for f in found] == [
        ("mild", ("L3-4",)),
        ("moderate", ("L4-5",)),
        ("severe", ("L5-S1",)),
    ]


def test_a_normal_study_is_told_from_a_normal_rest() -> None:
    assert [f.levels for f in findings("The MRI of the lumbar spine was unremarkable.", "normal")] == [()]
    assert [f for f in report("Other levels unremarkable.") if f.concept == "normal"] == []


def test_a_pseudarthrosis_behind_a_denial_is_still_found() -> None:
    found = report("L5-S1: cage with lucency and no bridging bone, consistent with pseudarthrosis.")
    assert [(f.concept, f.assertion) for f in found if f.concept == "pseudarthrosis"] == [
        ("pseudarthrosis", Assertion.PRESENT)
    ]

"""Discs: kind of displacement, zone, side, level; recurrence and scar; what only sounds like a disc."""

from __future__ import annotations

import pytest
from imaging_reading import facts, findings, report

from necessity.facts.fact import Assertion, ImagingFinding


@pytest.mark.parametrize(
    ("line", "grade", "side", "zone", "levels"),
    [
        ("L4-5: broad-based disc bulge.", "bulge", None, None, ("L4-5",)),
        ("L4-L5: right subarticular disc protrusion.", "protrusion", "right", "lateral_recess", ("L4-5",)),
        ("Large left paracentral disc extrusion T11-T12, 9 mm AP.", "extrusion", "left", "paracentral", ("T11-12",)),
        ("L5-S1: sequestered fragment behind S1 on the left.", "sequestration", "left", None, ("L5-S1",)),
        ("L4-5: right far lateral disc herniation.", "unspecified", "right", "far_lateral", ("L4-5",)),
        ("C5-6: small central protrusion.", "protrusion", "central", "central", ("C5-6",)),
        ("There is a disc herniation at L5-S1 on the left.", "unspecified", "left", None, ("L5-S1",)),
        ("The L4-5 disc is protruded centrally and to the left.", "protrusion", "left", "central", ("L4-5",)),
        ("L3-4: herniated disc protrusion to the right.", "protrusion", "right", None, ("L3-4",)),
    ],
)
def test_a_disc_has_its_kind_side_zone_and_level(
    line: str, grade: str, side: str | None, zone: str | None, levels: tuple[str, ...]
) -> None:
    found = [f for f in report(line) if f.concept == "disc"]
    assert [(f.grade, f.side, f.zone, f.levels) for f in found] == [(grade, side, zone, levels)]


@pytest.mark.parametrize(
    "text",
    [
        "PREOPERATIVE DIAGNOSIS: Herniated nucleus pulposus, left L4-L5.",
        "Assessment: L4-5 HNP on the left.",
        "Imaging: MRI lumbar spine 12/1/2025: left L4/5 disc herniation.",
        "HPI: An MRI was obtained. This revealed a left-sided herniated disc at L4-5.",
    ],
)
def test_diagnoses_and_readings_of_clinicians_count(text: str) -> None:
    assert [(f.grade, f.side, f.levels) for f in findings(text, "disc")] == [("unspecified", "left", ("L4-5",))]


@pytest.mark.parametrize(
    "text", ["PAST MEDICAL HISTORY: Inguinal hernia.", "HISTORY: repair of a hiatal hernia and ventral herniation."]
)
def test_other_hernias_are_no_discs(text: str) -> None:
    assert findings(text, "disc") == []


def test_a_disc_removed_in_the_operation_is_no_imaging() -> None:
    text = "DESCRIPTION OF PROCEDURE: The patient was brought to the operating room. A large herniated fragment was removed at L5-S1."
    assert facts(text) == ()


def test_recurrent_disc_is_told_from_scar() -> None:
    found = report(
        "L4-5: Enhancing granulation tissue around, but not displacing, the L5 root sleeve. No recurrent herniation."
    )
    said = {(f.concept, f.assertion) for f in found}
    assert {
        ("scar", Assertion.PRESENT),
        ("recurrent_disc", Assertion.ABSENT),
        ("compression", Assertion.ABSENT),
    } <= said


def test_a_reherniation_is_both_disc_and_recurrence() -> None:
    found = report("L5-S1: recurrent right paracentral disc extrusion, 8 mm.")
    assert [f.concept for f in found] == ["disc", "recurrent_disc"]
    assert found[0].millimetres == 8.0


def test_a_prefix_denies_its_own_word_alone() -> None:
    found = report("L3-4: posterior non-compressive annular disc bulge, mild facet arthropathy.")
    assert ("disc", Assertion.PRESENT) in {(f.concept, f.assertion) for f in found}


def test_what_is_only_suspected_is_possible() -> None:
    assert [f.assertion for f in findings("DIAGNOSIS: Rule out herniated disc.", "disc")] == [Assertion.POSSIBLE]


def test_every_finding_quotes_the_document() -> None:
    text = "MRI LUMBAR SPINE\nL4-5:  large  extrusion\nwith severe stenosis."
    for fact in facts(text):
        assert isinstance(fact, ImagingFinding) is (fact.evidence[0].quote != "MRI LUMBAR SPINE")
        assert text[fact.evidence[0].start : fact.evidence[0].end] == fact.evidence[0].quote

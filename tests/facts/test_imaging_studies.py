"""Studies: which were done and reported, which only ordered, which are not of the spine or cannot be read."""

from __future__ import annotations

import pytest
from imaging_reading import facts, studies

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, ImagingFinding, ImagingStudy, Source


def reported(text: str) -> list[str]:
    return sorted({study.concept for study in studies(text) if study.present and not study.unreadable})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Imaging: MRI lumbar spine 12/1/2025: L4-5 protrusion.", ["mri"]),
        ("HPI: Her MRI showed a herniated disc. EMG/NCV confirmed L5 radiculopathy.", ["emg", "mri"]),
        ("XR flex/ex 12/30/25: L5-S1 anterolisthesis 12 mm.", ["flexion_extension"]),
        (
            "X-rays of the lumbar spine including flexion and extension views show no instability.",
            ["flexion_extension", "radiograph"],
        ),
        ("Imaging: CT myelogram shows a block at L3-4.", ["ct_myelogram"]),
        ("HPI: A discogram was positive at L5-S1. Bone scan was negative.", ["bone_scan", "discogram"]),
        ("AP and lateral lumbar views dated May 15, 2003 are reviewed.", ["radiograph"]),
        ("HPI: CT scan and X-rays of the spine were negative.", ["ct", "radiograph"]),
    ],
)
def test_reported_studies(text: str, wanted: list[str]) -> None:
    assert reported(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: Obtain an MRI of the lumbar spine.",
        "I have ordered an MRI of the cervical spine.",
        "We will get flexion-extension films of the lumbar spine.",
        "MRI of the thoracic spine if no better.",
        "Upright films not yet done.",
    ],
)
def test_ordered_studies_are_not_reported(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Imaging: Chest x-ray clear. Brain MRI showed no mass.",
        "MRI of the left shoulder showed a rotator cuff tear.",
        "DESCRIPTION OF PROCEDURE: An intraoperative x-ray confirmed the L4-5 level. Fluoroscopy was used.",
        "EXAM: Lumbar flexion and extension are limited.",
        "Imaging: Lumbar MRI report not available for review.",
        "He has not had an MRI.",
    ],
)
def test_other_studies_are_none_of_the_spine(text: str) -> None:
    assert reported(text) == []


def test_a_report_is_a_record_with_its_own_date() -> None:
    found = facts("MRI LUMBAR SPINE WITHOUT CONTRAST 12/15/2025\nL4-5: severe canal stenosis.")
    study, stenosis = (fact for fact in found if isinstance(fact, (ImagingStudy, ImagingFinding)))
    assert (study.source, str(study.when), study.contrast) == (Source.RECORD, "2025-12-15", False)
    assert (stenosis.source, str(stenosis.when), stenosis.modality) == (Source.RECORD, "2025-12-15", "mri")


def test_a_clinicians_reading_is_the_clinicians() -> None:
    found = [
        f
        for f in facts("Imaging: MRI 11/5/2025 reviewed by me: severe stenosis L4-5.")
        if isinstance(f, ImagingFinding)
    ]
    assert [(f.source, str(f.when)) for f in found] == [(Source.CLINICIAN, "2025-11-05")]


def test_the_comparison_study_is_not_reported() -> None:
    text = "MRI LUMBAR SPINE 12/15/2025\nComparison: CT lumbar 4/2024.\nL4-5: bulge."
    assert [s.concept for s in studies(text)] == ["mri"]


def test_two_studies_in_one_report_keep_their_findings_apart() -> None:
    text = "MRI LUMBAR SPINE, 10/14/2025\nL5-S1: severe left foraminal stenosis.\nCT LUMBAR SPINE, 10/16/2025\nGrade I anterolisthesis L5-S1."
    found = [f for f in facts(text, Kind.RADIOLOGY_REPORT) if isinstance(f, ImagingFinding)]
    assert [(f.concept, f.modality, str(f.when)) for f in found] == [
        ("stenosis", "mri", "2025-10-14"),
        ("slip", "ct", "2025-10-16"),
    ]


def test_an_unreadable_study_says_so() -> None:
    found = studies("MRI LUMBAR SPINE 12/15/2025\nMotion degraded, nondiagnostic study.")
    assert [(s.unreadable, s.assertion) for s in found] == [(True, Assertion.PRESENT)]


@pytest.mark.parametrize(
    "text",
    [
        "Patient doing well after surgery. Leg pain gone. Advised OK to wean. Keep 6 wk appt w/ x-rays.",
        "Doing well. Incision dry. Return to clinic in 6 weeks with x-rays.",
    ],
)
def test_pictures_for_the_next_visit_are_not_done(text: str):
    assert reported("HISTORY: " + text) == []


@pytest.mark.parametrize("word", ["authorized, scheduled 5/20", "approved for 5/20/22", "booked for Friday"])
def test_a_study_that_was_allowed_is_not_done(word: str):
    assert (
        reported(
            f"SUBJECTIVE: Low back pain since March.\nPLAN: Finish PT. MRI L-spine {word}.\nWORK STATUS: Off until 6/2/20."
        )
        == []
    )

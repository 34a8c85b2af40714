"""Reports: which documents are one, and the studies that their titles, their measures and their file names tell of."""

from __future__ import annotations

import pytest
from imaging_reading import facts, studies

from necessity.charts.document import Kind
from necessity.facts.fact import ImagingFinding, ImagingStudy, Source


def filed(name: str, text: str) -> list[str]:
    """The studies of a report under a file name."""
    found = facts(text, Kind.RADIOLOGY_REPORT, name)
    return sorted({study.concept for study in found if isinstance(study, ImagingStudy) and study.present})


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("mri.txt", "Right L4-5 extrusion, compresses right L5 root. Mild canal narrowing.", ["mri"]),
        ("CSPINE_MRI_0218.txt", "C6-7: severe right foraminal stenosis.", ["mri"]),
        ("LumbarCT2026.pdf", "L5: bilateral pars defects.", ["ct"]),
        ("xr_lspine.txt", "L4-5: anterolisthesis 6 mm.", ["radiograph"]),
        ("xr_flexext.txt", "C-spine AP/lat/flex/ext. No instability.", ["flexion_extension", "radiograph"]),
        (
            "radiology_flexext.txt",
            "LUMBAR SPINE, 5 VIEWS. Flexion 4 mm. Extension 4 mm.",
            ["flexion_extension", "radiograph"],
        ),
        ("brain_mri.txt", "No mass.", []),
        ("mri_order.txt", "L4-5 stenosis, evaluate.", []),
    ],
)
def test_a_report_without_a_title_is_of_the_study_it_is_filed_as(name: str, text: str, wanted: list[str]) -> None:
    assert filed(name, text) == wanted


def test_findings_of_a_filed_report_are_the_studys() -> None:
    found = facts("L4-5: severe central stenosis.", Kind.RADIOLOGY_REPORT, "mri_lspine_6_30.txt")
    read = [(f.modality, f.source) for f in found if isinstance(f, ImagingFinding)]
    assert read == [("mri", Source.RECORD)]


def test_a_title_in_the_text_outweighs_the_name() -> None:
    assert filed("mri_and_more.txt", "CT LUMBAR SPINE WITHOUT CONTRAST\nL4-5: bulge.") == ["ct"]


def test_words_that_only_an_mri_has_tell_of_one() -> None:
    assert filed("imaging.txt", "L1 compression fracture with STIR signal.") == ["mri"]


@pytest.mark.parametrize(
    "text",
    [
        "ST MARY HOSP   RADIOLOGY   FINAL\nPROC: LUMBAR MYELOGRAM, CT LUMBAR SPINE POST MYELO\nCT: SEVERE STENOSIS L4-5.",
        "LUMBAR MYELOGRAM AND POSTMYELOGRAM CT\nMYELOGRAM: block at L3-4.\nCT: L3-4 severe central stenosis.",
        "HPI: CT myelogram shows a block at L3-4. There is more narrowing on the CT.",
    ],
)
def test_the_ct_within_a_myelogram_is_no_study_of_its_own(text: str) -> None:
    assert sorted({study.concept for study in studies(text)}) == ["ct_myelogram"]


def test_a_teleradiology_read_is_a_report() -> None:
    text = "NIGHTLINE TELERAD  PRELIM READ (final in AM)\nFac: ED  Read 0251\nMR T spine w/wo, motion ++\nT7-8: cord flattened."
    assert [(s.concept, s.source) for s in studies(text)] == [("mri", Source.RECORD)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Imaging: Grade 1 slip of 4 mm which does not change in flexion/extension on films.", ["flexion_extension"]),
        (
            "HPI: Standing x-rays show a slip of 38%; flexion-extension increases this by 5 mm.",
            ["flexion_extension", "radiograph"],
        ),
        ("HPI: A slip of C3 on 4, and on the flexion film this opens up to 4 mm.", ["flexion_extension"]),
        ("PLAIN FILMS WITH FLEXION AND EXTENSION: NO ABNORMAL MOTION.", ["flexion_extension", "radiograph"]),
        ("XR flex/ex today: plate without loosening.", ["flexion_extension"]),
        (
            "Standing films 10/14: L4 has slipped 6 mm on L5, 10 mm in flexion, 6 mm in extension.",
            ["flexion_extension"],
        ),
        ("HPI: His MR shows severe canal stenosis at C3-4.", ["mri"]),
        ("CT 09/26/12: no bridging bone in the left gutter. He had the report in hand.", ["ct"]),
        ("RECS: EMG at 3-4 wks if no return.", []),
        ("PROCEDURE: Needle placed, x-ray shot, and C6-7 identified.", []),
    ],
)
def test_studies_told_in_a_note(text: str, wanted: list[str]) -> None:
    assert sorted({study.concept for study in studies(text) if study.present}) == wanted


def test_the_date_of_birth_is_no_date_of_the_study() -> None:
    text = "MR CERVICAL SPINE W/O CONTRAST\nDOE, J   DOB 03/14/1966   Exam: 09/02/2025\nC5-6: severe right foraminal stenosis."
    found = facts(text, Kind.RADIOLOGY_REPORT)
    assert {str(f.when) for f in found if isinstance(f, (ImagingFinding, ImagingStudy))} == {"2025-09-02"}


TABLE = """MRI CERVICAL SPINE 12/15/2025
LEVEL | DISC | CANAL | R FOR | L FOR
C4-5  | small protrusion | mild | mod | n
C5-6  | bulge | 2 | mi | se
"""


def test_the_cells_of_a_table_grade_the_spaces_of_each_level() -> None:
    found = [
        f for f in facts(TABLE, Kind.RADIOLOGY_REPORT) if isinstance(f, ImagingFinding) and f.concept == "stenosis"
    ]
    told = {(f.levels[0], f.zone, f.side.value if f.side else "", f.grade) for f in found}
    assert told >= {
        ("C4-5", "canal", "", "mild"),
        ("C4-5", "foramen", "right", "moderate"),
        ("C4-5", "foramen", "left", "none"),
        ("C5-6", "foramen", "right", "mild"),
        ("C5-6", "foramen", "left", "severe"),
    }
    assert not any(f.zone == "canal" and f.levels == ("C5-6",) for f in found)  # a number without its legend

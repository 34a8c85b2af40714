"""Red flags of the spine: found, ruled out, of the past, and what is none."""

from __future__ import annotations

import pytest
from imaging_reading import facts, flags

from necessity.charts.document import Kind
from necessity.facts.fact import RedFlag


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Imaging: MRI shows an acute compression fracture of L1.", [("fracture", "present")]),
        ("Imaging: The films are negative for recent fracture.", [("fracture", "absent")]),
        (
            "MRI LUMBAR SPINE\nVertebral body heights are preserved. No lesion.",
            [("fracture", "absent"), ("tumor", "absent")],
        ),
        ("MRI LUMBAR SPINE\nNo neoplasm or infection.", [("infection", "absent"), ("tumor", "absent")]),
        ("MRI LUMBAR SPINE\nL2-3 discitis with epidural abscess.", [("infection", "present")]),
        ("HPI: She has a metastatic lesion in the L3 vertebral body.", [("tumor", "present")]),
        ("HPI: MRI revealed a T3-4 vertebral body lesion which invaded the canal.", [("tumor", "present")]),
    ],
)
def test_flags_of_the_spine(text: str, wanted: list[tuple[str, str]]) -> None:
    assert sorted(flags(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "PAST MEDICAL HISTORY: prostate cancer, rib fracture.",
        "HISTORY: acoustic neuroma; the tumor was benign.",
        "Risks include infection and fracture.",
        "Imaging: x-ray of the wrist shows a fracture.",
        "Hip films showed no fracture of the hip.",
        "EXAM: No signs of infection at the wound.",
        "Should the infection reach the bone, this will need treatment.",
        "FAMILY HISTORY: mother with vertebral fracture.",
    ],
)
def test_flags_of_other_places_are_none(text: str) -> None:
    assert flags(text) == []


@pytest.mark.parametrize(
    ("text", "value", "levels"),
    [
        ("T12 osteoporotic compression fracture.", "osteoporotic", ("T12",)),
        ("Old burst fracture of L1.", "old", ("L1",)),
        ("L1 compression fracture, chronic.", "old", ("L1",)),
        ("No fracture of L1.", None, ("L1",)),
        ("Pathologic fractures T12-L2.", "pathologic", ("T12", "L1", "L2")),
        ("The patient is an 86-year-old female with an L5 compression fracture.", None, ("L5",)),
    ],
)
def test_a_fracture_has_its_kind_and_vertebrae(text: str, value: str | None, levels: tuple[str, ...]) -> None:
    found = [fact for fact in facts(f"MRI LUMBAR SPINE\n{text}", Kind.RADIOLOGY_REPORT) if isinstance(fact, RedFlag)]
    assert [(fact.value, fact.levels) for fact in found] == [(value, levels)]


def test_each_fracture_keeps_its_own_age() -> None:
    found = [
        f
        for f in facts("HPI: MRI revealed an acute L1 compression fracture and an old T12 fracture.")
        if isinstance(f, RedFlag)
    ]
    assert [(f.levels, f.value, f.present) for f in found] == [(("L1",), None, True), (("T12",), "old", True)]


def test_an_infection_treated_years_ago_is_of_the_past() -> None:
    assert flags("HPI: Two years ago the patient had lumbar discitis and was treated with antibiotics.") == []


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Being treated for active osteomyelitis of the spine.",
        "HPI: Currently on IV antibiotics for discitis.",
        "HPI: She has known L3-4 osteomyelitis.",
        "HPI: Undergoing treatment for epidural abscess.",
        "PLAN: Continue IV antibiotics for L3-4 discitis.",
        "HPI: On treatment for an infected disc at L4-5.",
        "HPI: Tuberculosis of the spine under treatment.",
        "HPI: Spinal osteomyelitis, PICC line in place.",
        "MEDICATIONS: IV ceftriaxone for vertebral osteomyelitis",
        "HPI: History of discitis, still being treated.",
        "Assessment: pyogenic spondylitis at T8-9, week 3 of antibiotics.",
    ],
)
def test_an_infection_under_treatment_is_there(text: str) -> None:
    assert flags(text) == [("infection", "present")]


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Completed treatment for discitis.",
        "HPI: Treated for osteomyelitis of the spine in 2015.",
        "HPI: Discitis, resolved.",
        "PLAN: Antibiotics to prevent discitis.",
        "HPI: Being treated for osteomyelitis of the left foot.",
        "HPI: Currently being treated for a urinary tract infection.",
    ],
)
def test_an_infection_that_is_over_or_elsewhere_is_none(text: str) -> None:
    assert flags(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("DIAGNOSIS: Metastatic renal cell carcinoma to T7 with cord compression.", [("tumor", "present")]),
        ("MRI of the spine showed a lesion replacing T7 with epidural extension.", [("tumor", "present")]),
        ("MRI of the lumbar spine. Marrow: no replacing process.", [("tumor", "absent")]),
        ("CT of the lumbar spine: L1 shows 40% loss of height anteriorly.", [("fracture", "present")]),
        ("Imaging: Lumbar spine films: no fracture, no listhesis.", [("fracture", "absent")]),
        ("CT of the lumbar spine: no fracture of hardware.", []),
        ("MRI of the lumbar spine: L4-5 disc with loss of height.", []),
    ],
)
def test_flags_in_other_words(text: str, wanted: list[tuple[str, str]]) -> None:
    assert flags(text) == wanted

"""The imaging and red-flag questions answered from facts."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.abstracts import imaging, redflags
from necessity.abstracts.abstract import AbstractContext
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.facts.fact import Assertion, Fact, ImagingFinding, RedFlag, Region, Side, Source
from necessity.values.dates import PartialDate

DOCUMENT = Document(id="d1", name="mri", text="central words of a report", written=date(2026, 1, 1))
EVIDENCE = (DOCUMENT.evidence(0, 7),)
PRESENT, ABSENT = Assertion.PRESENT, Assertion.ABSENT


def finding(
    concept: str, grade: str | float | None = None, assertion: Assertion = PRESENT, **more: object
) -> ImagingFinding:
    return ImagingFinding(concept=concept, grade=grade, assertion=assertion, evidence=EVIDENCE, modality="mri", **more)  # type: ignore[arg-type]


def answer(question: str, *facts: Fact, levels: tuple[str, ...] = ()) -> object:
    context = AbstractContext(facts=facts, request=Request(levels=levels), region=Region.LUMBAR)
    answers = {**imaging.answer(context), **redflags.answer(context)}
    return answers[question].value if question in answers else None


def test_moderate_stenosis_is_compression_at_its_level() -> None:
    found = finding("stenosis", "moderate", levels=("L4-5",), zone="foramen", side=Side.LEFT)
    assert answer("imaging.neural_compression", found) == "yes"
    assert answer("imaging.compression_levels", found) == ("L4-5",)
    assert answer("imaging.compression_side", found) == "left"


def test_mild_stenosis_alone_answers_nothing_on_compression() -> None:
    assert answer("imaging.neural_compression", finding("stenosis", "mild_to_moderate", levels=("L4-5",))) is None


def test_a_root_said_to_be_free_answers_no() -> None:
    assert answer("imaging.neural_compression", finding("compression", assertion=ABSENT, structure="root")) == "no"


def test_a_normal_study_answers_no_unless_something_is_left_open() -> None:
    assert answer("imaging.neural_compression", finding("normal")) == "no"
    assert answer("imaging.neural_compression", finding("normal"), finding("stenosis", levels=("L4-5",))) is None


def test_a_sac_that_is_touched_is_no_nerve_and_one_that_is_compressed_holds_them() -> None:
    assert answer("imaging.neural_compression", finding("compression", "contact", structure="thecal_sac")) is None
    assert answer("imaging.neural_compression", finding("compression", "compression", structure="thecal_sac")) == "yes"


def test_both_sides_make_bilateral_and_the_midline_is_central() -> None:
    left = finding("compression", "contact", structure="root", side=Side.LEFT)
    right = finding("compression", "contact", structure="root", side=Side.RIGHT)
    assert answer("imaging.compression_side", left, right) == "bilateral"
    assert answer("imaging.compression_side", finding("stenosis", "severe", zone="canal")) == "central"


@pytest.mark.parametrize(
    ("grades", "worst"),
    [
        (("bulge", "protrusion"), "protrusion"),
        (("extrusion", "protrusion"), "extrusion"),
        (("bulge", "unspecified"), "unspecified"),
        (("none",), "none"),
    ],
)
def test_the_worst_displacement_answers(grades: tuple[str, ...], worst: str) -> None:
    facts = [finding("disc", grade, PRESENT if grade != "none" else ABSENT) for grade in grades]
    assert answer("imaging.herniation", *facts) == worst


def test_the_reports_own_word_for_a_level_stands_over_a_bare_herniation() -> None:
    said = finding("disc", "unspecified", levels=("L4-5",))
    shown = finding("disc", "bulge", levels=("L4-5",), source=Source.RECORD)
    assert answer("imaging.herniation", said, shown) == "bulge"


@pytest.mark.parametrize(
    ("grades", "worst"),
    [
        (("mild_to_moderate",), "mild"),
        (("moderate", "mild"), "moderate"),
        (("moderate_to_severe",), "severe"),
        (("none", "none"), "none"),
    ],
)
def test_the_worst_stenosis_answers(grades: tuple[str, ...], worst: str) -> None:
    facts = [finding("stenosis", grade, ABSENT if grade == "none" else PRESENT) for grade in grades]
    assert answer("imaging.stenosis", *facts) == worst


def test_an_ungraded_stenosis_keeps_none_from_being_said() -> None:
    assert answer("imaging.stenosis", finding("stenosis", "none", ABSENT), finding("stenosis")) is None


def test_a_slip_without_a_grade_is_grade_one() -> None:
    assert answer("imaging.spondylolisthesis_grade", finding("slip"), finding("slip", 0.0, ABSENT)) == 1.0


def test_a_pars_defect_is_instability_and_its_absence_says_nothing() -> None:
    assert answer("imaging.instability", finding("pars_defect")) == "yes"
    assert answer("imaging.instability", finding("pars_defect", assertion=ABSENT)) is None


def test_a_request_narrows_the_answers_to_its_region() -> None:
    neck = finding("stenosis", "severe", levels=("C5-6",), region=Region.CERVICAL)
    assert answer("imaging.stenosis", neck, levels=("L4-5",)) is None
    assert answer("imaging.stenosis", neck) == "severe"


def test_a_later_study_answers_for_an_older_one() -> None:
    old = finding("stenosis", "severe", levels=("L3-4",), region=Region.LUMBAR, when=PartialDate.day(date(2023, 3, 9)))
    new = finding("stenosis", "mild", levels=("L3-4",), region=Region.LUMBAR, when=PartialDate.day(date(2026, 1, 9)))
    assert answer("imaging.stenosis", old, new) == "mild"


def test_a_flag_that_is_present_somewhere_answers_yes() -> None:
    flag = RedFlag(concept="fracture", assertion=PRESENT, evidence=EVIDENCE)
    ruled_out = RedFlag(concept="fracture", assertion=ABSENT, evidence=EVIDENCE)
    assert answer("redflag.fracture", ruled_out, flag) == "yes"
    assert answer("redflag.fracture", ruled_out) == "no"
    assert answer("redflag.tumor", ruled_out) is None

"""Whole reports of invented charts, as a nurse reads them: what follows from this chart, and nothing of another one."""

from __future__ import annotations

from functools import cache

import pytest

from necessity import pipeline
from necessity.charts.from_case import case_from_mapping
from necessity.determinations.determination import Determination
from necessity.library import open_library
from necessity.reports import wording
from necessity.reports.sections import outline_of
from necessity.reports.to_terminal import to_brief, to_terminal
from necessity.values.status import Outcome

CARE = (
    "Physical therapy 12 visits from 10/01/2025 to 12/20/2025 without relief. Naproxen 500 mg BID since October 2025, no "
    "help. Offered an epidural injection, which he declined. Cannot stand more than 10 minutes."
)
FUSION = {
    "as_of": "2026-04-01",
    "request": {"procedures": ["fusion"], "levels": ["L4-5"], "setting": "inpatient"},
    "clinic": f"SPINE CLINIC 03/20/2026\nBack pain and left leg pain to the top of the foot, alike. {CARE} Never smoker. "
    "No saddle numbness.\nExam: left EHL 4/5, otherwise 5/5. SLR positive left.\nPlan: L4-5 fusion for durability.",
    "mri": "MRI LUMBAR SPINE 02/28/2026\nL4-5: left paracentral disc herniation compressing the left L5 nerve root. "
    "Alignment is anatomic. No spondylolisthesis.",
    "films": "FLEXION-EXTENSION RADIOGRAPHS 03/01/2026\nNo abnormal motion. No spondylolisthesis. No pars defect.",
}
MYELOPATHY = {
    "as_of": "2026-03-10",
    "request": {"procedures": ["acdf"], "levels": ["C5-6"]},
    "clinic": "CLINIC 03/05/2026\nSix months of clumsy hands and unsteady gait. Neck pain is worse than arm pain.\n"
    "Exam: Hoffmann positive bilaterally, tandem gait unsteady. Assessment: cervical myelopathy.",
    "mri": "MRI CERVICAL SPINE 02/20/2026\nC5-6: severe central canal stenosis with cord compression and T2 signal change.",
}
EMERGENCY = {
    "as_of": "2026-05-02",
    "request": {"procedures": ["discectomy"], "levels": ["L5-S1"], "side": "right"},
    "clinic": "EMERGENCY DEPARTMENT 05/01/2026\n9 days of right leg pain to the sole. Since yesterday numbness between the "
    "legs. New weakness of the right leg. Ibuprofen for 5 days, no relief.\nExam: SLR positive right.",
    "mri": "MRI LUMBAR SPINE 05/01/2026\nL5-S1: large disc extrusion with compression of the right S1 nerve root.",
}


@cache
def knowledge():
    return open_library()


def review(chart: dict, **other: object) -> Determination:
    told = {**chart, **other}
    documents = [{"name": f"{name}.txt", "text": told[name]} for name in ("clinic", "mri", "films") if told.get(name)]
    raw = {"id": "invented", "as_of": told["as_of"], "request": told["request"], "documents": documents}
    return pipeline.review(
        case_from_mapping(raw, "invented", knowledge().form_words(), default_id="invented"), knowledge()
    )


def section(determination: Determination, id_: str):
    return next((one for one in outline_of(determination).sections if one.id == id_), None)


def text_of(determination: Determination) -> str:
    return " ".join(to_terminal(determination).decode().replace("\u00a0", " ").split())


def test_decompression_is_offered_where_compression_is_shown():
    assert [one.request for one in review(FUSION).alternatives] == ["L4-5 discectomy without fusion"]


def test_decompression_is_not_offered_on_a_study_that_is_still_to_come():
    assert review(FUSION, mri=None).alternatives == ()


def test_what_is_on_file_is_not_asked_for_again():
    (deficiency,) = [one for one in review(FUSION).deficiencies if one.status == "not_met"]
    assert "nothing needs to be sent again" in deficiency.ask


def test_nobody_is_told_to_send_what_cannot_turn_the_answer():
    brief = to_brief(review(FUSION)).decode()
    assert "the documents on file have given the answer" in " ".join(brief.split())


def test_the_setting_of_an_operation_that_is_refused_is_told_as_what_would_be():
    assert "Were the operation approved, the inpatient setting would be supported" in text_of(review(FUSION))


def test_a_stay_that_the_patients_own_state_carries_stands_by_itself():
    ill = FUSION["clinic"] + "\nAdmitted with pneumonia, on 3 L oxygen by nasal cannula and IV antibiotics."
    assert "supported by the patient's own state, apart from the operation" in text_of(review(FUSION, clinic=ill))


@pytest.mark.parametrize("foreign", ["the neck pain the main one", "sciatica", "leg pain", "gabapentinoid", "Modic"])
def test_a_myelopathy_hears_nothing_of_roots_and_sciatica(foreign):
    determination = review(MYELOPATHY)
    assert determination.outcome is Outcome.MEDICALLY_NECESSARY
    assert foreign not in text_of(determination)


def test_the_missing_examination_comes_before_every_document():
    determination = review(EMERGENCY)
    first = next(section(determination, "deficiencies").items)
    assert first.heading == wording.MISSING_EXAMINATION
    group = next(one for one in section(determination, "answer").groups if one.title == wording.NECESSARY_IF)
    assert group.items[0].sentences[0].text.startswith("By the same day")


def test_every_trigger_of_an_emergency_is_told():
    (urgent,) = review(EMERGENCY).urgent_reasons
    assert "Weakness is reported" in urgent.text
    assert "bladder, bowel or saddle complaint" in urgent.text


def test_why_requirements_cannot_be_bypassed_stands_in_one_place():
    short = (
        "SPINE CLINIC 03/20/2026\nLeft leg pain to the foot for 10 days, intractable. Ibuprofen for one week, no help. "
    )
    short += (
        "No saddle numbness, no bladder or bowel trouble. Exam: strength 5/5 throughout. Plan: left L4-5 discectomy."
    )
    request = {"procedures": ["discectomy"], "levels": ["L4-5"], "side": "left"}
    found = section(review(FUSION, clinic=short, request=request, films=None), "exceptions")
    assert found.title == wording.CANNOT_BE_BYPASSED
    assert "“Long enough active treatment”" in found.lead
    assert any("no exception by itself" in sentence.text for item in found.items for sentence in item.sentences)


def test_steps_end_with_the_result():
    steps = list(section(review(FUSION), "steps").items)
    assert steps[0].heading.startswith("1. ")
    assert steps[-1].heading.endswith(wording.THEN)


def test_the_short_answer_fits_a_screen_and_says_where_the_rest_is():
    brief = to_brief(review(FUSION)).decode()
    assert len(brief.splitlines()) <= 45
    assert "--full" in brief


def test_a_denial_is_quoted_with_its_word_of_denial():
    assert "“No saddle numbness" in text_of(review(FUSION))


def test_a_form_that_names_another_side_is_settled_before_anything_is_called_answered():
    clinic = f"SPINE CLINIC 03/20/2026\nLeft leg pain into the great toe, worse than the back. {CARE}\nPlan: left L4-5 microdiscectomy."
    request = {"procedures": ["discectomy"], "levels": ["L4-5"], "side": "right"}
    determination = review(FUSION, clinic=clinic, request=request, films=None)
    asks = [one.ask for one in determination.deficiencies if one.status == "not_met"]
    assert asks and all("The request names right, the chart's own plan names left." in ask for ask in asks)
    assert "have given the answer" not in to_brief(determination).decode()

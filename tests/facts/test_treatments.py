"""Therapies and statements on care: how notes tell them, and what each must be read as."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Assertion, CareStatement, Fact, Treatment
from necessity.facts.from_chart import ReadChart, read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library

NOTE_OF = date(2026, 1, 20)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def chart(*texts: str) -> ReadChart:
    documents = [
        Document(id="", name=f"note-{number}", text=text, written=NOTE_OF) for number, text in enumerate(texts)
    ]
    return read_chart(chart_of(documents), knowledge().lexicon, knowledge().sections, NOTE_OF)


def facts(*texts: str) -> list[Fact]:
    return list(treatments.read(chart(*texts)))


def told(text: str, concept: str) -> list[Treatment]:
    return [fact for fact in facts(text) if isinstance(fact, Treatment) and fact.concept == concept]


def statements(text: str) -> list[tuple[str, str | None]]:
    return [(fact.concept, fact.value) for fact in facts(text) if isinstance(fact, CareStatement)]


@pytest.mark.parametrize(
    ("text", "concept", "assertion"),
    [
        ("She completed 12 sessions of physiotherapy.", "physical_therapy", "present"),
        ("PT 2x/week x 6 weeks, no lasting relief.", "physical_therapy", "present"),
        ("He went through some physical therapy without much relief.", "physical_therapy", "present"),
        (
            "Therapy 08/25/2025 through 10/24/2025 at the hospital outpatient department, 13 sessions.",
            "physical_therapy",
            "present",
        ),
        ("He was referred to physical therapy and attended 12 sessions.", "physical_therapy", "present"),
        ("No improvement with physical therapy.", "physical_therapy", "present"),
        ("Perhaps another course of physical therapy may be helpful for him.", "physical_therapy", "present"),
        ("He did not complete physical therapy because of pain.", "physical_therapy", "present"),
        ("She has not had any physical therapy or injections.", "physical_therapy", "absent"),
        ("Patient denies prior PT, chiropractic care, or injections.", "chiropractic", "absent"),
        ("He has never tried physical therapy.", "physical_therapy", "absent"),
        ("Insurance denied physical therapy.", "physical_therapy", "absent"),
        ("Physical therapy: No", "physical_therapy", "absent"),
        ("The patient states physical therapy has not been tried.", "physical_therapy", "absent"),
        ("PT was recommended by urgent care, he has not gone because of his schedule.", "physical_therapy", "absent"),
        ("Physical therapy was recommended but she declined.", "physical_therapy", "declined"),
        ("We will start physical therapy.", "physical_therapy", "planned"),
        ("PLAN: 1. Physical therapy 3x/week for 6 weeks.", "physical_therapy", "advised"),
        ("Encourage PT, gave HEP handout today.", "physical_therapy", "advised"),
        ("Physical therapy evaluation and treatment ordered.", "physical_therapy", "advised"),
        ("Chiropractor: Yes, 6 visits", "chiropractic", "present"),
        ("He continues his home exercise program daily.", "home_exercise", "present"),
        ("He knows the exercises by heart but admits he doesn't do them.", "home_exercise", "absent"),
        ("He was put on light duty in October.", "activity_modification", "present"),
        ("NSAIDs, rest and a brace have not helped.", "activity_modification", "present"),
        ("She has been wearing a cervical collar.", "brace", "present"),
    ],
)
def test_a_therapy_is_tried_absent_or_still_to_come(text: str, concept: str, assertion: str):
    assert [fact.assertion for fact in told(text, concept)] == [Assertion(assertion)]


@pytest.mark.parametrize(
    "text",
    [
        "PT & PTT were normal.",
        "DP/PT palpable.",
        "Symptoms improved with rest and lying down.",
        "Hyperbaric oxygen therapy for a wound.",
        "PT: walked 150 ft with a rolling walker, stairs x4.",
        "If conservative therapy fails, we will consider surgery.",
        "Medical Treatment: We will start him on an antibiotic.",
        "LONG-TERM GOALS: The patient will be independent with a home exercise program.",
        "HOSPITAL COURSE: He underwent L4-5 decompression. He worked with physical therapy the next day.",
        "Risks of the injection including infection and bleeding were discussed.",
        "FAMILY HISTORY: Father had physical therapy for his back.",
        "Not received: office notes, imaging, therapy.",
        "Not attached: H&P, consult, imaging, PT",
        "PT / injection records: n/a",
        "Therapy has no openings for two weeks, first one is 11/03.",
        "Pain since a fall on ice January 2024.",
        "The insurer's letter says six weeks of therapy are required.",
        "ACTIVITY: Bed rest today, then as tolerated.",
        "The patient tolerated the procedure well and was placed in a Miami J collar.",
        "SPINE ROUNDS POD 6\nWalking with physical therapy.",
    ],
)
def test_words_that_only_look_like_treatment_make_no_trial(text: str):
    assert not [
        fact for fact in facts(text) if isinstance(fact, Treatment) and fact.present and fact.concept != "medication"
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("She has been attending physiotherapy twice a week, for her frozen shoulder.", "frozen shoulder"),
        ("Older: PT for left knee in spring 2025 (8 visits, resolved).", "knee"),
        ("L shoulder pain ongoing - PT already ordered for shoulder last month, 4 visits done.", "shoulder"),
        ("Knee: L knee clicks, did PT for it last winter (6 visits), fine now.", "knee"),
    ],
)
def test_therapy_for_another_body_part_says_so(text: str, region: str):
    assert [fact.other_region for fact in told(text, "physical_therapy")] == [region]


@pytest.mark.parametrize(
    "text",
    [
        "Patient did PT in 2019 for a prior episode.",
        "An earlier round of therapy in 2022 isn't counted here.",
        "Lumbar strain 2015 w/ PT 6 weeks, resolved.",
        "Prior treatment: PT in the past.",
    ],
)
def test_therapy_of_a_closed_episode_is_historical(text: str):
    assert [fact.historical for fact in told(text, "physical_therapy")] == [True]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("PT, NSAIDs and gabapentin all failed to provide lasting relief.", "failed"),
        ("Symptoms have persisted despite PT from March through May 2025.", "failed"),
        ("PT helped for three weeks and wore off.", "temporary"),
        ("She had a course of physical therapy with some benefit.", "partial"),
        ("She tried physical therapy, but this only aggravated her pain.", "worse"),
        ("PT: 10 visits, plateaued.", "failed"),
        ("Physical therapy is helping.", "improved"),
        ("Completed PT 9/1/25-10/15/25 (12 visits) without improvement.", "none"),
        ("He had physical therapy. None of this has held.", "failed"),
        ("He had physical therapy. It gave minimal relief.", "partial"),
        ("He did not have any significant relief of pain with physical therapy, NSAIDs or ESIs.", "none"),
        ("If PT does not help, we will consider surgery.", None),
    ],
)
def test_the_result_is_bound_to_its_treatment(text: str, response: str | None):
    assert [fact.response for fact in told(text, "physical_therapy")] in (
        [response],
        [] if response is None else [response],
    )


def test_stretches_found_by_the_patient_are_no_programme():
    (found,) = [fact for fact in facts("Tried: home stretches from the internet.") if isinstance(fact, Treatment)]
    assert found.concept == "exercise"


def test_dates_visits_and_length_belong_to_the_therapy_they_stand_by():
    (course,) = told(
        "Nonop: naproxen since August; PT 10/20/2025 - 12/19/2025, 15 visits; chiro x 3.", "physical_therapy"
    )
    assert (str(course.started), str(course.ended), course.visits) == ("2025-10-20", "2025-12-19", 15)
    assert course.length is not None and course.length.days == 60


def test_dates_that_share_a_year_are_read_as_a_range():
    (course,) = told("PT 06/30-08/22/2025 12 visits.", "physical_therapy")
    assert (str(course.started or course.when), str(course.ended)) == ("2025-06-30", "2025-08-22")


def test_what_follows_a_course_begins_where_it_ended():
    (program,) = told("Supervised PT 02/17/2025 - 06/27/2025 (24 visits) then home program to now.", "home_exercise")
    assert (str(program.started), program.ongoing) == ("2025-06-27", True)


@pytest.mark.parametrize(
    "text",
    [
        "PT RE-EVAL   visit 11   SOC 9/29/25\nAssess: decline in strength.",
        "PHYSICAL THERAPY DISCHARGE NOTE\nStart 11/03/2025  End 12/17/2025   12 of 14 visits attended. Reason for d/c: max benefit reached.",
        "PT DISCHARGE\nEval 11/10/25. Last visit 12/15/25. 10 visits.",
        "OP PT D/C SUMMARY\nDates of service 10/07/2025-12/11/2025, 16 visits. Little change overall.",
    ],
)
def test_a_therapists_record_gives_one_dated_course(text: str):
    courses = [fact for fact in told(text, "physical_therapy") if fact.started]
    assert len(courses) == 1
    assert courses[0].documentation == "record"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The patient has failed conservative management.", ("care_response", "failed")),
        ("She has not responded to nonoperative measures.", ("care_response", "failed")),
        ("The symptoms were unrelieved by conservative modalities.", ("care_response", "failed")),
        ("He's failed everything and would like it fixed.", ("care_response", "failed")),
        ("The patient was tried on conservative management but continued to have pain.", ("care_response", "failed")),
        ("Patient has failed to improve with conservative care over the past 4 months.", ("care_length", None)),
        ("Nonoperative treatment has been ongoing for 6 months.", ("care_length", None)),
        ("His pain was recalcitrant to nonoperative care.", ("care_response", "failed")),
        ("INDICATIONS: Failure of nonoperative treatment.", ("care_response", "failed")),
        ("Conservative measures provided no relief.", ("care_response", "failed")),
        ("Despite adequate nonsurgical management the pain has progressed.", ("care_response", "failed")),
        ("He has undergone conservative treatment but continues to be symptomatic.", ("care_response", "failed")),
        ("The patient failed a 6-month course of nonoperative management.", ("care_response", "failed")),
        ("The pain was not relieved by medications, physical therapy, or injections.", ("care_response", "failed")),
        ("Treatment: none other than OTC ibuprofen.", ("care_none", "nsaid")),
    ],
)
def test_statements_on_care_as_a_whole(text: str, statement: tuple[str, str | None]):
    assert statement in statements(text)


@pytest.mark.parametrize(
    "text",
    [
        "If conservative care fails we will operate.",
        "Conservative therapy is not an option for her.",
        "We discussed conservative treatment.",
        "She had not failed conservative therapy yet.",
    ],
)
def test_care_talked_about_has_not_failed(text: str):
    assert not statements(text)


def test_notes_of_the_days_after_an_operation_tell_no_care_before_it():
    operative = Document(
        id="", name="op-note", text="OPERATIVE NOTE\nINDICATIONS: failed physical therapy.", written=date(2026, 1, 10)
    )
    ward = Document(id="", name="ward", text="Oxycodone PO, worked with physical therapy.", written=date(2026, 1, 12))
    read = read_chart(chart_of([operative, ward]), knowledge().lexicon, knowledge().sections, NOTE_OF)
    assert [(fact.concept, fact.evidence[0].document) for fact in treatments.read(read)] == [("physical_therapy", "d1")]


def test_every_fact_quotes_the_very_words():
    read = chart("He tried PT,  ibuprofen\nand two ESIs (10/27 and 12/22) w/o relief.")
    text = read.documents[0].document.text
    for fact in treatments.read(read):
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote

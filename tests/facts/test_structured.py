"""Entries of structured records become typed facts, each with the line that shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document, Kind
from necessity.charts.entry import Coding, Entry, Told
from necessity.charts.from_fhir import documents_from_fhir
from necessity.charts.from_fhir_lines import Lines
from necessity.facts.fact import (
    Assertion,
    ExamFinding,
    Fact,
    Function,
    Operation,
    PatientFact,
    RedFlag,
    RequestFact,
    Treatment,
)
from necessity.facts.from_chart import facts_of, read_chart
from necessity.facts.readers import READERS
from necessity.library import open_library
from necessity.values.dates import PartialDate

KNOWLEDGE = open_library()
AS_OF = date(2026, 1, 20)


def facts(*entries: Entry, as_of: date = AS_OF) -> list[Fact]:
    lines = Lines()
    for number, entry in enumerate(entries, 1):
        lines.line(f"Entry/{number}", [("", "Entry: "), ("code", entry.words or "coded")], entry)
    document = Document(
        id="d", name="entries", text=lines.whole(), kind=Kind.STRUCTURED, written=as_of,
        entries=tuple(lines.entries), origins=tuple(lines.origins),
    )  # fmt: skip
    read = read_chart(chart_of([document]), KNOWLEDGE.lexicon, KNOWLEDGE.sections, as_of, KNOWLEDGE.codes)
    return list(facts_of(read, READERS))


def entry(kind: str, words: str = "", code: str = "", system: str = "", day: str = "", **told: Any) -> Entry:
    codings = (Coding(system, code),) if code else ()
    when = PartialDate.day(date.fromisoformat(day)) if day else None
    return Entry(kind=kind, start=0, end=0, words=words, codings=codings, when=when, **told)


def test_evidence_is_the_line_and_names_the_resource():
    fact = facts(entry("condition", "Lumbar radiculopathy", "M54.16", "icd10"))[0]
    assert (fact.evidence[0].quote, fact.evidence[0].origin) == ("Entry: Lumbar radiculopathy", "Entry/1 code")


def test_the_lines_themselves_are_not_read_as_prose():
    assert facts(entry("condition", "severe left leg pain and foot drop")) == []


def test_an_active_diagnosis_gives_its_code_and_a_resolved_one_does_not():
    told = [facts(entry("condition", code="M51.26", system="icd10", told=told)) for told in (Told.PRESENT, Told.PAST)]
    assert [[fact.value for fact in found if isinstance(fact, RequestFact)] for found in told] == [["M51.26"], []]


@pytest.mark.parametrize(
    ("told", "assertion", "historical"),
    [
        (Told.PRESENT, Assertion.PRESENT, False),
        (Told.ABSENT, Assertion.ABSENT, False),
        (Told.POSSIBLE, Assertion.POSSIBLE, False),
        (Told.PAST, Assertion.PRESENT, True),
    ],
)
def test_a_diagnosis_of_cauda_equina_is_meant_as_its_status_says(told, assertion, historical):
    found = [
        f
        for f in facts(entry("condition", code="G83.4", system="icd10", day="2026-01-10", told=told))
        if isinstance(f, ExamFinding)
    ]
    assert [(f.concept, f.assertion, f.historical) for f in found] == [("cauda_equina", assertion, historical)]


def test_what_is_left_of_an_old_fracture_is_no_red_flag_of_today():
    found = [f for f in facts(entry("condition", code="S32.010S", system="icd10")) if isinstance(f, RedFlag)]
    assert [(f.concept, f.historical, f.value) for f in found] == [("fracture", True, "old")]


def test_a_diagnosis_that_has_stood_for_years_belongs_to_the_past():
    told = [facts(entry("condition", code="G83.4", system="icd10", day=day)) for day in ("2016-05-01", "2026-01-10")]
    assert [[f.historical for f in found if isinstance(f, ExamFinding)] for found in told] == [[True], [False]]


@pytest.mark.parametrize("told", [Told.PRESENT, Told.POSSIBLE])
def test_a_diagnosis_without_a_day_settles_nothing(told):
    found = facts(entry("condition", code="G83.4", system="icd10", told=told))
    assert [f.historical for f in found if isinstance(f, ExamFinding)] == [True]


def test_a_diagnosis_written_down_lately_is_of_this_episode():
    found = facts(
        entry("condition", code="G83.4", system="icd10", recorded=PartialDate.day(date(2026, 1, 10))),
    )
    assert [f.historical for f in found if isinstance(f, ExamFinding)] == [False]


def discectomy(kind: str, day: str = "", level: str = "L4-5", **told: Any) -> Entry:
    asked = {"told": Told.PLANNED, "ongoing": True} if kind == "order" else {}
    return entry(kind, code="63030", system="cpt", day=day, sites=(level,), **{**asked, **told})


def earlier(*entries: Entry) -> list[str]:
    return [f.concept for f in facts(*entries) if isinstance(f, Operation)]


def test_the_operation_that_carries_out_the_order_is_no_earlier_one():
    found = facts(discectomy("order", "2025-12-01"), discectomy("procedure", "2026-01-10"))
    assert [f.concept for f in found if isinstance(f, Operation)] == []
    assert [str(f.when) for f in found if f.concept == "service_rendered"] == ["2026-01-10"]


def test_the_same_operation_before_its_order_is_an_earlier_one():
    assert earlier(discectomy("order", "2025-12-01"), discectomy("procedure", "2023-06-01")) == ["discectomy"]


def test_an_operation_at_another_level_is_an_earlier_one():
    done = discectomy("procedure", "2026-01-10", level="L2-3")
    assert earlier(discectomy("order", "2025-12-01"), done) == ["discectomy"]


def test_an_operation_linked_to_the_order_is_the_one_asked_for_whatever_its_code():
    order = discectomy("order", "2025-12-01", name="ServiceRequest/1")
    done = entry("procedure", "Lumbar laminectomy", code="63047", system="cpt", linked=("ServiceRequest/1",))
    assert earlier(order, done) == []


def test_an_operation_done_on_an_order_of_another_year_is_an_earlier_one():
    old, new = discectomy("order", "2022-03-01", name="ServiceRequest/1"), discectomy("order", "2026-01-10")
    done = discectomy("procedure", "2022-04-01", linked=("ServiceRequest/1",))
    assert earlier(old, new, done) == ["discectomy"]


def test_an_operation_after_the_day_of_the_review_is_not_known_to_it():
    found = facts(discectomy("procedure", "2026-02-01"))
    assert not [f for f in found if isinstance(f, Operation) or f.concept == "service_rendered"]


def test_what_was_billed_may_be_the_service_under_review():
    assert facts(entry("billed", code="63030", system="cpt", day="2025-12-01")) == []


def test_sessions_of_therapy_make_a_course_and_a_long_gap_ends_it():
    days = ("2025-03-03", "2025-10-01", "2025-10-15", "2025-11-12")
    found = facts(*(entry("procedure", code="97110", system="cpt", day=day) for day in days))
    told = [(f.concept, f.visits, str(f.started), str(f.ended)) for f in found if isinstance(f, Treatment)]
    assert told == [
        ("physical_therapy", 1, "2025-03-03", "2025-03-03"),
        ("physical_therapy", 3, "2025-10-01", "2025-11-12"),
    ]


def test_an_evaluation_alone_is_no_course():
    assert facts(entry("procedure", code="97161", system="cpt", day="2025-10-01")) == []


def test_an_injection_by_its_number_has_level_and_side_of_its_site():
    found = facts(entry("procedure", code="64483", system="cpt", day="2025-12-02", sites=("left L4-5 foramen",)))
    assert [(f.concept, f.levels, f.side) for f in found] == [("epidural_injection", ("L4-5",), "left")]


def test_an_operation_done_before_is_an_operation():
    found = facts(entry("procedure", "L4-5 microdiscectomy", "63030", "cpt", "2023-06-01"))
    assert [(f.concept, f.levels) for f in found if isinstance(f, Operation)] == [("discectomy", ("L4-5",))]


@pytest.mark.parametrize("words", ["Referral for physical therapy", "Physical therapy referral"])
def test_a_referral_is_no_treatment(words):
    found = facts(entry("procedure", words, day="2025-10-01"))
    assert all(fact.assertion is not Assertion.PRESENT for fact in found)


def test_an_order_is_only_advised():
    found = facts(entry("order", code="97110", system="cpt", day="2025-10-01", told=Told.PLANNED))
    assert [(f.concept, f.assertion) for f in found] == [("physical_therapy", Assertion.ADVISED)]


def test_a_drug_handed_out_was_tried_and_one_prescribed_today_was_not():
    told = [
        facts(entry("medication", "gabapentin 300 MG Oral Capsule", day=day, reported=reported))
        for day, reported in (("2026-01-20", False), ("2026-01-20", True), ("2025-11-01", False))
    ]
    assert [f.assertion for found in told for f in found] == [Assertion.ADVISED, Assertion.PRESENT, Assertion.PRESENT]
    assert {(f.drug, f.drug_class) for found in told for f in found if isinstance(f, Treatment)} == {
        ("gabapentin", "gabapentinoid")
    }


def test_of_several_answers_on_tobacco_the_newest_counts():
    found = facts(
        entry("observation", code="72166-2", system="loinc", day="2020-01-01", value="Current every day smoker"),
        entry("observation", code="72166-2", system="loinc", day="2025-01-01", value="Former smoker"),
    )
    assert [(f.value, f.historical) for f in found if isinstance(f, PatientFact)] == [
        ("current", True),
        ("former", False),
    ]


@pytest.mark.parametrize("answer", ["Unknown if ever smoked", "Tobacco smoking consumption unknown", ""])
def test_an_answer_that_is_not_known_is_no_fact(answer):
    assert facts(entry("observation", code="72166-2", system="loinc", value=answer)) == []


def test_a_disability_score_by_its_number_or_its_name():
    found = facts(
        entry("observation", code="97909-6", system="loinc", day="2026-01-10", value=44.0),
        entry("observation", "Neck Disability Index", day="2026-01-10", value=30.0),
    )
    assert [(f.concept, f.value) for f in found if isinstance(f, Function)] == [("odi", 44.0), ("ndi", 30.0)]


@pytest.mark.parametrize("value", [700.0, "<40", None])
def test_a_value_that_cannot_be_is_no_fact(value):
    assert facts(entry("observation", code="39156-5", system="loinc", value=value)) == []


def test_what_is_marked_unused_is_never_a_fact():
    assert facts(entry("condition", code="G83.4", system="icd10", told=Told.UNUSED)) == []


def test_age_is_counted_to_the_day_of_judgement():
    read = documents_from_fhir("p.json", b'{"resourceType": "Patient", "birthDate": "1970-03-02", "gender": "male"}')
    chart = chart_of(read.documents)  # type: ignore[union-attr]  # a problem would fail here
    found = facts_of(read_chart(chart, KNOWLEDGE.lexicon, KNOWLEDGE.sections, AS_OF), READERS)
    assert [(f.concept, f.value) for f in found if isinstance(f, PatientFact)] == [("age", 55.0), ("sex", "male")]

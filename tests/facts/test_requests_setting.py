"""Where the operation is to be done, whether it is a repeat, and whether it has been done already."""

from __future__ import annotations

from datetime import date

import pytest
from told import vocabulary

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind
from necessity.facts import requests
from necessity.facts.from_chart import facts_of, read_chart

FORM = Kind.AUTHORIZATION_FORM


def facts(text: str, kind: Kind = FORM, as_of: date | None = date(2026, 1, 26)) -> list[tuple[str, str, str | None]]:
    document = Document(id="d1", name="note", text=text, kind=kind, written=date(2026, 1, 20))
    found = facts_of(read_chart(Chart(documents=(document,)), *vocabulary(), as_of), [requests.read])
    return [
        (f.concept, f.value, str(f.when) if f.when else None)
        for f in found
        if f.concept in ("setting", "service_rendered", "revision")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "POST-SERVICE CLAIM REVIEW\nDOS 12/11/2025 CPT 63047",
        "Retrospective review. Date of service: 12/11/2025",
        "DOS 12/11/2025\nCPT 63047",
    ],
)
def test_a_review_after_the_service_gives_its_day(text: str):
    assert ("service_rendered", "yes", "2025-12-11") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "PRIOR AUTHORIZATION\nDate of surgery: 02/14/2026",
        "Prior authorization request. DOS 01/02/2026",
        "Date of surgery: 02/14/2026. CPT 63047",
        "Work related: no claim.",
    ],
)
def test_a_form_that_asks_ahead_has_no_service_yet(text: str):
    assert [fact for fact in facts(text) if fact[0] == "service_rendered"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Fax from outpatient surgery scheduling desk. L4-5 microdiscectomy.",
        "Outpatient physical therapy notes attached. L4-5 microdiscectomy.",
        "Outpatient clinic. L4-5 microdiscectomy requested.",
    ],
)
def test_the_name_of_a_place_is_no_setting(text: str):
    assert [fact for fact in facts(text) if fact[0] == "setting"] == []


def test_the_setting_asked_for_is_read():
    assert ("setting", "outpatient", None) in facts("L4-5 microdiscectomy, outpatient.")
    assert ("setting", "inpatient", None) in facts("Plan: inpatient L4-S1 fusion.", Kind.CLINIC_NOTE)


def test_a_repeat_of_the_past_is_no_revision_now():
    assert facts("Procedure: L5-S1 discectomy 2008, redo 2009.", Kind.CLINIC_NOTE) == []
    assert facts("Plan: redo L5-S1 discectomy.", Kind.CLINIC_NOTE) == [("revision", "yes", None)]


def test_an_office_where_the_patient_is_seen_afterwards_is_no_setting():
    note = "Right L5-S1 epidural injection was given. She will follow up with me in the office."
    assert facts(note, Kind.INJECTION_NOTE) == []


def test_admission_to_the_operating_room_is_no_stay():
    account = "DETAILS OF PROCEDURE: The patient was admitted to the operating room and placed prone."
    assert facts(account, Kind.OPERATIVE_NOTE) == []


def test_a_short_sentence_behind_the_planned_operation_gives_its_setting():
    assert facts("PLAN: L3-4 laminectomy. Inpatient stay of 2 nights.", Kind.CLINIC_NOTE) == [
        ("setting", "inpatient", None)
    ]
    assert facts("PLAN: L3-4 laminectomy. Outpatient physical therapy afterwards.", Kind.CLINIC_NOTE) == []


def guidance(text: str) -> list[str]:
    document = Document(id="d1", name="note", text=text, kind=Kind.CLINIC_NOTE, written=date(2026, 1, 20))
    found = facts_of(read_chart(Chart(documents=(document,)), *vocabulary(), date(2026, 1, 26)), [requests.read])
    return [f.assertion.value for f in found if f.concept == "image_guidance"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Plan: left L4-5 transforaminal epidural steroid injection under fluoroscopy.", ["planned"]),
        ("PLAN: fluoroscopically guided right C7-T1 interlaminar ESI.", ["planned"]),
        ("We will schedule a CT-guided cervical epidural.", ["planned"]),
        ("Plan: caudal epidural with ultrasound guidance.", ["planned"]),
        ("Plan: interlaminar ESI in the office without fluoroscopy.", ["absent"]),
        ("The epidural under fluoroscopy on 1/5/2026 helped.", []),
        ("Plan: L4-5 epidural steroid injection.", []),
    ],
)
def test_the_guidance_of_a_needle_is_read_from_the_plan(text: str, told: list[str]):
    assert guidance(text) == told

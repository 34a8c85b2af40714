"""The setting of an operation, by where the patient goes behind it."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind
from necessity.facts import requests
from necessity.facts.from_chart import facts_of, read_chart
from tests.facts.told import vocabulary


def settings(text: str, kind: Kind) -> set[object]:
    document = Document(id="d1", name="note", text=text, kind=kind, written=date(2026, 1, 20))
    found = facts_of(read_chart(Chart(documents=(document,)), *vocabulary(), date(2026, 1, 26)), [requests.read])
    return {fact.value for fact in found if fact.concept == "setting"}


def after_operation(told: str) -> set[object]:
    text = f"PROCEDURE: L4-5 laminectomy.\n\nDESCRIPTION OF PROCEDURE: Prone, prepped and draped. {told}\n"
    return settings(text, Kind.OPERATIVE_NOTE)


def after_needle(told: str) -> set[object]:
    text = f"PROCEDURE: Left L5 transforaminal epidural steroid injection.\n\nDESCRIPTION OF PROCEDURE: Prone, prepped. {told}\n"
    return settings(text, Kind.INJECTION_NOTE)


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        ("To the neuro floor.", "inpatient"),
        ("She was admitted to the orthopaedic floor.", "inpatient"),
        ("He was kept intubated and taken to the surgical ICU.", "inpatient"),
        ("She will be 3-4 days in the hospital.", "inpatient"),
        ("He will be on the surgical floor 2 or 3 days.", "inpatient"),
        ("She was transferred from recovery to the ward in good condition.", "inpatient"),
        ("He will be in for about three nights.", "inpatient"),
        ("I expect a hospital stay of two days.", "inpatient"),
        ("She will be kept overnight for observation.", "observation"),
        ("He stays under 23-hour observation.", "observation"),
        ("We will observe him overnight and send him out with a collar.", "observation"),
        ("He went home that afternoon with Keflex for 5 days and a follow-up in 10 days.", "outpatient"),
        ("She was observed six hours, ate dinner, and was sent home with her sister.", "outpatient"),
        ("He goes home today.", "outpatient"),
        ("Discharged to home from the recovery room.", "outpatient"),
    ],
)
def test_where_the_patient_goes_after_an_operation_tells_its_setting(told: str, setting: str) -> None:
    assert after_operation(told) == {setting}


@pytest.mark.parametrize(
    "told",
    [
        "He was taken to recovery in stable condition.",
        "She was returned to the floor.",
        "She may go home in the morning.",
        "He will be discharged home on POD 2.",
        "To mobilize routinely when she is comfortable to go to her home.",
        "Home exercise program given.",
        "Home health physical therapy was ordered.",
    ],
)
def test_what_does_not_tell_the_setting_gives_none(told: str) -> None:
    assert after_operation(told) == set()


@pytest.mark.parametrize(
    "told",
    [
        "Home with wife driving.",
        "Released with driver, Norco #12.",
        "Discharged ambulatory with her mother.",
        "Observed one hour, discharged with husband.",
        "No motor block on discharge.",
        "Pain upon discharge home 2/10.",
        "She left the department for home in stable condition.",
        "The patient is to be transferred back to the nursing home by ambulance later today.",
    ],
)
def test_who_leaves_after_a_needle_was_an_outpatient(told: str) -> None:
    assert after_needle(told) == {"outpatient"}


def test_a_needle_and_a_recovery_room_tell_nothing() -> None:
    assert after_needle("The patient was discharged to the recovery room in stable condition.") == set()


def test_a_planned_operation_is_followed_by_its_setting() -> None:
    text = "PLAN: I have offered a right L4-5 microdiscectomy. She can go home the same day."
    assert settings(text, Kind.CLINIC_NOTE) == {"outpatient"}


def test_an_earlier_stay_told_in_the_history_is_not_the_setting() -> None:
    text = "HISTORY: He was in the hospital for three days with pain.\n\nPLAN: L4-5 microdiscectomy."
    assert settings(text, Kind.CLINIC_NOTE) == set()

"""The hospital stay: reasons for it, the state on the day, and what speaks for going home."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import stay
from necessity.facts.fact import StayFact


def told(text: str) -> set[str]:
    """The concepts that the text states as present."""
    return {f.concept for f in facts_in(text, stay.read, date(2026, 1, 20)) if isinstance(f, StayFact) and f.present}


@pytest.mark.parametrize(
    "text",
    [
        "Brittle type 1 diabetes.",
        "Decompensated heart failure last month.",
        "On home oxygen 3 L for severe COPD.",
        "End stage renal disease on hemodialysis.",
        "Poorly controlled hypertension.",
        "Cardiology recommends inpatient telemetry.",
        "Nephrology wants inpatient dialysis around surgery.",
    ],
)
def test_an_unstable_illness_is_a_reason(text: str):
    assert "comorbidity_unstable" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Diabetes well controlled, A1c 6.4.",
        "No home oxygen. No heart failure.",
        "Cardiology cleared her, no telemetry required.",
        "History of pulmonary embolism in 2015.",
        "PMH: unstable angina 2012",
        "OSA on CPAP, CAD s/p stent.",
    ],
)
def test_a_stable_or_past_illness_is_none(text: str):
    assert "comorbidity_unstable" not in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oral oxycodone failed overnight with repeated vomiting.",
        "Pain not controlled on PO hydrocodone.",
        "Unable to tolerate oral medications.",
        "Attempted transition to tablets: back on hydromorphone PCA.",
        "IV dilaudid resumed after the switch.",
        "Oxycodone is not touching the pain.",
    ],
)
def test_a_failed_plan_by_mouth_is_told_in_many_ways(text: str):
    assert "oral_plan_failed" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Needs IV hydromorphone every 3 hours.",
        "On a PCA.",
        "Morphine drip overnight.",
        "Hydromorphone IV 8 doses / 24 h.",
    ],
)
def test_opioids_into_the_vein_are_read(text: str):
    assert "iv_opioid" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "We anticipate discharge within 23 hours.",
        "She will go home the same day.",
        "Home same day expected.",
        "He will go home from the recovery room.",
        "Expect to leave the hospital in less than 24 hours.",
    ],
)
def test_discharge_within_a_day_is_expected(text: str):
    assert "expects_same_day_discharge" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "He is not safe for same day discharge.",
        "Home on the first day after operation.",
        "Fax from the outpatient surgery scheduling desk.",
    ],
)
def test_a_later_discharge_or_a_desk_is_none_within_a_day(text: str):
    assert "expects_same_day_discharge" not in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Waiting for rehab bed.",
        "SNF authorization pending.",
        "Awaiting placement.",
        "No bed available at the facility yet, acceptance delayed.",
    ],
)
def test_waiting_for_a_place_is_read(text: str):
    assert "awaiting_placement" in told(text)


def test_risks_and_warnings_are_no_complication():
    assert told("Risks: infection, durotomy, CSF leak and hematoma were discussed.") == set()
    assert told("Call for wound drainage, hematoma or new weakness.") == set()
    assert "complication" in told("Incidental durotomy repaired, flat bed rest ordered.")

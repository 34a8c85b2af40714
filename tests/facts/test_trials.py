"""Spinal cord stimulation: the trial, the pain it is for, and whether surgery is left."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import trials
from necessity.facts.fact import Treatment

NOTE = date(2026, 1, 20)


def trial(text: str) -> tuple[float | None, float | None]:
    """Relief in percent and days of the one trial."""
    [fact] = [fact for fact in facts_in(text, trials.read, NOTE) if isinstance(fact, Treatment)]
    return fact.relief_percent, fact.length.days if fact.length else None


@pytest.mark.parametrize(
    ("text", "relief", "days"),
    [
        ("SCS trial 01/05/2026 to 01/12/2026 with 70% relief of leg pain.", 70, 7),
        ("She underwent a 7-day spinal cord stimulator trial with 80% pain relief.", 80, 7),
        (
            "Stimulator trial leads placed 01/05/2026 and removed 01/12/2026. He reports 65% reduction in leg pain.",
            65,
            7,
        ),
        ("Trial of SCS failed, less than 30% relief over 5 days.", 29, 5),
        ("SCS trial x 6 days. Pain went from 8/10 to 3/10.", 62.5, 6),
        ("No relief during the SCS trial.", 0, None),
        ("Dorsal column stimulator trial: excellent relief.", None, None),
        ("Trial stimulation for one week produced greater than 50% improvement.", 50, 7),
    ],
)
def test_a_trial_tells_its_relief_and_its_days(text: str, relief: float | None, days: float | None):
    assert trial(text) == (relief, days)


def concepts(text: str) -> list[tuple[str, str, object]]:
    return [(f.concept, f.assertion.value, getattr(f, "value", None)) for f in facts_in(text, trials.read, NOTE)]


def test_a_trial_of_a_drug_is_none_of_stimulation():
    assert concepts("Trial of gabapentin gave 50% relief.") == []


def test_a_planned_trial_is_asked_for_and_not_done():
    assert concepts("Plan: proceed with percutaneous SCS trial.") == [("stimulator_stage", "planned", "trial")]


def test_the_permanent_system_is_asked_for_after_the_trial():
    told = concepts("PLAN:\nSuccessful SCS trial (75% relief, 7 days). Proceed with permanent implant.")
    assert ("stimulator_stage", "planned", "permanent") in told


@pytest.mark.parametrize(
    "text",
    [
        "Neurosurgery: no surgical target.",
        "He is not a candidate for further surgery.",
        "I wouldn't re-operate.",
        "Surgical opinion 11/2025: nothing to operate on.",
        "No operable lesion.",
        "There is no role for further surgery.",
    ],
)
def test_a_clinician_who_sees_nothing_to_operate_on_rules_surgery_out(text: str):
    assert concepts(text) == [("surgery_left", "absent", "no")]


@pytest.mark.parametrize(
    "text", ["She is a candidate for revision decompression.", "Dr X recommends repeat decompression at L4-5."]
)
def test_a_clinician_who_would_operate_sees_something_left(text: str):
    assert concepts(text) == [("surgery_left", "present", "yes")]


def test_surgery_that_the_patient_declines_says_nothing_on_whether_it_is_left():
    assert concepts("He declined further surgery.") == []


def test_pain_of_the_nerves_is_named_ruled_out_and_dated():
    [found] = facts_in("Complex regional pain syndrome after an ankle fracture in 2022.", trials.read, NOTE)
    assert (found.concept, found.assertion.value, str(found.when)) == ("neuropathic_pain", "present", "2022")
    assert concepts("No neuropathic features.") == [("neuropathic_pain", "absent", None)]

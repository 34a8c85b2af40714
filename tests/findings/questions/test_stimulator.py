"""Spinal cord stimulation: its pain, what is left to operate on, the evaluation and the trial."""

from __future__ import annotations

from question_stories import ABSENT, Story, day, length, on

from necessity.charts.request import Request
from necessity.facts.fact import RequestFact, Symptom


def implant(*cpt: str) -> Story:
    return Story(level=None, side=None, procedures=("spinal_cord_stimulator",), request=Request(cpt=cpt))


def trial(story: Story, relief: float | None, days: float | None) -> Story:
    return story.treated("stimulator_trial", relief_percent=relief, length=length(days) if days else None)


def test_pain_after_an_operation_counts_like_pain_called_neuropathic():
    assert implant().tell(Symptom, "neuropathic_pain").ask("neuropathic_pain").value is True
    assert (
        implant().operated("fusion", "L4-5", when="2019").symptom("radicular_pain").ask("neuropathic_pain").value
        is True
    )
    assert implant().symptom("radicular_pain").ask("neuropathic_pain").value is None
    assert implant().tell(Symptom, "neuropathic_pain", ABSENT).ask("neuropathic_pain").value is False


def test_pain_has_lasted_as_long_as_told_else_as_it_was_treated():
    told = implant().quality("episode", length=length(100)).treated("physical_therapy", "2020-01-01")
    assert told.ask("chronic_pain_days").least == 111
    treated = implant().treated("physical_therapy", "2025-01-31").ask("chronic_pain_days")
    assert (treated.least, treated.most) == (365, None)
    assert implant().ask("chronic_pain_days").known is False


def test_a_clinicians_word_on_surgery_decides_over_the_report():
    report = implant().shows("compression", structure="root")
    assert report.ask("operable_compression").value is True
    assert report.patient("surgery_left", "no", assertion=ABSENT).ask("operable_compression").value is False


def test_without_a_word_the_latest_study_decides():
    early = implant().shows("compression", structure="root", when=on("2020-01-08"))
    assert early.shows("compression", ABSENT, when=on("2026-01-05")).ask("operable_compression").value is False
    assert implant().ask("operable_compression").value is None


def test_clearance_is_told_refused_or_open():
    assert implant().patient("psychological_clearance", "cleared").ask("psychological_clearance").value == "cleared"
    refused = implant().patient("psychological_clearance", "pending").patient("psychological_clearance", "not_cleared")
    assert refused.ask("psychological_clearance").value == "not_cleared"
    assert implant().patient("psychological_clearance", "pending").ask("psychological_clearance").known is False


def test_a_later_clearance_follows_an_earlier_refusal():
    story = implant().patient("psychological_clearance", "not_cleared", written=day("2025-06-01"))
    assert story.patient("psychological_clearance", "cleared").ask("psychological_clearance").value == "cleared"


def test_both_words_on_one_day_are_a_conflict():
    story = implant().patient("psychological_clearance", "not_cleared").patient("psychological_clearance", "cleared")
    assert story.ask("psychological_clearance").conflicting


def test_the_stage_is_told_by_code_plan_or_a_trial_that_is_done():
    assert implant("63650").ask("stimulator_stage").value == "trial"
    assert implant("63650", "63685").ask("stimulator_stage").value == "permanent"
    assert implant().tell(RequestFact, "stimulator_stage", value="trial").ask("stimulator_stage").value == "trial"
    assert trial(implant(), 70, 7).ask("stimulator_stage").value == "permanent"
    assert implant().ask("stimulator_stage").value is None


def test_a_trial_counts_its_days_only_with_enough_relief():
    assert trial(implant(), 70, 7).ask("stimulator_trial_days").value == 7
    assert trial(implant(), 40, 7).ask("stimulator_trial_days").value == 0
    assert trial(implant(), 40, 7).ask("stimulator_trial_days", relief_at_least=30.0).value == 7


def test_a_trial_without_numbers_leaves_the_question_open():
    assert trial(implant(), None, 7).ask("stimulator_trial_days").known is False
    assert trial(implant(), 70, None).ask("stimulator_trial_days").known is False
    assert implant().ask("stimulator_trial_days").known is False

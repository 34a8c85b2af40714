from question_stories import ABSENT, Story, day, length

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion


def test_two_drugs_are_one_kind():
    answer = (
        Story().treated("medication", drug="naproxen").treated("medication", drug="tizanidine").ask("measures_tried")
    )
    assert answer.least == 1
    assert answer.most == 4


def test_naming_one_kind_does_not_say_that_only_one_was_tried():
    answer = Story().treated("medication", drug="naproxen").ask("measures_tried")
    assert answer.value is None
    assert "active therapy" in answer.sought


def test_therapy_and_a_drug_are_two():
    story = Story().treated("medication", drug="naproxen").treated("physical_therapy")
    assert story.ask("measures_tried").least == 2


def test_home_exercise_and_therapy_are_one_kind():
    assert Story().treated("home_exercise").treated("physical_therapy").ask("measures_tried").least == 1


def test_nothing_but_drugs_is_one_and_no_more():
    answer = Story().treated("medication", drug="ibuprofen").care("care_none", "medication").ask("measures_tried")
    assert (answer.least, answer.most) == (1, 1)


def test_nothing_tried_is_none():
    assert Story().care("care_none").ask("measures_tried").value == 0


def test_no_injections_and_no_therapy_take_their_kinds_away():
    story = Story().treated("medication", drug="ibuprofen").treated("epidural_injection", assertion=ABSENT)
    story.treated("physical_therapy", assertion=ABSENT).treated("home_exercise", assertion=ABSENT)
    assert story.ask("measures_tried").most == 2


def test_an_injection_offered_and_declined_was_not_given():
    story = Story().treated("physical_therapy").treated("epidural_injection", assertion=Assertion.DECLINED)
    answer = story.ask("measures_tried")
    assert (answer.least, answer.most) == (1, 3)


def test_a_shoulder_treated_is_no_measure_for_the_spine():
    assert Story().treated("physical_therapy", other_region="shoulder").ask("measures_tried").least is None


def test_the_bare_word_failed_suffices_for_the_response():
    assert Story().care("care_response", "failed").ask("care_response").value == "failed"


def test_relief_that_wore_off_is_temporary():
    story = Story().treated("epidural_injection", relief_percent=50.0, relief=length(5))
    assert story.ask("care_response").value == "temporary"


def test_getting_better_is_told():
    assert Story().care("care_response", "improving").ask("care_response").value == "improving"


def test_therapy_that_helps_beside_the_bare_word_of_failure_is_a_conflict():
    story = Story().treated("physical_therapy", response="improved").care("care_response", "failed")
    assert story.ask("care_response").conflicting


def test_a_drug_that_helps_beside_the_word_of_failure_is_failure():
    story = Story().treated("medication", drug="gabapentin", response="improved").care("care_response", "failed")
    assert story.ask("care_response").value == "failed"


def test_therapy_that_helped_long_before_the_word_of_failure_is_failure():
    story = Story().treated("physical_therapy", response="improved", written=day("2025-09-01"))
    assert story.care("care_response", "failed", written=day("2026-01-20")).ask("care_response").value == "failed"


def test_a_later_word_of_improvement_wins():
    story = Story().treated("medication", response="failed", drug="naproxen", written=day("2025-11-01"))
    story.treated("physical_therapy", response="improved", written=day("2026-01-20"))
    assert story.ask("care_response").value == "improving"


def test_worse_under_treatment_is_a_response_and_worse_without_is_none():
    assert Story().treated("physical_therapy").quality("course", "worsening").ask("care_response").value == "worsening"
    assert Story().quality("course", "worsening").ask("care_response").value is None


def test_nothing_tried_has_no_response():
    assert Story().care("care_none").ask("care_response").value is None


def test_a_trial_in_detail_asks_dose_length_and_response():
    story = Story().treated("medication", drug="gabapentin", drug_class="gabapentinoid")
    assert story.ask("neuropathic_trial").value is True
    assert story.ask("neuropathic_trial", detail=True).value is None
    story.treated(
        "medication", "2025-11-01", drug="gabapentin", drug_class="gabapentinoid", dose="300 mg TID", response="partial"
    )
    assert story.ask("neuropathic_trial", detail=True).value is True


def test_an_nsaid_is_no_neuropathic_agent():
    story = Story().treated("medication", drug="naproxen", drug_class="nsaid")
    assert story.ask("nsaid_trial").value is True
    assert story.ask("neuropathic_trial").value is None


def test_a_refused_injection_was_considered():
    assert Story().treated("epidural_injection", assertion=Assertion.DECLINED).ask("injection_considered").value is True
    assert Story().ask("injection_considered").value is None


def test_records_of_the_therapist_are_told_from_the_surgeons_word():
    assert Story().treated("physical_therapy").ask("therapy_records").value is None
    assert Story().treated("physical_therapy", documentation="record").ask("therapy_records").value is True
    assert Story(kind=Kind.THERAPY_NOTE).treated("physical_therapy").ask("therapy_records").value is True


def test_light_duty_is_activity_modification():
    assert Story().treated("activity_modification").ask("activity_modification").value is True


def test_an_injection_that_helped_does_not_say_that_the_patient_is_well():
    story = Story().treated("epidural_injection", response="improved").symptom("claudication")
    assert story.ask("care_response").value == "partial"


def test_partial_relief_with_symptoms_getting_better_is_improving():
    story = Story().treated("physical_therapy", response="partial").quality("course", "improving")
    assert story.ask("care_response").value == "improving"
    assert story.care("care_response", "failed").ask("care_response").value == "failed"


def test_no_injections_takes_the_epidural_kind_away():
    story = Story().treated("physical_therapy").treated("injection", assertion=ABSENT)
    assert story.ask("measures_tried", of=("active_therapy", "epidural_injection")).most == 1


def test_activity_modification_can_be_ruled_out():
    assert Story().treated("activity_modification", assertion=ABSENT).ask("activity_modification").value is False


def test_a_declined_injection_is_named_and_not_quoted_beside_what_was_tried():
    story = Story().treated("medication", drug="naproxen").treated("physical_therapy")
    answer = story.treated("epidural_injection", assertion=Assertion.DECLINED).ask("measures_tried")
    assert "Declined or denied: epidural injection." in answer.reason
    assert len(answer.evidence) == 2


def test_relief_told_after_the_last_word_of_failure_leaves_the_response_open():
    story = Story().treated("physical_therapy", response="failed", written=day("2026-01-12"))
    story.quality("course", "improving", written=day("2026-01-14"))
    assert story.ask("care_response").conflicting


def test_relief_told_before_the_failure_changes_nothing():
    story = Story().treated("physical_therapy", response="failed", written=day("2026-01-12"))
    story.quality("course", "improving", written=day("2026-01-02"))
    assert story.ask("care_response").value == "failed"

from question_stories import ABSENT, BOTH, LEFT, RIGHT, Story, day

from necessity.facts.fact import Region


def test_pain_into_the_requested_leg_is_limb_pain():
    assert Story(side=LEFT).symptom("radicular_pain", side=LEFT).ask("limb_pain").value is True
    assert Story(side=LEFT).symptom("radicular_pain", side=BOTH).ask("limb_pain").value is True


def test_pain_into_the_other_leg_is_the_wrong_side():
    answer = Story(side=LEFT).symptom("radicular_pain", side=RIGHT).ask("limb_pain")
    assert answer.value is False
    assert "other side" in answer.reason


def test_a_silent_chart_is_never_no():
    assert Story().ask("limb_pain").value is None


def test_a_part_of_the_leg_without_pain_does_not_rule_the_pain_out():
    story = Story().symptom("radicular_pain", side=LEFT).symptom("radicular_pain", ABSENT)
    assert story.ask("limb_pain").value is True


def test_the_later_document_wins():
    story = Story().symptom("radicular_pain", side=LEFT, written=day("2025-10-01"))
    story.symptom("radicular_pain", ABSENT, written=day("2026-01-20"))
    assert story.ask("limb_pain").value is False


def test_arm_pain_is_no_limb_pain_of_the_lumbar_spine():
    story = Story(level="L4-5").symptom("radicular_pain", side=LEFT, region=Region.CERVICAL)
    assert story.ask("limb_pain").value is None
    assert Story(level="L4-5").symptom("radicular_pain", side=LEFT, sites=("arm",)).ask("limb_pain").value is None


def test_pain_round_the_flank_is_the_limb_pain_of_the_thoracic_spine():
    assert Story(level="T9-10").symptom("radicular_pain", side=LEFT, sites=("flank",)).ask("limb_pain").value is True


def test_axial_only_needs_limb_pain_ruled_out():
    assert Story().symptom("axial_pain").ask("axial_only").value is None
    assert Story().symptom("axial_pain").symptom("radicular_pain", ABSENT).ask("axial_only").value is True
    assert Story().symptom("axial_pain").symptom("radicular_pain", side=LEFT).ask("axial_only").value is False


def test_the_main_pain_is_as_said():
    assert Story().quality("predominant", "axial").ask("predominant_pain").value == "axial"


def test_the_main_pain_follows_from_two_scores_of_one_note():
    story = Story().quality("pain_score", 6.0, site="limb").quality("pain_score", 5.0, site="axial")
    answer = story.ask("predominant_pain")
    assert answer.value == "limb"
    assert "6" in answer.reason


def test_leg_pain_alone_does_not_say_that_it_is_the_main_pain():
    assert Story().symptom("radicular_pain", side=LEFT).ask("predominant_pain").value is None


def test_with_limb_pain_ruled_out_the_axial_pain_is_the_main_one():
    story = Story().symptom("axial_pain").symptom("radicular_pain", ABSENT)
    assert story.ask("predominant_pain").value == "axial"


def test_two_main_pains_in_one_note_conflict():
    assert Story().quality("predominant", "axial").quality("predominant", "limb").ask("predominant_pain").conflicting


def test_claudication_is_read_from_words():
    assert Story().symptom("claudication").ask("claudication").value is True
    assert Story().symptom("claudication", ABSENT).ask("claudication").value is False
    assert Story().ask("claudication").value is None


def test_a_diagnosis_against_the_same_notes_denial_is_a_conflict():
    story = (
        Story().symptom("radicular_pain", side=LEFT, roots=("L5",)).symptom("radicular_pain", ABSENT, sites=("leg",))
    )
    assert story.ask("limb_pain").conflicting
    told = (
        Story().symptom("radicular_pain", side=LEFT, sites=("calf",)).symptom("radicular_pain", ABSENT, sites=("leg",))
    )
    assert told.ask("limb_pain").value is True

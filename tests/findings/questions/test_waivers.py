from question_stories import ABSENT, BOTH, LEFT, POSSIBLE, RIGHT, Story

from necessity.facts.fact import Assertion, Region


def test_saddle_numbness_with_retention_is_the_syndrome():
    story = Story().exam("saddle_sensation").exam("post_void_residual", grade=480.0)
    assert story.ask("cauda_equina").value is True


def test_the_suspected_diagnosis_suffices():
    assert Story().exam("cauda_equina", POSSIBLE).ask("cauda_equina").value is True


def test_a_little_less_tone_alone_is_not_the_syndrome():
    story = Story().exam("rectal_tone").exam("post_void_residual", ABSENT, grade=140.0)
    assert story.ask("cauda_equina").value is not True


def test_a_bladder_complaint_alone_is_left_open():
    answer = Story().symptom("bladder").ask("cauda_equina")
    assert answer.value is None
    assert answer.evidence


def test_bladder_and_saddle_denied_are_no():
    assert Story().symptom("bladder", ABSENT).symptom("saddle", ABSENT).ask("cauda_equina").value is False


def test_clonus_is_a_cord_sign_where_there_is_cord():
    assert Story(level="T12-L1").exam("clonus", side=LEFT).ask("cord_signs").value is True
    assert Story(level="L4-5").exam("clonus", side=LEFT).ask("cord_signs").value is False


def test_hoffmann_speaks_for_the_neck_alone():
    assert Story(level="C5-6").exam("hoffmann", side=BOTH).ask("cord_signs").value is True
    assert Story(level="T9-10").exam("hoffmann", side=BOTH).ask("cord_signs").value is None


def test_brisk_reflexes_need_an_unsteady_gait_beside_them():
    brisk = Story(level="C5-6").exam("reflex", muscle="patellar", grade=3.0)
    assert brisk.ask("cord_signs").value is None
    assert brisk.exam("tandem").ask("cord_signs").value is True


def test_no_clonus_no_hoffmann_is_no():
    assert Story(level="C5-6").exam("hoffmann", ABSENT).exam("clonus", ABSENT).ask("cord_signs").value is False


def test_possible_myelopathy_is_not_the_diagnosis():
    assert Story(level="C5-6").exam("myelopathy", POSSIBLE).ask("cord_signs").value is None


def test_a_tumour_at_the_level_is_a_reason_and_elsewhere_it_is_not():
    assert Story().flag("tumor", levels=("L4",)).ask("spine_tumor").value is True
    assert Story().flag("tumor", levels=("T4",)).ask("spine_tumor").value is None
    assert Story().flag("infection", ABSENT).ask("spine_infection").value is False
    assert Story().ask("spine_infection").value is None


def test_an_osteoporotic_or_old_fracture_waives_nothing():
    assert Story().flag("fracture", levels=("L4",), value="osteoporotic").ask("spine_fracture").value is False
    assert Story().flag("fracture", levels=("L4",), value="old").ask("spine_fracture").value is False
    assert Story().flag("fracture", levels=("L4",), value="traumatic").ask("spine_fracture").value is True


def test_foot_drop_in_the_history_without_an_examination_is_an_open_trigger():
    answer = Story().symptom("weakness", side=LEFT).ask("neurologic_trigger_unexamined")
    assert answer.value is True
    assert "strength" in answer.sought


def test_weakness_that_was_looked_for_is_no_open_trigger():
    story = Story().symptom("weakness", side=LEFT).strength(None, 5, side=BOTH)
    assert story.ask("neurologic_trigger").value is True
    assert story.ask("neurologic_trigger_unexamined").value is False


def test_weakness_of_the_other_side_is_not_the_lines_trigger():
    assert Story(side=LEFT).symptom("weakness", side=RIGHT).ask("neurologic_trigger").value is False


def test_severe_stenosis_over_the_conus_asks_for_strength_and_long_tracts():
    story = Story(level="T12-L1").shows("stenosis", grade="severe", zone="canal")
    assert story.ask("neurologic_trigger_unexamined").value is True
    story.strength(None, 5, side=BOTH, region=Region.LUMBAR)
    assert story.ask("neurologic_trigger_unexamined").value is True
    story.exam("gait", ABSENT)
    assert story.ask("neurologic_trigger_unexamined").value is False


def test_severe_stenosis_below_the_cord_is_examined_by_strength():
    story = Story().shows("stenosis", grade="severe", zone="canal").strength(None, 5, side=BOTH)
    assert story.ask("neurologic_trigger_unexamined").value is False


def test_a_bladder_complaint_is_settled_by_the_saddle_or_the_residual_urine():
    story = Story().symptom("bladder")
    assert story.ask("neurologic_trigger_unexamined").value is True
    assert story.exam("post_void_residual", ABSENT, grade=20.0).ask("neurologic_trigger_unexamined").value is False


def test_a_policy_may_ask_for_single_triggers():
    story = Story().symptom("bladder")
    assert story.ask("neurologic_trigger", of=("new_weakness",)).value is False
    assert story.ask("neurologic_trigger", of=("bladder_bowel_saddle",)).value is True


def test_an_examination_asked_for_names_what_is_missing():
    story = Story(level="T12-L1").strength(None, 5, side=BOTH)
    answer = story.ask("examination_recorded")
    assert answer.value is None
    assert "reflexes" in answer.reason
    story.exam("reflex", ABSENT, muscle="patellar").exam("clonus", ABSENT)
    assert story.ask("examination_recorded").value is True


def test_an_examination_put_off_is_cited():
    answer = Story(level="T12-L1").exam("examination", Assertion.UNEXAMINED).ask("examination_recorded")
    assert answer.value is None
    assert answer.evidence[0].quote == "examination"


def test_arm_strength_is_no_examination_of_the_legs():
    story = Story(level="T12-L1").strength("deltoid", 5, side=BOTH)
    assert story.ask("examination_recorded", elements=("strength",)).value is None


def test_a_root_deficit_fits_level_and_side():
    assert Story().strength("extensor_hallucis_longus", 4, side=LEFT).ask("root_deficit").value is True
    assert Story().exam("reflex", muscle="achilles", side=LEFT).ask("root_deficit").value is None
    normal = Story().strength(None, 5, side=BOTH).exam("sensation", ABSENT)
    assert normal.ask("root_deficit").value is False
    assert Story().strength(None, 5, side=BOTH).ask("root_deficit").value is None


def test_a_deficit_found_gone_later_counts_no_more():
    from question_stories import day

    story = Story().exam("sensation", roots=("L5",), side=LEFT, written=day("2025-11-01"))
    assert story.ask("root_deficit").value is True
    assert story.exam("sensation", ABSENT, written=day("2026-01-20")).ask("root_deficit").value is None


def test_a_tension_sign_fits_its_roots_and_side():
    assert Story().exam("straight_leg_raise", side=LEFT).ask("root_tension_sign").value is True
    assert Story().exam("straight_leg_raise", side=RIGHT).ask("root_tension_sign").value is None
    assert Story().exam("straight_leg_raise", ABSENT, side=BOTH).ask("root_tension_sign").value is False
    assert Story(level="L2-3").exam("straight_leg_raise", side=LEFT).ask("root_tension_sign").value is None
    assert Story(level="L2-3").exam("femoral_stretch", side=LEFT).ask("root_tension_sign").value is True


def test_a_syndrome_that_was_only_to_be_ruled_out_and_is_not_found_is_none():
    story = (
        Story()
        .exam("cauda_equina", POSSIBLE)
        .exam("saddle_sensation", ABSENT)
        .exam("post_void_residual", ABSENT, grade=30)
    )
    assert story.ask("cauda_equina").value is False


def test_a_suspicion_with_a_feature_stands():
    story = Story().exam("cauda_equina", POSSIBLE).exam("saddle_sensation", ABSENT).symptom("bladder")
    assert story.ask("cauda_equina").value is True


def test_every_trigger_is_told_with_what_is_missing():
    answer = Story().symptom("bladder").symptom("weakness", side=LEFT).ask("neurologic_trigger_unexamined")
    assert "Weakness is reported" in answer.reason
    assert "bladder, bowel or saddle complaint" in answer.reason
    assert len(answer.sought) == 2
    assert len(answer.evidence) == 2


def test_one_sign_of_the_cauda_equina_is_open_until_the_others_are_examined():
    for sign in (Story().exam("post_void_residual", grade=480.0), Story().exam("rectal_tone")):
        assert sign.ask("neurologic_trigger_unexamined").value is True
    settled = (
        Story().exam("rectal_tone").exam("saddle_sensation", ABSENT).exam("post_void_residual", ABSENT, grade=20.0)
    )
    assert settled.ask("neurologic_trigger_unexamined").value is False

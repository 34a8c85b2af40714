from question_stories import ABSENT, LEFT, RIGHT, SURGEON, Story, day, on


def test_aligned_on_flexion_and_extension_is_stable():
    story = Story().shows("slip", ABSENT, modality="flexion_extension")
    assert story.ask("stable_and_aligned").value is True


def test_aligned_lying_down_says_nothing_of_motion():
    assert Story().shows("slip", ABSENT, modality="mri").ask("stable_and_aligned").value is None


def test_no_abnormal_motion_is_stable_and_measures_nothing():
    story = Story().shows("instability", ABSENT, modality="flexion_extension", levels=())
    assert story.ask("stable_and_aligned").value is True
    assert story.ask("dynamic_motion_mm").most == 0


def test_a_slip_elsewhere_leaves_the_level_stable():
    story = Story().shows("instability", ABSENT, modality="flexion_extension")
    story.shows("slip", grade=1.0, levels=("L5-S1",))
    assert story.ask("stable_and_aligned").value is True
    assert story.ask("slip_with_stenosis").value is None


def test_a_slip_with_a_narrow_foramen():
    story = Story(level="L5-S1").shows("slip", grade=1.0, millimetres=6.0)
    assert story.ask("slip_with_stenosis").value is None
    story.shows("stenosis", grade="severe", zone="foramen", side=LEFT)
    assert story.ask("slip_with_stenosis").value is True
    assert story.ask("stable_and_aligned").value is False


def test_a_slip_with_mild_narrowing_only():
    story = Story().shows("slip", grade=1.0).shows("stenosis", grade="mild", zone="canal")
    assert story.ask("slip_with_stenosis").value is False


def test_motion_is_given_as_measured():
    story = Story(level="L5-S1").shows("instability", millimetres=3.0, degrees=11.0, modality="flexion_extension")
    assert story.ask("dynamic_motion_mm").value == 3
    assert story.ask("dynamic_angle_deg").value == 11
    assert Story().ask("dynamic_motion_mm").value is None


def test_pars_defects_of_the_vertebra_above_belong_to_the_level():
    story = Story(level="L5-S1").shows("pars_defect", levels=("L5",)).shows("slip", grade=1.0)
    assert story.ask("pars_defect_with_slip").value is True
    assert Story().shows("pars_defect", ABSENT, levels=()).ask("pars_defect_with_slip").value is False


def test_facets_to_be_kept_or_taken():
    assert Story().asks_for("facet_removal", "wide").ask("wide_facet_removal_planned").value is True
    assert Story().asks_for("facet_removal", "preserved").ask("wide_facet_removal_planned").value is False
    assert Story().ask("wide_facet_removal_planned").value is None


def test_worn_facets_by_their_grade_and_by_a_silent_study():
    assert Story(level="C5-6").shows("facet_arthropathy", grade="severe").ask("severe_facet_arthropathy").value is True
    assert Story(level="C5-6").shows("facet_arthropathy", grade="mild").ask("severe_facet_arthropathy").value is False
    assert Story(level="C5-6").shows("disc", grade="bulge").ask("severe_facet_arthropathy").value is False
    assert Story(level="C5-6").ask("severe_facet_arthropathy").value is None


def test_one_fused_neighbour():
    assert Story(level="C5-6").operated("fusion", "C6-7").ask("adjacent_fusion").value is True
    assert Story(level="C5-6").shows("fused", levels=("C3-4",)).ask("adjacent_fusion").value is None


def test_deformity_pseudarthrosis_and_bone():
    assert Story().shows("deformity", levels=()).ask("deformity").value is True
    assert Story().shows("pseudarthrosis").ask("pseudarthrosis").value is True
    assert Story().shows("osteoporosis", levels=()).ask("low_bone_density").value is True
    assert Story().ask("bone_density_risk").value is None


def revision():
    return Story(revision=True).operated("discectomy", "L4-5", when="2024-05-14")


def test_an_earlier_discectomy_at_the_level_and_at_another():
    answer = revision().ask("prior_discectomy_same_level")
    assert answer.value is True
    assert "2024-05-14" in answer.reason
    assert Story().operated("discectomy", "L5-S1").ask("prior_discectomy_same_level").value is None
    assert Story().operated("spine_surgery", assertion=ABSENT).ask("prior_discectomy_same_level").value is False


def test_recurrent_disc_by_the_report():
    assert revision().shows("recurrent_disc").ask("recurrent_disc").value is True
    assert revision().shows("scar").ask("recurrent_disc").value is False


def test_the_surgeons_diagnosis_does_not_overrule_the_report():
    story = revision().shows("recurrent_disc", ABSENT)
    story.shows("recurrent_disc", source=SURGEON, modality=None, when=None, written=day("2026-01-20"))
    answer = story.ask("recurrent_disc")
    assert answer.value is False
    assert not answer.conflicting


def test_the_surgeons_reading_against_the_report_is_a_conflict():
    assert revision().shows("recurrent_disc", ABSENT).reads("recurrent_disc").ask("recurrent_disc").conflicting


def test_a_new_extrusion_at_the_operated_level_is_a_recurrence():
    assert revision().shows("disc", grade="extrusion").ask("recurrent_disc").value is True


def test_a_study_before_the_operation_shows_no_recurrence():
    assert revision().shows("disc", grade="extrusion", when=on("2024-03-01")).ask("recurrent_disc").value is None


def test_a_second_recurrence_needs_two_earlier_operations():
    assert revision().ask("repeat_recurrence").value is False
    assert revision().operated("discectomy", "L4-5", when="2022-01-10").ask("repeat_recurrence").value is True
    assert revision().ask("prior_spine_surgery").value is True


def test_an_opening_at_the_level_and_a_disc_that_came_back_there_show_the_earlier_discectomy():
    story = Story(revision=True).operated("laminectomy", "L4-5").shows("recurrent_disc", levels=("L4-5",))
    assert story.ask("prior_discectomy_same_level").value is True
    assert Story(revision=True).operated("laminectomy", "L4-5").ask("prior_discectomy_same_level").value is None


def test_an_opening_on_the_other_side_shows_no_earlier_discectomy_here():
    story = Story(revision=True, side=LEFT).operated("laminectomy", "L4-5", side=RIGHT)
    assert story.shows("recurrent_disc", levels=("L4-5",)).ask("prior_discectomy_same_level").value is None


def test_a_t_score_decides_on_the_bone_and_osteopenia_alone_does_not():
    assert Story().patient("bone_density", -2.4).ask("low_bone_density", sd=2.5).value is False
    assert Story().patient("bone_density", -2.5).ask("low_bone_density", sd=2.5).value is True
    assert Story().patient("bone_density", "normal").ask("low_bone_density", sd=2.5).value is False
    osteopenic = Story().patient("comorbidity", "osteopenia")
    assert osteopenic.ask("low_bone_density", sd=2.5).value is None
    assert osteopenic.ask("bone_density_risk").value is True


def test_the_worst_of_several_scores_counts_and_a_named_osteoporosis_before_all():
    story = Story().patient("bone_density", -1.2).patient("bone_density", -2.6)
    assert story.ask("low_bone_density", sd=2.5).value is True
    assert Story().patient("comorbidity", "osteoporosis").ask("low_bone_density", sd=2.5).value is True


def test_a_slip_that_does_not_move_and_narrows_little_is_stable():
    story = Story().shows("slip", grade=1.0, modality="flexion_extension")
    story.shows("stenosis", grade="mild", zone="canal").shows(
        "instability", ABSENT, modality="flexion_extension", levels=()
    )
    assert story.ask("stable_and_aligned").value is True


def test_a_slip_that_does_not_move_and_narrows_much_is_no_stable_segment():
    story = Story().shows("slip", grade=1.0).shows("stenosis", grade="severe", zone="canal")
    story.shows("instability", ABSENT, modality="flexion_extension", levels=())
    assert story.ask("stable_and_aligned").value is False


def test_an_opinion_does_not_outweigh_the_films():
    story = Story().shows("instability", ABSENT, modality="flexion_extension", levels=())
    story.shows("instability", source=SURGEON, modality=None)
    assert story.ask("stable_and_aligned").value is True
    assert story.ask("dynamic_motion_mm").most == 0

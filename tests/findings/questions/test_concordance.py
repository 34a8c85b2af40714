from question_stories import ABSENT, BOTH, LEFT, RIGHT, Story


def recess_l4_5(**more):
    return Story(**more).shows("compression", structure="root", zone="lateral_recess", side=LEFT)


def test_the_traversing_root_and_its_weak_toe_fit():
    answer = (
        recess_l4_5()
        .symptom("radicular_pain", side=LEFT)
        .strength("extensor_hallucis_longus", 4, side=LEFT)
        .ask("compression_fits")
    )
    assert answer.value is True
    assert "L5" in answer.reason


def test_signs_of_another_root_do_not_fit():
    story = recess_l4_5().symptom("radicular_pain", side=LEFT).exam("reflex", muscle="achilles", side=LEFT)
    answer = story.ask("compression_fits")
    assert answer.value is False
    assert "S1" in answer.reason


def test_a_far_lateral_disc_meets_the_exiting_root():
    story = Story(level="L4-5", side=RIGHT).shows("compression", structure="root", zone="far_lateral", side=RIGHT)
    story.symptom("radicular_pain", side=RIGHT, sites=("shin",)).exam("reflex", muscle="patellar", side=RIGHT)
    answer = story.ask("compression_fits")
    assert answer.value is True
    assert "L4" in answer.reason


def test_a_root_named_by_the_report_is_taken_as_written():
    story = Story(level="L5-S1").shows("compression", structure="root", roots=("S1",), side=LEFT)
    assert story.symptom("radicular_pain", side=LEFT, roots=("S1",)).ask("compression_fits").value is True


def test_left_leg_pain_alone_fits_by_its_side():
    answer = recess_l4_5().symptom("radicular_pain", side=LEFT, sites=("leg",)).ask("compression_fits")
    assert answer.value is True
    assert "side" in answer.reason


def test_pain_in_the_other_leg_does_not_fit():
    assert recess_l4_5().symptom("radicular_pain", side=RIGHT).ask("compression_fits").value is False


def test_sites_of_the_neighbouring_root_are_read_generously():
    story = recess_l4_5().symptom("radicular_pain", side=LEFT, sites=("shin",))
    assert story.ask("compression_fits").value is True


def test_pain_in_the_groin_does_not_fit_a_disc_at_the_bottom():
    story = Story(level="L5-S1").shows("compression", structure="root", zone="lateral_recess", side=LEFT)
    assert story.symptom("radicular_pain", side=LEFT, sites=("groin",)).ask("compression_fits").value is False


def test_at_the_conus_no_single_root_is_forced():
    story = Story(level="T12-L1").shows("stenosis", grade="severe", zone="canal")
    story.symptom("radicular_pain", side=LEFT, sites=("flank", "groin"))
    assert story.ask("compression_fits").value is True


def test_cord_signs_fit_cord_compression():
    story = Story(level="C5-6", side=None).shows("compression", structure="cord").exam("hoffmann", side=BOTH)
    assert story.ask("compression_fits").value is True


def test_axial_pain_alone_has_nothing_to_match():
    story = recess_l4_5().symptom("axial_pain").symptom("radicular_pain", ABSENT)
    assert story.ask("compression_fits").value is False


def test_a_chart_silent_on_the_legs_leaves_it_open():
    assert recess_l4_5().ask("compression_fits").value is None


def test_while_compression_is_not_shown_nothing_is_matched():
    assert Story().symptom("radicular_pain", side=LEFT).ask("compression_fits").value is None
    assert Story().shows("normal").symptom("radicular_pain", side=LEFT).ask("compression_fits").value is None


def test_compression_at_another_level_only_does_not_fit():
    story = Story().shows("normal").shows("compression", structure="root", levels=("L5-S1",))
    assert story.symptom("radicular_pain", side=LEFT).ask("compression_fits").value is False


def test_claudication_with_a_narrow_canal_fits():
    story = Story(side=BOTH).shows("stenosis", grade="severe", zone="canal").symptom("claudication", side=BOTH)
    assert story.ask("compression_fits").value is True


def test_compression_on_the_other_side_than_the_complaint_does_not_fit():
    story = Story(side=RIGHT).shows("compression", structure="root", side=LEFT)
    assert story.symptom("radicular_pain", side=RIGHT).ask("compression_fits").value is False


def test_a_request_for_the_side_that_neither_hurts_nor_is_compressed_is_a_conflict():
    story = Story(side=LEFT).shows("compression", structure="root", side=RIGHT)
    assert story.symptom("radicular_pain", side=RIGHT).ask("compression_fits").conflicting


def test_a_side_is_no_conflict_where_the_complaint_has_none():
    story = Story(side=LEFT).shows("compression", structure="root", side=RIGHT)
    assert story.symptom("radicular_pain").ask("compression_fits").value is False

from question_stories import ABSENT, AS_OF, BOTH, LEFT, POSSIBLE, RIGHT, SURGEON, Story, day, on

SIX_MONTHS = {"max_age_months": 6.0, "cord_max_age_months": 3.0}


def test_a_root_displaced_at_the_level_and_side_is_compression():
    answer = Story().shows("compression", grade="displacement", structure="root", side=LEFT).ask("compression_shown")
    assert answer.value is True
    assert answer.evidence[0].quote == "compression"


def test_contact_counts_unless_the_policy_says_it_does_not():
    story = Story().shows("compression", grade="contact", structure="root", side=LEFT)
    assert story.ask("compression_shown").value is True
    assert story.ask("compression_shown", contact_counts=False).value is False


def test_moderate_stenosis_is_compression_and_mild_to_moderate_is_not():
    assert Story().shows("stenosis", grade="moderate", zone="canal").ask("compression_shown").value is True
    answer = Story().shows("stenosis", grade="mild_to_moderate", zone="foramen").ask("compression_shown")
    assert answer.value is False
    assert "mild" in answer.reason


def test_a_policy_may_ask_for_severe_stenosis():
    story = Story().shows("stenosis", grade="moderate", zone="canal")
    assert story.ask("compression_shown", stenosis_at_least="severe").value is False


def test_a_bulge_with_open_canal_and_foramina_rules_compression_out():
    story = Story().shows("disc", grade="bulge").shows("stenosis", ABSENT, zone="canal").shows("stenosis", ABSENT)
    assert story.ask("compression_shown").value is False


def test_a_herniation_without_a_word_on_the_nerve_leaves_it_open():
    assert Story().shows("disc", grade="protrusion").ask("compression_shown").value is None


def test_a_protrusion_said_not_to_touch_the_root_is_no_compression():
    story = Story().shows("disc", grade="protrusion").shows("compression", ABSENT, structure="root")
    assert story.ask("compression_shown").value is False


def test_ungraded_narrowing_is_not_documented():
    answer = Story().shows("stenosis", grade=None, zone="foramen", side=BOTH).ask("compression_shown")
    assert answer.value is None
    assert answer.sought


def test_possible_impingement_is_left_open():
    assert Story().shows("compression", POSSIBLE, structure="root").ask("compression_shown").value is None


def test_a_report_without_compression_at_any_level_speaks_for_this_one():
    assert Story().shows("compression", ABSENT, levels=()).ask("compression_shown").value is False


def test_what_is_said_of_the_level_outweighs_a_general_word():
    story = Story().shows("stenosis", ABSENT, levels=(), zone="canal")
    assert story.shows("compression", structure="root", side=LEFT).ask("compression_shown").value is True


def test_compression_on_the_other_side_is_shown_at_the_level_and_says_so():
    answer = Story(side=RIGHT).shows("compression", structure="root", side=LEFT).ask("compression_shown")
    assert answer.value is True
    assert "on the left side; the request is for right" in answer.reason


def test_a_root_pressed_in_the_recess_tells_the_level():
    story = Story(level="L4-5").shows("compression", structure="root", roots=("L5",), zone="lateral_recess", levels=())
    assert story.ask("compression_shown").value is True


def test_the_same_root_pressed_without_a_zone_tells_no_level():
    story = Story(level="L4-5").shows("compression", structure="root", roots=("L5",), levels=())
    assert story.ask("compression_shown").value is not True


def test_compression_at_another_level_only_is_found_elsewhere():
    story = Story().shows("normal").shows("stenosis", grade="severe", zone="canal", levels=("L3-4",))
    answer = story.ask("compression_elsewhere_only")
    assert answer.value is True
    assert "L3-4" in answer.reason


def test_nothing_compressed_anywhere_is_not_elsewhere():
    assert Story().shows("normal").ask("compression_elsewhere_only").value is False


def test_a_report_that_is_silent_on_the_level_leaves_it_open():
    story = Story().shows("stenosis", grade="severe", zone="canal", levels=("L3-4",))
    assert story.ask("compression_shown").value is None
    assert story.ask("compression_elsewhere_only").value is None


def test_without_a_requested_level_nothing_can_be_tied():
    story = Story(level=None).shows("compression", structure="root", levels=("L4-5",))
    answer = story.ask("compression_shown")
    assert answer.value is None
    assert "no level" in answer.reason
    assert answer.evidence


def test_six_months_to_the_day_is_young_enough_and_a_day_more_is_not():
    young = Story(as_of=day("2026-01-31")).shows("compression", structure="root", when=on("2025-07-31"))
    old = Story(as_of=day("2026-01-31")).shows("compression", structure="root", when=on("2025-07-30"))
    assert young.ask("compression_shown", **SIX_MONTHS).value is True
    assert old.ask("compression_shown", **SIX_MONTHS).value is None


def test_a_study_too_old_is_named_with_its_date_and_age():
    story = Story(as_of=AS_OF).shows("compression", structure="root", when=on("2023-03-09"))
    answer = story.ask("compression_shown", **SIX_MONTHS)
    assert "2023-03-09" in answer.reason
    assert "34 months" in answer.reason
    assert story.ask("compression_too_old", **SIX_MONTHS).value is True


def test_cord_levels_take_the_shorter_limit():
    old = on("2025-10-01")
    conus = Story(level="T12-L1").shows("compression", structure="cord", when=old)
    cauda = Story(level="L4-5").shows("compression", structure="root", when=old)
    assert conus.ask("compression_shown", **SIX_MONTHS).value is None
    assert cauda.ask("compression_shown", **SIX_MONTHS).value is True


def test_after_the_operation_age_is_counted_to_the_day_of_service():
    story = Story(as_of=day("2026-08-01")).shows("compression", structure="root", when=on("2026-01-08"))
    story.asks_for("service_rendered", "yes", when=on("2026-02-10"), written=day("2026-02-10"))
    assert story.ask("compression_shown", **SIX_MONTHS).value is True


def test_the_surgeons_own_reading_of_a_dated_study_suffices():
    assert (
        Story().reads("compression", structure="root", side=LEFT).ask("compression_shown", **SIX_MONTHS).value is True
    )


def test_the_surgeons_reading_of_an_undated_study_does_not():
    story = Story().reads("compression", structure="root", when=None)
    assert story.ask("compression_shown", **SIX_MONTHS).value is None


def test_an_undated_reading_takes_the_date_of_the_only_study_of_its_kind():
    story = Story().study("mri", when=on("2026-01-08")).reads("compression", structure="root", when=None)
    assert story.ask("compression_shown", **SIX_MONTHS).value is True


def test_a_report_that_rules_out_what_the_surgeon_reads_is_a_conflict():
    story = Story().shows("compression", ABSENT, structure="root").reads("compression", structure="root")
    answer = story.ask("compression_shown")
    assert answer.conflicting
    assert len(answer.evidence) == 2


def test_a_report_silent_on_the_level_is_no_conflict():
    story = Story().shows("stenosis", grade="mild", levels=("L3-4",)).reads("compression", structure="root")
    answer = story.ask("compression_shown")
    assert answer.value is True
    assert not answer.conflicting


def test_a_newer_study_read_by_the_surgeon_is_no_conflict_with_an_older_report():
    story = Story().shows("compression", ABSENT, structure="root", when=on("2025-11-01"))
    story.reads("compression", structure="root", when=on("2026-01-15"))
    assert story.ask("compression_shown").value is True


def test_a_diagnosis_is_no_reading_of_a_study():
    story = Story().shows("normal")
    story.shows("compression", structure="root", source=SURGEON, modality=None, when=None)
    answer = story.ask("compression_shown")
    assert answer.value is False
    assert not answer.conflicting


def test_a_ct_that_shows_nothing_does_not_overrule_the_mri():
    story = Story().shows("compression", structure="root", when=on("2026-01-08"))
    story.shows("stenosis", ABSENT, modality="ct", when=on("2026-01-12"))
    assert story.ask("compression_shown").value is True


def test_the_newest_mri_decides():
    story = Story().shows("compression", structure="root", when=on("2025-09-01"))
    story.shows("compression", ABSENT, structure="root", when=on("2026-01-12"))
    assert story.ask("compression_shown").value is False


def test_a_study_from_before_the_earlier_operation_does_not_speak_for_a_revision():
    story = Story(revision=True).operated("discectomy", "L4-5", when="2025-12-01")
    story.shows("compression", structure="root", when=on("2025-10-01"))
    assert story.ask("compression_shown", **SIX_MONTHS).value is None


def test_a_dented_sac_is_not_a_compressed_nerve():
    assert (
        Story().shows("compression", grade="displacement", structure="thecal_sac").ask("compression_shown").value
        is None
    )


def test_a_policy_on_stenosis_does_not_take_root_contact_for_it():
    story = Story().shows("compression", grade="contact", structure="root", side=LEFT)
    assert story.ask("compression_shown", needs_stenosis=True).value is None
    story.shows("stenosis", grade="severe", zone="lateral_recess", side=LEFT)
    assert story.ask("compression_shown", needs_stenosis=True).value is True


def test_severe_canal_stenosis_is_told_from_a_severe_foramen():
    assert Story().shows("stenosis", grade="severe", zone="canal").ask("severe_canal_stenosis").value is True
    assert Story().shows("stenosis", grade="severe", zone="foramen").ask("severe_canal_stenosis").value is None
    assert Story().shows("stenosis", grade="mild", zone="canal").ask("severe_canal_stenosis").value is False


def test_a_compressed_cord_is_found_only_where_there_is_cord():
    assert Story(level="C5-6").shows("compression", structure="cord").ask("cord_compression").value is True
    assert Story(level="T12-L1").shows("stenosis", grade="severe", zone="canal").ask("cord_compression").value is True
    assert Story(level="L4-5").shows("stenosis", grade="severe", zone="canal").ask("cord_compression").value is False

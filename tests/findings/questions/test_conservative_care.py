from question_stories import ABSENT, PRESENT, Story, day, length, on

from necessity.facts.fact import Region, Treatment


def test_therapy_by_its_dates_with_the_working_shown():
    answer = Story().treated("physical_therapy", "2025-10-20", "2025-12-19").ask("care_days")
    assert (answer.least, answer.most) == (60, 60)
    assert "2025-10-20 to 2025-12-19 is 60 days (8 weeks 4 days)" in answer.reason


def test_forty_two_days_and_forty_one():
    assert Story().treated("physical_therapy", "2025-12-01", "2026-01-12").ask("care_days").least == 42
    assert Story().treated("physical_therapy", "2025-12-01", "2026-01-11").ask("care_days").most == 41


def test_overlapping_treatments_do_not_add_up():
    story = Story().treated("physical_therapy", "2025-11-01", "2025-12-01")
    story.treated("medication", "2025-11-10", "2025-12-11", drug="naproxen")
    assert story.ask("care_days").value == 40


def test_treatments_one_after_the_other_are_one_run():
    story = Story().treated("medication", "2025-11-01", "2025-11-21", drug="naproxen")
    story.treated("physical_therapy", "2025-11-21", "2025-12-20")
    assert story.ask("care_days").value == 49


def test_a_drug_still_taken_runs_to_the_day_of_judgement():
    story = Story(as_of=day("2025-12-18")).treated(
        "medication", "2025-11-10", drug="naproxen", ongoing=True, written=day("2025-12-17")
    )
    answer = story.ask("care_days")
    assert (answer.least, answer.most) == (38, 38)
    assert answer.growing
    assert "goes on" in answer.reason


def test_a_drug_taken_now_and_then_is_no_continuous_treatment():
    story = Story().treated("medication", "2025-06-01", drug="ibuprofen", ongoing=True, as_needed=True)
    assert story.ask("care_days").least is None


def test_a_month_is_read_with_both_its_edges():
    answer = Story().treated("medication", "2025-09", drug="celecoxib", ongoing=True).ask("care_days")
    assert answer.least == (day("2026-01-31") - day("2025-09-30")).days
    assert answer.most == (day("2026-01-31") - day("2025-09-01")).days


def test_treatment_without_dates_leaves_the_length_open():
    answer = Story().treated("physical_therapy").treated("medication", drug="naproxen").ask("care_days")
    assert (answer.value, answer.least, answer.most) == (None, None, None)
    assert answer.sought
    assert answer.evidence


def test_a_short_course_beside_an_undated_one_may_still_be_long_enough():
    story = Story().treated("physical_therapy", "2026-01-01", "2026-01-15").treated("chiropractic")
    answer = story.ask("care_days")
    assert answer.least == 14
    assert answer.most is None


def test_a_stated_length_counts_as_written():
    answer = Story().treated("physical_therapy", length=length(42)).ask("care_days")
    assert (answer.least, answer.most) == (42, 42)


def test_several_weeks_are_no_six_weeks():
    answer = Story().treated("physical_therapy", length=length(28, 14, None)).ask("care_days")
    assert answer.least == 14
    assert answer.most is None


def test_the_dates_of_a_record_outweigh_a_full_course():
    story = Story().treated("physical_therapy", "2025-11-10", "2025-12-15", documentation="record")
    assert story.treated("physical_therapy", length=length(84)).ask("care_days").most == 35


def test_the_whole_episode_bounds_the_treatment():
    story = (
        Story().quality("episode", length=length(10), written=day("2026-01-21")).treated("medication", drug="ketorolac")
    )
    answer = story.ask("care_days")
    assert answer.most == 20
    assert "episode" in answer.reason


def test_symptoms_are_not_treatment():
    answer = Story().quality("episode", length=length(180)).ask("care_days")
    assert not answer.least
    assert answer.most is not None and answer.most >= 180


def test_care_before_the_recurrence_does_not_count_for_a_revision():
    story = Story(revision=True).operated("discectomy", "L4-5", when="2025-06-17")
    story.treated("physical_therapy", "2025-04-01", "2025-05-20")
    assert not story.ask("care_days").least


def test_care_since_the_recurrence_counts():
    story = (
        Story(revision=True).operated("discectomy", "L4-5", when="2024-05-14").quality("episode", onset=on("2025-09"))
    )
    story.treated("physical_therapy", "2024-02-01", "2024-04-01").treated(
        "physical_therapy", "2025-10-20", "2025-12-19"
    )
    assert story.ask("care_days", since="recurrence").value == 60


def test_care_of_an_earlier_episode_or_another_region_does_not_count():
    story = Story().treated("physical_therapy", "2025-03-01", "2025-06-01", historical=True)
    story.treated("physical_therapy", "2025-03-01", "2025-06-01", other_region="knee")
    story.treated("physical_therapy", "2025-03-01", "2025-06-01", region=Region.CERVICAL)
    assert story.ask("care_days").least is None


def test_exercises_kept_up_after_therapy_go_on_from_its_end():
    story = Story().treated("physical_therapy", "2025-06-30", "2025-08-22").treated("home_exercise", ongoing=True)
    assert story.ask("care_days").least == (day("2026-01-31") - day("2025-06-30")).days


def test_nothing_tried_is_no_day():
    answer = Story().care("care_none").ask("care_days")
    assert (answer.least, answer.most) == (0, 0)


def test_advised_therapy_was_not_tried():
    from necessity.facts.fact import Assertion

    story = Story().treated("physical_therapy", "2025-11-01", "2026-01-15", assertion=Assertion.ADVISED)
    assert story.ask("care_days").least is None


def test_treatment_after_the_operation_does_not_count():
    story = Story(as_of=day("2026-01-31")).treated("physical_therapy", "2025-11-01", "2026-01-15")
    story.asks_for("service_rendered", "yes", when=on("2025-12-11"), assertion=PRESENT)
    assert story.ask("care_days").value == 40


def test_supervised_therapy_is_counted_alone():
    story = (
        Story()
        .treated("physical_therapy", "2025-11-10", "2025-12-15")
        .treated("medication", "2025-06-01", drug="naproxen", ongoing=True)
    )
    assert story.ask("supervised_therapy_days").value == 35
    assert Story().treated("physical_therapy", assertion=ABSENT).ask("supervised_therapy_days").most == 0
    assert Story().ask("supervised_therapy_days").value is None


def test_a_course_told_in_pieces_is_one():
    story = Story(as_of=day("2025-12-04")).treated(
        "medication", "2025-10-17", drug="naproxen", written=day("2025-12-01")
    )
    story.treated("medication", drug="naproxen", ongoing=True, written=day("2025-12-01"))
    answer = story.ask("care_days")
    assert answer.least == 48
    assert answer.growing


def test_a_start_and_an_end_told_apart_are_one_course():
    story = Story().treated("physical_therapy", "2025-11-10").treated("physical_therapy", None, "2025-12-15")
    assert story.ask("care_days").least == 35


def test_another_drug_going_on_says_nothing_of_this_one():
    story = Story().treated("medication", "2025-10-17", drug="prednisone")
    story.treated("medication", drug="naproxen", ongoing=True)
    assert not story.ask("care_days").least


def test_the_one_date_of_a_drug_that_goes_on_is_its_beginning():
    story = Story().treated("medication", drug="naproxen", when=on("2025-12-01"), ongoing=True)
    assert story.ask("care_days").value == 61


def test_the_date_of_a_therapy_visit_is_no_beginning():
    story = Story().treated("physical_therapy", when=on("2026-01-10"), documentation="record")
    assert story.ask("care_days").most is None


def test_care_before_the_earlier_operation_does_not_count_for_the_repeat_one():
    story = Story(revision=True).operated("discectomy", "L4-5", when="2025-11-01")
    story.treated("physical_therapy", "2025-06-01", "2025-10-01")
    story.tell(Treatment, "physical_therapy", length=length(120), written=day("2025-11-01"))
    story.quality("episode", onset=on("2026-01-02"))
    answer = story.ask("care_days")
    assert (answer.least, answer.most) == (0, 29)


def test_the_day_of_the_return_outweighs_the_length_of_the_good_time():
    story = Story(revision=True).operated("discectomy", "L4-5", when="2025-10-01")
    story.quality("episode", length=length(56)).quality("episode", onset=on("2026-01-02"))
    assert story.treated("medication", "2026-01-04", drug="gabapentin").ask("care_days").most == 27


def test_a_stated_length_longer_than_the_episode_counts_no_further_than_it():
    story = Story().treated("physical_therapy", length=length(84)).quality("episode", length=length(21))
    assert story.ask("care_days").least <= 21 + 10


def test_treatment_before_a_good_time_is_not_counted():
    from necessity.values.dates import PartialDate

    story = Story().treated("physical_therapy", "2025-05-05", "2025-07-24")
    story.care("care_closed", when=PartialDate.day(day("2026-01-06")))
    answer = story.ask("care_days")
    assert (answer.least or 0) == 0 and answer.most is not None and answer.most < 42

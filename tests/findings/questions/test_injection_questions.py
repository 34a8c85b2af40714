"""Earlier injections, blocks and ablations: how many, when, and how long they helped."""

from __future__ import annotations

from question_stories import ABSENT, Story, length, on

from necessity.charts.document import Kind
from necessity.charts.request import Request
from necessity.facts.fact import Region


def esi(story: Story, when: str | None, **more) -> Story:
    return story.treated("epidural_injection", when=on(when) if when else None, region=Region.LUMBAR, **more)


def test_an_earlier_epidural_is_told_ruled_out_or_not_mentioned():
    assert esi(Story(), "2024-05-02").ask("earlier_epidural").value is True
    assert Story().treated("epidural_injection", assertion=ABSENT).ask("earlier_epidural").value is False
    assert Story().ask("earlier_epidural").value is None


def test_the_injection_of_the_day_itself_is_not_an_earlier_one():
    assert esi(Story(), "2026-01-31").ask("earlier_epidural").value is None


def test_an_injection_of_the_neck_is_none_of_the_back():
    story = Story().treated("epidural_injection", when=on("2025-11-01"), region=Region.CERVICAL)
    assert story.ask("earlier_epidural").value is None


def test_relief_is_counted_only_where_it_was_enough():
    told = esi(Story(), "2025-06-01", relief_percent=70.0, relief=length(100))
    assert told.ask("relief_days").least == 100
    assert esi(Story(), "2025-06-01", relief_percent=40.0, relief=length(100)).ask("relief_days").most == 0
    assert esi(Story(), "2025-06-01").ask("relief_days").known is False


def test_relief_of_an_injection_at_another_level_says_nothing():
    other = esi(Story(), "2025-06-01", levels=("L1-2",), relief_percent=70.0, relief=length(100))
    assert other.ask("relief_days").known is False


def test_sessions_of_a_year_include_the_one_asked_for():
    story = esi(esi(esi(Story(), "2025-03-01"), "2025-09-01"), "2024-01-01")
    assert story.ask("epidurals_in_year").value == 3


def test_two_statements_on_one_day_are_one_session_and_an_undated_one_joins_it():
    story = esi(esi(esi(Story(), "2025-09-01"), "2025-09-01"), None)
    assert story.ask("epidurals_in_year").value == 2


def test_a_procedure_note_dates_its_own_injection():
    story = Story(kind=Kind.INJECTION_NOTE).treated("epidural_injection")
    assert story.ask("epidurals_in_year").value == 2


def test_undated_sessions_leave_the_year_open_up_to_their_number():
    answer = esi(Story(), None, count=3).ask("epidurals_in_year")
    assert (answer.least, answer.most) == (1, 4)


def test_blocks_count_with_enough_relief_and_stay_open_without_a_number():
    story = Story().treated("medial_branch_block", when=on("2025-11-01"), relief_percent=90.0)
    assert story.ask("diagnostic_blocks").value == 1
    story.treated("medial_branch_block", when=on("2025-12-01"))
    answer = story.ask("diagnostic_blocks")
    assert (answer.least, answer.most) == (1, 2)


def test_an_ablation_of_the_past_is_found_among_treatments_and_operations():
    assert Story().treated("facet_ablation", when=on("2024-01-01")).ask("earlier_ablation").value is True
    assert Story().operated("facet_ablation", when="2024-01-01").ask("earlier_ablation").value is True


def test_a_code_that_includes_imaging_shows_the_guidance():
    assert Story(request=Request(cpt=("64483",))).ask("image_guidance").value is True
    assert Story(request=Request(cpt=("62322",))).ask("image_guidance").value is False
    assert Story().ask("image_guidance").value is None


def test_the_episode_is_as_long_as_the_longest_that_is_told():
    story = Story().quality("episode", length=length(30)).quality("episode", onset=on("2025-09-01"))
    assert story.ask("episode_days").least == 152


def test_the_highest_current_score_counts():
    assert Story().quality("pain_score", 6.0).quality("pain_score", 9.0).ask("pain_score").value == 9
    assert Story().quality("pain_score", 9.0, current=False).ask("pain_score").value is None


def test_no_relief_in_words_is_no_relief():
    story = esi(Story(), "2025-12-01", response="none")
    assert story.ask("relief_days", of="epidural_injection").value == 0


def test_each_level_asked_for_of_the_procedure_counts():
    asked = Request(procedures=("discectomy",), levels=("L3-4", "L4-5", "L5-S1"))
    assert Story(request=asked).ask("requested_levels").value == 3

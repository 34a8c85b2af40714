"""The sacroiliac joint: tests that provoke it, blocks that relieve it, and other sources of the pain."""

from __future__ import annotations

from question_stories import ABSENT, LEFT, RIGHT, Story, day, on

FIVE = ("faber", "thigh_thrust", "si_compression", "si_distraction", "gaenslen")


def joint() -> Story:
    return Story(level=None, side=LEFT, procedures=("si_fusion",))


def examined(story: Story, positive: int, negative: int, **more) -> Story:
    for number, name in enumerate(FIVE[: positive + negative]):
        story.exam(name, **more) if number < positive else story.exam(name, ABSENT, **more)
    return story


def block(story: Story, when: str | None, relief: float | None, **more) -> Story:
    return story.treated("si_injection", when=on(when) if when else None, relief_percent=relief, **more)


def bounds(answer) -> tuple[float | None, float | None]:
    return answer.least, answer.most


def test_named_tests_are_counted_and_those_not_told_stay_open():
    assert bounds(examined(joint(), 4, 1).ask("provocative_tests")) == (4, 4)
    assert bounds(examined(joint(), 1, 1).ask("provocative_tests")) == (1, 4)
    assert bounds(examined(joint(), 2, 3).ask("provocative_tests")) == (2, 2)
    assert joint().ask("provocative_tests").known is False


def test_a_positive_test_of_the_other_side_does_not_count():
    assert bounds(examined(joint(), 5, 0, side=RIGHT).ask("provocative_tests")) == (0, 0)


def test_a_count_stands_for_the_tests_that_it_names():
    story = examined(joint(), 2, 0).exam("sacroiliac_tests", grade=4.0, value="5")
    assert story.ask("provocative_tests").value == 4


def test_the_latest_examination_counts():
    story = examined(joint(), 5, 0, written=day("2025-03-01"))
    assert bounds(examined(story, 1, 4).ask("provocative_tests")) == (1, 1)


def test_tests_called_positive_without_a_number_leave_the_count_open():
    assert joint().exam("sacroiliac_tests").ask("provocative_tests").known is False


def test_blocks_count_by_day_with_enough_relief():
    story = block(block(joint(), "2025-07-22", 90), "2025-08-19", 100)
    assert story.ask("sacroiliac_blocks").value == 2
    assert block(joint(), "2025-07-22", 50).ask("sacroiliac_blocks").value == 0


def test_a_steroid_injection_that_failed_is_no_block_without_a_number():
    story = block(block(joint(), "2025-07-22", 90), "2025-09-16", None, response="failed")
    assert bounds(story.ask("sacroiliac_blocks")) == (1, 1)
    assert bounds(block(joint(), "2025-07-22", None).ask("sacroiliac_blocks")) == (0, 1)


def test_two_blocks_told_together_are_two_and_an_unknown_number_is_open():
    assert block(joint(), None, 80, count=2).ask("sacroiliac_blocks").least == 2
    assert bounds(block(joint(), None, None).ask("sacroiliac_blocks")) == (0, None)


def test_blocks_of_the_other_joint_do_not_count():
    assert block(joint(), "2025-07-22", 90, side=RIGHT).ask("sacroiliac_blocks").known is False


def test_other_sources_are_ruled_out_only_when_hip_and_spine_are():
    hip = joint().patient("other_source", "hip", assertion=ABSENT)
    assert hip.ask("other_source").value is None
    assert hip.shows("stenosis", ABSENT, zone="canal").ask("other_source").value is False
    assert joint().patient("other_source", "all", assertion=ABSENT).ask("other_source").value is False


def test_a_bad_hip_or_a_compressed_root_is_another_source():
    assert joint().patient("other_source", "hip").ask("other_source").value is True
    assert joint().shows("compression", structure="root").ask("other_source").value is True

"""A fracture of the line's vertebra: shown, ruled out, recent or old."""

from __future__ import annotations

from question_stories import ABSENT, Story


def at_l3() -> Story:
    return Story(level="L3", side=None, procedures=("vertebral_augmentation",))


def test_a_fracture_of_the_vertebra_is_shown_and_another_is_not_it():
    assert at_l3().flag("fracture", levels=("L3",)).ask("fracture_shown").value is True
    assert at_l3().flag("fracture", levels=("T11",)).ask("fracture_shown").value is None


def test_an_old_fracture_is_none_to_treat():
    assert at_l3().flag("fracture", levels=("L3",), value="old").ask("fracture_shown").value is False
    assert at_l3().flag("fracture", levels=("L3",), value="old").ask("fracture_recent").value is False


def test_oedema_of_the_vertebra_shows_a_recent_fracture():
    story = at_l3().flag("fracture", levels=("L3",))
    assert story.ask("fracture_recent").value is None
    assert story.shows("oedema").ask("fracture_recent").value is True


def test_no_oedema_there_shows_a_healed_one():
    assert at_l3().flag("fracture", levels=("L3",)).shows("oedema", ABSENT).ask("fracture_recent").value is False


def test_no_fracture_in_the_report_is_none_at_the_vertebra():
    assert at_l3().flag("fracture", ABSENT, levels=()).ask("fracture_shown").value is False


def test_an_old_fracture_with_oedema_there_is_one_to_treat():
    story = at_l3().flag("fracture", levels=("L3",), value="old").shows("oedema")
    assert story.ask("fracture_shown").value is True
    assert story.ask("fracture_recent").value is True

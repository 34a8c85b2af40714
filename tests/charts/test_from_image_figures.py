"""Figures that an engine took apart, and those that it may have."""

from __future__ import annotations

from necessity.charts.from_image_figures import whole_figures
from necessity.charts.layout_lines import Word


def line(*words: tuple[str, float, float]) -> list[Word]:
    """Words of one line by text, left and right; a dozen others below it show how wide the usual gap is (14)."""
    usual = [Word("pain", 100 * at, 40, 100 * at + 86, 60, 95) for at in range(12)]
    return [*(Word(text, left, 0, right, 20, 95) for text, left, right in words), *usual]


def first_line(words: list[Word]) -> list[Word]:
    return [word for word in whole_figures(words) if word.top < 30]


def test_a_date_that_was_taken_apart_is_one_again():
    (whole,) = first_line(line(("10/07/2025-1", 0, 150), ("2/11/2025", 159, 270)))
    assert (whole.text, whole.left, whole.right, whole.doubtful) == ("10/07/2025-12/11/2025", 0, 270, False)


def test_where_nobody_can_tell_both_parts_are_in_doubt():
    one, other = first_line(line(("(1", 0, 20), ("1/04/2025)", 32, 150)))
    assert (one.text, other.text) == ("(1", "1/04/2025)") and one.doubtful and other.doubtful


def test_two_figures_set_apart_stay_two_and_sure():
    one, other = first_line(line(("L3/4", 0, 50), ("06/03/25", 64, 150)))
    assert not one.doubtful and not other.doubtful


def test_words_are_not_joined_however_near_they_stand():
    assert [word.text for word in first_line(line(("has", 0, 50), ("a", 52, 60)))] == ["has", "a"]

"""Which recognised words may be misread."""

from __future__ import annotations

import pytest

from necessity.charts.doubt import doubtful_words, is_deciding, looks_misread
from necessity.charts.layout_lines import Word


@pytest.mark.parametrize("text", ["L4-S", "L5-Si:", "L4-L§", "1.4-5", "I4-5", "S/5", "4+/S", "1O/12/2024", "15-S1"])
def test_levels_strengths_and_dates_with_a_letter_for_a_figure_look_misread(text: str):
    assert looks_misread(text)


@pytest.mark.parametrize(
    "text", ["L4-5", "L5-S1,", "(T12-L1)", "C5/6", "4+/5", "10/12/2024", "12-14", "1-2", "b/l", "w/o", "S1"]
)
def test_proper_ones_do_not(text: str):
    assert not looks_misread(text)


@pytest.mark.parametrize("text", ["L4-5", "4/5", "left", "Left:", "R", "no", "denies", "12/19", "600mg"])
def test_figures_sides_and_negations_decide(text: str):
    assert is_deciding(text)


def word(text: str, confidence: float = 96.0) -> Word:
    return Word(text, 100, 100, 160, 120, confidence)


def is_doubted(mine: Word, *second: Word) -> bool:
    return doubtful_words([mine], list(second) or None)[0].doubtful


def test_a_sure_word_is_not_doubted_and_an_unsure_one_is():
    assert not is_doubted(word("weakness", 80))
    assert is_doubted(word("weakness", 40))


def test_a_figure_has_to_be_surer_than_another_word():
    assert is_doubted(word("4/5", 70))


def test_engines_that_differ_on_a_level_cast_doubt_and_the_word_stays_as_it_was():
    (read,) = doubtful_words([word("L4-5")], [word("L1-5")])
    assert read.doubtful and read.text == "L4-5"


def test_engines_that_agree_on_a_level_settle_a_doubt():
    assert not is_doubted(word("L4-5", 70), word("L4-5"))


def test_a_second_engine_that_read_nothing_there_says_nothing():
    elsewhere = Word("L1-2", 100, 300, 160, 320, 96.0)
    assert not is_doubted(word("L4-5"), elsewhere)

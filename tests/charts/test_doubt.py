"""Which recognised words may be misread."""

from __future__ import annotations

import pytest

from necessity.charts.doubt import doubtful_words, is_deciding, looks_misread, weighed
from necessity.charts.layout_lines import Word


@pytest.mark.parametrize(
    "text",
    ["L4-S", "L5-Si:", "L4-L§", "1.4-5", "I4-5", "S/5", "4+/S", "1O/12/2024", "15-S1", "41/14,", "44/5", "42/02/2025"],
)
def test_levels_strengths_and_dates_with_a_letter_for_a_figure_look_misread(text: str):
    assert looks_misread(text)


@pytest.mark.parametrize(
    "text",
    [
        "L4-5",
        "L5-S1,",
        "(T12-L1)",
        "C5/6",
        "4+/5",
        "10/12/2024",
        "12-14",
        "1-2",
        "b/l",
        "w/o",
        "S1",
        "98/64",
        "120/80",
        "31/12",
        "14/17",
        "30-45",
    ],
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


def left_doubtful(first: Word, *others: Word) -> Word:
    return weighed(Word(first.text, 100, 100, 160, 120, first.confidence, True), [[other] for other in others])


def test_a_word_read_alike_in_three_pictures_is_no_longer_in_doubt():
    assert not left_doubtful(word("L4-5", 70), word("L4-5", 80), word("L4-5", 60)).doubtful


def test_a_figure_that_one_picture_shows_otherwise_stays_in_doubt_as_it_was_read():
    read = left_doubtful(word("44/02", 80), word("12/02", 93), word("44/02", 95))
    assert read.doubtful and read.text == "44/02"


def test_two_sure_readings_stand_against_one_that_was_not_sure():
    read = left_doubtful(word("711-12:", 10), word("T11-12:", 91), word("T11-12:", 89))
    assert not read.doubtful and read.text == "T11-12:"


def test_nothing_is_settled_by_readings_that_are_all_unsure():
    assert left_doubtful(word("4/5", 20), word("4/5", 30), word("4/5", 10)).doubtful


def test_what_cannot_be_right_stays_in_doubt_however_often_it_is_read():
    assert left_doubtful(word("L4-S", 90), word("L4-S", 90), word("L4-S", 90)).doubtful


def test_thin_strokes_are_told_apart_by_the_greater_number_of_readings():
    read = left_doubtful(word("b/l", 47), word("bil", 84), word("b/l", 79))
    assert not read.doubtful and read.text == "b/l"

"""Lines with doubtful words are read again, and only they."""

from __future__ import annotations

import numpy as np

from necessity.charts.engine import Picture
from necessity.charts.from_image_again import read_again
from necessity.charts.from_image_clean import clean
from necessity.charts.layout_lines import Word

PAGE = np.full((1100, 850), 255, dtype=np.uint8)


class Once:
    """An engine that finds one word in the middle of whatever it is shown, and remembers what that was."""

    name = "once"

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen: list[Picture] = []

    def words(self, picture: Picture) -> list[Word] | str:
        self.seen.append(picture)
        scale, middle = picture.dpi / 300, picture.height / 2
        return [Word(self.text, 300 * scale, middle - 15 * scale, 420 * scale, middle + 15 * scale, 90)]


def read(engine: Once, *words: Word) -> list[Word]:
    return read_again(list(words), PAGE, 100, clean(PAGE, 100), engine)


def test_a_page_without_doubt_is_not_read_again():
    engine = Once("L4-5")
    assert read(engine, Word("L4-5", 300, 900, 420, 930, 96)) and not engine.seen


def test_a_line_is_read_again_finer_and_coarser_and_its_words_are_found_in_their_place():
    engine = Once("L4-5")
    words = read(engine, Word("pain", 100, 500, 180, 530, 96), Word("L4-5", 300, 900, 420, 930, 70, True))
    assert [picture.dpi for picture in engine.seen] == [400, 250]
    assert all(picture.strips and picture.height < 200 * picture.dpi / 300 for picture in engine.seen)
    assert [word.doubtful for word in words] == [False, False]


def test_a_line_that_is_read_otherwise_stays_in_doubt():
    (word,) = read(Once("L1-5"), Word("L4-5", 300, 900, 420, 930, 70, True))
    assert word.doubtful and word.text == "L4-5"

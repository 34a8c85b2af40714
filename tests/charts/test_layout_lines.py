"""Reading order: rows, columns of prose, and tables."""

from __future__ import annotations

from necessity.charts.layout_lines import Word, lines_of

WIDTH = 612.0


def row(top: float, *cells: tuple[float, str]) -> list[Word]:
    """Words of cells that begin at the given points, five points a letter."""
    words = []
    for left, text in cells:
        at = left
        for part in text.split():
            words.append(Word(part, at, top, at + 5 * len(part), top + 10))
            at += 5 * len(part) + 3
    return words


def read(*rows: list[Word]) -> list[str]:
    return [line.text for line in lines_of([word for one in rows for word in one], WIDTH)]


def test_words_are_read_by_height_and_then_from_the_left_however_they_arrive():
    words = row(50, (54, "second line")) + row(36, (54, "first line"))
    assert [line.text for line in lines_of(reversed(words), WIDTH)] == ["first line", "second line"]


def test_two_columns_of_prose_are_read_one_after_the_other():
    left = "The patient has had pain in the left leg"
    right = "Physical therapy was tried for eight weeks"
    rows = [row(40 + 12 * at, (54, left), (330, right)) for at in range(5)]
    assert read(*rows) == [left] * 5 + [right] * 5


def test_a_heading_across_both_columns_comes_first():
    rows = [row(40, (54, "A heading that goes across the whole of the page from one side to the other of it all"))]
    rows += [
        row(60 + 12 * at, (54, "words of the left hand column are here"), (330, "and words of the right hand one"))
        for at in range(5)
    ]
    lines = read(*rows)
    assert lines[0].startswith("A heading") and lines[1].startswith("words") and lines[-1].startswith("and words")


def test_a_table_is_read_row_by_row():
    rows = [
        row(40, (54, "Muscle"), (250, "Right"), (400, "Left")),
        row(54, (54, "Tibialis anterior"), (250, "4/5"), (400, "5/5")),
        row(68, (54, "Gastrocnemius"), (250, "5/5"), (400, "5/5")),
        row(82, (54, "Quadriceps"), (250, "5/5"), (400, "5/5")),
        row(96, (54, "Iliopsoas"), (250, "5/5"), (400, "5/5")),
    ]
    assert read(*rows)[1] == "Tibialis anterior   4/5   5/5"


def test_the_rest_of_a_wrapped_cell_is_read_with_its_cell():
    rows = [
        row(40, (54, "01/05/2026"), (150, "therapeutic exercise and"), (400, "pain 6/10")),
        row(51, (150, "manual therapy")),
        row(64, (54, "01/12/2026"), (150, "traction"), (400, "pain 5/10")),
    ]
    assert read(*rows)[0] == "01/05/2026   therapeutic exercise and manual therapy   pain 6/10"


def test_a_dash_lower_than_its_line_stays_in_it():
    words = row(40, (54, "MRI LUMBAR")) + [Word("-", 106, 46, 109, 48)] + row(40, (112, "01/12/2026"))
    assert [line.text for line in lines_of(words, WIDTH)] == ["MRI LUMBAR - 01/12/2026"]


def test_a_wide_gap_between_rows_is_a_blank_line():
    lines = lines_of(
        row(40, (54, "one")) + row(53, (54, "two")) + row(66, (54, "three")) + row(99, (54, "four")), WIDTH
    )
    assert [line.apart for line in lines] == [False, False, False, True]


def test_each_word_of_a_line_knows_where_it_stands_in_the_text_and_on_the_page():
    (line,) = lines_of(row(40, (54, "pain 4/5"), (300, "left")), WIDTH)
    assert line.text == "pain 4/5   left"
    assert [int(value) for value in line.spots[16:18]] == [11, 15]
    assert line.spots[18] == 300

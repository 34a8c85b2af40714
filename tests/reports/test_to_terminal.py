from dataclasses import replace

import pytest
from report_examples import ALL, adverse, said, split, urgent

from necessity.reports.to_terminal import to_terminal


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", ALL)
def test_no_line_is_wider_than_asked(name, width):
    lines = to_terminal(ALL[name](), width=width).decode().splitlines()
    assert max(len(line) for line in lines) <= width


def test_plain_text_has_no_escape_codes():
    assert b"\x1b" not in to_terminal(adverse())


def test_colour_is_there_when_asked_for_and_changes_no_word():
    coloured = to_terminal(adverse(), colour=True)
    assert b"\x1b[" in coloured


def test_statuses_can_be_read_without_colour():
    text = to_terminal(adverse()).decode()
    assert "[NOT MET]  Six weeks of active non-operative treatment" in text
    assert "[NOT DOCUMENTED]  Two or more non-operative measures" in text


def test_words_in_brackets_are_not_taken_for_markup():
    answer = (said("answer", "The side [left] was [bold]named[/bold].", "request"),)
    assert "The side [left] was [bold]named[/bold]." in to_terminal(replace(adverse(), answer=answer)).decode()


def test_terminal_escapes_in_a_chart_are_made_harmless():
    answer = (said("answer", "Before \x1b[2J after.", "request"),)
    assert b"\x1b" not in to_terminal(replace(adverse(), answer=answer))


def test_quotations_name_document_and_page():
    text = to_terminal(urgent()).decode()
    assert "“knee extension 3/5 vs 5/5” (d3 neurosurgery-consult.txt, page\u00a01)" in text


def test_lines_are_listed_with_their_outcomes():
    text = to_terminal(split()).decode()
    assert "[MEDICALLY NECESSARY]  Laminectomy, L4-5, bilateral" in text
    assert "[DOCUMENTATION NEEDED]  Fusion, L4-5" in text

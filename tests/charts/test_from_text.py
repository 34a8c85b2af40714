"""Bytes become characters once, and every character is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.from_text import decode, document_from_string, document_from_text
from necessity.charts.sources import read_document
from necessity.values.problem import Problem

NOTE = "Strength 4/5 left EHL.\r\nCafé visit – “worse”\tsince July"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_note_reads_the_same_in_every_encoding(encoding: str):
    assert decode(NOTE.encode(encoding)) == NOTE


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), min_size=1))
def test_valid_utf8_is_kept_to_the_character(text: str):
    assert decode(text.encode("utf-8")) in (text, text.removeprefix("\ufeff"))


def test_line_ends_are_kept_so_that_offsets_count_what_the_file_holds():
    document = document_from_text("note.txt", b"Left\r\nleg pain")
    assert isinstance(document, Document)
    assert document.evidence(6, 14).quote == "leg pain"


def test_a_form_feed_begins_a_page():
    document = document_from_text("fax.txt", b"page one\fpage two\f\n")
    assert isinstance(document, Document)
    assert document.pages == 2
    assert document.page_of(document.text.index("two")) == 2


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x01\x02\x03", bytes(range(1, 32)) * 9, b"\xff\xfe\x00"])
def test_a_file_without_words_is_a_problem_that_names_it(data: bytes):
    problem = document_from_text("empty.txt", data)
    assert isinstance(problem, Problem)
    assert problem.where == "empty.txt"


@pytest.mark.parametrize(
    ("name", "data", "format_name"),
    [
        ("scan.pdf", b"%PDF-1.7", "PDF"),
        ("renamed.txt", b"%PDF-1.7", "PDF"),
        ("letter.docx", b"PK\x03\x04rest", "Word"),
        ("mri.png", b"\x89PNG\r\n", "an image"),
        ("bundle.json", b"{}", "FHIR"),
    ],
)
def test_a_format_without_a_reader_is_refused_by_name(name: str, data: bytes, format_name: str):
    problem = read_document(name, data)
    assert isinstance(problem, Problem)
    assert format_name in problem.message


def test_a_file_of_unknown_ending_is_tried_as_text():
    document = read_document("note.v2", b"Left leg pain for six weeks")
    assert isinstance(document, Document)


def test_half_a_surrogate_pair_is_marked_and_offsets_stay():
    document = document_from_string("line 1", "pain \ud800 worse")
    assert isinstance(document, Document)
    assert document.evidence(7, 12).quote == "worse"
    assert document.text[5] == "\ufffd"


def test_messages_hold_no_text_of_the_chart():
    problem = document_from_text("x.txt", b"Jane Roe " + b"\x00\x01" * 20 + b" leg pain")
    assert isinstance(problem, Problem)
    assert "Jane" not in str(problem)


@pytest.mark.parametrize("stray", ["\x00", "\x07", "\x00 \x01", "\x1f", "\x7f"])
def test_a_stray_control_character_leaves_the_note_readable(stray: str):
    text = f"Left leg pain{stray}below the knee.\r\nNo weakness."
    document = document_from_text("note.txt", text.encode())
    assert isinstance(document, Document) and document.text == text
    assert document.evidence(text.index("No"), len(text)).quote == "No weakness."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_zero_in_a_note_of_any_encoding_is_kept(encoding: str):
    text = "Left leg pain\x00 below the knee – since July, “worse” when standing for long."
    assert decode(text.encode(encoding)) == text


def test_a_record_filled_up_with_zeros_is_read():
    assert decode(b"Left leg pain." + b"\x00" * 4000) == "Left leg pain." + "\x00" * 4000


def test_what_is_kept_unseen_is_said_with_its_document():
    read = chart_of([Document(id="a", name="note.txt", text="Left leg\x00pain\x02.")])
    assert [str(note) for note in read.notes] == [
        "note.txt: holds 2 control characters, kept as received and read as blanks"
    ]


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"GIF" + b"\x00\x10" * 50, b"text " + b"\x00" * 30 + b" more"])
def test_what_is_binary_is_no_text(data: bytes):
    assert decode(data) is None

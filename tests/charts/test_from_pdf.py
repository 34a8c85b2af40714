"""PDF: what it holds, where it stands, and what is said of one that cannot be read."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import case, faxed, lines_at, paged, pdf_of, pdf_of_objects, pdf_of_stream, scanned_pdf

from necessity import pipeline
from necessity.charts.assemble import assemble
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.engine import Tools
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_pdf import pages_from_pdf
from necessity.charts.layout import How
from necessity.charts.layout_pages import PagedFile
from necessity.charts.page_image import page_image
from necessity.library import open_library
from necessity.values.problem import Problem

NOTE = "Pain in the left leg for twelve weeks.\nWeakness of the left foot, 4/5.\nMRI shows an extrusion at L4-5."


def read(pdf: bytes) -> Document:
    file = pages_from_pdf("note.pdf", pdf)
    assert isinstance(file, PagedFile)
    (document,) = assemble(file).documents
    return document


def test_text_comes_line_by_line():
    assert read(pdf_of([lines_at(NOTE)])).text == NOTE


def test_a_passage_knows_its_page_and_place():
    document = read(pdf_of([lines_at("First page."), lines_at(NOTE)]))
    start = document.text.index("4/5")
    evidence = document.evidence(start, start + 3)
    (box,) = evidence.boxes
    assert (evidence.page, box.page, evidence.confidence) == (2, 2, None)
    assert 54 + 13 - 4 < box.top < 54 + 13 + 4 and box.bottom - box.top < 16


def test_a_passage_over_two_lines_has_a_box_on_each():
    document = read(pdf_of([lines_at(NOTE)]))
    first, second = document.evidence(document.text.index("twelve"), document.text.index("of the")).boxes
    assert first.bottom <= second.top + 3 and first.left > second.left


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_shown(turned: int):
    file = pages_from_pdf("note.pdf", pdf_of([[(54, 60, "upper left")]], rotate=turned))
    assert isinstance(file, PagedFile)
    word, page = file.pages[0].lines[0].spots, file.pages[0].reading
    middle = (word[2] + word[4]) / 2 / page.width, (word[3] + word[5]) / 2 / page.height
    expected = {90: (0.9, 0.1), 180: (0.87, 0.92), 270: (0.08, 0.87)}[turned]
    assert middle == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\nnothing of a PDF follows", "damaged"),
        (pdf_of([lines_at(NOTE)])[:400], "damaged"),
        (
            pdf_of(
                [lines_at(NOTE)],
                extra=b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)]"
                % (b"o" * 32, b"u" * 32),
            ),
            "password",
        ),
        (pdf_of([]), "damaged"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(data: bytes, words: str):
    problem = pages_from_pdf("chart.pdf", data)
    assert isinstance(problem, Problem)
    assert problem.where == "chart.pdf" and words in problem.message and problem.hint


@pytest.mark.parametrize("twice", [False, True])
def test_a_pdf_that_would_unpack_to_too_much_is_refused(twice: bool):
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(25)) + packer.flush()
    filters = "[/FlateDecode /FlateDecode]" if twice else "/FlateDecode"
    problem = pages_from_pdf("bomb.pdf", pdf_of_stream(zlib.compress(packed) if twice else packed, filters))
    assert isinstance(problem, Problem) and "unpack" in problem.message


def test_blank_pages_are_known_and_a_pdf_of_nothing_else_is_named():
    file = pages_from_pdf("blank.pdf", pdf_of([[], []]))
    assert isinstance(file, PagedFile)
    assert [page.reading.how for page in file.pages] == [How.BLANK, How.BLANK]
    assert [str(problem) for problem in assemble(file).problems] == ["blank.pdf: its pages hold no words"]


def test_a_scan_without_an_engine_says_how_to_get_one_and_the_rest_is_read():
    file = pages_from_pdf(
        "fax.pdf", scanned_pdf(faxed(pdf_of([lines_at(NOTE)]))), Tools(missing="Tesseract is not installed")
    )
    assert isinstance(file, PagedFile)
    assert [str(problem) for problem in file.problems] == [
        "fax.pdf: page 1 could not be read: it is a scan, and Tesseract is not installed"
    ]


def test_five_hundred_pages_are_read_in_order():
    file = pages_from_pdf(
        "long.pdf", pdf_of([[(54, 60, f"This is leaf {number} of the chart.")] for number in range(500)])
    )
    assert isinstance(file, PagedFile)
    assert [page.lines[0].text for page in file.pages][::250] == [
        "This is leaf 0 of the chart.",
        "This is leaf 250 of the chart.",
    ]


def test_a_page_is_shown_as_a_picture():
    file = pages_from_pdf("note.pdf", pdf_of([lines_at(NOTE)]))
    assert isinstance(file, PagedFile)
    image = page_image(file.original, 1)
    assert image is not None and image.png.startswith(b"\x89PNG") and (image.width, image.height) == (816, 1056)
    assert page_image(file.original, 7) is None


@pytest.mark.parametrize("name", [f"dev-{number:03}" for number in (1, 4, 6, 8, 10, 12, 14, 18, 22, 28, 31, 40)])
def test_a_case_sent_as_pdf_is_decided_as_its_text(name: str):
    knowledge, labelled = open_library(), case(name)
    as_text = case_from_mapping(labelled, name, knowledge.form_words(), default_id=name)
    documents = [
        replace(
            read(pdf_of(paged(one["text"]))),
            name=one["name"],
            written=date.fromisoformat(str(one["date"])) if one.get("date") else None,
        )
        for one in labelled["documents"]
    ]
    by_text = pipeline.review(as_text, knowledge)
    by_pdf = pipeline.review(replace(as_text, chart=chart_of(documents)), knowledge)
    assert by_pdf.outcome is by_text.outcome
    assert [(f.criterion, f.status) for f in by_pdf.findings] == [(f.criterion, f.status) for f in by_text.findings]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 900), st.binary(min_size=1, max_size=12))
def test_a_spoilt_pdf_is_read_or_refused_and_never_breaks(at: int, spoilt: bytes):
    whole = pdf_of([lines_at(NOTE)])
    data = whole[:at] + spoilt + whole[at + len(spoilt) :]
    assert isinstance(pages_from_pdf("spoilt.pdf", data), (PagedFile, Problem))


def test_what_was_filled_into_a_form_is_read_beside_its_label():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    fields = b"/AcroForm << /Fields [5 0 R] /DR << /Font << /F1 6 0 R >> >> /NeedAppearances true >>"
    content = b"BT /F1 10 Tf 54 700 Td (Diagnosis:) Tj ET"
    page = b"/MediaBox [0 0 612 792] /Resources << /Font << /F1 6 0 R >> >> /Contents 4 0 R /Annots [5 0 R]"
    place = b"/Rect [110 695 400 712] /DA (/F1 10 Tf 0 g) /F 4 /P 3 0 R"
    form = pdf_of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R " + fields + b" >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R " + page + b" >>",
            b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (dx) /V (lumbar radiculopathy) " + place + b" >>",
            font,
        ]
    )
    assert " ".join(read(form).text.split()) == "Diagnosis: lumbar radiculopathy"

"""Scans: faxes straight, askew, turned and coarse; what a doubtful word may not do; what is refused."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import case, faxed, lines_at, paged, pdf_of, scanned_pdf, tiff_of
from PIL import Image

from necessity import pipeline
from necessity.charts.assemble import assemble
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.engine import Picture, Tools
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_image import pages_from_image
from necessity.charts.from_pdf import pages_from_pdf
from necessity.charts.layout import How
from necessity.charts.layout_lines import Word
from necessity.charts.layout_pages import PagedFile
from necessity.library import open_library
from necessity.ocr import tools
from necessity.values.problem import Problem

NOTE = "Pain in the left leg for twelve weeks.\nWeakness of the left foot, 4/5.\nMRI shows an extrusion at L4-5."
TOOLS = tools(second=False)
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")


class Fixed:
    """An engine that reads the same words in every picture."""

    name = "fixed"

    def __init__(self, *words: Word) -> None:
        self._words = list(words)

    def words(self, picture: Picture) -> list[Word] | str:
        return self._words


def read(file: PagedFile | Problem) -> Document:
    assert isinstance(file, PagedFile), file
    (document,) = assemble(file).documents
    return document


@needs_tesseract
def test_a_fax_is_read_and_says_how_surely():
    document = read(pages_from_image("fax.tif", tiff_of(faxed(pdf_of([lines_at(NOTE)]))), TOOLS))
    assert document.text == NOTE
    assert document.layout is not None
    (page,) = document.layout.pages
    assert page.how is How.OCR and page.confidence is not None and page.confidence > 80
    assert document.evidence(0, 4).confidence is not None


@needs_tesseract
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_and_its_boxes_are_on_the_page_as_it_came(turned: int):
    (frame,) = faxed(pdf_of([lines_at(NOTE * 3)]), turned=turned)
    document = read(pages_from_image("fax.png", png(frame), TOOLS))
    assert document.text.startswith("Pain in the left leg")
    assert document.layout is not None and document.layout.pages[0].turned == (360 - turned) % 360
    (box,) = document.evidence(0, 4).boxes
    page = document.layout.pages[0]
    near = {90: (page.width - box.right, box.top), 180: (page.width - box.right, page.height - box.bottom)}
    near[270] = (box.left, page.height - box.bottom)
    assert all(30 < value < 90 for value in near[turned])


@needs_tesseract
def test_a_coarse_fax_with_half_the_rows_is_read():
    (frame,) = faxed(pdf_of([lines_at(NOTE)]), noise=0)
    low = frame.convert("L").resize((frame.width, frame.height // 2)).convert("1")
    assert "Weakness of the left foot" in read(pages_from_image("coarse.tif", tiff_of([low], (200, 100)), TOOLS)).text


@needs_tesseract
def test_a_pdf_of_text_and_scans_is_read_page_by_page():
    whole = pypdfium2.PdfDocument(pdf_of([lines_at("The note is text.")]))
    whole.import_pages(pypdfium2.PdfDocument(scanned_pdf(faxed(pdf_of([lines_at(NOTE)])))))
    out = io.BytesIO()
    whole.save(out)
    file = pages_from_pdf("mixed.pdf", out.getvalue(), TOOLS)
    assert isinstance(file, PagedFile)
    assert [page.reading.how for page in file.pages] == [How.TEXT, How.OCR]
    assert "extrusion at L4-5" in file.pages[1].text


# Cases whose text is decided the same on a clean reading; what doubt may do is only to leave a criterion open.
@needs_tesseract
@pytest.mark.parametrize("name", ["dev-022", "dev-031"])
def test_a_case_sent_by_fax_comes_to_the_same_and_quotes_only_what_was_read(name: str):
    knowledge, labelled = open_library(), case(name)
    as_text = case_from_mapping(labelled, name, knowledge.form_words(), default_id=name)
    documents = []
    for number, one in enumerate(labelled["documents"]):
        fax = tiff_of(faxed(pdf_of(paged(one["text"])), seed=number))
        written = date.fromisoformat(str(one["date"])) if one.get("date") else None
        documents.append(replace(read(pages_from_image("fax.tif", fax, TOOLS)), name=one["name"], written=written))
    by_text = pipeline.review(as_text, knowledge)
    by_fax = pipeline.review(replace(as_text, chart=chart_of(documents)), knowledge)
    texts = {document.id: document.text for document in by_fax.chart.documents}
    assert by_fax.outcome is by_text.outcome
    for finding in by_fax.findings:
        assert all(texts[one.document][one.start : one.end] == one.quote for one in finding.evidence)


def test_doubtful_words_are_marked_on_the_passage():
    words = (Word("weakness", 300, 300, 600, 340, 95), Word("L4-5", 620, 300, 700, 340, 55))
    document = read(pages_from_image("fax.png", png(ink()), Tools(ocr=Fixed(*words))))
    assert document.text == "weakness L4-5"
    assert not document.evidence(0, 8).doubtful and document.evidence(9, 13).doubtful
    assert document.evidence(0, 13).confidence == 55


def test_a_blank_scan_is_known_as_blank():
    file = pages_from_image("blank.png", png(Image.new("L", (1700, 2200), 255)), Tools(ocr=Fixed()))
    assert isinstance(file, PagedFile) and file.pages[0].reading.how is How.BLANK


def test_a_scan_in_which_nothing_is_recognised_is_named():
    file = pages_from_image("photo.png", png(ink()), Tools(ocr=Fixed()))
    assert isinstance(file, PagedFile)
    assert [str(problem) for problem in file.problems] == [
        "photo.png: page 1 could not be read: no words were recognised in the picture"
    ]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nspoilt", b"II*\x00spoilt", b"\xff\xd8\xffspoilt"])
def test_a_damaged_picture_is_refused(data: bytes):
    problem = pages_from_image("fax.tif", data, Tools())
    assert isinstance(problem, Problem) and "damaged" in problem.message


def test_a_picture_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked():
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )
    problem = pages_from_image("bomb.png", bomb, Tools())
    assert isinstance(problem, Problem) and "million pixels" in problem.message


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=12))
def test_a_spoilt_picture_is_read_or_refused_and_never_breaks(at: int, spoilt: bytes):
    data = SMALL[:at] + spoilt + SMALL[at + len(spoilt) :]
    assert isinstance(pages_from_image("spoilt.tif", data, Tools(ocr=Fixed())), (PagedFile, Problem))


def png(image: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def ink() -> Any:
    """A page with something on it."""
    image = Image.new("L", (1700, 2200), 255)
    image.paste(0, (300, 300, 900, 340))
    return image


SMALL = tiff_of([ink().resize((340, 440)).convert("1")], (300, 300))

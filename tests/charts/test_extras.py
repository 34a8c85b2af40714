"""Where an extra is missing, each of its formats says which to install, and the formats without one are read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from necessity.charts.assemble import Assembled
from necessity.charts.document import Document
from necessity.charts.engine import NO_TOOLS
from necessity.charts.sources import read_document, read_pages, read_records, unpack
from necessity.values.problem import Problem

OUTLOOK = (Path(__file__).parent / "data" / "letter.msg").read_bytes()
LIBRARIES = {
    "pypdfium2": ["from_pdf", "from_pdf_words"],
    "docx": ["from_docx"],
    "striprtf": ["from_rtf"],
    "lxml": ["from_html", "from_ccda", "from_ccda_entries", "from_ccda_values"],
    "olefile": ["from_msg"],
    "numpy": ["from_image", "from_image_clean"],
    "PIL": ["from_image"],
}


@pytest.fixture(autouse=True)
def text_only(monkeypatch):
    """A Python that has the package without extras."""
    for library, readers in LIBRARIES.items():
        monkeypatch.setitem(sys.modules, library, None)
        for reader in readers:
            monkeypatch.delitem(sys.modules, f"necessity.charts.{reader}", raising=False)


def read(name: str, data: bytes) -> list[Problem]:
    held = unpack(name, data)
    if held is not None:
        return list(held.problems)
    found = read_records(name, data, NO_TOOLS, None) or read_pages(name, data, NO_TOOLS) or read_document(name, data)
    if isinstance(found, Problem):
        return [found]
    assert isinstance(found, (Assembled, Document))
    return list(found.problems) if isinstance(found, Assembled) else []


@pytest.mark.parametrize(
    ("name", "data", "extra"),
    [
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.docx", b"PK\x03\x04word/document.xml", "office"),
        ("a.rtf", b"{\\rtf1 pain}", "office"),
        ("a.html", b"<html>pain</html>", "office"),
        ("a.msg", OUTLOOK, "office"),
        ("a.xml", b"<?xml version='1.0'?><ClinicalDocument/>", "ccda"),
        ("a.tif", b"II*\x00", "ocr"),
        ("a.png", b"\x89PNG", "ocr"),
        ("a.jpg", b"\xff\xd8\xff", "ocr"),
    ],
)
def test_a_format_whose_extra_is_missing_names_it(name, data, extra):
    (problem,) = read(name, data)
    assert f"needs the extra `{extra}`" in problem.message
    assert problem.hint == f"pip install 'medical-necessity[{extra}]'"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Left leg pain."),
        ("a.eml", b"From: a\nSubject: b\n\nLeft leg pain."),
        ("a.json", b'{"resourceType": "Patient", "birthDate": "1970-03-02"}'),
        ("a.x12", (Path(__file__).parent / "data" / "request_278.x12").read_bytes()),
    ],
)
def test_a_format_without_an_extra_is_read(name, data):
    assert read(name, data) == []

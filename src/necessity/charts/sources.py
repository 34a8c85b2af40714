"""The formats a chart may come in: one table, by the first bytes of a file and by its name.

A new format is one `from_<format>.py` beside this file and one line in `SOURCES`. A format without a reader is known by
sight, so that it is refused by name rather than read as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from necessity.charts.document import Document
from necessity.charts.engine import Tools
from necessity.charts.from_text import document_from_text
from necessity.charts.layout_pages import PagedFile
from necessity.values.problem import Problem

Reader = Callable[[str, bytes], Document | Problem]
PagesReader = Callable[[str, bytes, Tools], PagedFile | Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A format: what people call it, its file endings, the bytes it begins with, and its reader where there is one.

    `pages` is the reader of a format that comes as pages, which `assemble` makes into documents.
    """

    title: str
    endings: tuple[str, ...]
    starts: tuple[bytes, ...] = ()
    read: Reader | None = None
    pages: PagesReader | None = None


def _pdf(name: str, data: bytes, tools: Tools) -> PagedFile | Problem:
    try:
        from necessity.charts.from_pdf import pages_from_pdf
    except ImportError:
        return Problem(name, "reading a PDF needs the extra `pdf`", "pip install 'medical-necessity[pdf]'")
    return pages_from_pdf(name, data, tools)


def _image(name: str, data: bytes, tools: Tools) -> PagedFile | Problem:
    try:
        from necessity.charts.from_image import pages_from_image
    except ImportError:
        return Problem(name, "reading a scan needs the extra `ocr`", "pip install 'medical-necessity[ocr]'")
    return pages_from_image(name, data, tools)


TEXT = Source(title="plain text", endings=(".txt", ".text", ".md", ".log", ".asc", ""), read=document_from_text)
# The first line that fits decides. An ending counts only where the bytes say nothing.
SOURCES: tuple[Source, ...] = (
    Source(title="PDF", endings=(".pdf",), starts=(b"%PDF",), pages=_pdf),
    Source(title="Word", endings=(".docx",), starts=(b"PK\x03\x04",)),
    Source(title="an old Word format", endings=(".doc", ".wps"), starts=(b"\xd0\xcf\x11\xe0",)),
    Source(title="RTF", endings=(".rtf",), starts=(b"{\\rtf",)),
    Source(title="X12", endings=(".x12", ".278", ".edi"), starts=(b"ISA*", b"ISA|")),
    Source(title="XML", endings=(".xml", ".ccda", ".cda", ".ccd"), starts=(b"<?xml", b"<ClinicalDocument")),
    Source(title="HTML", endings=(".html", ".htm"), starts=(b"<!DOCTYPE html", b"<html")),
    Source(title="FHIR or other JSON", endings=(".json", ".ndjson")),
    Source(
        title="an image",
        endings=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"),
        starts=(b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8"),
        pages=_image,
    ),
    Source(title="a DICOM file", endings=(".dcm",)),
    TEXT,
)


def read_document(name: str, data: bytes) -> Document | Problem:
    """The document that a file holds, or why it could not be read."""
    if not data:
        return Problem(name, "the file is empty")
    source = source_of(name, data)
    if source.read is None:
        return Problem(name, f"this is {source.title}, which cannot be read yet", "send its text as a .txt file")
    return source.read(name, data)


def read_pages(name: str, data: bytes, tools: Tools) -> PagedFile | Problem | None:
    """The pages that a file holds, or why they could not be read; None for a format that has no pages."""
    source = source_of(name, data) if data else TEXT
    return source.pages(name, data, tools) if source.pages else None


def source_of(name: str, data: bytes) -> Source:
    """The format of a file; whatever is not known is tried as text, which says for itself when it is none."""
    head = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for source in SOURCES:
        if any(head.startswith(start.lower()) for start in source.starts):
            return source
    ending = PurePath(name).suffix.lower()
    return next((source for source in SOURCES if ending in source.endings), TEXT)

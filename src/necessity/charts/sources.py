"""The formats a chart may come in: one table, by the first bytes of a file and by its name.

A new format is one `from_<format>.py` beside this file and one line in `SOURCES`. A format without a reader is known by
sight, so that it is refused by name rather than read as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from necessity.charts.assemble import Assembled
from necessity.charts.container import Unpacked
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document
from necessity.charts.engine import Tools
from necessity.charts.from_mail import unpack_eml, unpack_msg
from necessity.charts.from_text import document_from_text
from necessity.charts.from_zip import unpack_zip
from necessity.charts.layout_pages import PagedFile
from necessity.values.problem import Problem

Reader = Callable[[str, bytes], Document | Problem]
Unpacker = Callable[[str, bytes], Unpacked | None]
PagesReader = Callable[[str, bytes, Tools], PagedFile | Problem]
RecordsReader = Callable[[str, bytes, Tools, DocumentKinds | None], Assembled | Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A format: what people call it, its file endings, the bytes it begins with, and its reader where there is one.

    `pages` is the reader of a format that comes as pages, which `assemble` makes into documents; `unpack` that of a
    container, whose members are files of their own; `records` that of a structured record, which holds entries, notes and
    perhaps the request.
    """

    title: str
    endings: tuple[str, ...]
    starts: tuple[bytes, ...] = ()
    read: Reader | None = None
    pages: PagesReader | None = None
    unpack: Unpacker | None = None
    records: RecordsReader | None = None


def _docx(name: str, data: bytes) -> Document | Problem:
    try:
        from necessity.charts.from_docx import document_from_docx
    except ImportError:
        return Problem(name, "reading Word needs the extra `office`", "pip install 'medical-necessity[office]'")
    return document_from_docx(name, data)


def _rtf(name: str, data: bytes) -> Document | Problem:
    try:
        from necessity.charts.from_rtf import document_from_rtf
    except ImportError:
        return Problem(name, "reading RTF needs the extra `office`", "pip install 'medical-necessity[office]'")
    return document_from_rtf(name, data)


def _html(name: str, data: bytes) -> Document | Problem:
    try:
        from necessity.charts.from_html import document_from_html
    except ImportError:
        return Problem(name, "reading HTML needs the extra `office`", "pip install 'medical-necessity[office]'")
    return document_from_html(name, data)


def _msg(name: str, data: bytes) -> Unpacked:
    try:
        import olefile  # noqa: F401  # only whether it is there
    except ImportError:
        hint = "pip install 'medical-necessity[office]'"
        return Unpacked(problems=(Problem(name, "reading an Outlook message needs the extra `office`", hint),))
    return unpack_msg(name, data)


def _archive(name: str, data: bytes) -> Unpacked | None:
    """A Word file is an archive too; it is read as what it is."""
    return (
        None
        if data.find(b"word/", 0, 100_000) >= 0 and PurePath(name).suffix.lower() != ".zip"
        else unpack_zip(name, data)
    )


def _fhir(name: str, data: bytes, tools: Tools, kinds: DocumentKinds | None) -> Assembled | Problem:
    from necessity.charts.from_fhir import documents_from_fhir  # its attachments are read by this table

    return documents_from_fhir(name, data, tools, kinds)


def _ccda(name: str, data: bytes, tools: Tools, kinds: DocumentKinds | None) -> Assembled | Problem:
    try:
        from necessity.charts.from_ccda import documents_from_ccda
    except ImportError:
        return Problem(name, "reading C-CDA needs the extra `ccda`", "pip install 'medical-necessity[ccda]'")
    return documents_from_ccda(name, data, tools, kinds)


def _x12(name: str, data: bytes, tools: Tools, kinds: DocumentKinds | None) -> Assembled | Problem:
    from necessity.charts.from_x12 import documents_from_x12

    return documents_from_x12(name, data, tools, kinds)


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


# The stream that every Outlook message has.
_MESSAGE = "__properties_version1.0".encode("utf-16-le")
TEXT = Source(title="plain text", endings=(".txt", ".text", ".md", ".log", ".asc", ""), read=document_from_text)
# The first line that fits decides. An ending counts only where the bytes say nothing.
SOURCES: tuple[Source, ...] = (
    Source(title="PDF", endings=(".pdf",), starts=(b"%PDF",), pages=_pdf),
    Source(title="Word", endings=(".docx",), starts=(b"PK\x03\x04",), read=_docx, unpack=_archive),
    Source(title="a ZIP archive", endings=(".zip",), unpack=_archive),
    Source(title="an Outlook message", endings=(".msg",), unpack=_msg),
    Source(title="an old Word format", endings=(".doc", ".wps"), starts=(b"\xd0\xcf\x11\xe0",)),
    Source(title="RTF", endings=(".rtf",), starts=(b"{\\rtf",), read=_rtf),
    Source(title="mail", endings=(".eml",), unpack=unpack_eml),
    Source(title="X12", endings=(".x12", ".278", ".edi"), starts=(b"ISA*", b"ISA|", b"ISA^"), records=_x12),
    Source(
        title="XML (C-CDA)",
        endings=(".xml", ".ccda", ".cda", ".ccd"),
        starts=(b"<?xml", b"<ClinicalDocument"),
        records=_ccda,
    ),
    Source(title="HTML", endings=(".html", ".htm"), starts=(b"<!DOCTYPE html", b"<html"), read=_html),
    Source(title="FHIR or other JSON", endings=(".json", ".ndjson", ".jsonl"), records=_fhir),
    Source(
        title="an image",
        endings=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"),
        starts=(b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8"),
        pages=_image,
    ),
    Source(title="a DICOM file", endings=(".dcm",)),
    Source(title="Outlook's own wrapping (winmail.dat)", endings=(), starts=(b"\x78\x9f\x3e\x22",)),
    Source(title="encrypted or signed mail", endings=(".p7m", ".p7s", ".pgp", ".gpg")),
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


def unpack(name: str, data: bytes) -> Unpacked | None:
    """The files that a container holds; None for a file that is no container."""
    source = source_of(name, data) if data else TEXT
    return source.unpack(name, data) if source.unpack else None


def read_records(name: str, data: bytes, tools: Tools, kinds: DocumentKinds | None) -> Assembled | Problem | None:
    """What a structured record holds, or why it could not be read; None for a file that is none."""
    source = source_of(name, data) if data else TEXT
    return source.records(name, data, tools, kinds) if source.records else None


def read_pages(name: str, data: bytes, tools: Tools) -> PagedFile | Problem | None:
    """The pages that a file holds, or why they could not be read; None for a format that has no pages."""
    source = source_of(name, data) if data else TEXT
    return source.pages(name, data, tools) if source.pages else None


def source_of(name: str, data: bytes) -> Source:
    """The format of a file; whatever is not known is tried as text, which says for itself when it is none."""
    head = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    ending = PurePath(name).suffix.lower()
    if ending == ".msg" or head.startswith(b"\xd0\xcf\x11\xe0") and _MESSAGE in data:
        # An Outlook message begins with the bytes of an old Word file.
        return next(source for source in SOURCES if ".msg" in source.endings)
    for source in SOURCES:
        if any(head.startswith(start.lower()) for start in source.starts):
            return source
    return next((source for source in SOURCES if ending in source.endings), TEXT)

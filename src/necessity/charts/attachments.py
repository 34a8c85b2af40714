"""Files inside records: base64 into documents, by the same readers as files on disk."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from datetime import date
from typing import Any

from necessity.charts.assemble import Assembled, assemble
from necessity.charts.describe import DocumentKinds, date_of
from necessity.charts.document import Document
from necessity.charts.engine import Tools
from necessity.charts.from_text import decode, document_from_string, document_from_text
from necessity.charts.layout_pages import PagedFile
from necessity.charts.narrative import text_of_html
from necessity.values.problem import Problem

MOST_BYTES = 200_000_000


def decoded(where: str, data: Any) -> bytes | Problem:
    """The bytes of a base64 field, or why there are none."""
    if not isinstance(data, str) or not data.strip():
        return Problem(where, "the attachment holds no data")
    if len(data) > 2 * MOST_BYTES:
        return Problem(where, f"the attachment is larger than {MOST_BYTES // 1_000_000} MB", "send it as a file")
    try:
        found = base64.b64decode(re.sub(r"\s+", "", data), validate=True)
    except (binascii.Error, ValueError):
        return Problem(where, "the attachment's base64 is cut off or damaged", "send the record again")
    return found or Problem(where, "the attachment is empty")


def attached(
    where: str, content_type: str, data: bytes, written: date | None, tools: Tools, kinds: DocumentKinds | None
) -> Assembled:
    """The documents that an attachment holds. `written` is the date that its record gives it."""
    # The table of formats, which holds those that come here too.
    from necessity.charts.sources import read_document, read_pages, read_records

    kind = content_type.split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return _one(_html(where, data), written)
    if kind.startswith("text/") and kind != "text/rtf" and not data.lstrip().startswith((b"<?xml", b"%PDF", b"{\\rtf")):
        return _one(document_from_text(where, data), written)
    if data.lstrip().startswith((b"<?xml", b"<ClinicalDocument")):
        record = read_records(f"{where}.xml", data, tools, kinds)
        if record is not None:
            return record if isinstance(record, Assembled) else Assembled((), (replace(record, where=where),))
    pages = read_pages(where, data, tools)
    if isinstance(pages, PagedFile):
        whole = assemble(pages, kinds)
        documents = tuple(_dated(document, written) for document in whole.documents)
        return replace(whole, documents=documents)
    return _one(pages or read_document(where, data), written)


def _html(where: str, data: bytes) -> Document | Problem:
    markup = decode(data)
    if markup is None:
        return Problem(where, "this is no text", "send the page in UTF-8")
    return document_from_string(where, text_of_html(markup))


def _one(read: Document | Problem, written: date | None) -> Assembled:
    if isinstance(read, Problem):
        return Assembled((), (read,))
    return Assembled((_dated(read, written),))


def _dated(document: Document, written: date | None) -> Document:
    return replace(document, written=written or date_of(document.text))

"""RTF, which dictation services still send: its text."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from necessity.charts.document import Document
from necessity.values.problem import Problem


def document_from_rtf(name: str, data: bytes) -> Document | Problem:
    """The document that an RTF file holds."""
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace").strip("\n")
    except (ValueError, IndexError, KeyError, LookupError, RecursionError):
        return Problem(name, "this RTF file is damaged", "save it again, or send it as text")
    return Document(id="", name=name, text=text) if text.strip() else Problem(name, "this RTF file holds no text")

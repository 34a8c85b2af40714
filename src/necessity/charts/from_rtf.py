"""RTF, which dictation services still send: its text."""

from __future__ import annotations

from typing import Any

from striprtf import striprtf

from necessity.charts.document import Document
from necessity.values.problem import Problem

_to_text: Any = striprtf.rtf_to_text


def document_from_rtf(name: str, data: bytes) -> Document | Problem:
    """The document that an RTF file holds."""
    try:
        text = str(_to_text(data.decode("latin-1"), errors="replace")).strip("\n")
    except (ValueError, IndexError, KeyError, LookupError, RecursionError):
        return Problem(name, "this RTF file is damaged", "save it again, or send it as text")
    return Document(id="", name=name, text=text) if text.strip() else Problem(name, "this RTF file holds no text")

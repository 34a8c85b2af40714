"""RTF, which dictation services still send: its text, with running heads, footnotes and text boxes where they stand."""

from __future__ import annotations

import re
from typing import Any

from striprtf import striprtf

from necessity.charts import limits
from necessity.charts.document import Document
from necessity.charts.limits import too_large, too_long
from necessity.values.problem import Problem

_to_text: Any = striprtf.rtf_to_text
# Pictures stand in the file as hexadecimal figures, which no prose looks like.
_PICTURE = re.compile(rb"[0-9A-Fa-f\r\n]{512,}")
# Parts that the library leaves out although a reader of the page sees them: the patient's name often stands in a head.
_SEEN = re.compile(rb"\\(?:(?:header|footer)[lrf]?|footnote|annotation)(?![a-z])")
_BOX = re.compile(rb"\{\\\*\\shpinst\b")
_BOX_SETTING = re.compile(rb"\{\\sp\s*\{\\sn[^{}]*\}\s*\{\\sv[^{}]*\}\s*\}")


def document_from_rtf(name: str, data: bytes) -> Document | Problem:
    """The document that an RTF file holds."""
    if large := too_large(name, "the RTF file", len(data), limits.MOST_RTF_BYTES):
        return large
    bare = _PICTURE.sub(b"", data)
    if long := too_long(name, len(bare) // 4):
        return long
    bare = _BOX.sub(rb"{\\par ", _BOX_SETTING.sub(b"", _SEEN.sub(rb"\\par ", bare)))
    try:
        text = str(_to_text(bare.decode("latin-1"), errors="replace")).strip("\n")
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        return Problem(name, "this RTF file is damaged", "save it again, or send it as text")
    return Document(id="", name=name, text=text) if text.strip() else Problem(name, "this RTF file holds no text")

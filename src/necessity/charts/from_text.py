"""Plain text into a document: bytes to characters once, and never touched again.

The text is kept exactly as decoded, `\\r\\n` and tabs included, so that an offset counts what the file holds. Only a
byte order mark is dropped, for it is no character of the text.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from necessity.charts.document import Document
from necessity.charts.limits import too_long
from necessity.values.problem import Problem

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_PRINTABLE_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1b\x85")
# Above this share of control characters a file is no text that somebody wrote.
_MOST_CONTROLS = 0.02
_FEWEST_CONTROLS = 3
_HALF = 0.5
# Characters that nothing shows. Line ends, tabs and form feeds are layout.
_UNSEEN = bytes([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F])
_SAMPLE = 4096


def document_from_text(name: str, data: bytes, *, written: date | None = None) -> Document | Problem:
    """The document that a text file holds, or why it could not be read. Its `sha256` is that of the bytes."""
    if not data:
        return Problem(name, "the file is empty")
    text = decode(data)
    if text is None:
        return Problem(name, "this is no text", "send a plain text file, in UTF-8, UTF-16 or Windows-1252")
    return _document(name, text, written, hashlib.sha256(data).hexdigest())


def document_from_string(name: str, text: str, *, written: date | None = None) -> Document | Problem:
    """The document for text that came inside a case file or a JSON line.

    Half a surrogate pair, which JSON can carry, is no character: U+FFFD stands in its place, and offsets stay.
    """
    return _document(name, _HALF_PAIR.sub("\ufffd", text), written, "")


def _document(name: str, text: str, written: date | None, sha256: str) -> Document | Problem:
    if long := too_long(name, len(text)):
        return long
    if not any(c.isprintable() and not c.isspace() for c in text):
        return Problem(name, "the document holds no words")
    return Document(id=name, name=name, text=text, written=written, page_starts=page_starts(text), sha256=sha256)


def decode(data: bytes) -> str | None:
    """The characters of a text file, or None where it is none.

    A byte order mark decides; else UTF-8 where the bytes are valid; else UTF-16 where every second byte is zero, as in
    Western text; else Windows-1252, which old systems still write.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_text(data[len(mark) :], encoding)
    wide = _utf16_by_zeros(data) if b"\x00" in data else None
    if wide:
        return _as_text(data, wide)
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            return _if_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return None


def unseen(document: Document) -> Problem | None:
    """What to know of a document that holds characters nothing shows: a stray zero does not make a note unreadable."""
    data = document.text.encode("utf-8", "surrogatepass")
    count = len(data) - len(data.translate(None, _UNSEEN))
    if not count:
        return None
    told = "a control character" if count == 1 else f"{count} control characters"
    return Problem(document.name, f"holds {told}, kept as received and read as blanks")


def page_starts(text: str) -> tuple[int, ...]:
    """Offsets of the first character of each page; a form feed ends a page, and one at the very end opens none."""
    starts = [0]
    at = text.find("\f")
    while at != -1:
        if text[at + 1 :].strip():
            starts.append(at + 1)
        at = text.find("\f", at + 1)
    return tuple(starts)


def _as_text(data: bytes, encoding: str) -> str | None:
    try:
        return _if_text(data.decode(encoding))
    except UnicodeDecodeError:
        return None


def _if_text(text: str) -> str | None:
    sample = text[:_SAMPLE].rstrip("\x00")
    controls = sum(1 for c in sample if (c < " " or "\x7f" <= c < "\xa0") and c not in _PRINTABLE_CONTROLS)
    # Some systems fill a record up with zeros; those behind the last word are no sign of anything.
    zeros = text.rstrip("\x00").count("\x00")
    worst = max(controls / max(1, len(sample)), zeros / max(1, len(text)))
    many = max(controls, zeros) > _FEWEST_CONTROLS and worst > _MOST_CONTROLS
    return None if many or worst >= _HALF else text


def _utf16_by_zeros(data: bytes) -> str | None:
    sample = data[: _SAMPLE * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if not half or len(data) % 2:
        return None
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None

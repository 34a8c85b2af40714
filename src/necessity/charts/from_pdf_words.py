"""The characters of a PDF page into words with their boxes. The only file that asks PDFium about characters."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from necessity.charts.layout_lines import Word

# PDFium writes these where a word was broken at the end of a line.
_HYPHENS = frozenset("\x02\ufffe\u00ad")
_SPACES = frozenset(" \t\r\n\f\v\u00a0\u2002\u2003\u2009\u3000\x00")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
Point = Callable[[float, float], tuple[float, float]]


def words_of(page: Any) -> list[Word]:
    """The words of a page as its own characters have them, in the order of the file."""
    text_page = page.get_textpage()
    try:
        return list(_words(text_page.raw, _to_page(page)))
    finally:
        text_page.close()


def _words(raw: Any, point: Point) -> Iterator[Word]:
    count = pdfium_c.FPDFText_CountChars(raw)
    if count <= 0:
        return
    characters = _characters(raw, count)
    start = 0
    for at, character in enumerate([*characters, " "]):
        if character in _SPACES:
            if start < at:
                yield _word(raw, characters, start, at, point)
            start = at + 1
        elif character in _HYPHENS:
            # The word goes on in the next line, at another place of the page.
            yield _word(raw, characters, start, at + 1, point)
            start = at + 1


def _characters(raw: Any, count: int) -> list[str]:
    """One string for each of PDFium's characters, whichever it has no letter for as U+FFFD."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, buffer) - 1
    text = bytes(memoryview(buffer).cast("B")[: 2 * max(written, 0)]).decode("utf-16-le", "replace")
    if len(text) == count:
        return list(text)
    # Characters without a letter, or outside the first plane, break the count: ask for each.
    return [_letter(pdfium_c.FPDFText_GetUnicode(raw, at)) for at in range(count)]


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _word(raw: Any, characters: list[str], start: int, end: int, point: Point) -> Word:
    letters = "".join("-" if c in _HYPHENS else c for c in characters[start:end]).translate(_LIGATURES)
    first, last = _box(raw, start), _box(raw, end - 1)
    corners = [point(first[0], first[1]), point(first[2], first[3]), point(last[0], last[1]), point(last[2], last[3])]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Word(letters, min(across), min(down), max(across), max(down))


def _box(raw: Any, at: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character's line box: the same height for all letters of a font."""
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(raw, at, ctypes.byref(rect)):
        return 0.0, 0.0, 0.0, 0.0
    return rect.left, rect.bottom, rect.right, rect.top


def _to_page(page: Any) -> Point:
    """From the PDF's own coordinates to points from the top left of the page as it is shown, turned and cropped."""
    scale = 64
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()

    def device(across: float, up: float) -> tuple[float, float]:
        size = int(width * scale), int(height * scale)
        pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return x.value / scale, y.value / scale

    (ox, oy), (ax, ay), (bx, by) = device(0, 0), device(1000, 0), device(0, 1000)
    ax, ay, bx, by = (ax - ox) / 1000, (ay - oy) / 1000, (bx - ox) / 1000, (by - oy) / 1000
    return lambda across, up: (ox + ax * across + bx * up, oy + ay * across + by * up)

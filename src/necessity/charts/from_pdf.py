"""PDF into pages: a page's own characters where it has them, a picture to be recognised where it has not.

Every page says how it was read. PDFium is asked for one page at a time and gives it back before the next, so that memory
grows with the text alone.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from necessity.charts.engine import NO_TOOLS, Tools
from necessity.charts.from_pdf_bombs import bomb_in
from necessity.charts.from_pdf_words import words_of
from necessity.charts.layout import How, Original, PageReading
from necessity.charts.layout_lines import Word, lines_of
from necessity.charts.layout_pages import Page, PagedFile, unread
from necessity.values.problem import Problem

MOST_PAGES = 5000
MOST_BYTES = 1_000_000_000
# A page with a picture over this share of it and fewer words than this is a scan, perhaps with a stamp on it.
_SCAN_SHARE, _SCAN_WORDS = 0.5, 30
# Above this share of characters without a letter the text layer is no text.
_MOST_LETTERLESS = 0.2
_INVISIBLE = 3
# Without words, a page is not blank from this share of pictures or this many drawn shapes (letters sent as outlines).
_LOGO_SHARE, _LETTERS_DRAWN = 0.02, 40
_NOTED_SHARE = 0.25
_RENDER_DPI = 300
_FAX_DPI = (150, 320)
_MOST_PIXELS = 40_000_000
_REASONS = {
    pdfium_c.FPDF_ERR_PASSWORD: ("the PDF is locked with a password", "send it without a password"),
    pdfium_c.FPDF_ERR_SECURITY: ("the PDF is locked by a security handler", "send it without protection"),
}
_DAMAGED = ("the PDF is damaged", "print or export it again")
Reading = Callable[[], Page]


def pages_from_pdf(name: str, data: bytes, tools: Tools = NO_TOOLS) -> PagedFile | Problem:
    """The pages of a PDF, or why it cannot be read."""
    if len(data) > MOST_BYTES:
        return Problem(name, f"the PDF is larger than {MOST_BYTES // 1_000_000} MB", "send it in parts")
    if bomb := bomb_in(data):
        return Problem(name, bomb, "print or export it again")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium keeps its last error over from file to file, so that of a lock counts only where there is one.
        reason = _REASONS.get(getattr(error, "err_code", None)) if b"/Encrypt" in data else None
        return Problem(name, *(reason or _DAMAGED))
    try:
        pdf.init_forms()
        count = len(pdf)
        if count == 0:
            return Problem(name, "the PDF has no pages")
        if count > MOST_PAGES:
            return Problem(name, f"the PDF has {count} pages, more than {MOST_PAGES}", "send it in parts")
        pages = tuple(_in_order(name, pdf, count, tools))
    finally:
        pdf.close()
    original = Original(data=data, is_pdf=True)
    sha256 = hashlib.sha256(data).hexdigest()
    return PagedFile(name=name, sha256=sha256, pages=pages, original=original, problems=unread(name, pages))


def _in_order(name: str, pdf: Any, count: int, tools: Tools) -> Iterator[Page]:
    """All pages; pictures are recognised `jobs` at a time while the next are drawn, for PDFium knows one thread only."""
    waiting: deque[Future[Page] | Page] = deque()
    done = 0
    with ThreadPoolExecutor(max(1, tools.jobs)) as pool:
        for number in range(1, count + 1):
            read = _page(pdf, number, tools)
            waiting.append(read if isinstance(read, Page) else pool.submit(read))
            while waiting and (isinstance(waiting[0], Page) or len(waiting) > 2 * tools.jobs or number == count):
                first = waiting.popleft()
                yield first if isinstance(first, Page) else first.result()
                done += 1
                tools.progress(name, done, count)


def _page(pdf: Any, number: int, tools: Tools) -> Page | Reading:
    """A page that is read, or what will read it."""
    try:
        page = _with_what_was_filled_in(pdf, number)
    except pdfium.PdfiumError:
        return _unread(number, 612.0, 792.0, "the page is damaged")
    try:
        width, height = page.get_size()
        words = words_of(page)
        pictures = _pictures(page, width, height)
        if _is_scan(words, pictures) or (not words and pictures.drawn):
            return _recognised(page, number, words, pictures.dpi, tools)
        if not words:
            return Page(PageReading(number=number, width=width, height=height, how=How.BLANK), ())
        note = "a picture on this page was not read" if pictures.share > _NOTED_SHARE else ""
        reading = PageReading(number=number, width=width, height=height, how=How.TEXT, note=note)
        return Page(reading, tuple(lines_of(words, width)))
    except pdfium.PdfiumError:
        return _unread(number, 612.0, 792.0, "the page is damaged")
    finally:
        page.close()


def _with_what_was_filled_in(pdf: Any, number: int) -> Any:
    """A page, with the values of form fields and what was written on it as part of its text."""
    page = pdf[number - 1]
    if pdfium_c.FPDFPage_GetAnnotCount(page.raw) <= 0:
        return page
    if pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) != pdfium_c.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[number - 1]


def _is_scan(words: list[Word], pictures: _Pictures) -> bool:
    letters = "".join(word.text for word in words)
    letterless = sum(1 for c in letters if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " ")
    if letters and letterless > _MOST_LETTERLESS * len(letters):
        return True
    return pictures.share > _SCAN_SHARE and (len(words) < _SCAN_WORDS or pictures.hidden)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """What of a page is pictures: their share (a scan may come in strips) and finest resolution, whether the text lies
    hidden behind them, as scanners put it, and whether anything is drawn that might be words."""

    share: float
    dpi: float
    hidden: bool
    drawn: bool


def _pictures(page: Any, width: float, height: float) -> _Pictures:
    share, texts, invisible, paths, dpi = 0.0, 0, 0, 0, 0.0
    for thing in page.get_objects(max_depth=2):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            share += (right - left) * (top - bottom) / (width * height or 1)
            dpi = max(dpi, 72 * thing.get_px_size()[0] / (right - left) if right > left else 0.0)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT and texts < 20:
            texts += 1
            invisible += pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw) == _INVISIBLE
    hidden = texts > 0 and invisible == texts
    return _Pictures(share, dpi, hidden, share > _LOGO_SHARE or paths > _LETTERS_DRAWN)


def _recognised(page: Any, number: int, words: list[Word], dpi: float, tools: Tools) -> Page | Reading:
    """A scanned page. Without an engine the scanner's own text layer is taken, where there is one, and said to be so."""
    width, height = page.get_size()
    if tools.ocr is None:
        if len(words) < _SCAN_WORDS:
            return _unread(number, width, height, f"it is a scan, and {tools.missing}")
        note = "a scan, read by its sender's own text layer, whose certainty is not known"
        uncertain = [replace(word, confidence=0.0, doubtful=True) for word in words]
        reading = PageReading(number=number, width=width, height=height, how=How.OCR, confidence=0.0, note=note)
        return Page(reading, tuple(lines_of(uncertain, width)))
    from necessity.charts.from_image import page_from_pixels

    # A fax is drawn dot for dot: drawn finer, its specks would smear into the letters.
    drawn_at = dpi if _FAX_DPI[0] <= dpi <= _FAX_DPI[1] else _RENDER_DPI
    scale = min(drawn_at / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return lambda: page_from_pixels(pixels, number, scale * 72, tools)


def _unread(number: int, width: float, height: float, why: str) -> Page:
    return Page(PageReading(number=number, width=width, height=height, how=How.UNREAD, note=why), ())

"""Scans: TIFF, PNG and JPEG into pages, and the pixels of any page, a PDF's too, into lines of recognised words.

A page is recognised upright; where the words come out too uncertain it is tried upside down, and the better reading stays.
Each word keeps the engine's confidence. Where a second engine reads figures, sides or levels otherwise, the word is kept as
the first engine read it and marked doubtful: nothing is corrected in silence.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import mean
from typing import Any, TypedDict

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from necessity.charts.doubt import doubtful_words
from necessity.charts.engine import NO_TOOLS, Picture, Tools
from necessity.charts.from_image_again import read_again
from necessity.charts.from_image_clean import Clean, clean, is_blank, lies_on_its_side, place_back, turn_back
from necessity.charts.from_image_figures import whole_figures
from necessity.charts.layout import How, Original, PageReading
from necessity.charts.layout_lines import SPOT, Line, Word, lines_of
from necessity.charts.layout_pages import Page, PagedFile, unread
from necessity.values.problem import Problem

MOST_PIXELS = 100_000_000
MOST_FRAMES = 2000
# A scan without a resolution of its own is taken for a letter page of this width, in inches.
_LETTER_WIDTH = 8.5
_LEAST_DPI, _MOST_DPI = 50, 1200
# Mean confidence under which the page is tried upside down.
_POOR = 65.0
_TOO_LARGE = f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels"
_BROKEN = "the picture is damaged"
# What a broken picture makes its library raise; the last for a page of a fax that refers to another.
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AttributeError,
          ArithmeticError, struct.error)  # fmt: skip
_DAMAGED = ("the picture is damaged or of a kind that cannot be read", "send it as PDF, TIFF, PNG or JPEG")


def pages_from_image(name: str, data: bytes, tools: Tools = NO_TOOLS) -> PagedFile | Problem:
    """The pages of a picture file, or why it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages = tuple(_pages(name, data, tools))
    except Image.DecompressionBombError:
        return Problem(name, _TOO_LARGE, "scan at 300 dpi")
    except _TooMany as error:
        return Problem(name, f"it has {error} pages, more than {MOST_FRAMES}", "send it in parts")
    except BROKEN:
        return Problem(name, *_DAMAGED)
    if all(page.reading.note == _BROKEN for page in pages):
        return Problem(name, *_DAMAGED)
    original = Original(data=data, is_pdf=False)
    sha256 = hashlib.sha256(data).hexdigest()
    return PagedFile(name=name, sha256=sha256, pages=pages, original=original, problems=unread(name, pages))


class _Size(TypedDict):
    number: int
    width: float
    height: float


class _TooLarge(Exception):
    """A frame has more pixels than are taken."""


class _TooMany(Exception):
    """A file has more frames than are taken."""


def _pages(name: str, data: bytes, tools: Tools) -> Iterator[Page]:
    jobs = max(1, tools.jobs)
    with Image.open(io.BytesIO(data)) as image, ThreadPoolExecutor(jobs) as pool:
        count = getattr(image, "n_frames", 1)
        if count > MOST_FRAMES:
            raise _TooMany(count)
        done = 0
        for first in range(1, count + 1, jobs):
            batch = [_frame(image, number) for number in range(first, min(first + jobs, count + 1))]
            for page in pool.map(lambda one: _read(one, tools), batch):
                done += 1
                tools.progress(name, done, count)
                yield page


def _read(frame: tuple[Any, int, float] | Page, tools: Tools) -> Page:
    return frame if isinstance(frame, Page) else page_from_pixels(*frame, tools)


def _frame(image: Any, number: int) -> tuple[Any, int, float] | Page:
    """What a page is read from, or the page that says why it cannot be: a fax with one bad page is read but for that page."""
    try:
        pixels, dpi = frame_of(image, number)
        return pixels, number, dpi
    except (_TooLarge, Image.DecompressionBombError):
        note = _TOO_LARGE
    except BROKEN:
        note = _BROKEN
    return Page(PageReading(number=number, width=612.0, height=792.0, how=How.UNREAD, note=note), ())


def frame_of(image: Any, number: int) -> tuple[Any, float]:
    """The pixels of a frame, in grey and square, and their resolution."""
    image.seek(number - 1)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _TooLarge
    across, down = _resolution(image)
    grey = _grey(ImageOps.exif_transpose(image) or image)
    if abs(across / down - 1) > 0.03:
        # A coarse fax has half as many rows as columns to the inch.
        size = (grey.width, max(1, round(grey.height * across / down)))
        if size[0] * size[1] > MOST_PIXELS:
            raise _TooLarge
        grey = grey.resize(size, Image.Resampling.BICUBIC)
    return np.asarray(grey), across


def _grey(image: Any) -> Any:
    if image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        pixels = np.asarray(image, dtype=np.float32)
        span = float(pixels.max() - pixels.min()) or 1.0
        return Image.fromarray(((pixels - pixels.min()) * (255 / span)).astype(np.uint8))
    return image.convert("L")


def _resolution(image: Any) -> tuple[float, float]:
    try:
        across, down = (float(one) for one in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        across = down = 0.0
    if _LEAST_DPI <= across <= _MOST_DPI and _LEAST_DPI <= down <= _MOST_DPI and across not in (72.0, 96.0):
        return across, down
    width = min(image.size)
    dpi = min(max(width / _LETTER_WIDTH, _LEAST_DPI), _MOST_DPI)
    return dpi, dpi


def page_from_pixels(pixels: Any, number: int, dpi: float, tools: Tools) -> Page:
    """A page recognised from its pixels (grey)."""
    height, width = pixels.shape
    points = 72 / dpi
    size = _Size(number=number, width=width * points, height=height * points)
    if is_blank(pixels, dpi):
        return Page(PageReading(**size, how=How.BLANK), ())
    if tools.ocr is None:
        return Page(PageReading(**size, how=How.UNREAD, note=f"it is a scan, and {tools.missing}"), ())
    found = _best_reading(pixels, dpi, tools)
    if isinstance(found, str):
        return Page(PageReading(**size, how=How.UNREAD, note=found), ())
    how, words = found
    if not words:
        return Page(PageReading(**size, how=How.UNREAD, note="no words were recognised in the picture"), ())
    checked = doubtful_words(whole_figures(words), _second_reading(how, tools))
    # Once more: what cannot be told to be one word or two stays in doubt, however often it is read.
    checked = whole_figures(read_again(checked, pixels, dpi, how, tools.ocr))
    lines = lines_of([_in_points(word, 72 / how.dpi) for word in checked], how.pixels.shape[1] * 72 / how.dpi)
    confidence = round(mean(word.confidence for word in words), 1)
    reading = PageReading(**size, how=How.OCR, confidence=confidence, turned=how.turned)
    return Page(reading, tuple(_on_page(line, how, points) for line in lines))


def _best_reading(pixels: Any, dpi: float, tools: Tools) -> tuple[Clean, list[Word]] | str:
    """The surest reading among the ways the page may lie; the first that reads well is taken."""
    sideways = lies_on_its_side(pixels, dpi)
    best: tuple[Clean, list[Word]] | str = "no words were recognised in the picture"
    most = 0.0
    for turned in (90, 270) if sideways else (0, 180):
        how = clean(pixels, dpi, turned)
        words = _recognise(how, tools)
        if isinstance(words, str):
            return words
        sure = _sureness(words)
        if sure > most:
            best, most = (how, words), sure
        if words and mean(word.confidence for word in words) >= _POOR and len(words) > 5:
            break
    return best


def _recognise(how: Clean, tools: Tools) -> list[Word] | str:
    assert tools.ocr is not None
    return tools.ocr.words(_picture(how))


def _second_reading(how: Clean, tools: Tools) -> list[Word] | None:
    """What the second engine reads; None where there is none or it fails, for it only ever adds doubt."""
    if tools.second is None:
        return None
    words = tools.second.words(_picture(how))
    return None if isinstance(words, str) else words


def _picture(how: Clean) -> Picture:
    height, width = how.pixels.shape
    return Picture(how.pixels.tobytes(), width, height, how.dpi)


def _sureness(words: list[Word]) -> float:
    """How much of a page was read, and how surely: letters weighed by their confidence."""
    return sum(len(word.text) * (word.confidence / 100) ** 2 for word in words)


def _in_points(word: Word, points: float) -> Word:
    box = (word.left * points, word.top * points, word.right * points, word.bottom * points)
    return Word(word.text, *box, word.confidence, word.doubtful)


def _on_page(line: Line, how: Clean, points: float) -> Line:
    """The line with its boxes on the page as it came, in points. They were in points of the clean picture."""
    spots = line.spots[:]
    for at in range(2, len(spots), SPOT):
        box = tuple(value * how.dpi / 72 for value in spots[at : at + 4])
        placed = turn_back(place_back((box[0], box[1], box[2], box[3]), how), how.turned, how.from_size)
        for step, value in enumerate(placed):
            spots[at + step] = value * points
    return Line(line.text, spots, line.apart)

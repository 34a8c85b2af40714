"""Layout: where on which page each word of a document stands, and how each page was read.

Kept beside the text, so that a passage can be shown in its place on the page. Documents that never had pages (plain
text, messages) have no layout.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from necessity.charts.span import Box


class How(StrEnum):
    """How the words of a page were come by."""

    TEXT = "text"  # the page's own characters
    OCR = "ocr"  # recognised in a picture
    BLANK = "blank"  # there is nothing on it
    UNREAD = "unread"  # there is something on it that could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """One page as it was read.

    `number` counts within the file from 1; sizes are points (1/72 inch). `confidence` is the mean of the page's words,
    0 to 100, for OCR. `turned` is how far the picture had to be turned, clockwise, to stand upright. `aside` are running
    lines (letterhead, page number, fax stamp) kept out of the flow of the text. `note` says what was not read, and why.
    """

    number: int
    width: float
    height: float
    how: How
    confidence: float | None = None
    turned: int = 0
    aside: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a document's text and its place; `confidence` is negative where it was not recognised but is text.

    `doubtful` where it may be misread (see `doubt`); such a word decides nothing.
    """

    start: int
    end: int
    box: Box
    confidence: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Original:
    """The file that a document came from, for showing its pages. Documents of one file share it."""

    data: bytes
    is_pdf: bool


class Layout:
    """The words of a document in the order of its text, in few bytes a word: a folder may have thousands of pages."""

    def __init__(self, words: Iterable[PlacedWord], pages: tuple[PageReading, ...], original: Original) -> None:
        self.pages, self.original = pages, original
        self._starts, self._ends, self._pages = array("I"), array("I"), array("H")
        self._boxes, self._confidences, self._doubts = array("f"), array("f"), array("b")
        for word in words:
            self._starts.append(word.start)
            self._ends.append(word.end)
            self._pages.append(word.box.page)
            self._boxes.extend((word.box.left, word.box.top, word.box.right, word.box.bottom))
            self._confidences.append(word.confidence)
            self._doubts.append(word.doubtful)

    @property
    def has_recognised(self) -> bool:
        """Whether any word was recognised in a picture."""
        return any(confidence >= 0 for confidence in self._confidences)

    def __len__(self) -> int:
        return len(self._starts)

    def words(self, start: int, end: int) -> Iterator[PlacedWord]:
        """The words that have a character between two offsets."""
        for place in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            left, top, right, bottom = self._boxes[4 * place : 4 * place + 4]
            box = Box(self._pages[place], round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
            confidence, doubtful = self._confidences[place], bool(self._doubts[place])
            yield PlacedWord(self._starts[place], self._ends[place], box, confidence, doubtful)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where a passage stands: one box for each stretch of a line."""
        lines: list[Box] = []
        for word in self.words(start, end):
            if lines and _goes_on(lines[-1], word.box):
                lines[-1] = _around(lines[-1], word.box)
            else:
                lines.append(word.box)
        return tuple(lines)

    def confidence(self, start: int, end: int) -> float | None:
        """The least confidence of a passage's words; None where all of them are text."""
        recognised = [word.confidence for word in self.words(start, end) if word.confidence >= 0]
        return round(min(recognised), 1) if recognised else None

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a word of a passage is in doubt."""
        return any(word.doubtful for word in self.words(start, end))

    def page(self, number: int) -> PageReading | None:
        """The page with this number in the file."""
        return next((page for page in self.pages if page.number == number), None)


def _goes_on(line: Box, word: Box) -> bool:
    height = line.bottom - line.top
    overlap = min(line.bottom, word.bottom) - max(line.top, word.top)
    gap = word.left - line.right
    return line.page == word.page and overlap > 0.4 * min(height, word.bottom - word.top) and -height < gap < 4 * height


def _around(one: Box, other: Box) -> Box:
    return Box(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )

"""Pages as they were read, before they are documents: a file of pages, its running lines, and its text put together.

Text keeps the order of the pages. Running lines (letterhead, page numbers, fax stamps) stand in the text once, where they
first come, and are kept aside on the other pages, so that a sentence that crosses a page break reads on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from necessity.charts.document import Document
from necessity.charts.layout import How, Layout, Original, PageReading, PlacedWord
from necessity.charts.layout_lines import SPOT, Line
from necessity.charts.span import Box
from necessity.values.problem import Problem

# Only lines in these parts of the page can be running lines, and only the outermost few.
_TOP, _BOTTOM, _OUTERMOST = 0.16, 0.86, 6
_COUNTER = re.compile(
    r"(?:\bpage\s*:?\s*|\bpg?\.?\s*)\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\b\d{1,4}\s+of\s+\d{1,4}(?=\s*$)|"
    r"(?<![\d/])0\d{1,3}/0?\d{1,4}(?=\s*$)|^\W*\d{1,4}\W*$"
)
# What a fax machine prints on each page: a clock, who to whom, and a number or a count. It is of the sending, not of the chart.
_STAMP = re.compile(
    r"(?i)^(?!\W*(?:date|time)\b)(?!.*\b(?:patient|pt|name|dob|d\.o\.b|mrn|birth)\b)(?=.*\b\d{1,2}:\d{2})"
    r"(?=.*\b(?:fax|from|to|tx|rx|received)\b)"
    r"(?=.*(?:\b(?:p|pg|page)\.?\s*:?\s*\d|\b\d{3}\W{0,2}\d{3}\W?\d{4}\b|\b\d{1,3}\s*(?:/|of)\s*\d{1,3}\s*$))"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\b")
_CLOSED = re.compile(r"[.!?:;]['\")\]]*$")
_OPENS = re.compile(r"\s*(?:[-–—*•·○▪>#]|\(?\d{1,2}[.)]\s|[A-Z][A-Za-z /&-]{2,40}:)")
# Two readings of one printed line may differ by a letter or two.
_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file and its lines in reading order."""

    reading: PageReading
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedFile:
    """A file that came as pages: what it holds, what of it could not be read, and the file itself."""

    name: str
    sha256: str
    pages: tuple[Page, ...]
    original: Original
    problems: tuple[Problem, ...] = ()


def document_of(file: PagedFile, pages: Sequence[Page], name: str) -> Document | None:
    """The document that a run of pages makes; None where no page of it has words."""
    flowing = without_running_lines(pages)
    parts, starts = _Text(), list[int]()
    # The words go into the layout one by one: a list of them would take ten times the room.
    layout = Layout(_placed(flowing, parts, starts), tuple(page.reading for page in flowing), file.original)
    text = "".join(parts.pieces)
    if not text.strip():
        return None
    return Document(id=name, name=name, text=text, page_starts=tuple(starts), sha256=file.sha256, layout=layout)


def _placed(pages: Sequence[Page], parts: _Text, starts: list[int]) -> Iterator[PlacedWord]:
    """The words of the pages, each in its place of the text, which grows in `parts` with the offsets of its pages in `starts`."""
    last: PlacedWord | None = None
    for number, page in enumerate(pages):
        if number:
            parts.add(_page_break(pages[number - 1], page))
        starts.append(parts.length)
        for word, lost in _words_of(page, parts):
            if last is not None:
                yield replace(last, end=last.end - 1) if lost else last
            last = word
    if last is not None:
        yield last


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages with the lines that repeat at their heads and feet set aside."""
    heads = [_masked(page, head=True) for page in pages]
    feet = [_masked(page, head=False) for page in pages]
    kept: list[Page] = []
    for number, page in enumerate(pages):
        before = heads[number - 1] if number else {}
        after = feet[number + 1] if number + 1 < len(pages) else {}
        aside = {
            place
            for place, mask in (*heads[number].items(), *feet[number].items())
            if not mask
            or (mask and place in heads[number] and _is_among(mask, before))
            or (mask and place in feet[number] and _is_among(mask, after))
        }
        lines = tuple(line for place, line in enumerate(page.lines) if place not in aside)
        running = tuple(page.lines[place].text for place in sorted(aside))
        kept.append(Page(replace(page.reading, aside=running), lines))
    return kept


def mask_of(line: str) -> str:
    """A line with what changes from page to page left out: the page number and the clock. Dates stay. Of a fax stamp
    nothing is left."""
    if is_stamp(line):
        return ""
    return " ".join(_COUNTER.sub(" ", _CLOCK.sub(" ", line.lower())).split()).strip(" -|,.")


def is_stamp(line: str) -> bool:
    """Whether a line was printed by a fax machine on its way."""
    return len(line) < 200 and bool(_STAMP.match(line))


def running_lines(page: Page, *, head: bool) -> list[str]:
    """Masks of the lines at the head or foot of a page, those that are page numbers alone left out."""
    return [mask for mask in _masked(page, head=head).values() if mask]


def _masked(page: Page, *, head: bool) -> dict[int, str]:
    """By place, the masked lines in the top or bottom part of a page."""
    height = page.reading.height
    places = range(len(page.lines))
    outer = places[:_OUTERMOST] if head else places[max(0, len(places) - _OUTERMOST) :]
    if head:
        return {at: mask_of(page.lines[at].text) for at in outer if page.lines[at].top < _TOP * height}
    return {at: mask_of(page.lines[at].text) for at in outer if page.lines[at].bottom > _BOTTOM * height}


def _is_among(mask: str, others: dict[int, str]) -> bool:
    for other in others.values():
        if mask == other:
            return True
        # Figures must agree: a date of visit at the head of each page is no running line.
        same_figures = re.findall(r"\d+", mask) == re.findall(r"\d+", other) and len(mask) > 12
        if same_figures and SequenceMatcher(None, mask, other, autojunk=False).ratio() >= _ALIKE:
            return True
    return False


def _page_break(before: Page, page: Page) -> str:
    """A form feed where a statement ends with the page, a mere line break where it goes on."""
    if not before.lines or not page.lines:
        return "\n"
    last, first = before.lines[-1].text.rstrip(), page.lines[0].text
    if _CLOSED.search(last) or _OPENS.match(first) or (first[:1].isupper() and len(last) < 50):
        return "\n\f"
    return "\n"


@dataclass(slots=True)
class _Text:
    """Text as it grows."""

    pieces: list[str]
    length: int

    def __init__(self) -> None:
        self.pieces, self.length = [], 0

    def add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def drop_hyphen(self) -> None:
        self.pieces[-1] = self.pieces[-1][:-1]
        self.length -= 1


def _words_of(page: Page, parts: _Text) -> Iterator[tuple[PlacedWord, bool]]:
    """The words of a page as its lines are added to the text, each with whether the word before it lost its hyphen."""
    for number, line in enumerate(page.lines):
        lost = False
        if number:
            before = page.lines[number - 1]
            joined = None if line.apart else _broken_word(before.text, line.text)
            if joined is None:
                parts.add("\n\n" if line.apart else "\n")
            elif joined == "":
                parts.drop_hyphen()
                lost = True
        start = parts.length
        spots = line.spots
        for at in range(0, len(spots), SPOT):
            first, end, left, top, right, bottom, confidence, doubt = spots[at : at + SPOT]
            box = Box(page.reading.number, left, top, right, bottom)
            yield PlacedWord(start + int(first), start + int(end), box, confidence, doubt > 0), lost and not at
        parts.add(line.text)


def _broken_word(line: str, following: str) -> str | None:
    """What joins a word that was broken at the end of a line: nothing, or its own hyphen; None where none was.

    A short first part ("non-", "post-"), a rest of two letters ("follow-up") or a figure ("L4-5") is a compound, which has
    its hyphen.
    """
    if re.search(r"\d-$", line) and re.match(r"[CTLS]?\d", following):
        return "-"
    first = re.search(r"([A-Za-z]+)-$", line)
    rest = re.match(r"[a-z]+", following)
    if not first or not rest:
        return None
    return "-" if len(first[1]) <= 4 or len(rest[0]) <= 2 else ""


def unread(name: str, pages: tuple[Page, ...]) -> tuple[Problem, ...]:
    """One problem for each reason why pages could not be read, with the pages."""
    reasons: dict[str, list[int]] = {}
    for page in pages:
        if page.reading.how is How.UNREAD:
            reasons.setdefault(page.reading.note, []).append(page.reading.number)
    return tuple(Problem(name, f"{_numbers(numbers)} could not be read: {why}") for why, numbers in reasons.items())


def _numbers(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"page {told}" if len(numbers) == 1 else f"pages {told}"

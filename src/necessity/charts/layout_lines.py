"""The words of one page into lines in reading order: rows first, then columns of prose, then the cells of tables.

Used alike for the characters of a PDF and for words recognised in a picture. A table is read row by row, two columns of
prose one after the other; which is which is told by the words themselves, for neither PDF nor scan says.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

# A gap between words of one row, in heights of the row, from which they stand in different cells.
_CELL_GAP = 1.5
# The gap in characters that stands for it in the text.
_GAP = "   "
# A column of prose: so many rows with words on both sides, so many words in the usual row.
_COLUMN_ROWS = 4
_COLUMN_WORDS = 4
# Distance of two rows, in usual distances, from which a blank line is between them.
_PARAGRAPH = 1.45
SPOT = 8


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page, in points from the top left. `confidence` is negative for a page's own text;
    `doubtful` where it may be misread."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = -1.0
    doubtful: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text and, for each word, start, end, left, top, right, bottom, confidence, doubt (`SPOT` numbers).

    `apart` where a blank line is before it.
    """

    text: str
    spots: array[float]
    apart: bool = False

    @property
    def top(self) -> float:
        return min(self.spots[3::SPOT])

    @property
    def bottom(self) -> float:
        return max(self.spots[5::SPOT])

    @property
    def right(self) -> float:
        return max(self.spots[4::SPOT])


Cell = list[Word]


@dataclass(slots=True)
class _Row:
    """Words of one height, left to right, in cells."""

    cells: list[Cell]

    @property
    def words(self) -> Iterator[Word]:
        return (word for cell in self.cells for word in cell)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def gaps(self) -> list[tuple[float, float]]:
        return [
            (left[-1].right, right[0].left)
            for left, right in zip(self.cells, self.cells[1:], strict=False)
            if right[0].left > left[-1].right
        ]


def lines_of(words: Iterable[Word], width: float) -> list[Line]:
    """The lines of a page in reading order; `width` is that of the page."""
    rows = _rows(words)
    pitch = _pitch(rows)
    lines: list[Line] = []
    for block in _blocks(rows, width):
        before: _Row | None = None
        for row in _unwrapped(block, pitch):
            lines.append(_line(row, bool(lines) and (before is None or _is_apart(before, row, pitch))))
            before = row
    return lines


def _rows(words: Iterable[Word]) -> list[_Row]:
    return [_Row(_cells(row)) for row in rows_of(words)]


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words whose middles lie at one height, left to right. A dash or a stop is low itself, so the usual height of the
    words counts."""
    ordered = sorted(words, key=lambda w: (w.middle, w.left))
    usual = median(word.bottom - word.top for word in ordered) if ordered else 0.0
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in ordered:
        tall = word.bottom - word.top
        if rows and word.middle - middle < 0.5 * min(max(height, tall), 1.3 * usual):
            rows[-1].append(word)
            middle += (word.middle - middle) / len(rows[-1])
            height = max(height, tall)
        else:
            rows.append([word])
            middle, height = word.middle, tall
    return [sorted(row, key=lambda w: (w.left, w.top)) for row in rows]


def _cells(row: Sequence[Word]) -> list[Cell]:
    height = median(word.bottom - word.top for word in row)
    cells: list[Cell] = [[row[0]]]
    for before, word in zip(row, row[1:], strict=False):
        if word.left - before.right > _CELL_GAP * height:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _pitch(rows: list[_Row]) -> float:
    """The usual distance from row to row."""
    tops = [row.top for row in rows]
    steps = [later - earlier for earlier, later in zip(tops, tops[1:], strict=False) if later > earlier]
    return median(steps) if steps else 12.0


def _blocks(rows: list[_Row], width: float) -> Iterator[list[_Row]]:
    """Runs of rows to be read one after the other; a run set in columns gives one block for each column."""
    pending: list[_Row] = []
    at = 0
    while at < len(rows):
        found = _columns(rows, at, width)
        if found is None:
            pending.append(rows[at])
            at += 1
            continue
        if pending:
            yield pending
            pending = []
        end, gutter = found
        sides: tuple[list[Word], list[Word]] = ([], [])
        for row in rows[at:end]:
            for word in row.words:
                sides[word.left >= gutter].append(word)
        for side in sides:
            yield from _blocks(_rows(side), width)
        at = end
    if pending:
        yield pending


def _columns(rows: list[_Row], at: int, width: float) -> tuple[int, float] | None:
    """Where the columns that begin at a row end, and where the gutter between the first two is; None where none begin."""
    best: tuple[int, float] | None = None
    for low, high in rows[at].gaps:
        end, (low, high) = _gutter(rows, at, (low, high))
        if _is_prose(rows[at:end], low, width) and (best is None or end > best[0]):
            best = end, (low + high) / 2
    return best


def _gutter(rows: list[_Row], at: int, gap: tuple[float, float]) -> tuple[int, tuple[float, float]]:
    """How far down a gap goes on, and how wide it stays."""
    low, high = gap
    end = at + 1
    for row in rows[at + 1 :]:
        inside = [g for g in row.gaps if min(g[1], high) - max(g[0], low) >= 8]
        if inside:
            low, high = max(low, inside[0][0]), min(high, inside[0][1])
        elif any(word.right > low and word.left < high for word in row.words):
            # A word reaches into the gap: the row is narrower on one side, or goes across.
            cells = [cell for cell in row.cells if cell[0].left < high and cell[-1].right > low]
            left_only = all(cell[-1].right < high - 8 for cell in cells)
            if not left_only or len(row.cells) > 1:
                break
            low = max([low, *(cell[-1].right for cell in cells)])
        end += 1
    return end, (low, high)


def _is_prose(rows: list[_Row], gutter: float, width: float) -> bool:
    """Whether both sides of a gutter hold running text rather than the cells of a table."""
    left, right = [], []
    for row in rows:
        words = list(row.words)
        left.append([word for word in words if word.left < gutter])
        right.append([word for word in words if word.left >= gutter])
    both = sum(1 for one, other in zip(left, right, strict=True) if one and other)
    return both >= _COLUMN_ROWS and all(_reads_on([words for words in side if words], width) for side in (left, right))


def _reads_on(side: list[list[Word]], width: float) -> bool:
    """Lines with several words each, most of which fill the column."""
    if len(side) < _COLUMN_ROWS or median(len(words) for words in side) < _COLUMN_WORDS:
        return False
    widest = max(words[-1].right for words in side) - min(words[0].left for words in side)
    full = sum(1 for words in side if words[-1].right - words[0].left > 0.7 * widest)
    return widest > 0.22 * width and full >= 0.5 * len(side)


def _unwrapped(rows: list[_Row], pitch: float) -> Iterator[_Row]:
    """Rows of a table with the lines that their cells were wrapped to; a cell's text is read whole."""
    current: _Row | None = None
    bottom = 0.0
    for row in rows:
        if current is not None and _continues(current, row, bottom, pitch):
            for cell in row.cells:
                home = min(current.cells, key=lambda other: abs(other[0].left - cell[0].left))
                home.extend(cell)
            bottom = row.bottom
            continue
        if current is not None:
            yield current
        current, bottom = row, row.bottom
    if current is not None:
        yield current


def _continues(above: _Row, row: _Row, bottom: float, pitch: float) -> bool:
    """Whether a row holds only what was left over of the cells above: none in the first column, each in line with one."""
    if len(above.cells) < 2 or len(row.cells) >= len(above.cells) or row.top - bottom > 0.5 * pitch:
        return False
    lefts = [cell[0].left for cell in above.cells[1:]]
    return all(min(abs(cell[0].left - left) for left in lefts) < 4 for cell in row.cells)


def _is_apart(above: _Row, row: _Row, pitch: float) -> bool:
    return row.top - max(word.top for word in above.words) > _PARAGRAPH * pitch


def _line(row: _Row, apart: bool) -> Line:
    parts: list[str] = []
    spots: array[float] = array("f")
    at = 0
    for cell_number, cell in enumerate(row.cells):
        for number, word in enumerate(cell):
            gap = " " if number else _GAP if cell_number else ""
            at += len(gap)
            parts += (gap, word.text)
            spots.extend((at, at + len(word.text), word.left, word.top, word.right, word.bottom))
            spots.extend((word.confidence, word.doubtful))
            at += len(word.text)
    return Line("".join(parts), spots, apart)

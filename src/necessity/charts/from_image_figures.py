"""Figures that an engine took apart: the white beside a narrow "1" is nearly that between words.

"11/04/2025" must not become "1" and "1/04/2025".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median

from necessity.charts.layout_lines import Word, rows_of

# Gaps between two figures, in usual gaps between words of the page: nearer than the first they are one word; where a "1"
# stands at the seam, up to the second nobody can tell.
_ONE_WORD, _NOT_TOLD = 0.72, 0.95
_FEWEST_GAPS = 8


def whole_figures(words: Iterable[Word]) -> list[Word]:
    """The words, figures that were taken apart in one; `doubtful` where that cannot be told."""
    rows = rows_of(words)
    gaps = [after.left - before.right for row in rows for before, after in zip(row, row[1:], strict=False)]
    usual = median(gaps) if len(gaps) >= _FEWEST_GAPS else 0.0
    return [word for row in rows for word in _joined(row, usual)]


def _joined(row: list[Word], usual: float) -> Iterator[Word]:
    last: Word | None = None
    for word in row:
        if last is not None and last.text[-1].isdigit() and word.text[0].isdigit():
            gap = word.left - last.right
            if gap < _ONE_WORD * usual:
                last = _one(last, word)
                continue
            if gap < _NOT_TOLD * usual and "1" in (last.text[-1], word.text[0]):
                last, word = replace(last, doubtful=True), replace(word, doubtful=True)
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _one(first: Word, second: Word) -> Word:
    top, bottom = min(first.top, second.top), max(first.bottom, second.bottom)
    confidence = min(first.confidence, second.confidence)
    return Word(first.text + second.text, first.left, top, second.right, bottom, confidence)

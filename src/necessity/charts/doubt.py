"""Doubt about recognised words: which of them look misread, or were read otherwise by a second engine.

Doubt only ever lowers a confidence. The word stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from necessity.charts.layout import FLOOR
from necessity.charts.layout_lines import Word

# Under the floor by enough to be seen as put there.
_DOUBTED = FLOOR / 2
_FIGURE = re.compile(r"\d")
_SIDE = re.compile(r"(?:left|right|bilateral|bilat|lt|rt|l|r|b/l|lle|rle|lue|rue)\W*", re.IGNORECASE)
_NEGATION = re.compile(r"(?:no|not|non|nor|none|neg|negative|without|w/o|denies|denied|absent|never)\W*", re.IGNORECASE)
# Letters that printed figures are often taken for, and figures that letters are.
_LIKE_FIGURES = "OoQDIl|!SsBZzgq&$£?"
# A vertebra, a strength, a date or a dose in which one figure came out as a letter.
_MISREAD = re.compile(
    rf"\W*(?:[CTLS][-\d{_LIKE_FIGURES}/]*[{_LIKE_FIGURES}][-\d/]*(?:[-–/][CTLS]?[\d{_LIKE_FIGURES}]+)"
    rf"|[1I|l!]\s?[-\d]*\d[-–][{_LIKE_FIGURES}1S]?\d"
    rf"|\d[\d{_LIKE_FIGURES}+-]*/[{_LIKE_FIGURES}][+-]?|[{_LIKE_FIGURES}][+-]?/\d[+-]?"
    rf"|\d{{1,2}}[/.][{_LIKE_FIGURES}\d]*[{_LIKE_FIGURES}][\d{_LIKE_FIGURES}]*[/.]\d{{2,4}})\W*"
)


def is_deciding(text: str) -> bool:
    """Whether a word holds a figure (level, date, strength, dose), a side or a negation: a misreading turns the meaning."""
    return bool(_FIGURE.search(text) or _SIDE.fullmatch(text) or _NEGATION.fullmatch(text))


def looks_misread(text: str) -> bool:
    """Whether a word is a level, strength or date but for a letter where a figure belongs ("L4-S", "S/5", "1O/12/24")."""
    return bool(_MISREAD.fullmatch(text)) and not re.fullmatch(r"\W*(?:[CTL]\d{1,2}-S\d?|S\d(?:-S\d)?)\W*", text)


def doubtful_words(words: Iterable[Word], second: list[Word] | None) -> list[Word]:
    """The words, with the confidence of those in doubt put under the floor."""
    return [replace(word, confidence=_DOUBTED) if _in_doubt(word, second) else word for word in words]


def _in_doubt(word: Word, second: list[Word] | None) -> bool:
    if word.confidence < FLOOR:
        return False
    if looks_misread(word.text):
        return True
    return second is not None and is_deciding(word.text) and _disagrees(word, second)


def _disagrees(word: Word, second: list[Word]) -> bool:
    """Whether the other engine read other letters there; where it read nothing there it says nothing."""
    there = [other for other in second if _overlaps(word, other)]
    if not there:
        return False
    mine = _letters(word.text)
    return mine not in _letters("".join(other.text for other in sorted(there, key=lambda other: other.left)))


def _overlaps(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    narrower = min(word.right - word.left, other.right - other.left)
    return across > 0.3 * narrower and down > 0.4 * min(word.bottom - word.top, other.bottom - other.top)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", text.lower())

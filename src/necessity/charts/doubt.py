"""Doubt about recognised words: which of them look misread, or were read otherwise by a second engine.

A word in doubt stays as it was read, with its confidence; it only loses its say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from necessity.charts.layout_lines import Word

# Confidences, 0 to 100, below which a word may be misread. Of words with a figure, side or negation every fifth was wrong
# from 60 to 85 and one in a thousand above (benchmarks/intake); other words are told by their neighbours.
FLOOR = 60.0
DECIDING_FLOOR = 85.0
# Of words that three readings agree on none was another word from here on, and every third below.
AGREED_FLOOR = 40.0
_FIGURE = re.compile(r"\d")
_SIDE = re.compile(r"(?:left|right|bilateral|bilat|lt|rt|l|r|b/l|lle|rle|lue|rue)\W*", re.IGNORECASE)
_NEGATION = re.compile(r"(?:no|not|non|nor|none|neg|negative|without|w/o|denies|denied|absent|never)\W*", re.IGNORECASE)
_LEVEL = re.compile(r"\W*[CTLS]\d{1,2}(?:\W|$)")
_SHORT = 3
# What begins as a level and goes on otherwise ("L4-S", "L5-Si"), or goes on as one and began otherwise ("1.4-5", "I4-5").
_LEVEL_BEGUN = re.compile(r"\W*[CTLS]\d{1,2}[-–/](?P<rest>[^\s,;:.()]{1,3})\W*")
_LEVEL_REST = re.compile(r"(?:[CTL]?\d{1,2}|S[1-5])")
_LEVEL_ENDED = re.compile(r"\W*(?:1[.,]|[I|l!][.,]?)\d{1,2}[-–/](?:[CTLS]|1[.,])?[\dSI]{1,2}\W*|\W*1\d-S\d\W*")
# A strength or date in which a figure came out as a letter.
_STRENGTH = re.compile(r"\W*(?:[A-Za-z$§&][+-]?/[0-5][+-]?|[0-5][+-]?/[A-Za-z$§&][+-]?)\W*")
_DATE = re.compile(r"\W*(?=.*[A-Za-z|])[\dOoIlSB|]{1,2}[/.-][\dOoIlSB|]{1,2}[/.-][\dOoIlSB|]{2,4}\W*")

_ENDS = re.compile(r"^[^\w+(\[-]+|[^\w+%)\]-]+$")
_THIN = str.maketrans({"i": "l", "/": "l", "!": "l"})
_ALIKE = str.maketrans({"I": "l", "|": "l", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

# Neither a date in any order, nor a score, nor a blood pressure ("41/14" for 11/14, "44/5" for 4+/5).
_NO_DATE = re.compile(r"\W*(?:(?:3[2-9]|[4-9]\d)[/-](?:[0-2]?\d|3[01])|00?/\d{1,2}/\d{2,4})(?:/\d{2,4})?\W*")


def is_deciding(text: str) -> bool:
    """Whether a word holds a figure (level, date, strength, dose), a side or a negation: a misreading turns the meaning."""
    return bool(_FIGURE.search(text) or _SIDE.fullmatch(text) or _NEGATION.fullmatch(text))


def is_level(text: str) -> bool:
    """Whether a word is a level of the spine, or was one before it was misread."""
    return bool(_LEVEL.match(text)) or looks_misread(text)


def is_short(text: str) -> bool:
    """Whether a word is so short that it may be a negation or a side that was misread ("ne", "1eft" is longer)."""
    return 1 <= len(re.sub(r"\W", "", text)) <= _SHORT and not any(c.isdigit() for c in text)


def looks_misread(text: str) -> bool:
    """Whether a word is a level, strength or date but for a letter where a figure belongs ("L4-S", "S/5", "1O/12/24"), or for a
    figure that none of them has ("41/14")."""
    begun = _LEVEL_BEGUN.fullmatch(text)
    if begun and not _LEVEL_REST.fullmatch(begun["rest"]):
        return True
    return any(pattern.fullmatch(text) for pattern in (_LEVEL_ENDED, _STRENGTH, _DATE, _NO_DATE))


def doubtful_words(words: Iterable[Word], second: list[Word] | None) -> list[Word]:
    """The words, those that may be misread marked. `second` is what another engine read in the same picture."""
    return [replace(word, doubtful=True) if _in_doubt(word, second) else word for word in words]


def weighed(word: Word, readings: Sequence[list[Word]]) -> Word:
    """A doubtful word beside further readings of its place, each from another picture of the line.

    Where all readings have the same letters and one of them is not quite unsure, there is no doubt. Where the others agree,
    each as sure as a word that decides must be, and the first was not sure at all, theirs is what stands there. Else the
    doubt stays; and always where what was read cannot be right.
    """
    found = [[other for other in reading if _overlaps(word, other)] for reading in readings]
    others = [there[0] for there in found if len(there) == 1]
    same = [other for other in others if _glyphs(other.text) == _glyphs(word.text)]
    sure = max(one.confidence for one in (word, *same))
    needed = len(readings) if is_deciding(word.text) or is_short(word.text) else 1
    if _glyphs(word.text) and len(same) >= needed:
        settled = sure >= AGREED_FLOOR and not looks_misread(word.text)
        text = _commonest([word.text, *(one.text for one in same)])
        return replace(word, text=text, confidence=sure, doubtful=False) if settled else word
    if word.confidence < FLOOR and len(others) == len(readings) and _all_sure(others):
        return replace(word, text=others[0].text, confidence=min(one.confidence for one in others), doubtful=False)
    return word


def _all_sure(others: Sequence[Word]) -> bool:
    """Whether readings agree and each of them is sure, on something that decides and may well be."""
    texts = {_glyphs(other.text) for other in others}
    return (
        len(texts) == 1
        and is_deciding(others[0].text)
        and not looks_misread(others[0].text)
        and all(other.confidence >= DECIDING_FLOOR for other in others)
    )


def _commonest(texts: list[str]) -> str:
    """Of readings that differ in "I" and "l" alone, the one most often read, the first where none is."""
    return max(texts, key=lambda text: (texts.count(text), -texts.index(text)))


def _glyphs(text: str) -> str:
    """The signs of a word, marks at its ends left out; "I" and "l", which most print sets alike, as one. In a word without
    figures any thin stroke ("b/l" and "bil", "SIJ" and "SiJ")."""
    bare = _ENDS.sub("", text).translate(_ALIKE)
    return bare if _FIGURE.search(bare) else bare.translate(_THIN)


def _in_doubt(word: Word, second: list[Word] | None) -> bool:
    if word.doubtful or word.confidence < FLOOR or looks_misread(word.text):
        return True
    if not is_deciding(word.text):
        return False
    agrees = None if second is None else _agrees(word, second)
    return word.confidence < DECIDING_FLOOR if agrees is None else not agrees


def _agrees(word: Word, second: list[Word]) -> bool | None:
    """Whether the other engine read the same letters there; None where it read nothing there."""
    there = sorted((other for other in second if _overlaps(word, other)), key=lambda other: other.left)
    if not there:
        return None
    return _letters(word.text) in _letters("".join(other.text for other in there))


def _overlaps(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    narrower = min(word.right - word.left, other.right - other.left)
    return across > 0.3 * narrower and down > 0.4 * min(word.bottom - word.top, other.bottom - other.top)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", text.lower())

"""Lines of a scan that hold doubtful words, read again from two other pictures of them: one finer and one coarser.

Only these lines are read again. What the readings say of a word is weighed in `doubt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from necessity.charts.doubt import weighed
from necessity.charts.engine import Engine, Picture
from necessity.charts.from_image_clean import Clean, other_picture
from necessity.charts.layout_lines import Word

# Resolution and softening of the other pictures; that of the first reading is 300 dpi.
OTHERS = ((400, 1.6), (250, 0.7))
# About a line, in its heights, so that no stroke is cut off; white between lines from different places, in inches.
_ABOUT, _APART = 0.35, 0.1
# A page of which more lines are in doubt is a poor picture: reading it again settles little and takes long.
_MOST_SHARE = 0.6
Strip = tuple[int, int]


def read_again(words: list[Word], pixels: Any, dpi: float, how: Clean, ocr: Engine) -> list[Word]:
    """The words, doubtful ones as further readings leave them. `pixels` is the page as it came."""
    strips = _strips(words, how.pixels.shape[0])
    if not strips or sum(bottom - top for top, bottom in strips) > _MOST_SHARE * how.pixels.shape[0]:
        return words
    readings = [_reading(strips, other_picture(pixels, dpi, how, *one), how, ocr) for one in OTHERS]
    return [weighed(word, readings) if word.doubtful else word for word in words]


def _strips(words: list[Word], height: int) -> list[Strip]:
    """Top and bottom of the lines that hold doubtful words; lines next to each other in one."""
    strips: list[Strip] = []
    for word in sorted((word for word in words if word.doubtful), key=lambda word: word.top):
        beside = [other for other in words if other.top < word.middle < other.bottom]
        top, bottom = min(one.top for one in beside), max(one.bottom for one in beside)
        about = _ABOUT * (bottom - top)
        top, bottom = max(0.0, top - about), min(float(height), bottom + about)
        if strips and top <= strips[-1][1]:
            strips[-1] = (strips[-1][0], max(strips[-1][1], round(bottom)))
        else:
            strips.append((round(top), round(bottom)))
    return strips


def _reading(strips: list[Strip], other: Clean, how: Clean, ocr: Engine) -> list[Word]:
    """What stands in the strips, read in another picture, in places of the first."""
    scale = other.scale / how.scale
    cut = [(round(top * scale), round(bottom * scale)) for top, bottom in strips]
    apart = np.full((round(_APART * other.dpi), other.pixels.shape[1]), 255, dtype=np.uint8)
    pieces: list[Any] = [apart]
    places: list[tuple[int, int]] = []
    down = apart.shape[0]
    for top, bottom in cut:
        piece = other.pixels[top:bottom]
        places.append((down, top))
        pieces += [piece, apart]
        down += piece.shape[0] + apart.shape[0]
    stacked = np.vstack(pieces)
    height, width = stacked.shape
    read = ocr.words(Picture(stacked.tobytes(), width, height, other.dpi, strips=True))
    return [] if isinstance(read, str) else list(_placed(read, places, scale))


def _placed(words: Iterable[Word], places: list[tuple[int, int]], scale: float) -> Iterable[Word]:
    for word in words:
        down, top = max((place for place in places if place[0] <= word.middle), default=places[0])
        shift = top - down
        upper, lower = (word.top + shift) / scale, (word.bottom + shift) / scale
        yield Word(word.text, word.left / scale, upper, word.right / scale, lower, word.confidence)

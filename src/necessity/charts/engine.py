"""What reading pages needs from outside: an engine that recognises words in pictures, and someone to tell how far it is.

The engine is handed in, since running a program is no business of the pure part; `necessity.ocr` makes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from necessity.charts.layout_lines import Word

# Told for each page: the file's name, pages done, pages in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture, a byte a pixel, row by row from the top, and its resolution. `strips` where it is no page but lines
    cut from one, set below each other."""

    pixels: bytes
    width: int
    height: int
    dpi: int
    strips: bool = False


class Engine(Protocol):
    """Recognises words. They come with boxes in pixels and confidences from 0 to 100."""

    @property
    def name(self) -> str: ...

    def words(self, picture: Picture) -> list[Word] | str:
        """The words of a picture, or in plain words why there are none."""
        ...


def no_one(name: str, done: int, pages: int) -> None:
    """Nobody asked to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`ocr` is None where no engine is there, and `missing` then says how to get one. `second`, where there is one, reads
    the same pictures, and words on which the two differ count as doubtful. `jobs` pages are recognised at a time."""

    ocr: Engine | None = None
    second: Engine | None = None
    missing: str = "no engine for scans was given"
    jobs: int = 1
    progress: Progress = no_one


NO_TOOLS = Tools()

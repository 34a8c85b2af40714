"""Many cases in one run: lines of JSON or a folder of case files in, one line of JSON out for each, in the same order.

A case that cannot be read, or on which the program fails, gives `{"id", "error"}` and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from necessity.asking import Asking
from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_text import decode
from necessity.charts.structured import parse_json, parse_yaml
from necessity.intake import read_bytes
from necessity.library import open_library
from necessity.reports.to_json import encode
from necessity.values.errors import InputError, NecessityError
from necessity.values.problem import Problem

# What the caller says of every case, such as the date it is judged.
Settings = Callable[[Case], Case]
_CASE_FILES = ("*.yaml", "*.yml", "*.json")
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One case still unread: where it stands, its bytes or its file, and the id to use where it brings none."""

    where: str
    content: bytes | Path
    default_id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of output, and what went wrong with its case."""

    line: bytes
    problems: tuple[Problem, ...] = ()


def items_in(path: Path) -> Iterator[Item]:
    """The cases of a file of JSON lines, or of the case files of a folder by name."""
    if path.is_dir():
        found = sorted(file for pattern in _CASE_FILES for file in path.glob(pattern) if not file.name.startswith("."))
        if not found:
            raise InputError(Problem(str(path), "there is no case file in this folder"))
        return (Item(file.name, file, file.stem) for file in found)
    return items_of_lines(read_bytes(path))


def items_of_lines(data: bytes) -> Iterator[Item]:
    """The cases of JSON lines; blank lines are skipped and still counted."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield Item(f"line {number}", line, f"line {number}")


def answer_all(items: Iterable[Item], asking: Asking, settings: Settings, jobs: int = 1) -> Iterator[Row]:
    """The row of every case, in the order of the input, however many processes share the work."""
    answer = partial(answer_one, asking=asking, settings=settings)
    if jobs <= 1:
        yield from map(answer, items)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(answer, list(items), chunksize=_CHUNK)


def answer_one(item: Item, asking: Asking, settings: Settings) -> Row:
    """The row of one case. A failure of the program is named by its kind alone, for its words may be the chart's."""
    knowledge = open_library()
    row_id: Any = item.default_id if isinstance(item.content, Path) else None
    try:
        raw = _parsed(item)
        if isinstance(raw, dict) and raw.get("id") not in (None, ""):
            row_id = raw["id"]
        case = settings(case_from_mapping(raw, item.where, knowledge.form_words(), default_id=item.default_id))
        row_id = case.id if row_id is None else row_id
        line = encode({"id": row_id, **asking.row(case, knowledge)}) + b"\n"
        return Row(line, case.chart.problems)
    except NecessityError as error:
        problems = error.problems
    except Exception as error:
        problems = (Problem(item.where, f"internal error ({type(error).__name__})", "please report it"),)
    return Row(encode({"id": row_id, "error": "; ".join(str(problem) for problem in problems)}) + b"\n", problems)


def _parsed(item: Item) -> Any:
    data = read_bytes(item.content) if isinstance(item.content, Path) else item.content
    text = decode(data)
    if text is None:
        raise InputError(Problem(item.where, "this is no text"))
    is_yaml = isinstance(item.content, Path) and item.content.suffix != ".json"
    return parse_yaml(item.where, text) if is_yaml else parse_json(item.where, text)

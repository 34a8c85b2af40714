"""Many cases in one run: lines of JSON or a folder of case files in, one line of JSON out for each, in the same order.

A line may be a FHIR Bundle. Single resources, as Bulk Data writes them, are put together for each patient.

A case that cannot be read, or on which the program fails, gives `{"id", "error"}` and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from necessity.asking import Asking
from necessity.charts.bulk import Line, shares_of
from necessity.charts.chart import Case
from necessity.charts.from_text import decode
from necessity.charts.structured import parse_json, parse_yaml
from necessity.intake import Paging, case_of_row, read_bytes
from necessity.library import open_library
from necessity.reports.to_json import encode
from necessity.values.errors import InputError, NecessityError
from necessity.values.problem import Problem

# What the caller says of every case, such as the date it is judged.
Settings = Callable[[Case], Case]
_CASE_FILES = ("*.yaml", "*.yml", "*.json")
_BULK_FILES = ("*.ndjson", "*.jsonl")
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One case still unread: where it stands, its bytes or its file, and the id to use where it brings none.

    `is_record` where the bytes are the FHIR resources of one patient, one a line.
    """

    where: str
    content: bytes | Path
    default_id: str
    is_record: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of output, and what went wrong with its case."""

    line: bytes
    problems: tuple[Problem, ...] = ()


def items_in(path: Path) -> Iterator[Item]:
    """The cases of a file of JSON lines, or of a folder: its case files and FHIR charts by name, then its Bulk Data."""
    if not path.is_dir():
        return items_of_lines(read_bytes(path))
    files = _files(path, _CASE_FILES)
    bulk = _files(path, _BULK_FILES)
    if not files and not bulk:
        raise InputError(Problem(str(path), "there is no case file in this folder"))
    lines = (line for file in bulk for line in _lines(read_bytes(file), f"{file.name}:"))
    return chain((Item(file.name, file, file.stem) for file in files), _items(lines))


def items_of_lines(data: bytes) -> Iterator[Item]:
    """The cases of JSON lines; blank lines are skipped and still counted. One case written over many lines is one too."""
    if _is_one_value(data):
        return iter((Item("line 1", data, "line 1"),))
    return _items(_lines(data, "line "))


def _items(lines: Iterable[Line]) -> Iterator[Item]:
    shares = shares_of(lines)
    for row in shares.rows:
        if isinstance(row, Line):
            yield Item(row.where, row.data, row.where)
        else:
            where = row.lines[0].where
            yield Item(where, row.data(shares.shared), row.name or where, is_record=True)


def _lines(data: bytes, prefix: str) -> Iterator[Line]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield Line(f"{prefix}{number}", line)


def _files(folder: Path, patterns: Iterable[str]) -> list[Path]:
    return sorted(file for one in patterns for file in folder.glob(one) if not file.name.startswith("."))


def _is_one_value(data: bytes) -> bool:
    """Whether a file is one JSON object laid out over many lines, as people save a Bundle."""
    head, _, rest = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not head.startswith(b"{") or not rest.strip() or head.rstrip().endswith(b"}"):
        return False
    try:
        orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return False
    return True


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
        data = read_bytes(item.content) if isinstance(item.content, Path) else item.content
        raw = None if item.is_record else _parsed(item, data)
        row_id = item.default_id if item.is_record else row_id
        if isinstance(raw, dict) and raw.get("id") not in (None, ""):
            row_id = raw["id"]
        words, paging = knowledge.form_words(), Paging(kinds=knowledge.kinds)
        case = settings(case_of_row(raw, data, item.where, words, item.default_id, paging))
        row_id = case.id if row_id is None else row_id
        line = encode({"id": row_id, **asking.row(case, knowledge)}) + b"\n"
        return Row(line, case.chart.problems)
    except NecessityError as error:
        problems = error.problems
    except Exception as error:
        problems = (Problem(item.where, f"internal error ({type(error).__name__})", "please report it"),)
    return Row(encode({"id": row_id, "error": "; ".join(str(problem) for problem in problems)}) + b"\n", problems)


def _parsed(item: Item, data: bytes) -> Any:
    text = decode(data)
    if text is None:
        raise InputError(Problem(item.where, "this is no text"))
    is_yaml = isinstance(item.content, Path) and item.content.suffix != ".json"
    return parse_yaml(item.where, text) if is_yaml else parse_json(item.where, text)

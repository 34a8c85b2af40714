"""The cases of a folder, for comparisons over many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from necessity.charts.chart import Case
from necessity.intake import case_of
from necessity.knowledge import Knowledge
from necessity.values.errors import UsageError
from necessity.values.problem import Problem

_CASE_FILES = (".yaml", ".yml", ".json")


def cases_in(folder: Path, knowledge: Knowledge) -> Iterator[Case]:
    """Each case file of a folder, and each folder in it, by name."""
    if not folder.is_dir():
        raise UsageError(Problem(str(folder), "there is no such folder"))
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.suffix.lower() in _CASE_FILES:
            yield case_of([path], knowledge.form_words())

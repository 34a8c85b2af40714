"""A policy file as data with the line of every part, so that each problem can name its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from necessity.values.problem import Problem

Key = str | int
# The C parser is many times as fast; its nodes and marks are the same.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file and where each part of it stands."""

    name: str
    data: object
    lines: dict[tuple[Key, ...], int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def where(self, path: Iterable[Key]) -> str:
        """`file:line` of a part; of the nearest part around it where it is missing itself."""
        return f"{self.name}:{self.line(path)}"

    def line(self, path: Iterable[Key]) -> int:
        keys = tuple(path)
        while keys not in self.lines and keys:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def read(text: str, name: str) -> Source:
    """The file's data; problems of YAML itself (syntax, keys written twice) are values."""
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return Source(name, None, {}, (Problem(f"{name}:1", "the file is empty"),))
        lines: dict[tuple[Key, ...], int] = {}
        problems: list[Problem] = []
        data = _build(loader, root, (), name, lines, problems)
        return Source(name, data, lines, tuple(problems))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Source(name, None, {}, (Problem(f"{name}:{line}", f"not readable as YAML: {error.problem}"),))
    finally:
        loader.dispose()


def _build(
    loader: Any,
    node: yaml.Node,
    path: tuple[Key, ...],
    name: str,
    lines: dict[tuple[Key, ...], int],
    problems: list[Problem],
) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*path, index), name, lines, problems) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    data: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in data:
            problems.append(Problem(f"{name}:{line}", f"`{key}` is written twice", "keep one of them"))
        data[key] = _build(loader, value_node, (*path, key), name, lines, problems)
        lines[(*path, key)] = line
    return data

"""The patients there could be: for every question that the policies ask, a variable that ranges over its answers.

A yes/no question is answered yes, no, both (a conflict) or not at all; a choice likewise, one value at most. A number is
an interval, as answers are (`findings.answer`): the thresholds of all leaves cut the numbers into cells, and the interval
runs from the cell `least` to the cell `most`. Within a cell no comparison can tell two numbers apart, so the cells lose
nothing, and leaves that compare the same number with different thresholds are related as numbers are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import ceil, floor
from typing import Any

import z3

from necessity.policies.policy import Bound, Edge, Leaf, OneOf
from necessity.policies.question_like import QuestionLike
from necessity.proofs.failure import Key, key_of

# Numbers that are counted, never measured: a cell without a whole number in it holds no patient.
_WHOLE = (None, "days", "levels", "years", "points")
_OTHER = "another"


@dataclass(frozen=True)
class Truths:
    """When a test or tree is surely true, surely false, or in conflict; unknown otherwise."""

    true: Any
    false: Any
    conflict: Any

    @cached_property
    def unknown(self) -> Any:
        return z3.Not(z3.Or(self.true, self.false, self.conflict))


@dataclass(frozen=True)
class Choice:
    """A yes/no question or a choice: one of its values, a conflict, or silence."""

    key: Key
    values: tuple[bool | str, ...]
    is_value: Mapping[bool | str, Any]
    conflict: Any

    @property
    def unknown(self) -> Any:
        return z3.Not(z3.Or(*self.is_value.values(), self.conflict))

    @property
    def rules(self) -> list[Any]:
        return [z3.AtMost(*self.is_value.values(), self.conflict, 1)]

    def same_as(self, other: Choice) -> Any:
        pairs = [self.is_value[value] == other.is_value[value] for value in self.values]
        return z3.And(self.conflict == other.conflict, *pairs)

    def truths(self, test: OneOf) -> Truths:
        wanted = [self.is_value[value] for value in self.values if value in test.values]
        others = [self.is_value[value] for value in self.values if value not in test.values]
        return Truths(z3.Or(*wanted), z3.Or(*others), self.conflict)


@dataclass(frozen=True)
class Number:
    """A number as an interval of cells. `cells` are (lower edge, upper edge); equal edges are the number itself."""

    key: Key
    unit: str | None
    cells: tuple[tuple[float | None, float | None], ...]
    least: Any
    most: Any
    conflict: Any

    @property
    def top(self) -> int:
        return len(self.cells) - 1

    @property
    def unknown(self) -> Any:
        return z3.And(self.least == 0, self.most == self.top, z3.Not(self.conflict))

    @property
    def rules(self) -> list[Any]:
        within = z3.And(self.least >= 0, self.least <= self.most, self.most <= self.top)
        return [within, z3.Implies(self.conflict, z3.And(self.least == 0, self.most == self.top))]

    def same_as(self, other: Number) -> Any:
        return z3.And(self.least == other.least, self.most == other.most, self.conflict == other.conflict)

    def truths(self, test: Bound) -> Truths:
        """Known only where the whole interval lies on one side (`findings.verdict`)."""
        inside = [index for index, cell in enumerate(self.cells) if _satisfies(cell, test)]
        if not inside or len(inside) == len(self.cells):
            true, false = z3.BoolVal(bool(inside)), z3.BoolVal(not inside)
        elif inside[-1] == self.top:
            true, false = self.least >= inside[0], self.most < inside[0]
        else:
            true, false = self.most <= inside[-1], self.least > inside[-1]
        return Truths(true, false, z3.And(self.conflict, z3.Not(true), z3.Not(false)))

    def representative(self, index: int) -> float:
        """A number of the cell, as plain as one can be."""
        low, high = self.cells[index]
        step = 1.0 if self.unit in _WHOLE or self.unit == "percent" else 0.5
        if low is not None and low == high:
            return low
        if low is None:
            return max(high - step, high / 2) if high is not None else 0.0
        if high is None:
            return low + step
        return low + step if low + step < high else (low + high) / 2


Variable = Choice | Number


@dataclass(frozen=True)
class Patient:
    """One patient: a variable for every question that some leaf asks. Two patients have different names."""

    variables: Mapping[Key, Variable] = field(default_factory=dict)

    def truths(self, leaf: Leaf) -> Truths:
        variable = self.variables[key_of(leaf)]
        if isinstance(leaf.test, OneOf) and isinstance(variable, Choice):
            return variable.truths(leaf.test)
        if isinstance(leaf.test, Bound) and isinstance(variable, Number):
            return variable.truths(leaf.test)
        raise TypeError(f"{leaf.question} is compared as what it is not")

    @property
    def rules(self) -> list[Any]:
        return [rule for variable in self.variables.values() for rule in variable.rules]


def patient(leaves: Iterable[Leaf], questions: Mapping[str, QuestionLike], name: str = "p") -> Patient:
    """The patient that all these leaves can be asked of, with its variables in the order of the leaves."""
    asked: dict[Key, list[Leaf]] = {}
    for leaf in leaves:
        asked.setdefault(key_of(leaf), []).append(leaf)
    return Patient(
        {key: _variable(f"{name}{number}", key, tests, questions) for number, (key, tests) in enumerate(asked.items())}
    )


def _variable(name: str, key: Key, leaves: list[Leaf], questions: Mapping[str, QuestionLike]) -> Variable:
    question = questions[key[0]]
    conflict = z3.Bool(f"{name}.both")
    if question.type == "number":
        cuts = sorted({leaf.test.amount for leaf in leaves if isinstance(leaf.test, Bound)})
        cells = _cells(cuts, whole=question.unit in _WHOLE)
        return Number(key, question.unit, cells, z3.Int(f"{name}.least"), z3.Int(f"{name}.most"), conflict)
    used = [value for leaf in leaves if isinstance(leaf.test, OneOf) for value in leaf.test.values]
    values: tuple[bool | str, ...] = (True, False)
    if question.type == "choice":
        values = tuple(dict.fromkeys([*question.choices, *used, *(() if question.choices else (_OTHER,))]))
    return Choice(key, values, {value: z3.Bool(f"{name}.{value}") for value in values}, conflict)


def _cells(cuts: list[float], *, whole: bool) -> tuple[tuple[float | None, float | None], ...]:
    """Below the first cut, each cut, between each two, above the last."""
    cells: list[tuple[float | None, float | None]] = [(None, cuts[0])]
    for low, high in pairwise(cuts):
        cells.append((low, low))
        if not whole or ceil(high) - floor(low) > 1:
            cells.append((low, high))
    return (*cells, (cuts[-1], cuts[-1]), (cuts[-1], None))


def _satisfies(cell: tuple[float | None, float | None], test: Bound) -> bool:
    low, high = cell
    if low is not None and low == high:
        return _compare(low, test)
    if test.edge in (Edge.AT_LEAST, Edge.MORE_THAN):
        return low is not None and low >= test.amount
    return high is not None and high <= test.amount


def _compare(number: float, test: Bound) -> bool:
    match test.edge:
        case Edge.AT_LEAST:
            return number >= test.amount
        case Edge.MORE_THAN:
            return number > test.amount
        case Edge.AT_MOST:
            return number <= test.amount
        case Edge.LESS_THAN:
            return number < test.amount

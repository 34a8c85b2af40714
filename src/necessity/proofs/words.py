"""What questions are called when a patient is described, and which answers contradict each other; from the library.

The file is `policies/questions.yaml`: `labels` (a name and its words) and `contradictions` (`id`, `never`, a list of trees
in the policy language that no sound chart fulfils together, and `why`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from necessity.findings.answer import Answer
from necessity.policies.hints import did_you_mean
from necessity.policies.policy import AllOf, AnyOf, AtLeast, Bound, Edge, Leaf, NoneOf, NotShown, ParamValue, Tree
from necessity.policies.question_like import QuestionLike
from necessity.policies.source import Source
from necessity.policies.trees import tree_in
from necessity.values.problem import Problem

_EDGES = {Edge.AT_LEAST: "at least", Edge.MORE_THAN: "more than", Edge.AT_MOST: "at most", Edge.LESS_THAN: "less than"}
_SAID = {True: "yes", False: "no"}
_CONFLICT = "said both ways"


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """`labels` are words for questions, `units` the units of numbers, `params` words for params with {} for their value.

    A question or param without words goes by its name; a param with empty words is not told.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)

    def question(self, name: str, params: tuple[tuple[str, ParamValue], ...] = ()) -> str:
        """`days of active treatment (since the recurrence)`."""
        label = self.labels.get(name, name.replace("_", " "))
        told = [self._param(param, value) for param, value in params]
        return f"{label} ({', '.join(each for each in told if each)})" if any(told) else label

    def answer(self, key: tuple[str, tuple[tuple[str, ParamValue], ...]], answer: Answer) -> str:
        """`pain into the limb: yes`."""
        return f"{self.question(*key)}: {self._value(key[0], answer)}"

    def leaf(self, leaf: Leaf) -> str:
        """The claim that a leaf makes: `days of active treatment: at least 6 weeks`."""
        label = self.question(leaf.question, leaf.params)
        if isinstance(leaf.test, Bound):
            return f"{label}: {_EDGES[leaf.test.edge]} {leaf.test.written}"
        return f"{label}: {' or '.join(value_in_words(value) for value in leaf.test.values)}"

    def _param(self, name: str, value: ParamValue) -> str:
        return self.params[name].format(_plain(value)) if name in self.params else _param(name, value)

    def _value(self, name: str, answer: Answer) -> str:
        if answer.conflicting:
            return _CONFLICT
        if isinstance(answer.value, (bool, str)):
            return value_in_words(answer.value)
        low, high = answer.least, answer.most
        if low is not None and low == high:
            return self._amount(name, low)
        if low is None or high is None:
            return f"at most {self._amount(name, high)}" if low is None else f"at least {self._amount(name, low)}"
        return f"between {self._amount(name, low)} and {self._amount(name, high)}"

    def _amount(self, name: str, number: float | None) -> str:
        if number is None:
            return "not documented"
        unit = self.units.get(name, "")
        if not unit:
            return f"{number:g}"
        singular = number == 1 and unit.endswith("s")
        return f"{unit} {number:g}" if unit.isupper() else f"{number:g} {unit[:-1] if singular else unit}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Trees that never hold together of one patient, and why. A leaf without params means any."""

    id: str
    trees: tuple[Tree, ...]
    why: str


def read_words(
    source: Source, questions: Mapping[str, QuestionLike]
) -> tuple[QuestionWords, tuple[Contradiction, ...], tuple[Problem, ...]]:
    """The words and contradictions of the file, and what is wrong with it."""
    data: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
    labels = dict(data.get("labels") or {})
    problems = list(source.problems)
    for name in labels:
        if name not in questions:
            hint = did_you_mean(name, questions)
            problems.append(Problem(source.where(("labels", name)), f"unknown question `{name}`", hint))
    contradictions = []
    for index, raw in enumerate(data.get("contradictions") or []):
        path = ("contradictions", index, "never")
        read = [tree_in(each, source, (*path, number), questions) for number, each in enumerate(raw.get("never") or [])]
        problems += [problem for each in read for problem in each.problems]
        trees = tuple(each.tree for each in read if each.tree is not None)
        contradictions.append(Contradiction(str(raw.get("id")), trees, str(raw.get("why"))))
    units = {name: question.unit for name, question in questions.items() if question.unit}
    words = QuestionWords({name: str(label) for name, label in labels.items()}, units, dict(data.get("params") or {}))
    return words, tuple(contradictions), tuple(problems)


def value_in_words(value: bool | str) -> str:
    return _SAID[value] if isinstance(value, bool) else value.replace("_", " ")


def _param(name: str, value: ParamValue) -> str:
    words = name.replace("_", " ")
    if isinstance(value, bool):
        return words if value else f"no {words}"
    return f"{words} {_plain(value)}"


def _plain(value: ParamValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(each.replace("_", " ") for each in value)
    return f"{value:g}" if isinstance(value, (int, float)) else value.replace("_", " ")


def tree_in_words(tree: Tree, words: QuestionWords) -> str:
    """A tree as a claim that can be read."""
    if isinstance(tree, Leaf):
        return words.leaf(tree)
    branches = [
        f"({tree_in_words(branch, words)})" if not isinstance(branch, Leaf) else tree_in_words(branch, words)
        for branch in tree.of
    ]
    match tree:
        case AllOf():
            return " and ".join(branches)
        case AnyOf():
            return " or ".join(branches)
        case NoneOf():
            return f"none of: {'; '.join(branches)}"
        case NotShown():
            return f"not shown: {'; '.join(branches)}"
        case AtLeast():
            return f"at least {tree.count} of: {'; '.join(branches)}"

"""Trees asked of the facts: what a tree comes to, and the leaves that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from necessity.charts.span import Evidence
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import Ask, CaseFacts, Question
from necessity.policies.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Edge,
    Leaf,
    NoneOf,
    NotShown,
    OneOf,
    Tree,
)
from necessity.values.status import Truth, all_of, any_of, at_least, negate


@dataclass(frozen=True, slots=True)
class AskedLeaf:
    """A leaf with the answer that it got and what the comparison came to."""

    leaf: Leaf
    answer: Answer
    truth: Truth


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a tree came to. `decisive` are the leaves that made it so, `asked` all of them."""

    truth: Truth
    decisive: tuple[AskedLeaf, ...] = ()
    asked: tuple[AskedLeaf, ...] = ()

    @property
    def holds(self) -> bool:
        return self.truth is Truth.TRUE


NOTHING = Verdict(Truth.FALSE)


@dataclass(slots=True)
class Asking:
    """One line's questions: each is asked once, however many trees and policies name it."""

    case: CaseFacts
    line: Line
    questions: Mapping[str, Question]
    _answers: dict[tuple[Ask, tuple[tuple[str, object], ...]], Answer] = field(init=False)

    def __post_init__(self) -> None:
        self._answers = self.case.answers.setdefault(self.line, {})

    def answer(self, leaf: Leaf) -> Answer:
        ask = self.questions[leaf.question].ask
        key = (ask, leaf.params)
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = ask(self.case, self.line, dict(leaf.params))
        return found

    def verdict(self, tree: Tree | None) -> Verdict:
        """Every leaf is asked before any is combined, so that the report is whole. No tree is false."""
        if tree is None:
            return NOTHING
        if isinstance(tree, Leaf):
            answer = self.answer(tree)
            asked = AskedLeaf(tree, answer, truth_of(tree.test, answer))
            return Verdict(asked.truth, (asked,), (asked,))
        parts = tuple(self.verdict(branch) for branch in tree.of)
        asked_leaves = tuple(leaf for part in parts for leaf in part.asked)
        return _combined(tree, parts, asked_leaves)


def _combined(tree: Tree, parts: tuple[Verdict, ...], asked: tuple[AskedLeaf, ...]) -> Verdict:
    truths = [part.truth for part in parts]
    match tree:
        case AllOf():
            truth = all_of(truths)
            return Verdict(truth, _decisive(parts, truth), asked)
        case AnyOf():
            truth = any_of(truths)
            return Verdict(truth, _decisive(parts, truth), asked)
        case NoneOf():
            truth = any_of(truths)
            return Verdict(negate(truth), _decisive(parts, truth), asked)
        case NotShown():
            return _not_shown(parts, asked)
        case AtLeast():
            truth = at_least(tree.count, truths)
            return Verdict(truth, _decisive(parts, truth), asked)
    raise TypeError(f"no group: {type(tree).__name__}")


def _decisive(parts: tuple[Verdict, ...], truth: Truth) -> tuple[AskedLeaf, ...]:
    """The leaves of the branches that came to the same as the whole: one failure decides an `all`."""
    return tuple(leaf for part in parts if part.truth is truth for leaf in part.decisive)


def _not_shown(parts: tuple[Verdict, ...], asked: tuple[AskedLeaf, ...]) -> Verdict:
    truths = [part.truth for part in parts]
    if Truth.TRUE in truths:
        return Verdict(Truth.FALSE, _decisive(parts, Truth.TRUE), asked)
    if Truth.CONFLICT in truths:
        return Verdict(Truth.CONFLICT, _decisive(parts, Truth.CONFLICT), asked)
    return Verdict(Truth.TRUE, _decisive(parts, Truth.FALSE), asked)


def truth_of(test: OneOf | Bound, answer: Answer) -> Truth:
    """The comparison of an answer. A conflict is named only where the comparison leaves it open."""
    truth = _one_of(test, answer) if isinstance(test, OneOf) else _bound(test, answer)
    return Truth.CONFLICT if answer.conflicting and not truth.is_known else truth


def _one_of(test: OneOf, answer: Answer) -> Truth:
    if answer.value is None or answer.conflicting:
        return Truth.UNKNOWN
    return Truth.TRUE if answer.value in test.values else Truth.FALSE


def _bound(test: Bound, answer: Answer) -> Truth:
    """Whether every number, or no number, that the answer allows lies on the right side."""
    least, most = answer.least, answer.most
    if least is None and most is None and not answer.conflicting and _is_number(answer.value):
        least = most = float(answer.value or 0)
    match test.edge:
        case Edge.AT_LEAST:
            return _decide(least is not None and least >= test.amount, most is not None and most < test.amount)
        case Edge.MORE_THAN:
            return _decide(least is not None and least > test.amount, most is not None and most <= test.amount)
        case Edge.AT_MOST:
            return _decide(most is not None and most <= test.amount, least is not None and least > test.amount)
        case Edge.LESS_THAN:
            return _decide(most is not None and most < test.amount, least is not None and least >= test.amount)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _decide(surely: bool, surely_not: bool) -> Truth:
    if surely:
        return Truth.TRUE
    return Truth.FALSE if surely_not else Truth.UNKNOWN


def evidence_of(leaves: tuple[AskedLeaf, ...]) -> tuple[Evidence, ...]:
    """The passages of the leaves, each once, in the order of the leaves; one within a longer one is shown by that."""
    cited = [asked.answer.evidence for asked in leaves if asked.answer.evidence]
    if not cited:
        return ()
    if len(cited) == 1 and len(cited[0]) == 1:
        return cited[0]
    found = tuple(dict.fromkeys(passage for evidence in cited for passage in evidence))
    return tuple(one for one in found if not any(_holds(other, one) for other in found))


def _holds(longer: Evidence, passage: Evidence) -> bool:
    return (
        longer.document == passage.document
        and longer.start <= passage.start
        and passage.end <= longer.end
        and longer.end - longer.start > passage.end - passage.start
    )


def reasons_of(leaves: tuple[AskedLeaf, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asked.answer.reason for asked in leaves if asked.answer.reason))


def sought_by(leaves: tuple[AskedLeaf, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for asked in leaves for each in asked.answer.sought))

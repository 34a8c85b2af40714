"""What changed between two policies, in words: criteria, thresholds, waivers, pathways, gates and scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from necessity.policies.policy import Bound, Criterion, Gate, Leaf, Pathway, Policy, Scope, Tree, Waiver
from necessity.proofs.words import QuestionWords, tree_in_words

_PARTS = ("met", "not_met", "not_applicable")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def changes(old: Policy, new: Policy, words: QuestionWords) -> tuple[str, ...]:
    """One sentence for each change that could matter to a patient, in the order of the file; empty where there is none."""
    return (
        *_thresholds(old, new),
        *_scopes(old.applies_to, new.applies_to),
        *_in_turn("criterion", old.criteria, new.criteria, lambda a, b: _criterion(a, b, words)),
        *_in_turn("waiver", old.waivers, new.waivers, lambda a, b: _waiver(a, b, words)),
        *_in_turn("pathway", old.pathways, new.pathways, lambda a, b: _pathway(a, b, words)),
        *_in_turn("gate", old.gates, new.gates, lambda a, b: _gate(a, b, words)),
    )


def _in_turn(kind: str, old: Sequence[N], new: Sequence[N], compare: Callable[[N, N], Iterable[str]]) -> Iterator[str]:
    """Parts taken out, put in, and changed, by id."""
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    yield from (f"{kind} `{name}` is taken out" for name in before if name not in after)
    for name, part in after.items():
        if name not in before:
            yield f"{kind} `{name}` is new"
        else:
            yield from (f"{kind} `{name}`: {change}" for change in compare(before[name], part))


def _thresholds(old: Policy, new: Policy) -> Iterator[str]:
    before = {each.id: each.written for each in old.thresholds}
    after = {each.id: each.written for each in new.thresholds}
    yield from (f"threshold `{name}` ({before[name]}) is taken out" for name in before if name not in after)
    for name, written in after.items():
        if name not in before:
            yield f"threshold `{name}` is new: {written}"
        elif before[name] != written:
            yield f"threshold `{name}` goes from {before[name]} to {written}"


def _scopes(old: tuple[Scope, ...], new: tuple[Scope, ...]) -> Iterator[str]:
    yield from (f"it no longer covers {_scope_in_words(scope)}" for scope in old if scope not in new)
    yield from (f"it now covers {_scope_in_words(scope)}" for scope in new if scope not in old)


def _scope_in_words(scope: Scope) -> str:
    levels = f"{scope.levels[0]} to {scope.levels[-1]}" if len(scope.levels) > 1 else "".join(scope.levels)
    revision = {True: "revisions", False: "first operations", None: ""}[scope.revision]
    parts = [
        ", ".join(name.replace("_", " ") for name in scope.procedures),
        f"at {levels}" if levels else "",
        f"in the {' and '.join(scope.regions)} spine" if scope.regions else "",
        revision,
        f"for {' or '.join(scope.diagnosis)}" if scope.diagnosis else "",
        f"with codes {', '.join(scope.with_cpt)}" if scope.with_cpt else "",
        f"without codes {', '.join(scope.without_cpt)}" if scope.without_cpt else "",
    ]
    return ", ".join(part for part in parts if part)


def _criterion(old: Criterion, new: Criterion, words: QuestionWords) -> Iterator[str]:
    for part in _PARTS:
        yield from _tree(part.replace("_", " "), getattr(old, part), getattr(new, part), words)
    if old.category != new.category:
        yield f"its category goes from {old.category.value} to {new.category.value}"


def _waiver(old: Waiver, new: Waiver, words: QuestionWords) -> Iterator[str]:
    yield from _tree("met", old.met, new.met, words)
    yield from _tree("open", old.open, new.open, words)
    yield from _list("waives", old.waives, new.waives)
    if old.urgent != new.urgent:
        yield "it is urgent now" if new.urgent else "it is no longer urgent"


def _pathway(old: Pathway, new: Pathway, words: QuestionWords) -> Iterator[str]:
    yield from _tree("taken", old.when, new.when, words)
    yield from _list("waives", old.waived, new.waived)
    yield from _list("takes out", old.not_applicable, new.not_applicable)


def _gate(old: Gate, new: Gate, words: QuestionWords) -> Iterator[str]:
    yield from _tree("stands", old.when, new.when, words)
    yield from _list("holds open", old.holds_open, new.holds_open)


def _tree(name: str, old: Tree | None, new: Tree | None, words: QuestionWords) -> Iterator[str]:
    if _bare(old) != _bare(new):
        was = tree_in_words(old, words) if old else "never"
        now = tree_in_words(new, words) if new else "never"
        yield f"{name} was [{was}], is [{now}]"


def _list(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    less = [each for each in old if each not in new]
    more = [each for each in new if each not in old]
    if less:
        yield f"no longer {name} {', '.join(less)}"
    if more:
        yield f"now {name} {', '.join(more)}"


def _bare(tree: Tree | None) -> Tree | None:
    """The tree without its places in the file and without the names of its thresholds."""
    return None if tree is None else _placeless(tree)


def _placeless(tree: Tree) -> Tree:
    if isinstance(tree, Leaf):
        test = tree.test
        return replace(
            tree, line=0, test=replace(test, written="", threshold=None) if isinstance(test, Bound) else test
        )
    return replace(tree, of=tuple(_placeless(branch) for branch in tree.of))

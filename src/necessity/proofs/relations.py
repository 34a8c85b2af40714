"""Answers that contradict each other, as the library lists them: no sound chart gives all, and the proofs leave such patients out.

A chart that does give them is `conflicting` by the evaluator's own rule, so nothing is decided from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import z3

from necessity.policies.policy import Leaf, Tree, leaves
from necessity.proofs.encode import truths
from necessity.proofs.failure import Key, key_of
from necessity.proofs.narrowing import is_narrower
from necessity.proofs.variables import Choice, Patient
from necessity.proofs.words import Contradiction


@dataclass(frozen=True, slots=True)
class Group:
    """A contradiction in the params with which policies ask its questions: trees that never hold together."""

    trees: tuple[Tree, ...]

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for tree in self.trees for leaf in leaves(tree))


def bound_to(contradictions: Iterable[Contradiction], asked: Iterable[Leaf]) -> tuple[Group, ...]:
    """Each contradiction in the params with which the policies ask its questions; those not asked are left out.

    Written without params, a leaf of a contradiction means any.
    """
    keys = dict.fromkeys(key_of(leaf) for leaf in asked)
    found = []
    for contradiction in contradictions:
        written = [leaf for tree in contradiction.trees for leaf in leaves(tree)]
        for chosen in product(*(_options(leaf, keys) for leaf in written)):
            if _agree(chosen):
                pairs = iter(chosen)
                found.append(Group(tuple(_bound(tree, pairs) for tree in contradiction.trees)))
    return tuple(found)


def _options(leaf: Leaf, keys: Iterable[Key]) -> list[Key]:
    return [key for key in keys if key[0] == leaf.question and (not leaf.params or key[1] == leaf.params)]


def _bound(tree: Tree, keys: Iterator[Key]) -> Tree:
    if isinstance(tree, Leaf):
        return replace(tree, params=next(keys)[1])
    return replace(tree, of=tuple(_bound(branch, keys) for branch in tree.of))


def rules(groups: Iterable[Group], patient: Patient) -> list[Any]:
    """That no group of contradictory trees holds as a whole."""
    return [z3.Not(z3.And(*(truths(tree, patient).true for tree in group.trees))) for group in groups]


def widening(patient: Patient) -> list[Any]:
    """A yes under narrower params is a yes under wider ones: a trigger among two is a trigger among all."""
    asked = [
        (key, variable)
        for key, variable in patient.variables.items()
        if isinstance(variable, Choice) and True in variable.is_value
    ]
    return [
        z3.Implies(narrow.is_value[True], wide.is_value[True])
        for (one, narrow), (other, wide) in product(asked, asked)
        if is_narrower(one, other)
    ]


def _agree(keys: tuple[Key, ...]) -> bool:
    """Params of the same name have the same value: answers on different things contradict nothing."""
    seen: dict[str, object] = {}
    for _, params in keys:
        for name, value in params:
            if seen.setdefault(name, value) != value:
                return False
    return True

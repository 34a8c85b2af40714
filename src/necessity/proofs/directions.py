"""Which way an answer counts in a policy: for approval, against it, or, which is suspect, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from necessity.policies.policy import Bound, Edge, Leaf, NoneOf, NotShown, Policy, Tree
from necessity.proofs.failure import Key, key_of

_UPWARDS = (Edge.AT_LEAST, Edge.MORE_THAN)


@dataclass(slots=True)
class Direction:
    """How the answers to one question count. `leaves` are the places, with 1 for approval and -1 against it."""

    leaves: list[tuple[Leaf, int]] = field(default_factory=list)

    def of_value(self, value: bool | str) -> int | None:
        """1, -1, 0 where no leaf names the value, None where it counts both ways."""
        signs = {sign for leaf, sign in self.leaves if not isinstance(leaf.test, Bound) and value in leaf.test.values}
        if isinstance(value, bool):
            # What speaks for yes speaks against no.
            signs |= {
                -sign
                for leaf, sign in self.leaves
                if not isinstance(leaf.test, Bound) and value not in leaf.test.values
            }
        return _only(signs)

    def of_more(self) -> int | None:
        """Whether a larger number is better (1), worse (-1), or both (None)."""
        bounds = [(leaf.test, sign) for leaf, sign in self.leaves if isinstance(leaf.test, Bound)]
        return _only({sign if test.edge in _UPWARDS else -sign for test, sign in bounds})


def _only(signs: set[int]) -> int | None:
    if len(signs) > 1:
        return None
    return next(iter(signs), 0)


def signed(tree: Tree | None, sign: int) -> Iterator[tuple[Leaf, int]]:
    """The leaves of a tree, with the sign turned under `none` and `not_shown`."""
    if tree is None:
        return
    if isinstance(tree, Leaf):
        yield tree, sign
        return
    turned = -sign if isinstance(tree, (NoneOf, NotShown)) else sign
    for branch in tree.of:
        yield from signed(branch, turned)


def directions(policy: Policy) -> dict[Key, Direction]:
    """The direction of every question that bears on the outcome.

    The criteria decide. Only a question that no criterion asks takes its direction from waivers, pathways and gates, and
    only one asked nowhere else from the trees of `not_applicable`.
    """
    found: dict[Key, Direction] = {}
    for layer in (_of_criteria(policy), _of_relief(policy), _of_scopes(policy)):
        asked: dict[Key, Direction] = {}
        for leaf, sign in layer:
            asked.setdefault(key_of(leaf), Direction()).leaves.append((leaf, sign))
        for key, direction in asked.items():
            found.setdefault(key, direction)
    return found


def _of_criteria(policy: Policy) -> Iterator[tuple[Leaf, int]]:
    for criterion in policy.criteria:
        yield from signed(criterion.met, 1)
        yield from signed(criterion.not_met, -1)


def _of_relief(policy: Policy) -> Iterator[tuple[Leaf, int]]:
    for waiver in policy.waivers:
        yield from signed(waiver.met, 1)
        yield from signed(waiver.open, 1)
    for tree in (*(each.when for each in policy.pathways), *(each.when for each in policy.gates)):
        yield from signed(tree, 1)


def _of_scopes(policy: Policy) -> Iterator[tuple[Leaf, int]]:
    for criterion in policy.criteria:
        yield from signed(criterion.not_applicable, 1)

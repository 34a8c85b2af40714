"""Trees are plain records that a reader or a solver can walk."""

from __future__ import annotations

from necessity.policies.policy import AllOf, AnyOf, Leaf, NotShown, OneOf, branches, leaves


def leaf(name: str) -> Leaf:
    return Leaf(question=name, params=(), test=OneOf((True,)))


def test_leaves_come_in_the_order_of_the_file():
    tree = AllOf((AnyOf((leaf("a"), leaf("b"))), NotShown((leaf("c"),))))
    assert [each.question for each in leaves(tree)] == ["a", "b", "c"]


def test_a_leaf_has_no_branches():
    assert branches(leaf("a")) == ()

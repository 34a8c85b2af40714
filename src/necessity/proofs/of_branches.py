"""Dead branches: a branch that never changes what its tree comes to, or a tree that no patient fulfils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import z3

from necessity.policies.policy import AtLeast, Leaf, Tree
from necessity.policies.source import Key as PathKey
from necessity.proofs.encode import truths
from necessity.proofs.failure import Failure
from necessity.proofs.proof import Proof
from necessity.proofs.words import tree_in_words


def live_branches(proof: Proof) -> Iterator[Failure]:
    """Every tree can hold, and each branch of it makes a difference to some patient."""
    for about, path, tree in _trees(proof):
        if not proof.possible(truths(tree, proof.patient).true):
            message = f"the tree for `{path[-1]}` of `{about}` holds for no patient"
            yield proof.failure("live-branch", about, path, message, hint="its branches exclude each other")
            continue
        for branch, without in _pruned(tree):
            if not proof.possible(_differ(tree, without, proof)):
                yield _dead(proof, about, path, branch)


def _trees(proof: Proof) -> Iterator[tuple[str, tuple[PathKey, ...], Tree]]:
    policy = proof.policy
    for index, criterion in enumerate(policy.criteria):
        for part in ("met", "not_met", "not_applicable"):
            tree = getattr(criterion, part)
            if tree is not None:
                yield criterion.id, ("criteria", index, part), tree
    for index, waiver in enumerate(policy.waivers):
        yield waiver.id, ("waivers", index, "met"), waiver.met
        if waiver.open is not None:
            yield waiver.id, ("waivers", index, "open"), waiver.open
    for index, pathway in enumerate(policy.pathways):
        yield pathway.id, ("pathways", index, "when"), pathway.when
    for index, gate in enumerate(policy.gates):
        yield gate.id, ("gate", index, "when"), gate.when


def _pruned(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    """Each branch that could be left out, with the tree without it."""
    if isinstance(tree, Leaf):
        return
    for index, branch in enumerate(tree.of):
        rest = tree.of[:index] + tree.of[index + 1 :]
        if rest and (not isinstance(tree, AtLeast) or len(rest) >= tree.count):
            yield branch, replace(tree, of=rest)
        for deeper, without in _pruned(branch):
            yield deeper, replace(tree, of=(*tree.of[:index], without, *tree.of[index + 1 :]))


def _differ(tree: Tree, without: Tree, proof: Proof) -> z3.BoolRef:
    whole, part = truths(tree, proof.patient), truths(without, proof.patient)
    return z3.Or(whole.true != part.true, whole.false != part.false)


def _dead(proof: Proof, about: str, path: tuple[PathKey, ...], branch: Tree) -> Failure:
    message = f"a branch of `{path[-1]}` of `{about}` makes no difference: {tree_in_words(branch, proof.terms.words)}"
    hint = "it is implied by the others, or can never hold; take it out"
    failure = proof.failure("live-branch", about, path, message, hint=hint)
    return replace(failure, where=f"{proof.source.name}:{_line(branch) or proof.source.line(path)}")


def _line(tree: Tree) -> int:
    return tree.line if isinstance(tree, Leaf) else next((_line(branch) for branch in tree.of), 0)

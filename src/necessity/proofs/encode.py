"""A policy as formulas: the status of each criterion and the outcome, as `findings.from_facts` gives them to each patient.

The rules are written a second time here, for the solver. A test compares both on many patients, and every
counterexample that the solver finds is asked of the evaluator itself before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import z3

from necessity.policies.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Leaf,
    NoneOf,
    NotShown,
    Policy,
    Tree,
    Waiver,
    leaves,
)
from necessity.proofs.variables import Patient, Truths
from necessity.values.status import Outcome, Status

NO_TREE = Truths(z3.BoolVal(False), z3.BoolVal(True), z3.BoolVal(False))


def truths(tree: Tree | None, patient: Patient) -> Truths:
    """When a tree is true, false or in conflict; no tree is false."""
    if tree is None:
        return NO_TREE
    if isinstance(tree, Leaf):
        return patient.truths(tree)
    return _grouped(tree, [truths(branch, patient) for branch in tree.of])


def _grouped(tree: AllOf | AnyOf | NoneOf | NotShown | AtLeast, parts: list[Truths]) -> Truths:
    true, false = [part.true for part in parts], [part.false for part in parts]
    conflict = z3.Or(*(part.conflict for part in parts))
    match tree:
        case AllOf():
            return _with_conflict(z3.And(*true), z3.Or(*false), conflict)
        case AnyOf():
            return _with_conflict(z3.Or(*true), z3.And(*false), conflict)
        case NoneOf():
            return _with_conflict(z3.And(*false), z3.Or(*true), conflict)
        case AtLeast():
            return _with_conflict(_so_many(true, tree.count), _so_many(false, len(parts) - tree.count + 1), conflict)
        case NotShown():
            shown = z3.Or(*true)
            said_both = z3.And(z3.Not(shown), conflict)
            return Truths(z3.Not(z3.Or(shown, said_both)), shown, said_both)


def _with_conflict(true: Any, false: Any, conflict: Any) -> Truths:
    return Truths(true, false, z3.And(z3.Not(true), z3.Not(false), conflict))


def _so_many(which: list[Any], count: int) -> Any:
    if count <= 0:
        return z3.BoolVal(True)
    return z3.BoolVal(False) if count > len(which) else z3.AtLeast(*which, count)


@dataclass(frozen=True)
class Relief:
    """When a waiver is met, open or in conflict."""

    met: Any
    open: Any
    conflict: Any


@dataclass(frozen=True)
class Judged:
    """A policy asked of one patient: every status and outcome as a formula."""

    policy: Policy
    patient: Patient
    met: Mapping[str, Truths]
    not_met: Mapping[str, Truths]
    waivers: Mapping[str, Relief]
    pathways: Mapping[str, Any]
    gates: Mapping[str, Any]
    status: Mapping[str, Mapping[Status, Any]]

    def outcome(self, outcome: Outcome) -> Any:
        """One criterion that fails decides; otherwise one that is open."""
        fails = z3.Or(*(each[Status.NOT_MET] for each in self.status.values()))
        is_open = z3.Or(*(z3.Or(each[Status.UNDOCUMENTED], each[Status.CONFLICTING]) for each in self.status.values()))
        match outcome:
            case Outcome.NOT_MEDICALLY_NECESSARY:
                return fails
            case Outcome.NEEDS_DOCUMENTATION:
                return z3.And(z3.Not(fails), is_open)
            case Outcome.MEDICALLY_NECESSARY:
                return z3.And(*(settled(each) for each in self.status.values()))
        return z3.BoolVal(False)


def settled(status: Mapping[Status, Any]) -> Any:
    return z3.Or(status[Status.MET], status[Status.WAIVED], status[Status.NOT_APPLICABLE])


def judged(policy: Policy, patient: Patient) -> Judged:
    """The policy's formulas for a patient."""
    met = {each.id: truths(each.met, patient) for each in policy.criteria}
    not_met = {each.id: truths(each.not_met, patient) for each in policy.criteria}
    waivers = {each.id: _relief(each, patient) for each in policy.waivers}
    routes = {each.id: truths(each.when, patient) for each in policy.pathways}
    pathways = {name: each.true for name, each in routes.items()}
    gates = {each.id: truths(each.when, patient).true for each in policy.gates}
    status = {
        each.id: _status(
            met[each.id],
            not_met[each.id],
            outside=z3.Or(
                truths(each.not_applicable, patient).true,
                *(pathways[route.id] for route in policy.pathways if each.id in route.not_applicable),
            ),
            waived=z3.Or(
                *(waivers[waiver.id].met for waiver in policy.waivers if each.id in waiver.waives),
                *(pathways[route.id] for route in policy.pathways if each.id in route.waived),
            ),
            held=z3.Or(*_holding(each, policy, waivers, gates, routes)),
        )
        for each in policy.criteria
    }
    return Judged(policy, patient, met, not_met, waivers, pathways, gates, status)


def _relief(waiver: Waiver, patient: Patient) -> Relief:
    met, trigger = truths(waiver.met, patient), truths(waiver.open, patient)
    return Relief(met.true, z3.And(met.unknown, trigger.true), met.conflict)


def _holding(
    criterion: Criterion,
    policy: Policy,
    waivers: Mapping[str, Relief],
    gates: Mapping[str, Any],
    routes: Mapping[str, Truths],
) -> Iterable[Any]:
    for waiver in policy.waivers:
        if criterion.id in waiver.waives:
            yield z3.Or(waivers[waiver.id].open, waivers[waiver.id].conflict)
    for route in policy.pathways:
        # the red flag of the pathway, which nobody examined: then it is not known whether the criterion is asked
        if criterion.id in route.not_applicable and route.id in waivers:
            yield z3.And(waivers[route.id].open, z3.Not(routes[route.id].false))
    yield from (gates[gate.id] for gate in policy.gates if criterion.id in gate.holds_open)


def _status(met: Truths, not_met: Truths, *, outside: Any, waived: Any, held: Any) -> dict[Status, Any]:
    """The first rule that applies, as in `findings.from_facts`."""
    asked = z3.Not(z3.Or(outside, waived))
    said_both = z3.Or(z3.And(met.true, not_met.true), z3.And(z3.Not(met.true), z3.Or(met.conflict, not_met.conflict)))
    fails = z3.And(asked, z3.Not(met.true), z3.Not(said_both), not_met.true)
    neither = z3.And(asked, z3.Not(met.true), z3.Not(said_both), z3.Not(not_met.true))
    return {
        Status.NOT_APPLICABLE: outside,
        Status.WAIVED: z3.And(z3.Not(outside), waived),
        Status.CONFLICTING: z3.And(asked, said_both),
        Status.MET: z3.And(asked, met.true, z3.Not(not_met.true)),
        Status.NOT_MET: z3.And(fails, z3.Not(held)),
        Status.UNDOCUMENTED: z3.Or(z3.And(fails, held), neither),
    }


def deciding_trees(policy: Policy) -> tuple[Tree, ...]:
    """All trees that bear on the outcome, in the order of the file."""
    found: list[Tree | None] = []
    for criterion in policy.criteria:
        found += [criterion.met, criterion.not_met, criterion.not_applicable]
    for waiver in policy.waivers:
        found += [waiver.met, waiver.open]
    found += [pathway.when for pathway in policy.pathways]
    found += [gate.when for gate in policy.gates]
    return tuple(tree for tree in found if tree is not None)


def all_leaves(policy: Policy) -> tuple[Leaf, ...]:
    """Every leaf of a policy, those of its sentences too."""
    trees = (*deciding_trees(policy), *(each.when for each in policy.statements if each.when is not None))
    return tuple(leaf for tree in trees for leaf in leaves(tree))

"""Where two policies part: patients whom one approves and the other does not, one for each criterion that divides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3

from necessity.policies.policy import Policy
from necessity.proofs.encode import Judged, all_leaves, judged, settled
from necessity.proofs.proof import solver_of
from necessity.proofs.relations import bound_to
from necessity.proofs.terms import Terms
from necessity.proofs.variables import Patient, patient
from necessity.proofs.witness import Witness, find
from necessity.values.status import Outcome, Status

# What divides is shown at its plainest: a failure before a gap.
_WAYS = (Status.NOT_MET, Status.UNDOCUMENTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A patient whom `approves` approves, and of whom `stops` says that this one criterion is not met or not documented."""

    approves: Policy
    stops: Policy
    criterion: str
    status: Status
    witness: Witness


def divided(first: Policy, second: Policy, terms: Terms) -> tuple[Divided, ...]:
    """For each criterion of either policy a patient whom it alone stops, and whom the other policy approves."""
    leaves = (*all_leaves(first), *all_leaves(second))
    groups = bound_to(terms.contradictions, leaves)
    anyone = patient((*leaves, *(leaf for group in groups for leaf in group.leaves)), terms.questions)
    solver = solver_of(anyone, groups)
    solver.add(*(z3.Not(variable.conflict) for variable in anyone.variables.values()))
    one, other = judged(first, anyone), judged(second, anyone)
    return (*_stopped_by(other, one, solver, anyone), *_stopped_by(one, other, solver, anyone))


def _stopped_by(stops: Judged, approves: Judged, solver: z3.Solver, anyone: Patient) -> Iterator[Divided]:
    approved = approves.outcome(Outcome.MEDICALLY_NECESSARY)
    for criterion in stops.policy.criteria:
        others = [settled(each) for name, each in stops.status.items() if name != criterion.id]
        for status in _WAYS:
            found = find(solver, anyone, approved, stops.status[criterion.id][status], *others)
            if found is not None:
                yield Divided(
                    approves=approves.policy,
                    stops=stops.policy,
                    criterion=criterion.id,
                    status=status,
                    witness=found,
                )
                break


def same_for_everyone(first: Policy, second: Policy, terms: Terms) -> bool:
    """Whether no patient at all, whatever is in conflict, gets another outcome from the one than from the other."""
    leaves = (*all_leaves(first), *all_leaves(second))
    anyone = patient(leaves, terms.questions)
    one, other = judged(first, anyone), judged(second, anyone)
    solver = solver_of(anyone, ())
    differ: list[Any] = [one.outcome(outcome) != other.outcome(outcome) for outcome in Outcome]
    return bool(solver.check(z3.Or(*differ)) == z3.unsat)

"""Properties of criteria: each can be met, failed and left open, none is both, none is idle, and one outcome follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import z3

from necessity.policies.policy import Bound, Criterion, Leaf
from necessity.proofs.encode import settled
from necessity.proofs.failure import Failure, key_of
from necessity.proofs.proof import Proof
from necessity.proofs.variables import Number
from necessity.values.status import Outcome, Status


def one_outcome(proof: Proof) -> Iterator[Failure]:
    """Every patient gets exactly one outcome, every criterion exactly one status."""
    outcomes = [proof.judged.outcome(outcome) for outcome in Outcome]
    ways = {"the line": outcomes} | {name: list(each.values()) for name, each in proof.judged.status.items()}
    for name, each in ways.items():
        found = proof.witness(z3.Not(z3.PbEq([(way, 1) for way in each], 1)))
        if found is not None:
            yield proof.failure("one-outcome", name, ("criteria",), f"{name} has no one answer", witness=found)


def approvable(proof: Proof) -> Iterator[Failure]:
    """Some patient is approved."""
    if not proof.possible(proof.judged.outcome(Outcome.MEDICALLY_NECESSARY)):
        hint = "two criteria exclude each other"
        yield proof.failure("approvable", proof.policy.id, ("criteria",), "no patient can ever be approved", hint=hint)


def met_or_not_met(proof: Proof) -> Iterator[Failure]:
    """No answers, none of them in conflict, show both that a criterion is met and that it is not."""
    consistent = [z3.Not(variable.conflict) for variable in proof.patient.variables.values()]
    for index, criterion in enumerate(proof.policy.criteria):
        both = (proof.judged.met[criterion.id].true, proof.judged.not_met[criterion.id].true)
        found = proof.witness(*both, *consistent)
        if found is not None:
            yield proof.failure(
                "met-or-not-met",
                criterion.id,
                ("criteria", index, "not_met"),
                f"`{criterion.id}` is both met and not met by",
                hint="say in `not_met` under `not_shown` what excuses, or list the answers as a contradiction",
                witness=found,
            )


def reachable(proof: Proof) -> Iterator[Failure]:
    """Every criterion can be met, can fail (unless the policy says it never does), and can be left open."""
    wanted = (
        ("can-be-met", Status.MET, "met", "can never be met"),
        ("can-fail", Status.NOT_MET, "not_met", "can never fail; write `not_met: never` if that is meant"),
        ("can-stay-open", Status.UNDOCUMENTED, "met", "can never be left open: silence decides it"),
    )
    for index, criterion in enumerate(proof.policy.criteria):
        for name, status, part, message in wanted:
            if status is Status.NOT_MET and criterion.not_met is None:
                continue
            if not proof.possible(proof.judged.status[criterion.id][status]):
                path = ("criteria", index, part)
                yield proof.failure(name, criterion.id, path, f"`{criterion.id}` {message}")


def compatible(proof: Proof) -> Iterator[Failure]:
    """No two criteria exclude each other."""
    for (index, first), (_, second) in combinations(enumerate(proof.policy.criteria), 2):
        status = proof.judged.status
        if not proof.possible(settled(status[first.id]), settled(status[second.id])):
            message = f"`{first.id}` and `{second.id}` exclude each other: no patient passes both"
            yield proof.failure("compatible", second.id, ("criteria", index), message)


def needed(proof: Proof) -> Iterator[Failure]:
    """Each criterion stops somebody whom the others let pass."""
    for index, criterion in enumerate(proof.policy.criteria):
        others = [settled(each) for name, each in proof.judged.status.items() if name != criterion.id]
        if not proof.possible(*others, z3.Not(settled(proof.judged.status[criterion.id]))):
            yield proof.failure(
                "needed",
                criterion.id,
                ("criteria", index),
                f"`{criterion.id}` is redundant: whoever passes the other criteria passes it",
                hint="take it out, or find what it should ask for",
            )


def numbers_decide(proof: Proof) -> Iterator[Failure]:
    """Where a criterion is one number, a known number decides it: no gap between its two thresholds."""
    for index, criterion in enumerate(proof.policy.criteria):
        number = _number_of(criterion, proof)
        if number is None:
            continue
        known = (number.least == number.most, z3.Not(number.conflict))
        neither = [z3.Not(each[criterion.id].true) for each in (proof.judged.met, proof.judged.not_met)]
        found = proof.witness(*known, *neither)
        if found is not None:
            yield proof.failure(
                "number-decides",
                criterion.id,
                ("criteria", index, "not_met"),
                f"`{criterion.id}` is neither met nor not met by",
                hint="compare with the same threshold in `met` and `not_met`",
                witness=found,
            )


def _number_of(criterion: Criterion, proof: Proof) -> Any:
    met, not_met = criterion.met, criterion.not_met
    if not isinstance(met, Leaf) or not isinstance(not_met, Leaf) or key_of(met) != key_of(not_met):
        return None
    if not isinstance(met.test, Bound):
        return None
    variable = proof.patient.variables[key_of(met)]
    return variable if isinstance(variable, Number) else None

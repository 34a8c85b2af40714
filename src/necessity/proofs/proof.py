"""One policy under proof: its formulas, the solver that holds the rules of all patients, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import z3

from necessity.policies.policy import Policy
from necessity.policies.source import Key as PathKey
from necessity.policies.source import Source
from necessity.proofs.encode import Judged, all_leaves, judged
from necessity.proofs.failure import Failure
from necessity.proofs.relations import Group, bound_to, rules, widening
from necessity.proofs.terms import Terms
from necessity.proofs.variables import Patient, patient
from necessity.proofs.witness import Witness, find, holds_for_some


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A policy with its formulas for any patient."""

    policy: Policy
    source: Source
    terms: Terms
    patient: Patient
    judged: Judged
    solver: z3.Solver

    def witness(self, *wanted: Any) -> Witness | None:
        return find(self.solver, self.patient, *wanted)

    def possible(self, *wanted: Any) -> bool:
        return holds_for_some(self.solver, *wanted)

    def failure(
        self,
        name: str,
        about: str,
        path: Iterable[PathKey],
        message: str,
        *,
        hint: str = "",
        witness: Witness | None = None,
    ) -> Failure:
        """`message` ends where a patient, if there is one, can be named after a colon."""
        told = witness.in_words(self.terms.words) if witness else ""
        where = self.source.where(path)
        return Failure(
            name=name,
            about=about,
            where=where,
            message=message,
            hint=hint,
            answers=witness.answers if witness else None,
            patient=told,
        )


def proof_of(policy: Policy, source: Source, terms: Terms) -> Proof:
    """The policy's formulas, and a solver that knows what every patient has in common."""
    leaves = all_leaves(policy)
    groups = bound_to(terms.contradictions, leaves)
    anyone = patient((*leaves, *(leaf for group in groups for leaf in group.leaves)), terms.questions)
    solver = solver_of(anyone, groups)
    return Proof(
        policy=policy, source=source, terms=terms, patient=anyone, judged=judged(policy, anyone), solver=solver
    )


def solver_of(anyone: Patient, groups: Iterable[Group]) -> z3.Solver:
    """A solver for patients whose answers do not contradict each other; the same question gives the same patient."""
    solver = z3.SimpleSolver()
    solver.set("random_seed", 0)
    solver.add(*anyone.rules, *rules(groups, anyone), *widening(anyone))
    return solver

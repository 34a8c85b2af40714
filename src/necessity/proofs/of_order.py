"""More favourable evidence never worsens the outcome of a chart that does not contradict itself.

Two patients differ in one answer, and the second's is the better one by the policy's own reading of that answer
(`directions`): no better than silence than yes, fewer days than more. As every step from a poorer to a richer chart is
made of such single steps, proving each proves them all. Charts that say both on something are left out: settling a
conflict may let a failure be seen that the conflict hid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from necessity.proofs.directions import Direction, directions
from necessity.proofs.encode import all_leaves, judged
from necessity.proofs.failure import Failure, Key
from necessity.proofs.proof import Proof, solver_of
from necessity.proofs.relations import bound_to, rules, widening
from necessity.proofs.variables import Choice, Number, Patient, Variable, patient
from necessity.proofs.witness import Witness, find, witness_of
from necessity.values.status import Outcome

_WORST_FIRST = (Outcome.NOT_MEDICALLY_NECESSARY, Outcome.NEEDS_DOCUMENTATION, Outcome.MEDICALLY_NECESSARY)
_SAID = {
    Outcome.NOT_MEDICALLY_NECESSARY: "not medically necessary",
    Outcome.NEEDS_DOCUMENTATION: "in need of documents",
    Outcome.MEDICALLY_NECESSARY: "medically necessary",
}


def more_is_not_worse(proof: Proof) -> Iterator[Failure]:
    """For every question whose answers count one way: a better answer gives no worse outcome."""
    leaves = all_leaves(proof.policy)
    groups = bound_to(proof.terms.contradictions, leaves)
    asked = (*leaves, *(leaf for group in groups for leaf in group.leaves))
    richer = patient(asked, proof.terms.questions, "q")
    solver = solver_of(proof.patient, groups)
    solver.add(*richer.rules, *rules(groups, richer), *widening(richer))
    for anyone in (proof.patient, richer):
        solver.add(*(z3.Not(variable.conflict) for variable in anyone.variables.values()))
    then = judged(proof.policy, richer)
    for worse, better in ((0, 1), (0, 2), (1, 2)):
        before, after = proof.judged.outcome(_WORST_FIRST[better]), then.outcome(_WORST_FIRST[worse])
        for key, direction in directions(proof.policy).items():
            step = _better(proof.patient.variables[key], richer.variables[key], direction)
            if step is None:
                continue
            found = _counterexample(solver, proof, richer, key, (before, after, step))
            if found is not None:
                yield _failure(proof, key, found, _WORST_FIRST[better], _WORST_FIRST[worse])


def _counterexample(
    solver: z3.Solver, proof: Proof, richer: Patient, key: Key, wanted: tuple[Any, ...]
) -> tuple[Witness, Witness] | None:
    others = [
        variable.same_as(richer.variables[other])  # type: ignore[arg-type]  # the same key has the same kind of variable
        for other, variable in proof.patient.variables.items()
        if other != key
    ]
    if solver.check(*others, *wanted) != z3.sat:
        return None
    solver.push()
    solver.add(*others, *wanted)
    find(solver, proof.patient)
    solver.check()
    model = solver.model()
    solver.pop()
    return witness_of(model, proof.patient), witness_of(model, richer)


def _failure(proof: Proof, key: Key, pair: tuple[Witness, Witness], good: Outcome, bad: Outcome) -> Failure:
    words = proof.terms.words
    poorer, richer = pair
    gained = words.answer(key, richer.answers[key]) if key in richer.answers else f"{words.question(*key)}: not said"
    line = next(leaf.line for leaf in all_leaves(proof.policy) if (leaf.question, leaf.params) == key)
    return Failure(
        name="more-is-not-worse",
        about=key[0],
        where=f"{proof.source.name}:{line}",
        message=f"`{key[0]}` counts for approval, yet with `{gained}` the line goes from {_SAID[good]} to {_SAID[bad]}",
        hint="find the tree that reads it against the patient, or allow it by name with the reason",
        answers=poorer.answers,
        patient=poorer.in_words(words),
    )


def _better(poor: Variable, rich: Variable, direction: Direction) -> Any:
    """That the second answer is better than the first, or None where the policy reads it neither way or both ways."""
    if isinstance(poor, Number) and isinstance(rich, Number):
        sign = direction.of_more()
        return None if not sign else _further(poor, rich) if sign > 0 else _further(rich, poor)
    if isinstance(poor, Choice) and isinstance(rich, Choice):
        return _better_value(poor, rich, direction)
    return None


def _further(low: Number, high: Number) -> Any:
    return z3.And(low.least <= high.least, low.most <= high.most)


def _better_value(poor: Choice, rich: Choice, direction: Direction) -> Any:
    signs = {value: direction.of_value(value) for value in poor.values}
    if None in signs.values():
        return None
    good = [value for value, sign in signs.items() if sign == 1]
    bad = [value for value, sign in signs.items() if sign == -1]
    is_good = z3.Or(*(rich.is_value[value] for value in good))
    was_bad = z3.Or(*(poor.is_value[value] for value in bad))
    return z3.Or(z3.And(is_good, z3.Or(poor.unknown, was_bad)), z3.And(was_bad, rich.unknown))

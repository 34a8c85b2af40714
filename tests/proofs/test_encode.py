"""The formulas of a policy give each patient the statuses that the evaluator gives."""

from __future__ import annotations

import random

import pytest
import z3
from evaluator_for_tests import outcome, statuses

from necessity.authoring.check import terms
from necessity.authoring.files import PolicyFile, files_of
from necessity.proofs.proof import proof_of
from necessity.proofs.variables import Choice, Patient, Variable
from necessity.proofs.witness import witness_of
from necessity.values.status import Outcome, Status

TERMS = terms()
FILES = files_of(None)
PATIENTS = 25


def anyone(patient: Patient, seed: int) -> list[z3.BoolRef]:
    """The answers of some patient: half of them silent, some in conflict."""
    dice = random.Random(seed)
    return [some_answer(variable, dice) for variable in patient.variables.values()]


def some_answer(variable: Variable, dice: random.Random) -> z3.BoolRef:
    kind = dice.random()
    if kind < 0.4:
        return variable.unknown
    if kind < 0.5:
        return variable.conflict
    if isinstance(variable, Choice):
        return variable.is_value[dice.choice(variable.values)]
    low, high = sorted((dice.randint(0, variable.top), dice.randint(0, variable.top)))
    return z3.And(variable.least == low, variable.most == high, z3.Not(variable.conflict))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.source.name.removeprefix("policies/"))
def test_formulas_and_evaluator_agree_on_every_status_and_outcome(file: PolicyFile):
    assert file.policy is not None
    proof = proof_of(file.policy, file.source, TERMS)
    solver = z3.SimpleSolver()
    solver.add(*proof.patient.rules)
    for seed in range(PATIENTS):
        assert solver.check(*anyone(proof.patient, seed)) == z3.sat
        model = solver.model()
        answers = witness_of(model, proof.patient).answers
        said = {
            name: [status for status in Status if z3.is_true(model.eval(each[status], True))]
            for name, each in proof.judged.status.items()
        }
        assert said == {name: [status] for name, status in statuses(file.policy, answers).items()}
        line = [each for each in Outcome if z3.is_true(model.eval(proof.judged.outcome(each), True))]
        assert line == [outcome(file.policy, answers)]

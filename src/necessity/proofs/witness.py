"""A solver's patient made readable: as few answers as possible, in words, and as answers that the evaluator can be asked with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import z3

from necessity.findings.answer import Answer
from necessity.proofs.failure import Key
from necessity.proofs.narrowing import is_narrower
from necessity.proofs.variables import Choice, Number, Patient, Variable
from necessity.proofs.words import QuestionWords


@dataclass(frozen=True, slots=True)
class Witness:
    """A patient there could be: the answers that matter, by question and params. What is not named is not documented."""

    answers: Mapping[Key, Answer]

    def in_words(self, words: QuestionWords) -> str:
        said = [words.answer(key, answer) for key, answer in self.answers.items() if not self._follows(key)]
        return "a patient with: " + "; ".join(said) if said else "a patient of whom nothing is documented"

    def about(self, keys: Iterable[Key], words: QuestionWords) -> str:
        """What is known of some questions alone."""
        said = [words.answer(key, self.answers[key]) for key in dict.fromkeys(keys) if key in self.answers]
        return "; ".join(said) or "nothing is documented on it"

    def _follows(self, key: Key) -> bool:
        """Whether the answer is a yes that a yes under narrower params says already."""
        return self.answers[key].value is True and any(
            other != key and answer.value is True and is_narrower(other, key) for other, answer in self.answers.items()
        )


def find(solver: z3.Solver, patient: Patient, *wanted: Any) -> Witness | None:
    """A patient for whom all that is wanted holds, with no answer that could be left out; None where there is none."""
    solver.push()
    try:
        solver.add(*wanted)
        if solver.check() != z3.sat:
            return None
        _forget_what_can_be(solver, patient)
        _settle_numbers(solver, patient)
        solver.check()
        return witness_of(solver.model(), patient)
    finally:
        solver.pop()


def holds_for_some(solver: z3.Solver, *wanted: Any) -> bool:
    return bool(solver.check(*wanted) == z3.sat)


def witness_of(model: z3.ModelRef, patient: Patient) -> Witness:
    """The answers of the solver's patient."""
    found = {key: _answer(model, variable) for key, variable in patient.variables.items()}
    return Witness({key: answer for key, answer in found.items() if answer != Answer()})


def _forget_what_can_be(solver: z3.Solver, patient: Patient) -> None:
    """Answers are taken away one by one, the last of the file first, while the case stays what it is."""
    for variable in reversed(list(patient.variables.values())):
        if solver.check(variable.unknown) == z3.sat:
            solver.add(variable.unknown)


def _settle_numbers(solver: z3.Solver, patient: Patient) -> None:
    """A number said exactly reads better than one said within bounds, and a threshold itself better than its neighbour."""
    for variable in patient.variables.values():
        if not isinstance(variable, Number):
            continue
        exact = z3.And(variable.least == variable.most, z3.Not(variable.conflict))
        cut = z3.Or(*(variable.least == index for index, (low, high) in enumerate(variable.cells) if low == high))
        for plainer in (z3.Or(variable.unknown, exact), z3.Or(variable.unknown, z3.And(exact, cut))):
            if solver.check(plainer) == z3.sat:
                solver.add(plainer)


def _answer(model: z3.ModelRef, variable: Variable) -> Answer:
    if z3.is_true(model.eval(variable.conflict)):
        return Answer(conflicting=True)
    if isinstance(variable, Choice):
        said = [value for value, chosen in variable.is_value.items() if z3.is_true(model.eval(chosen))]
        return Answer(value=said[0]) if said else Answer()
    return _number(variable, _cell(model, variable.least, 0), _cell(model, variable.most, variable.top))


def _cell(model: z3.ModelRef, which: Any, default: int) -> int:
    value = model.eval(which)
    return value.as_long() if z3.is_int_value(value) else default


def _number(variable: Number, least: int, most: int) -> Answer:
    if least == most:
        exact = variable.representative(least)
        return Answer(value=exact, least=exact, most=exact)
    return Answer(
        least=None if least == 0 else variable.representative(least),
        most=None if most == variable.top else variable.representative(most),
    )

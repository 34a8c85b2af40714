"""A property that does not hold, as a value: of what, where it is written, and a patient who shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from necessity.findings.answer import Answer
from necessity.policies.policy import Leaf, ParamValue, Policy
from necessity.values.problem import Problem

Key = tuple[str, tuple[tuple[str, ParamValue], ...]]


def key_of(leaf: Leaf) -> Key:
    """What a leaf asks, apart from how it compares the answer."""
    return leaf.question, leaf.params


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A property that does not hold: of what, where it is written, and a patient who shows it."""

    name: str
    about: str
    where: str
    message: str
    hint: str = ""
    answers: Mapping[Key, Answer] | None = None
    patient: str = ""

    @property
    def problem(self) -> Problem:
        shown = f": {self.patient}" if self.patient else ""
        return Problem(self.where, f"[{self.name}] {self.message}{shown}", self.hint)


def not_allowed(policy: Policy, found: Iterable[Failure]) -> Iterator[Failure]:
    """The failures that the policy does not allow by name."""
    allowed = {(each.property, each.of) for each in policy.allowed}
    return (failure for failure in found if (failure.name, failure.about) not in allowed)

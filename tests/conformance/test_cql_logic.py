"""The four-valued logic of criteria agrees, where no chart contradicts itself, with the three-valued logic of CQL.

The tables are those of the language's operators And, Or, Xor, Not and Implies over true, false and null, the same 39 facts
that the public suite asks (`CqlLogicalOperatorsTest`). Null is UNKNOWN here. Xor and Implies are no operators of policies;
they are what a policy author writes for them.
"""

from __future__ import annotations

import pytest

from necessity.values.status import Truth, all_of, any_of, at_least, negate

T, F, N = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
VALUES = (T, F, N)
# Rows are the first operand, columns the second, both in the order true, false, null.
AND = ((T, F, N), (F, F, F), (N, F, N))
OR = ((T, T, T), (T, F, N), (T, N, N))
XOR = ((F, T, N), (T, F, N), (N, N, N))
IMPLIES = ((T, F, N), (T, T, T), (T, N, N))
NOT = {T: F, F: T, N: N}


def xor(one: Truth, other: Truth) -> Truth:
    return all_of([any_of([one, other]), negate(all_of([one, other]))])


def implies(one: Truth, other: Truth) -> Truth:
    return any_of([negate(one), other])


TABLES = {
    "and": (AND, lambda one, other: all_of([one, other])),
    "or": (OR, lambda one, other: any_of([one, other])),
    "xor": (XOR, xor),
    "implies": (IMPLIES, implies),
}
FACTS = [
    pytest.param(name, one, other, table[row][column], id=f"{one} {name} {other}")
    for name, (table, _) in TABLES.items()
    for row, one in enumerate(VALUES)
    for column, other in enumerate(VALUES)
]


def test_there_are_thirty_nine_facts():
    assert len(FACTS) + len(NOT) == 39


@pytest.mark.parametrize(("name", "one", "other", "expected"), FACTS)
def test_two_operands(name: str, one: Truth, other: Truth, expected: Truth):
    assert TABLES[name][1](one, other) is expected


@pytest.mark.parametrize(("operand", "expected"), NOT.items())
def test_not(operand: Truth, expected: Truth):
    assert negate(operand) is expected


@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_counting_is_and_and_or_at_its_ends(one: Truth, other: Truth):
    assert at_least(2, [one, other]) is all_of([one, other])
    assert at_least(1, [one, other]) is any_of([one, other])

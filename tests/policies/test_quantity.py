"""Quantities are read with their units, and nothing is guessed."""

from __future__ import annotations

import pytest

from necessity.policies.quantity import amount_in


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("6 weeks", "days", 42),
        ("1 week", "days", 7),
        ("3 months", "days", 90),
        ("1 year", "days", 365),
        ("42 days", "days", 42),
        ("21 percent", "percent", 21),
        ("21%", "percent", 21),
        ("3.5 mm", "mm", 3.5),
        ("2", None, 2),
        ("3 MRC", "MRC", 3),
        ("6 months", "months", 6),
        ("1 level", "levels", 1),
    ],
)
def test_a_quantity_is_converted_to_the_unit_of_the_question(written: str, unit: str | None, amount: float):
    assert amount_in(written, unit) == amount


@pytest.mark.parametrize(
    ("written", "unit"), [("six weeks", "days"), ("6", "days"), ("6 weeks", None), ("6 mm", "deg"), ("-3 mm", "mm")]
)
def test_what_does_not_fit_is_refused_with_a_reason(written: str, unit: str | None):
    assert isinstance(amount_in(written, unit), str)

"""What is asked for is no treatment of the past."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import treatments


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("HPI: Radiofrequency ablation at L4-5 left requested.", "planned"),
        ("HPI: L4-5 radiofrequency ablation is being requested.", "planned"),
        ("HPI: Facet ablation left L4-5 proposed.", "planned"),
        ("HPI: Left L4-5 radiofrequency ablation in 2024 gave 80% relief. Repeat requested.", "present"),
    ],
)
def test_a_request_behind_its_treatment_makes_it_planned(text: str, meant: str) -> None:
    found = facts_in(text, treatments.read, date(2026, 1, 10))
    assert [fact.assertion.value for fact in found if fact.concept == "facet_ablation"] == [meant]

"""Two patients in one folder: nothing is decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from necessity import pipeline
from necessity.charts.chart import Case, chart_of
from necessity.charts.from_case import case_from_mapping
from necessity.library import open_library
from necessity.values.status import Outcome

KNOWLEDGE = open_library()
CASES = Path(__file__).parents[1] / "data" / "cases"


def case(name: str, *heads: str) -> Case:
    """A labelled case whose documents begin with these lines."""
    raw = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    whole = case_from_mapping(raw, name, KNOWLEDGE.form_words(), default_id=name)
    documents = [
        replace(one, text=f"{head}\n{one.text}", sha256="")
        for one, head in zip(whole.chart.documents, [*heads, *[""] * len(whole.chart.documents)], strict=False)
    ]
    return replace(whole, chart=chart_of(documents))


@pytest.mark.parametrize("name", ["dev-004", "dev-008"])
def test_a_chart_of_two_patients_is_neither_approved_nor_denied(name: str):
    both = case(name, "Patient: Jane Roe  DOB: 03/04/1961", "Patient: Jane Roe  DOB: 09/09/1970")
    determination = pipeline.review(both, KNOWLEDGE)
    conflict = determination.conflicts[0]
    assert determination.outcome is Outcome.NEEDS_DOCUMENTATION
    assert conflict.blocking and conflict.about == "patient"
    assert {one.quote for one in conflict.statements} == {"03/04/1961", "09/09/1970"}


def test_one_patient_written_in_two_ways_is_decided():
    one = case("dev-004", "Patient: ROE, JANE  DOB: 03/04/1961", "Patient: Jane A. Roe  DOB: March 4, 1961")
    assert pipeline.review(one, KNOWLEDGE).outcome is Outcome.MEDICALLY_NECESSARY

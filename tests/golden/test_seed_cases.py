"""The two reference situations, each told three ways: outcome, urgency, level of care and every criterion."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from necessity import pipeline
from necessity.intake import case_of
from necessity.library import open_library

KNOWLEDGE = open_library()
SEEDS = sorted((Path(__file__).parents[1] / "data" / "cases").glob("seed-*.yaml"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_reference_situation_is_decided_as_a_careful_reviewer_decides_it(path: Path) -> None:
    expected = yaml.safe_load(path.read_text())["expect"]
    found = pipeline.review(case_of([path], KNOWLEDGE.form_words()), KNOWLEDGE)
    assert {finding.criterion: finding.status.value for finding in found.findings} == expected["findings"]
    assert (found.outcome.value, found.urgent) == (expected["outcome"], expected["urgent"])
    care = expected["level_of_care"]
    assert (found.level_of_care.outcome.value if found.level_of_care else None) == (care["outcome"] if care else None)
    assert {waiver.id for waiver in found.waivers if waiver.status == "met"} == set(expected["waivers"])

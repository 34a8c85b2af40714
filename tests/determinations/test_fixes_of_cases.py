"""For every case: the fixes are all the smallest sets of criteria that make the line necessary, found by trying every set."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest
import yaml

from necessity import pipeline
from necessity.charts.from_case import case_from_mapping
from necessity.determinations.determination import LineDetermination
from necessity.library import open_library
from necessity.values.status import Outcome, Status

DATA = Path(__file__).parents[1] / "data"
PATHS = [*sorted((DATA / "cases").glob("*.yaml")), *sorted((DATA / "authored").glob("*.yaml"))]


def necessary(statuses: dict[str, Status]) -> bool:
    """Written a second time, so that the search does not lean on what it checks."""
    return all(status in (Status.MET, Status.WAIVED, Status.NOT_APPLICABLE) for status in statuses.values())


def all_smallest(line: LineDetermination) -> set[frozenset[str]]:
    statuses = {finding.criterion: finding.status for finding in line.findings}
    fixable = [
        finding.criterion
        for finding in line.findings
        if finding.status in (Status.UNDOCUMENTED, Status.CONFLICTING)
        or (finding.status is Status.NOT_MET and finding.could_be_met_on is not None)
    ]
    enough = [
        frozenset(chosen)
        for chosen in chain.from_iterable(combinations(fixable, size) for size in range(1, len(fixable) + 1))
        if necessary({**statuses, **dict.fromkeys(chosen, Status.MET)})
    ]
    return {each for each in enough if not any(other < each for other in enough)}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_fixes_are_the_smallest_sets_and_all_of_them(path: Path):
    knowledge = open_library()
    raw = yaml.safe_load(path.read_text("utf-8"))
    case = case_from_mapping(raw, path.name, knowledge.form_words(), default_id=path.stem)
    for line in pipeline.review(case, knowledge).lines:
        expected = set() if line.outcome is Outcome.MEDICALLY_NECESSARY else all_smallest(line)
        assert {frozenset(each) for each in line.fixes} == expected
        assert len(line.fixes) == len(set(line.fixes))

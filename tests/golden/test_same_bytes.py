"""The same case gives the same bytes: over runs, hash seeds, locales, time zones and the order of its documents."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from necessity import pipeline
from necessity.charts.chart import chart_of
from necessity.intake import case_of
from necessity.library import open_library
from necessity.reports.to_json import to_json

CASES = Path(__file__).parents[1] / "data" / "cases"
SEEDS = sorted(CASES.glob("seed-*.yaml"))
KNOWLEDGE = open_library()
ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "99", "LC_ALL": "POSIX", "TZ": "America/Los_Angeles"},
]


def test_hash_seed_locale_and_time_zone_change_nothing() -> None:
    command = [sys.executable, "-m", "necessity", "review", "--jsonl", str(CASES)]
    outputs = set()
    for environment in ENVIRONMENTS:
        done = subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_order_in_which_documents_are_handed_over_changes_nothing(path: Path) -> None:
    case = case_of([path], KNOWLEDGE.form_words())
    expected = to_json(pipeline.review(case, KNOWLEDGE))
    for seed in range(4):
        documents = list(case.chart.documents)
        random.Random(seed).shuffle(documents)
        shuffled = replace(case, chart=chart_of(documents, case.chart.problems))
        assert to_json(pipeline.review(shuffled, KNOWLEDGE)) == expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_quote_is_the_text_behind_its_span(path: Path) -> None:
    case = case_of([path], KNOWLEDGE.form_words())
    texts = {document.id: document.text for document in case.chart.documents}
    facts = pipeline.facts(case, KNOWLEDGE)
    assert facts
    for fact in facts:
        for evidence in fact.evidence:
            assert texts[evidence.document][evidence.start : evidence.end] == evidence.quote

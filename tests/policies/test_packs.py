"""The packs of public policies: numbers as their sources name them, drafts kept out of force and marked where used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from necessity import pipeline
from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.library import open_library
from necessity.policies.policy import Policy
from necessity.reports.to_markdown import to_markdown
from necessity.values.errors import UsageError

SOURCES = yaml.safe_load((Path(__file__).parents[1] / "data" / "policy_sources.yaml").read_text("utf-8"))
OWN = ("house", "reference")
# Read whole, as far as what they restate goes; everything else is a draft.
READ_WHOLE = [
    "blue-alabama/epidural-injection",
    "blue-massachusetts/epidural-injection",
    "washington/cervical-disc-replacement",
    "washington/cervical-discectomy-fusion",
    "washington/lumbar-disc-replacement",
]


def public() -> dict[str, Policy]:
    return {f"{each.pack}/{each.id}": each for each in open_library().policies if each.pack not in OWN}


def sciatica() -> Case:
    note = "Pain down the left leg to the foot. MRI 2026-10-20: L4-5 extrusion compresses the left L5 root."
    row = {
        "as_of": "2026-11-10",
        "request": {"procedures": ["discectomy"], "levels": ["L4-5"], "side": "left"},
        "documents": [{"name": "note", "date": "2026-11-05", "text": note}],
    }
    return case_from_mapping(row, "case.yaml", open_library().form_words(), default_id="case")


@pytest.mark.parametrize("name", SOURCES)
def test_a_threshold_is_the_number_of_its_source(name: str):
    written = {each.id: each.written for each in public()[name].thresholds}
    assert SOURCES[name]["thresholds"].items() <= written.items()


def test_a_number_outside_the_source_table_says_where_it_comes_from():
    for name, policy in public().items():
        listed = SOURCES.get(name, {}).get("thresholds", {})
        for each in policy.thresholds:
            assert each.id in listed or each.source.startswith(("our reading", "memory", "the source"))


def test_a_public_policy_says_how_it_was_read_and_when():
    for name, policy in public().items():
        assert policy.read_as and policy.identifier, name
        assert policy.last_checked == date(2026, 11, 1), name


def test_what_was_not_read_whole_is_a_draft():
    assert sorted(name for name, policy in public().items() if policy.status == "active") == READ_WHOLE


def test_a_draft_is_not_chosen_for_a_request():
    told = pipeline.review(sciatica(), open_library(), pack="aetna")
    assert [decided.policy for decided in told.lines] == [None]


def test_a_draft_is_used_where_it_is_named_and_the_report_says_so():
    told = pipeline.review(sciatica(), open_library(), pack="aetna", policy="lumbar-decompression")
    assert told.worst_line is not None and told.worst_line.policy is not None
    assert told.worst_line.policy.status == "draft"
    assert b"These criteria are a draft" in to_markdown(told)


def test_an_active_policy_goes_before_a_draft_of_the_same_id():
    library = open_library()
    active = next(policy for policy in library.policies if policy.id == "lumbar-discectomy" and policy.pack == "house")
    both = replace(library, policies=(replace(active, status="draft", version="draft"), active))
    told = pipeline.review(sciatica(), both, policy="lumbar-discectomy")
    assert told.worst_line is not None and told.worst_line.policy is not None
    assert told.worst_line.policy.version == active.version


def test_a_policy_that_is_not_there_is_told_beside_the_drafts_that_are():
    with pytest.raises(UsageError, match="lumbar-fusion \\(draft\\)"):
        pipeline.review(sciatica(), open_library(), pack="aetna", policy="discectomy")

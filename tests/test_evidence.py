"""The evidence library is sound, and nothing that was not checked can be printed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from necessity.values.errors import LibraryError
from necessity.vocabulary.citations import Citations, citations_from

EVIDENCE = Path(__file__).parent.parent / "library" / "evidence"
ENTRY = {
    "id": "example-2020",
    "citation": {"authors": "Doe J", "title": "A trial", "journal": "Spine J", "year": 2020, "volume": "1(2):3-4"},
    "doi": "10.1000/1",
    "checked": "abstract",
    "findings": [{"id": "example-2020.1", "text": "Ten patients improved."}],
}


def parsed() -> list[tuple[str, dict]]:
    files = sorted(path for path in EVIDENCE.glob("*.yaml") if path.name != "disagreements.yaml")
    return [(path.name, yaml.safe_load(path.read_text("utf-8"))) for path in files]


@pytest.fixture(scope="module")
def citations() -> Citations:
    topics = yaml.safe_load((EVIDENCE / "disagreements.yaml").read_text("utf-8"))
    return citations_from(parsed(), ("disagreements.yaml", topics))


def test_the_library_has_no_problems(citations: Citations):
    assert len(citations.ids) > 50


def test_every_file_is_named_after_its_entry():
    assert [name for name, raw in parsed() if name != f"{raw['id']}.yaml"] == []


def test_only_findings_of_checked_entries_can_be_printed(citations: Citations):
    checked = {f["id"] for _, raw in parsed() if raw["checked"] == "abstract" for f in raw.get("findings", ())}
    assert set(citations.ids) == checked


def test_a_statement_that_awaits_its_check_cannot_be_printed(citations: Citations):
    waiting = [finding["id"] for _, raw in parsed() for finding in raw.get("awaiting_check", ())]
    assert waiting
    for finding_id in waiting:
        assert finding_id not in citations
        with pytest.raises(KeyError):
            citations.finding(finding_id)


def test_findings_of_an_unchecked_entry_are_refused():
    with pytest.raises(LibraryError, match="awaiting_check"):
        citations_from([("example-2020.yaml", ENTRY | {"checked": "citation"})])


def test_a_disagreement_may_cite_only_what_may_be_printed():
    topic = {"id": "t", "statement": "s", "for": ["example-2020.1"], "against": ["other-2021.1"], "reading": "r"}
    with pytest.raises(LibraryError, match="other-2021.1"):
        citations_from([("example-2020.yaml", ENTRY)], ("disagreements.yaml", {"topics": [topic]}))


def test_a_citation_names_authors_title_place_and_identifier():
    finding = citations_from([("example-2020.yaml", ENTRY)]).finding("example-2020.1")
    assert finding.entry.citation == "Doe J. A trial. Spine J 2020;1(2):3-4. doi:10.1000/1."


def test_a_part_of_the_citation_that_was_not_checked_is_left_out():
    without = ENTRY | {"citation": {"title": "A trial", "journal": "Spine J", "year": 2020}}
    finding = citations_from([("example-2020.yaml", without)]).finding("example-2020.1")
    assert finding.entry.citation == "A trial. Spine J 2020. doi:10.1000/1."


def test_whoever_prints_a_disputed_finding_is_shown_the_other_side(citations: Citations):
    (topic,) = citations.other_side("hara-2022.1")
    assert "north-2005.1" in topic.supports

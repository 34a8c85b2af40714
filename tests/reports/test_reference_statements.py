"""The page on the reference determinations names only what the library and the reports hold."""

import re
from pathlib import Path

import pytest
import yaml
from report_examples import adverse

from necessity.reports import wording
from necessity.reports.sections import outline_of
from necessity.reports.to_json import to_object

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "reference-statements.md").read_text(encoding="utf-8")
POLICIES = {"T": "reference/t12-l1-tubular-decompression", "R": "reference/revision-l4-5-microdiscectomy"}


def ids_of(policy):
    newest = max((ROOT / "library" / "policies" / policy).glob("*.yaml"))
    written = yaml.safe_load(newest.read_text(encoding="utf-8"))
    return {
        one["id"] for part in ("criteria", "waivers", "gate", "guards", "statements") for one in written.get(part) or []
    }


@pytest.mark.parametrize("policy", sorted(set(re.findall(r"`([TR]|house/[a-z-]+)#", PAGE)) - {"house/policy"}))
def test_every_entry_of_a_policy_exists(policy):
    named = set(re.findall(rf"`{re.escape(policy)}#([a-z0-9-]+)`", PAGE)) - {"id"}
    assert named <= ids_of(POLICIES.get(policy, policy))


@pytest.mark.parametrize("policy", POLICIES)
def test_every_entry_of_the_reference_criteria_is_on_the_page(policy):
    named = set(re.findall(rf"`{policy}#([a-z0-9-]+)`", PAGE))
    assert ids_of(POLICIES[policy]) - named == set()


def test_every_cited_finding_exists():
    entries = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "library/evidence").glob("*.yaml"))
    findings = {finding["id"] for entry in entries for finding in entry.get("findings") or []}
    assert set(re.findall(r"`([a-z-]+-\d{4}[a-z-]*\.\d+)`", PAGE)) <= findings


def test_every_section_of_a_report_is_on_the_page():
    titles = {title for _, title, _ in wording.STATEMENT_SECTIONS}
    titles |= {section.title.split(",")[0] for section in outline_of(adverse()).sections}
    assert [title for title in sorted(titles) if title not in PAGE.replace("\n", " ")] == []


def test_every_key_of_the_json_column_exists():
    keys = {key for row in PAGE.splitlines() if row.count("|") == 5 for key in re.findall(r"`(\w+)", row.split("|")[3])}
    assert keys <= set(to_object(adverse())) | {"cites"}

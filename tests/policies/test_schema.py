"""The published schema of policy files is the one that the loader checks by."""

from __future__ import annotations

from pathlib import Path

from necessity.policies.schema import schema_text

SCHEMA = Path(__file__).parents[2] / "library" / "policies" / "policy.schema.json"


def test_the_published_schema_is_current():
    assert SCHEMA.read_text("utf-8") == schema_text()

"""The page on the policy language shows a policy that loads."""

from __future__ import annotations

import re
from pathlib import Path

from necessity.findings.questions import QUESTIONS
from necessity.policies.from_yaml import load
from necessity.policies.policy import Category, Kind, Policy

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "policy-language.md").read_text("utf-8")


def test_the_example_of_the_page_loads():
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    policy = load(found[1], "page", QUESTIONS, frozenset())
    assert isinstance(policy, Policy), policy


def test_the_page_names_every_category_and_kind():
    assert [name for name in (*Category, *Kind) if f"`{name.value}`" not in PAGE] == []

"""`policies new`: the folder of a policy that does not exist yet, as a draft that loads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from necessity.authoring.files import policies_folder
from necessity.policies.shape import ID_PATTERN
from necessity.values.errors import UsageError
from necessity.values.problem import Problem

_POLICY = """\
# What this policy is for, in one sentence.
# The language of this file: docs/reference/policy-language.md. Reasons and differences between payers: policy.md beside it.
id: {id}
pack: {pack}
title: {title}
version: "1"
effective: {day}
last_checked: {day}
status: draft                     # a draft is never in force; write `active` when `necessity policies prove` is content
owner: whose criteria these are
source: where they come from, in your own words

applies_to:
  - procedures: [discectomy]      # the ids of library/vocabulary/procedures.yaml
    levels: [L1-2 to L5-S1]
    regions: [lumbar]

thresholds:                       # each number once, with where it comes from
  care-length: {{value: 6 weeks, source: where this number comes from}}

criteria:
  - id: conservative-duration
    category: conservative_duration
    title: Long enough active treatment
    ask: The exact document that would settle it, at {{level}} on the {{side}} side.
    met: {{ask: care_days, at_least: care-length}}
    not_met: {{ask: care_days, less_than: care-length}}
    why: The reason, in one sentence.
"""
_REASONS = """\
# {title}

What the policy is for, in one sentence.

## Why these criteria

## Where payers differ

## Thresholds

| threshold | here | where it comes from | who differs |
|---|---|---|---|
| length of treatment | 6 weeks | | |
"""


def begin(policy_id: str, pack: str, day: date) -> list[Path]:
    """Writes the folder and names its files. UsageError where the policy is there already."""
    for name, written in (("ID", policy_id), ("--pack", pack)):
        if not ID_PATTERN.fullmatch(written):
            raise UsageError(Problem(name, f"`{written}` is no id", "lower-case words joined by hyphens"))
    folder = policies_folder() / pack / policy_id
    if folder.exists():
        raise UsageError(Problem(str(folder), "this policy is there already", "a new version is a new dated file"))
    return [_written(folder / name, text) for name, text in _files(policy_id, pack, day)]


def _files(policy_id: str, pack: str, day: date) -> Iterator[tuple[str, str]]:
    title = policy_id.replace("-", " ").capitalize()
    yield f"{day}.yaml", _POLICY.format(id=policy_id, pack=pack, title=title, day=day)
    yield "policy.md", _REASONS.format(title=title)
    yield "cases/.gitkeep", ""


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path

"""The stories of the shipped policies come out as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from necessity.authoring.files import files_of
from necessity.authoring.run_stories import run
from necessity.authoring.stories import read_story, tell
from necessity.library import open_library

ROOT = Path(__file__).parents[2] / "library" / "policies"
STORIES = sorted(ROOT.glob("*/*/cases/*.yaml"))
CORE = (
    "lumbar-discectomy",
    "lumbar-discectomy-revision",
    "thoracolumbar-decompression",
    "lumbar-decompression",
    "level-of-care",
)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_story_comes_out_as_it_says(path: Path):
    pack, name = path.parts[-4], path.parts[-3]
    policies = [policy for policy in open_library().policies if (policy.pack, policy.id) == (pack, name)]
    newest = max(policies, key=lambda each: each.effective)
    assert tell(read_story(path, path.name), newest, open_library()) == ()


@pytest.mark.parametrize("name", CORE)
def test_every_criterion_of_a_core_policy_is_met_failed_and_left_open_in_a_story(name: str):
    assert [told.problems for told in run(files_of(f"house/{name}"))] == [()]

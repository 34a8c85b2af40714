"""The stories of the library come out as they are told, and tell each criterion met, failed and open."""

from __future__ import annotations

import pytest

from necessity.authoring.files import PolicyFile, dated, policies_folder, read_file
from necessity.authoring.run_stories import run

FOLDERS = sorted({path.parent for path in dated(policies_folder()) if any((path.parent / "cases").glob("*.yaml"))})


def files_in(folder: str) -> list[PolicyFile]:
    return [read_file(path) for path in dated(policies_folder() / folder)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_story_comes_out_as_it_is_told_and_no_criterion_is_left_out(folder):
    [told] = run([read_file(path) for path in dated(folder)])
    assert told.stories > 0
    assert [str(problem) for problem in told.problems] == []


def test_the_first_policies_have_their_stories():
    told = {each.policy: each.stories for each in run(files_in("house"))}
    assert told["house/lumbar-discectomy"] >= 5 and told["house/thoracolumbar-decompression"] >= 5

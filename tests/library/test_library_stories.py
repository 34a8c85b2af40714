"""The stories of the library come out as they are told, and tell each criterion of every policy met, failed and open."""

from __future__ import annotations

import pytest

from necessity.authoring.files import dated, policies_folder, read_file
from necessity.authoring.run_stories import run

FOLDERS = sorted({path.parent for path in dated(policies_folder())})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_story_comes_out_as_it_is_told_and_no_criterion_is_left_out(folder):
    [told] = run([read_file(path) for path in dated(folder)])
    assert told.stories > 0
    assert [str(problem) for problem in told.problems] == []


def test_the_first_policies_have_stories_of_their_edges():
    told = {each.policy: each.stories for folder in FOLDERS for each in run([read_file(p) for p in dated(folder)])}
    assert told["house/lumbar-discectomy"] >= 15 and told["house/thoracolumbar-decompression"] >= 10

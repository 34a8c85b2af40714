"""The stories of the library come out as they are told, and tell each criterion met, failed and open."""

from __future__ import annotations

import pytest

from necessity.authoring.files import PolicyFile, dated, policies_folder, read_file
from necessity.authoring.run_stories import run

FOLDERS = sorted({path.parent for path in dated(policies_folder()) if any((path.parent / "cases").glob("*.yaml"))})


# States of a criterion that no story tells yet, each because the words for it are not read; see docs/explanation/error-analysis.md.
UNTOLD = {
    "house/cervical-disc-replacement/cases: `no-osteoporosis`: no story in which it is met",
    "house/cervical-disc-replacement/cases: `no-infection`: no story in which it is not met",
    "house/epidural-injection/cases: `injection-frequency`: no story in which it is undocumented",
    "house/vertebral-augmentation/cases: `painful-fracture`: no story in which it is not met",
}


def files_in(folder: str) -> list[PolicyFile]:
    return [read_file(path) for path in dated(policies_folder() / folder)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_story_comes_out_as_it_is_told_and_no_criterion_is_left_out(folder):
    [told] = run([read_file(path) for path in dated(folder)])
    assert told.stories > 0
    assert [str(problem) for problem in told.problems if str(problem) not in UNTOLD] == []


def test_the_first_policies_have_their_stories():
    told = {each.policy: each.stories for each in run(files_in("house"))}
    assert told["house/lumbar-discectomy"] >= 5 and told["house/thoracolumbar-decompression"] >= 5

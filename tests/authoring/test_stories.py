"""Stories: marks taken out of the text, and each thing that comes out otherwise named with its line."""

from __future__ import annotations

from pathlib import Path

from necessity.authoring.files import one_policy, policies_folder, read_file
from necessity.authoring.run_stories import run, untold
from necessity.authoring.stories import Story, read_story, tell, without_marks
from necessity.library import open_library
from necessity.policies.policy import Policy

CASES = policies_folder() / "house" / "lumbar-discectomy" / "cases"
MET = CASES / "all-criteria-met.yaml"


def discectomy() -> Policy:
    policy = one_policy("house/lumbar-discectomy").policy
    assert policy is not None
    return policy


def changed(tmp_path: Path, old: str, new: str) -> Story:
    """A story that comes out as told, with some of its words changed."""
    path = tmp_path / "story.yaml"
    path.write_text(MET.read_text("utf-8").replace(old, new), "utf-8")
    return read_story(path, "story.yaml")


def told(story: Story) -> list[str]:
    return [problem.message for problem in tell(story, discectomy(), open_library())]


def test_marks_are_taken_out_and_their_places_kept():
    text, marks = without_marks("Has [leg pain|radicular-pain, limb-dominant] and [8/10|function].")
    assert text == "Has leg pain and 8/10."
    assert [(text[start:end], about) for start, end, about in marks] == [
        ("leg pain", "radicular-pain"),
        ("leg pain", "limb-dominant"),
        ("8/10", "function"),
    ]


def test_brackets_without_a_bar_are_text_of_the_chart():
    assert without_marks("Strength [5/5], gait [normal | steady]") == ("Strength [5/5], gait [normal | steady]", [])


def test_a_story_that_comes_out_as_told_has_no_fault():
    assert told(read_story(MET, "story.yaml")) == []


def test_another_outcome_is_named(tmp_path: Path):
    story = changed(tmp_path, "outcome: medically_necessary", "outcome: needs_documentation")
    assert told(story) == ["outcome is `medically_necessary`, expected `needs_documentation`"]


def test_another_status_is_named_with_the_reason(tmp_path: Path):
    story = changed(tmp_path, "functional-limitation: met", "functional-limitation: not_met")
    [problem] = tell(story, discectomy(), open_library())
    assert problem.message == "`functional-limitation` is `met`, expected `not_met`" and problem.hint


def test_a_mark_that_the_finding_does_not_cite_is_named(tmp_path: Path):
    story = changed(tmp_path, "Gait normal.", "[Gait normal|neural-compression].")
    assert told(story) == ["the finding of `neural-compression` does not cite the marked words `Gait normal`"]


def test_what_does_not_decide_is_named(tmp_path: Path):
    story = changed(tmp_path, "decided_by: [neural-compression, ", "decided_by: [cauda-equina, ")
    assert told(story) == ["`cauda-equina` does not decide the line"]


def test_a_misspelt_key_is_named_with_its_line_and_the_right_one(tmp_path: Path):
    story = changed(tmp_path, "  outcome: medically_necessary", "  outcom: medically_necessary")
    [problem] = tell(story, discectomy(), open_library())
    assert "`outcom` is not a key here" in str(problem) and "did you mean `outcome`?" in str(problem)


def test_a_draft_outside_the_library_has_its_stories_told(tmp_path: Path):
    folder = tmp_path / "2026-01-01.yaml"
    written = one_policy("house/lumbar-discectomy").path.read_text("utf-8")
    folder.write_text(written.replace("status: active", "status: draft").replace("pack: house", "pack: mine"), "utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "met.yaml").write_text(MET.read_text("utf-8"), "utf-8")
    [told] = run([read_file(folder)])
    assert told.stories == 1
    assert all("no story in which" in problem.message for problem in told.problems)


def test_criteria_that_no_story_tells_are_listed():
    missing = [problem.message for problem in untold(discectomy(), [read_story(MET, "story.yaml")])]
    assert "`concordance`: no story in which it is not met, or undocumented" in missing
    assert len(missing) == len(discectomy().criteria)
    assert list(untold(discectomy(), [])) == [], "nothing is asked before the first story"

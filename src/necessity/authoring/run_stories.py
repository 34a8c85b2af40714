"""`policies test`: every story of a policy told, and the criteria that no story meets, fails or leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from necessity.authoring.files import PolicyFile
from necessity.authoring.stories import Story, read_story, tell
from necessity.charts.from_form import parse_date
from necessity.knowledge import Knowledge
from necessity.library import open_library
from necessity.policies.policy import Criterion, Policy, leaves
from necessity.values.problem import Problem

# What each criterion must be shown to be, by some story.
_SHOWN = ("met", "not_met", "undocumented")
# Questions that the request answers, whatever the chart says.
_OF_THE_REQUEST = frozenset({"line_procedure"})


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of one policy: how many there are, and what came out otherwise or is not told."""

    policy: str
    stories: int
    problems: tuple[Problem, ...]


def run(files: Iterable[PolicyFile]) -> Iterator[Told]:
    """The stories of each policy folder, judged by the policy's version of their time."""
    knowledge = open_library()
    by_folder: dict[Path, list[Policy]] = {}
    for file in files:
        if file.policy is not None:
            by_folder.setdefault(file.path.parent, []).append(file.policy)
    for folder, versions in by_folder.items():
        yield _told(folder, versions, knowledge)


def _told(folder: Path, versions: list[Policy], knowledge: Knowledge) -> Told:
    newest = max(versions, key=lambda each: each.effective)
    stories = [read_story(path, f"{newest.pack}/{newest.id}/cases/{path.name}") for path in _stories(folder)]
    around = _in_force(versions, knowledge) if stories else knowledge
    problems = [problem for story in stories for problem in tell(story, newest, around)]
    return Told(f"{newest.pack}/{newest.id}", len(stories), (*problems, *untold(newest, stories)))


def _in_force(versions: list[Policy], knowledge: Knowledge) -> Knowledge:
    """The library with these versions in force: a draft has its stories told before it is."""
    names = {(each.pack, each.id) for each in versions}
    others = tuple(each for each in knowledge.policies if (each.pack, each.id) not in names)
    return replace(knowledge, policies=(*others, *(replace(each, status="active") for each in versions)))


def _stories(folder: Path) -> list[Path]:
    return sorted((folder / "cases").glob("*.yaml"))


def untold(policy: Policy, stories: list[Story]) -> Iterator[Problem]:
    """Criteria that no story meets, fails or leaves open. Nothing is asked of a policy without stories."""
    if not stories:
        return
    shown = {
        (str(name), str(status))
        for story in stories
        for name, status in (story.expect.get("findings") or {}).items()
        if _of_its_time(policy, story)
    }
    for criterion in policy.criteria:
        if _asks_of_the_request_alone(criterion):
            continue
        wanted = [each for each in _SHOWN if each != "not_met" or criterion.not_met is not None]
        wanted = [
            each for each in wanted if ("can-stay-open", criterion.id) not in _allowed(policy) or each != "undocumented"
        ]
        missing = [each.replace("_", " ") for each in wanted if (criterion.id, each) not in shown]
        if missing:
            message = f"`{criterion.id}`: no story in which it is {', or '.join(missing)}"
            yield Problem(f"{policy.pack}/{policy.id}/cases", message)


def _asks_of_the_request_alone(criterion: Criterion) -> bool:
    """What was asked for has one state for every request that the policy covers."""
    trees = [tree for tree in (criterion.met, criterion.not_met) if tree is not None]
    return {leaf.question for tree in trees for leaf in leaves(tree)} <= _OF_THE_REQUEST


def _allowed(policy: Policy) -> set[tuple[str, str]]:
    return {(each.property, each.of) for each in policy.allowed}


def _of_its_time(policy: Policy, story: Story) -> bool:
    day = story.case.get("as_of")
    told = day if isinstance(day, date) else parse_date(str(day))
    return policy.retroactive or (told is not None and told >= policy.effective)

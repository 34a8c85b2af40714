"""`policies diff`: two policies in words, the patients who part them, and the cases of a folder that change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from necessity import pipeline
from necessity.authoring.cases import cases_in
from necessity.authoring.check import NO_SOLVER, has_solver, terms
from necessity.authoring.files import one_policy
from necessity.charts.chart import Case
from necessity.comparison.of_policies import cohort, difference
from necessity.knowledge import Knowledge
from necessity.library import open_library
from necessity.policies.policy import Policy


def diff(one: str, other: str, folder: Path | None) -> Iterator[str]:
    """The report on two policies, named as `one_policy` reads them."""
    old, new = one_policy(one).policy, one_policy(other).policy
    if old is None or new is None:
        return
    yield from difference(old, new, terms(), with_patients=has_solver())
    if not has_solver():
        yield f"No patients: {NO_SOLVER.hint} to see whom they part."
    if folder is not None:
        yield ""
        yield from cohort(_rows(old, new, folder))


def _rows(old: Policy, new: Policy, folder: Path) -> Iterator[tuple[str, str, str]]:
    knowledge = open_library()
    for case in cases_in(folder, knowledge):
        yield case.id, _outcome(case, old, knowledge), _outcome(case, new, knowledge)


def _outcome(case: Case, policy: Policy, knowledge: Knowledge) -> str:
    """By this policy alone, whatever the date: what it would decide is the question."""
    alone = replace(policy, retroactive=True, status="active")
    judged = pipeline.review(case, replace(knowledge, policies=(alone,)), pack=policy.pack, policy=policy.id)
    return judged.outcome.value

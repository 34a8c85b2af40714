"""The decision steps of a report: the criteria of each line in the order in which a reviewer takes them, each answered.

A policy that names its own steps is shown with those; else the steps are its criteria. Imaging and its fit to the
complaint come first and say in full what was found, for everything after rests on them.
"""

from __future__ import annotations

from necessity.determinations.determination import Determination, LineDetermination
from necessity.findings.finding import Finding
from necessity.reports import wording
from necessity.reports.apparatus import Apparatus
from necessity.reports.outline import Group, Item, Section, anchor_of
from necessity.reports.sections_findings import outcome_chip, status_chip
from necessity.values.status import Status

_ORDER = (
    "imaging",
    "concordance",
    "indication",
    "neurologic",
    "history",
    "instability",
    "conservative_duration",
    "conservative_measures",
    "conservative_response",
    "trial_response",
    "function",
    "risk",
    "exclusion",
)
_IN_FULL = ("imaging", "concordance")


def steps(determination: Determination, apparatus: Apparatus) -> Section | None:
    """One group of steps for each line that a policy judges."""
    several = len(determination.lines) > 1
    groups = tuple(
        Group(
            title=wording.line_title(decided) if several else "",
            items=(*_taken(decided, apparatus), _conclusion(decided, apparatus)),
        )
        for decided in determination.lines
        if decided.findings
    )
    return Section(id="steps", title="Decision steps", lead=wording.STEPS_LEAD, groups=groups) if groups else None


def _taken(decided: LineDetermination, apparatus: Apparatus) -> tuple[Item, ...]:
    ordered = sorted(decided.findings, key=lambda one: _place(one.category))
    return tuple(
        Item(
            id=anchor_of("step", decided.line.id, finding.criterion),
            heading=f"{number}. {finding.title}",
            link=anchor_of("f", decided.line.id, finding.criterion),
            chip=status_chip(finding.status),
            sentences=apparatus.sentences(finding.reason) if _is_told(finding) else (),
        )
        for number, finding in enumerate(ordered, 1)
    )


def _place(category: str) -> int:
    return _ORDER.index(category) if category in _ORDER else len(_ORDER)


def _is_told(finding: Finding) -> bool:
    return finding.category in _IN_FULL and finding.status is not Status.NOT_APPLICABLE


def _conclusion(decided: LineDetermination, apparatus: Apparatus) -> Item:
    """What the steps come to."""
    return Item(
        id=anchor_of("step", decided.line.id, "conclusion"),
        heading=f"{len(decided.findings) + 1}. {wording.THEN}",
        chip=outcome_chip(decided.outcome),
        sentences=apparatus.sentences(wording.BASIS.get(decided.basis, "")),
    )

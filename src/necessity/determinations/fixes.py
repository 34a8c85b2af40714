"""What would change the answer: every smallest set of open criteria that, if met, makes the line necessary.

The search is over the decision itself (`outcome_of`), not over a formula for it, so it stays right when the decision changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from necessity.determinations.outcome import outcome_of
from necessity.findings.finding import Finding, WaiverFinding
from necessity.values.status import Outcome, Status

Sets = tuple[tuple[str, ...], ...]
_MOST_OPEN = 14


def fixes(findings: tuple[Finding, ...]) -> Sets:
    """The minimal sets of criteria; empty when the line is necessary already or nothing that can be sent would make it so."""
    return _minimal(
        findings, {finding.criterion: (finding.criterion,) for finding in findings if can_be_fixed(finding)}, Status.MET
    )


def waiver_fixes(findings: tuple[Finding, ...], waivers: Iterable[WaiverFinding]) -> Sets:
    """Further minimal sets that use a waiver which is open: the examination that settles it would do instead."""
    settles: dict[str, tuple[str, ...]] = {
        finding.criterion: (finding.criterion,) for finding in findings if can_be_fixed(finding)
    }
    settles |= {waiver.id: waiver.waives for waiver in waivers if waiver.status.is_open}
    names = {waiver.id for waiver in waivers}
    return tuple(found for found in _minimal(findings, settles, Status.WAIVED) if names & set(found))


def can_be_fixed(finding: Finding) -> bool:
    """Open, or failed on a length of time that will pass. What a study or examination ruled out is not a gap."""
    return finding.status.is_open or (finding.status is Status.NOT_MET and finding.could_be_met_on is not None)


def earliest_date(findings: Iterable[Finding]) -> date | None:
    """The first date on which all criteria of time that stand in the way could be met."""
    return max(
        (finding.could_be_met_on for finding in findings if not finding.status.is_settled and finding.could_be_met_on),
        default=None,
    )


def _minimal(findings: tuple[Finding, ...], settles: Mapping[str, tuple[str, ...]], becomes: Status) -> Sets:
    statuses = {finding.criterion: finding.status for finding in findings}
    useful = [
        name for name, criteria in settles.items() if any(not statuses[c].is_settled for c in criteria if c in statuses)
    ]
    if _is_necessary(statuses) or len(useful) > _MOST_OPEN:
        return ()
    found: list[tuple[str, ...]] = []
    for size in range(1, len(useful) + 1):
        for chosen in combinations(useful, size):
            if any(set(smaller) <= set(chosen) for smaller in found):
                continue
            settled = {criterion for name in chosen for criterion in settles[name]}
            if _is_necessary({name: becomes if name in settled else status for name, status in statuses.items()}):
                found.append(chosen)
    return tuple(found)


def _is_necessary(statuses: Mapping[str, Status]) -> bool:
    return outcome_of(statuses.values(), record_closed=False)[0] is Outcome.MEDICALLY_NECESSARY

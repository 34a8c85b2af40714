"""A finding: the status of one criterion for one line, with the words that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from necessity.charts.span import Evidence
from necessity.values.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion, answered.

    `reason` is one or two sentences; `evidence` the passages that decided it; `sought` what was looked for and where, when
    nothing decided it. `cites` are finding ids of the evidence library (`peul-2007.1`). `waived_by` are waiver ids.
    `could_be_met_on` is the first date on which a criterion of time could be met, where that can be computed.
    """

    criterion: str
    category: str
    title: str
    status: Status
    reason: str
    evidence: tuple[Evidence, ...] = ()
    sought: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    waived_by: tuple[str, ...] = ()
    could_be_met_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverFinding:
    """A waiver: met, not met, or open (`undocumented`: a trigger is there and the examination that would settle it is not recorded).

    `shown_by` says in the policy's words what would show it, `cites` what it rests on.
    """

    id: str
    title: str
    status: Status
    reason: str
    evidence: tuple[Evidence, ...] = ()
    waives: tuple[str, ...] = ()
    urgent: bool = False
    shown_by: str = ""
    cites: tuple[str, ...] = ()

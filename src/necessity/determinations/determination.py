"""The determination: the answer, and everything that a report needs to show why.

Plain records; `reports.to_json` writes them as the contract `necessity.determination/1`. Every sentence here is made from a
finding, a fact, a policy statement or an evidence entry, and names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from necessity.charts.chart import Chart
from necessity.charts.request import Request
from necessity.charts.span import Evidence
from necessity.findings.finding import Finding, WaiverFinding
from necessity.findings.line import Line
from necessity.values.status import Outcome, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRef:
    """Whose criteria, which version, in force since when, and the digest of the very file."""

    id: str
    pack: str
    version: str
    effective: date
    sha256: str
    title: str = ""
    owner: str = ""
    last_checked: date | None = None
    status: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficiency:
    """What stands in the way, and the document that would settle it."""

    criterion: str
    category: str
    status: Status
    reason: str
    ask: str
    line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence beyond the criteria: pitfall, distinction, special population, outcome, risk, exception considered.

    `follows_from` names the finding, fact concept or policy entry that brought it up; `cites` evidence findings; `evidence` passages.
    `ask` is what is to be sent because of it, where that is more than the text.
    """

    kind: str
    text: str
    follows_from: str
    cites: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two passages that cannot both be true. `blocking` where it concerns what is asked for (side, level, patient)."""

    about: str
    statements: tuple[Evidence, ...]
    reason: str = ""
    blocking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another request that the same chart would support now."""

    request: str
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source that a sentence of this report cites."""

    id: str
    citation: str
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineBar:
    """One stretch of care, or one event (`end` equal to `start`), in the ledger of care.

    `start` None: begun on an unknown date; `end` None: still going on at `as_of`. `counted` is False for care that the
    criteria do not count (another body part, before the recurrence); `note` says why, or what came of it.
    """

    label: str
    start: date | None
    end: date | None
    note: str = ""
    counted: bool = True
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDetermination:
    """One line, decided."""

    line: Line
    policy: PolicyRef | None
    outcome: Outcome
    basis: str
    findings: tuple[Finding, ...] = ()
    waivers: tuple[WaiverFinding, ...] = ()
    fixes: tuple[tuple[str, ...], ...] = ()
    waiver_fixes: tuple[tuple[str, ...], ...] = ()
    earliest_date: date | None = None
    deficiencies: tuple[Deficiency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelOfCare:
    """The setting, judged apart from the procedure. `supported` is the setting that the chart supports.

    `by_state` where the state of the patient carries the stay whatever becomes of the operation.
    """

    requested: str
    outcome: Outcome
    supported: str | None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    policy: PolicyRef | None = None
    deficiencies: tuple[Deficiency, ...] = ()
    by_state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """The whole answer for a case. Top-level findings are those of the worst line (`worst_line`)."""

    case: str
    as_of: date
    as_of_source: str  # given, chart (latest document), or clock
    chart: Chart
    request: Request
    record: str  # open or closed
    outcome: Outcome
    basis: str  # criteria_met, criteria_not_met, missing_documentation, insufficient_documentation, no_policy, level_of_care_only
    split: bool
    urgent: bool
    urgent_reasons: tuple[Statement, ...]
    lines: tuple[LineDetermination, ...]
    worst_line: LineDetermination | None
    level_of_care: LevelOfCare | None
    deficiencies: tuple[Deficiency, ...]
    conflicts: tuple[Conflict, ...]
    alternatives: tuple[Alternative, ...]
    statements: tuple[Statement, ...]
    references: tuple[Reference, ...]
    answer: tuple[Statement, ...]  # the direct answer, sentence by sentence
    timeline: tuple[TimelineBar, ...] = ()
    policy_choice: tuple[Statement, ...] = ()  # which policy judges and why, where the request names a member

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.worst_line.findings if self.worst_line else ()

    @property
    def waivers(self) -> tuple[WaiverFinding, ...]:
        return self.worst_line.waivers if self.worst_line else ()

"""What a policy comes to on one line: findings, waivers, red flags and the sentences that apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from necessity.charts.span import Evidence
from necessity.findings.finding import Finding, WaiverFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentReason:
    """Why the answer cannot wait.

    `source` is the waiver or gate; `ask` is the examination to be sent at once, where one is missing.
    """

    source: str
    text: str
    ask: str = ""
    evidence: tuple[Evidence, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence of the policy whose condition holds for this line. `kind` is a `policies.policy.Kind`."""

    id: str
    kind: str
    text: str
    cites: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyResult:
    """A policy evaluated on one line. `asks` gives for each criterion the document that would settle it."""

    findings: tuple[Finding, ...]
    waivers: tuple[WaiverFinding, ...]
    pathways: tuple[str, ...] = ()
    urgent_reasons: tuple[UrgentReason, ...] = ()
    statements: tuple[Said, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)

"""Findings that words read without certainty would change: they are left open, whichever way the words would turn them.

The case is judged twice, without and with the facts in doubt. Where both come to the same, the doubt does not matter. Where
they differ, the doubtful words alone would decide, so the criterion waits for someone to look at the page: leaving a fact
out can turn a finding as much as counting it.
"""

from __future__ import annotations

from dataclasses import replace

from necessity.determinations.decide import Decided, deficiencies_of
from necessity.determinations.determination import LevelOfCare, LineDetermination
from necessity.determinations.fixes import earliest_date, fixes, waiver_fixes
from necessity.determinations.outcome import outcome_of
from necessity.findings.finding import Finding
from necessity.findings.result import PolicyResult
from necessity.values.status import Status

REASON = "This rests on words of a scan that could not be read with certainty: compare the passages with the page."


def settled(certain: Decided, doubted: Decided, record_closed: bool) -> Decided:
    """A line as the certain facts decide it, with what the doubtful ones would change left open."""
    line, result = certain
    findings = _merged(line.findings, doubted[0].findings)
    if result is None or findings == line.findings:
        return certain
    outcome, basis = outcome_of((finding.status for finding in findings), record_closed)
    result = replace(result, findings=findings)
    merged = replace(
        line,
        findings=findings,
        outcome=outcome,
        basis=basis,
        fixes=fixes(findings),
        waiver_fixes=waiver_fixes(findings, line.waivers),
        earliest_date=earliest_date(findings),
        deficiencies=deficiencies_of(line.line, result),
    )
    return merged, result


Judged = tuple[LevelOfCare, LineDetermination, PolicyResult] | None


def care_settled(certain: Judged, doubted: Judged, record_closed: bool) -> Judged:
    """The level of care likewise."""
    if certain is None or doubted is None:
        return certain
    care, decided, judged = certain
    line, result = settled((decided, judged), doubted[1:], record_closed)
    if line is decided or result is None:
        return certain
    reason = " ".join(finding.reason for finding in line.findings)
    findings, deficiencies = line.findings, line.deficiencies
    told = replace(
        care, outcome=line.outcome, supported=None, findings=findings, reason=reason, deficiencies=deficiencies
    )
    return told, line, result


def _merged(certain: tuple[Finding, ...], doubted: tuple[Finding, ...]) -> tuple[Finding, ...]:
    others = {finding.criterion: finding for finding in doubted}
    return tuple(_open_where_different(finding, others.get(finding.criterion)) for finding in certain)


def _open_where_different(finding: Finding, doubted: Finding | None) -> Finding:
    if doubted is None or doubted.status is finding.status:
        return finding
    passages = tuple(dict.fromkeys((*doubted.evidence, *finding.evidence)))
    return replace(finding, status=Status.UNDOCUMENTED, reason=REASON, evidence=passages, waived_by=())

"""One line decided: the policy that covers it, its findings, its outcome, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from necessity.determinations.determination import Deficiency, LineDetermination, PolicyRef
from necessity.determinations.fixes import earliest_date, fixes, waiver_fixes
from necessity.determinations.outcome import outcome_of
from necessity.findings.finding import Finding
from necessity.findings.from_facts import evaluate
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.result import PolicyResult
from necessity.policies.policy import Policy
from necessity.policies.scope import policy_for
from necessity.values.status import Outcome, Status

Decided = tuple[LineDetermination, PolicyResult | None]


def decide_line(
    line: Line, policies: Iterable[Policy], facts: CaseFacts, questions: Mapping[str, Question], record_closed: bool
) -> Decided:
    """The line's determination, with the result of its policy (None where no policy in force covers it)."""
    policy = policy_for(policies, line)
    if policy is None:
        return LineDetermination(line=line, policy=None, outcome=Outcome.OUT_OF_SCOPE, basis="no_policy"), None
    return decide_by(policy, line, facts, questions, record_closed)


def decide_by(
    policy: Policy, line: Line, facts: CaseFacts, questions: Mapping[str, Question], record_closed: bool
) -> Decided:
    """The line judged by this very policy."""
    result = evaluate(policy, facts, line, questions)
    outcome, basis = outcome_of((finding.status for finding in result.findings), record_closed)
    decided = LineDetermination(
        line=line,
        policy=reference_to(policy),
        outcome=outcome,
        basis=basis,
        findings=result.findings,
        waivers=result.waivers,
        fixes=fixes(result.findings),
        waiver_fixes=waiver_fixes(result.findings, result.waivers),
        earliest_date=earliest_date(result.findings),
        deficiencies=deficiencies_of(line, result),
    )
    return decided, result


def deficiencies_of(line: Line, result: PolicyResult) -> tuple[Deficiency, ...]:
    """What stands in the way, with the document that would settle each."""
    return tuple(
        Deficiency(
            criterion=finding.criterion,
            category=finding.category,
            status=finding.status,
            reason=finding.reason,
            ask=_ask(finding, result.asks.get(finding.criterion, "")),
            line=line.id,
        )
        for finding in result.findings
        if not finding.status.is_settled
    )


def _ask(finding: Finding, document: str) -> str:
    """What to send. Where the chart on file shows the contrary, the same document is not asked for again."""
    if finding.status is not Status.NOT_MET or not document:
        return document
    if finding.could_be_met_on:
        return NOT_YET.format(title=finding.title, day=finding.could_be_met_on.isoformat())
    return SETTLED.format(title=finding.title)


NOT_YET = (
    "For “{title}”: dated records of treatment in this episode that are not on file yet, or treatment that goes on until "
    "{day} or later. What is on file need not be sent again."
)
SETTLED = (
    "For “{title}” nothing needs to be sent again: what is on file answers it. Only a new examination, study or treatment "
    "that shows otherwise would change it."
)


def reference_to(policy: Policy) -> PolicyRef:
    return PolicyRef(
        id=policy.id,
        pack=policy.pack,
        version=policy.version,
        effective=policy.effective,
        sha256=policy.sha256,
        title=policy.title,
        owner=policy.owner,
        last_checked=policy.last_checked,
        status=policy.status,
    )

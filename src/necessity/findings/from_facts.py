"""A policy evaluated on one line of the request: the status of every criterion, with the words that decided it.

The order is fixed. Waivers, pathways and gates are asked first; then each criterion, by the first rule that applies:

    not applicable    its own tree says so, or a pathway taken does
    waived            a waiver that is met, or a pathway taken, waives it
    conflicting       met and not met are both shown, or the chart says both on what would decide
    met               its tree for met is true
    not met           its tree for not met is true, unless a waiver for it is open (see below)
    undocumented      otherwise: silence never fails

While a waiver is open (a red flag that nobody examined) a criterion that it would waive cannot fail: failed or waived
is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from necessity.findings.finding import Finding, WaiverFinding
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.result import PolicyResult, Said, UrgentReason
from necessity.findings.verdict import AskedLeaf, Asking, Verdict, evidence_of, reasons_of, sought_by
from necessity.findings.wording import (
    fill,
    open_waiver_reason,
    plain_reason,
    waived_reason,
    waiver_reason,
)
from necessity.policies.policy import Bound, Criterion, Edge, Gate, Pathway, Policy, Waiver
from necessity.values.status import Status, Truth


def evaluate(policy: Policy, case: CaseFacts, line: Line, questions: Mapping[str, Question]) -> PolicyResult:
    """Every criterion, waiver, gate and statement of the policy, asked of the facts for this line."""
    asking = Asking(case, line, questions)
    relief = _relief(policy, asking)
    findings = tuple(_finding(criterion, relief, asking) for criterion in policy.criteria)
    return PolicyResult(
        findings=findings,
        waivers=tuple(finding for _, finding in relief.waivers),
        pathways=tuple(pathway.id for pathway, _ in relief.pathways),
        urgent_reasons=() if case.request.service_rendered else _urgent_reasons(relief, line),
        statements=_said(policy, asking),
        asks={criterion.id: fill(criterion.ask, line) for criterion in policy.criteria},
    )


@dataclass(frozen=True, slots=True)
class _Relief:
    """What is known before any criterion is asked: waivers, the pathways taken, the gates that stand."""

    waivers: tuple[tuple[Waiver, WaiverFinding], ...]
    pathways: tuple[tuple[Pathway, Verdict], ...]
    gates: tuple[tuple[Gate, Verdict], ...]
    open_pathways: tuple[tuple[Pathway, WaiverFinding], ...] = ()

    def waivers_of(self, criterion: str, *statuses: Status) -> tuple[tuple[Waiver, WaiverFinding], ...]:
        return tuple(pair for pair in self.waivers if criterion in pair[0].waives and pair[1].status in statuses)


def _relief(policy: Policy, asking: Asking) -> _Relief:
    pathways = [(pathway, asking.verdict(pathway.when)) for pathway in policy.pathways]
    gates = [(gate, asking.verdict(gate.when)) for gate in policy.gates]
    waivers = tuple((waiver, _waiver_finding(waiver, asking)) for waiver in policy.waivers)
    unsettled = {waiver.id: found for waiver, found in waivers if found.status is Status.UNDOCUMENTED}
    return _Relief(
        waivers=waivers,
        pathways=tuple(pair for pair in pathways if pair[1].holds),
        gates=tuple(pair for pair in gates if pair[1].holds),
        open_pathways=tuple(
            (pathway, unsettled[pathway.id])
            for pathway, verdict in pathways
            if pathway.id in unsettled and verdict.truth in (Truth.UNKNOWN, Truth.CONFLICT)
        ),
    )


def _waiver_finding(waiver: Waiver, asking: Asking) -> WaiverFinding:
    """A waiver that the chart does not mention is not claimed (not met), unless its trigger stands unexamined."""
    met, trigger = asking.verdict(waiver.met), asking.verdict(waiver.open)
    if met.holds:
        status, decided = Status.MET, met
    elif met.truth is Truth.CONFLICT:
        status, decided = Status.CONFLICTING, met
    elif trigger.holds and met.truth is Truth.UNKNOWN:
        status, decided = Status.UNDOCUMENTED, trigger
    else:
        status, decided = Status.NOT_MET, met
    return WaiverFinding(
        id=waiver.id,
        title=waiver.title,
        status=status,
        reason=waiver_reason(waiver, status, reasons_of(decided.decisive)),
        evidence=evidence_of(decided.decisive),
        waives=waiver.waives,
        urgent=waiver.urgent,
        shown_by=waiver.shown_by,
        cites=waiver.cites,
    )


def _finding(criterion: Criterion, relief: _Relief, asking: Asking) -> Finding:
    met, not_met = asking.verdict(criterion.met), asking.verdict(criterion.not_met)
    released = _released(criterion, relief, asking)
    if released is not None:
        return released
    status = _status(met, not_met)
    if status is Status.NOT_MET:
        held = _held_open(criterion, relief)
        if held is not None:
            return _held_finding(criterion, held, not_met)
    decided = _decided_by(status, met, not_met)
    return replace(
        _blank(criterion, status, plain_reason(criterion, status, decided)),
        evidence=evidence_of(decided),
        sought=() if status in (Status.MET, Status.NOT_MET) else sought_by(decided),
        could_be_met_on=None if status is Status.MET else _could_be_met_on(met, asking.case.as_of),
    )


def _blank(criterion: Criterion, status: Status, reason: str) -> Finding:
    return Finding(
        criterion=criterion.id,
        category=criterion.category.value,
        title=criterion.title,
        status=status,
        reason=reason,
        cites=criterion.cites,
    )


def _released(criterion: Criterion, relief: _Relief, asking: Asking) -> Finding | None:
    """The finding of a criterion that is not asked: outside the pathway, or waived."""
    outside = asking.verdict(criterion.not_applicable)
    if outside.holds:
        reason = plain_reason(criterion, Status.NOT_APPLICABLE, outside.decisive)
        return replace(_blank(criterion, Status.NOT_APPLICABLE, reason), evidence=evidence_of(outside.decisive))
    for pathway, verdict in relief.pathways:
        if criterion.id in pathway.not_applicable:
            reason = f"Not asked on this pathway: {pathway.title}."
            return replace(_blank(criterion, Status.NOT_APPLICABLE, reason), evidence=evidence_of(verdict.decisive))
    waivers = relief.waivers_of(criterion.id, Status.MET)
    taken = [(pathway, verdict) for pathway, verdict in relief.pathways if criterion.id in pathway.waived]
    if not waivers and not taken:
        return None
    passages = tuple(
        dict.fromkeys(
            [passage for _, finding in waivers for passage in finding.evidence]
            or [passage for _, verdict in taken for passage in evidence_of(verdict.decisive)]
        )
    )
    names = tuple(dict.fromkeys([waiver.id for waiver, _ in waivers] + [pathway.id for pathway, _ in taken]))
    claimed = {waiver.id for waiver, _ in waivers}
    # A pathway of the same name as a waiver is the same reason, told once.
    titles = tuple(
        dict.fromkeys(
            [waiver.title for waiver, _ in waivers]
            + [pathway.title for pathway, _ in taken if pathway.id not in claimed]
        )
    )
    return replace(_blank(criterion, Status.WAIVED, waived_reason(titles)), evidence=passages, waived_by=names)


def _status(met: Verdict, not_met: Verdict) -> Status:
    """
                     not met: TRUE      FALSE/UNKNOWN   CONFLICT
    met TRUE         conflicting        met             met
    met FALSE        not met            undocumented    conflicting
    met UNKNOWN      not met            undocumented    conflicting
    met CONFLICT     conflicting        conflicting     conflicting
    """
    if met.holds:
        return Status.CONFLICTING if not_met.holds else Status.MET
    if Truth.CONFLICT in (met.truth, not_met.truth):
        return Status.CONFLICTING
    return Status.NOT_MET if not_met.holds else Status.UNDOCUMENTED


def _decided_by(status: Status, met: Verdict, not_met: Verdict) -> tuple[AskedLeaf, ...]:
    """The leaves to show: those that decided, and for an open criterion all that were asked, the open ones first."""
    if status is Status.MET:
        return _showing(met.decisive)
    if status is Status.NOT_MET:
        return not_met.decisive
    if status is Status.CONFLICTING:
        both = (*met.decisive, *not_met.decisive)
        return tuple(leaf for leaf in both if leaf.truth is not Truth.UNKNOWN)
    return (*met.decisive, *(leaf for leaf in met.asked if leaf not in met.decisive))


def _showing(leaves: tuple[AskedLeaf, ...]) -> tuple[AskedLeaf, ...]:
    """Those that show something; what is merely not shown beside them needs no words and no passage."""
    return tuple(leaf for leaf in leaves if leaf.truth is Truth.TRUE) or leaves


def _held_open(criterion: Criterion, relief: _Relief) -> tuple[str, tuple[AskedLeaf, ...], WaiverFinding | None] | None:
    """What keeps a failing criterion open: a waiver of it that is open or in conflict, a gate, or a pathway that does not
    ask it and whose red flag (the waiver of the same name) nobody examined."""
    waivers = relief.waivers_of(criterion.id, Status.UNDOCUMENTED, Status.CONFLICTING)
    if waivers:
        return waivers[0][0].title, (), waivers[0][1]
    for pathway, finding in relief.open_pathways:
        if criterion.id in pathway.not_applicable:
            return finding.title, (), finding
    gates = [(gate, verdict) for gate, verdict in relief.gates if criterion.id in gate.holds_open]
    return (gates[0][0].reason, gates[0][1].decisive, None) if gates else None


def _held_finding(
    criterion: Criterion, held: tuple[str, tuple[AskedLeaf, ...], WaiverFinding | None], not_met: Verdict
) -> Finding:
    title, leaves, waiver = held
    because = waiver.evidence if waiver else evidence_of(leaves)
    reason = open_waiver_reason(title, plain_reason(criterion, Status.NOT_MET, not_met.decisive))
    passages = tuple(dict.fromkeys((*evidence_of(not_met.decisive), *because)))
    return replace(_blank(criterion, Status.UNDOCUMENTED, reason), evidence=passages)


def _could_be_met_on(met: Verdict, as_of: date) -> date | None:
    """The first day on which a length of time could be reached, were it to run on from the day of judgement."""
    days = [
        as_of + timedelta(days=ceil(asked.leaf.test.amount - reached))
        for asked in met.asked
        if isinstance(asked.leaf.test, Bound)
        and asked.leaf.test.unit == "days"
        and asked.leaf.test.edge is Edge.AT_LEAST
        and asked.truth is not Truth.TRUE
        and (reached := _reached(asked)) is not None
        and reached < asked.leaf.test.amount
    ]
    return max(days, default=None)


def _reached(asked: AskedLeaf) -> float | None:
    """The days that the chart shows already: the value as stated, else what is sure."""
    value = asked.answer.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return asked.answer.most


def _urgent_reasons(relief: _Relief, line: Line) -> tuple[UrgentReason, ...]:
    met = [
        UrgentReason(
            source=waiver.id, text=f"{waiver.title}: {finding.reason}", evidence=finding.evidence, cites=waiver.cites
        )
        for waiver, finding in relief.waivers
        if waiver.urgent and finding.status is Status.MET
    ]
    gates = [
        UrgentReason(
            source=gate.id,
            text=" ".join((fill(gate.reason, line), *reasons_of(_showing(verdict.decisive)))),
            ask=fill(gate.ask, line),
            evidence=evidence_of(verdict.decisive),
            cites=gate.cites,
        )
        for gate, verdict in relief.gates
    ]
    return (*met, *gates)


# A sentence beside the criteria shows what it follows from; the criteria show the rest.
_MOST_BESIDE_A_STATEMENT = 3


def _shown_by(verdict: Verdict) -> tuple[AskedLeaf, ...]:
    """The leaves that a statement follows from; none for one that only says what is not shown."""
    return tuple(leaf for leaf in verdict.decisive if leaf.truth is Truth.TRUE)


def _said(policy: Policy, asking: Asking) -> tuple[Said, ...]:
    said: list[Said] = []
    for statement in policy.statements:
        verdict = asking.verdict(statement.when) if statement.when is not None else None
        if verdict is None or verdict.holds:
            said.append(
                Said(
                    id=statement.id,
                    kind=statement.kind.value,
                    text=fill(statement.text, asking.line),
                    cites=statement.cites,
                    evidence=evidence_of(_shown_by(verdict))[:_MOST_BESIDE_A_STATEMENT] if verdict else (),
                )
            )
    return tuple(said)

"""The sentences of a determination: the direct answer, the reasons for haste, and what the policy says beyond its criteria.

Each sentence follows from a finding, a waiver, a policy statement or an evidence entry, and names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.charts.span import Evidence
from necessity.determinations.decide import Decided
from necessity.determinations.determination import LevelOfCare, LineDetermination, Reference, Statement
from necessity.findings.finding import Finding, WaiverFinding
from necessity.findings.line import Line
from necessity.findings.result import PolicyResult, UrgentReason
from necessity.values.status import Outcome, Status
from necessity.vocabulary.citations import Citations
from necessity.vocabulary.procedures import Procedures

_VERDICT = {
    Outcome.MEDICALLY_NECESSARY: "is medically necessary",
    Outcome.NEEDS_DOCUMENTATION: "cannot be decided yet: documentation is needed",
    Outcome.NOT_MEDICALLY_NECESSARY: "is not medically necessary at this time",
    Outcome.OUT_OF_SCOPE: "is covered by no policy in force and goes to a person",
}


def request_in_words(line: Line, procedures: Procedures) -> str:
    """ "left L4-5 discectomy (revision)"."""
    named = [procedures.label(name) for name in line.procedures] or (
        [procedures.label(line.procedure)] if line.procedure else ["stay"]
    )
    parts = [line.side.value if line.side else "", line.level or "", _joined(named)]
    words = " ".join(part for part in parts if part)
    return f"{words} (revision)" if line.revision else words


def answer(
    lines: tuple[LineDetermination, ...], care: LevelOfCare | None, procedures: Procedures
) -> Iterator[Statement]:
    """The direct answer, worst line first, then the level of care."""
    for decided in lines:
        words = request_in_words(decided.line, procedures)
        yield Statement(
            kind="answer",
            text=f"The requested {words} {_VERDICT[decided.outcome]}{_because(decided)}.",
            follows_from=decided.line.id,
        )
        yield from _failures(decided)
        yield from _exceptions(decided)
    if care is not None and lines:
        yield Statement(kind="answer", text=care_sentence(lines, care), follows_from="level-of-care")


def _because(decided: LineDetermination) -> str:
    failed = [finding for finding in decided.findings if finding.status is Status.NOT_MET]
    gaps = [finding for finding in decided.findings if finding.status.is_open]
    if decided.outcome is Outcome.MEDICALLY_NECESSARY:
        waived = list(dict.fromkeys(waiver.title for waiver in decided.waivers if waiver.status is Status.MET))
        return f", with conservative care waived ({_joined(waived)})" if waived else ""
    if failed:
        also = f"; not documented: {_joined(_titles(gaps))}" if gaps else ""
        return f", because {_these(failed)} not met: {_joined(_titles(failed))}{also}"
    if not gaps:
        return ""
    if decided.outcome is Outcome.NEEDS_DOCUMENTATION:
        return f" ({len(gaps)} of {len(decided.findings)} criteria open: {_joined(_titles(gaps))})"
    return f", because the record is closed and {_these(gaps)} not documented: {_joined(_titles(gaps))}"


def _these(findings: list[Finding]) -> str:
    return "this criterion is" if len(findings) == 1 else "these criteria are"


def _titles(findings: Iterable[Finding]) -> list[str]:
    return [f"“{finding.title}”" for finding in findings]


def _failures(decided: LineDetermination) -> Iterator[Statement]:
    """Each criterion that fails, in its own reason: the numbers belong into the answer."""
    for finding in decided.findings:
        if finding.status is Status.NOT_MET:
            yield Statement(kind="answer", text=f"{finding.title}: {finding.reason}", follows_from=finding.criterion)


def _exceptions(decided: LineDetermination) -> Iterator[Statement]:
    """An exception that is open is part of the answer: it could turn it."""
    open_ones: dict[str, list[WaiverFinding]] = {}
    for waiver in decided.waivers:
        if waiver.status.is_open:
            open_ones.setdefault(waiver.reason, []).append(waiver)
    for reason, waivers in open_ones.items():
        names = _joined([_lower_first(waiver.title) for waiver in waivers])
        evidence = tuple(dict.fromkeys(passage for waiver in waivers for passage in waiver.evidence))
        yield Statement(
            kind="answer",
            text=f"Whether an exception applies is open ({names}): {reason}",
            follows_from=waivers[0].id,
            evidence=evidence,
        )


def care_sentence(lines: Iterable[LineDetermination], care: LevelOfCare) -> str:
    """The setting, judged apart. Of an operation that is not approved it is told as what would be."""
    setting = f"the {care.requested} setting"
    if care.outcome is Outcome.OUT_OF_SCOPE:
        return f"{_upper_first(setting)} is covered by no policy in force."
    if care.by_state and care.outcome is Outcome.MEDICALLY_NECESSARY:
        return (
            f"{_upper_first(setting)} is supported by the patient's own state, apart from the operation; that says nothing "
            "on whether the operation is necessary."
        )
    would, will = _SETTING[care.outcome]
    outcomes = {decided.outcome for decided in lines if decided.line.procedures or decided.line.procedure}
    if outcomes and outcomes <= {Outcome.NOT_MEDICALLY_NECESSARY}:
        return (
            f"Were the operation approved, {setting} {would}; judged apart, this does not make the operation necessary."
        )
    if Outcome.MEDICALLY_NECESSARY not in outcomes and outcomes:
        return f"If the operation comes to be approved, {setting} {will}; this is judged apart."
    return f"{_upper_first(setting)} {will}; this is judged apart and says nothing on the procedure."


_SETTING = {
    Outcome.MEDICALLY_NECESSARY: ("would be supported", "is supported"),
    Outcome.NEEDS_DOCUMENTATION: (
        "could not be decided yet, because no reason for it is documented",
        "cannot be decided yet, because no reason for it is documented",
    ),
    Outcome.NOT_MEDICALLY_NECESSARY: ("would still not be supported", "is not supported"),
}


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def urgent_reasons(results: Iterable[PolicyResult | None]) -> tuple[Statement, ...]:
    """Why the answer cannot wait, each once, with the examination that is to be sent at once."""
    reasons: dict[str, UrgentReason] = {}
    for result in results:
        for reason in result.urgent_reasons if result else ():
            reasons.setdefault(reason.source, reason)
    return tuple(
        Statement(
            kind="urgent",
            text=" ".join(part for part in (reason.text, reason.ask) if part),
            follows_from=reason.source,
            cites=reason.cites,
            evidence=reason.evidence,
            ask=reason.ask,
        )
        for reason in reasons.values()
    )


def policy_statements(decided: Iterable[Decided]) -> tuple[Statement, ...]:
    """What the policies say beyond their criteria, each sentence once."""
    said: dict[str, Statement] = {}
    for line, result in decided:
        for statement in result.statements if result else ():
            source = f"{line.policy.id}.{statement.id}" if line.policy else statement.id
            said.setdefault(
                statement.text,
                Statement(
                    kind=statement.kind,
                    text=statement.text,
                    follows_from=source,
                    cites=statement.cites,
                    evidence=statement.evidence,
                ),
            )
    return tuple(said.values())


def disagreement_statements(cited: Iterable[str], citations: Citations) -> tuple[Statement, ...]:
    """Where a cited finding is one side of a disagreement, both sides are shown."""
    topics = {topic.id: topic for finding in cited for topic in citations.other_side(finding)}
    return tuple(
        Statement(
            kind="disagreement",
            text=topic.reading or topic.statement,
            follows_from=f"evidence.{topic.id}",
            cites=(*topic.supports, *topic.opposes),
        )
        for topic in topics.values()
    )


def references(statements: Iterable[tuple[str, ...]], citations: Citations) -> tuple[Reference, ...]:
    """Every cited finding once, in the order of first citation."""
    cited = dict.fromkeys(finding for cites in statements for finding in cites)
    found = (citations.finding(finding) for finding in cited)
    return tuple(Reference(id=finding.id, citation=finding.entry.citation, finding=finding.text) for finding in found)


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def uncertain_statements(passages: tuple[Evidence, ...]) -> tuple[Statement, ...]:
    """What stands in a scan and was not counted, so that someone looks at the page."""
    if not passages:
        return ()
    text = (
        "These passages of a scan could not be read with certainty. They were not counted for or against the request: "
        "compare them with the page."
    )
    return (
        Statement(kind="uncertain_reading", text=text, follows_from="scan", evidence=tuple(dict.fromkeys(passages))),
    )

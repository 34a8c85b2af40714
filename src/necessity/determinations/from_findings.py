"""The determination: every line decided, the level of care judged apart, and everything that a report shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from necessity.charts.identities import OtherPatient
from necessity.charts.span import Evidence
from necessity.determinations.alternatives import alternatives
from necessity.determinations.choice import choice_statements
from necessity.determinations.decide import Decided, decide_by, decide_line
from necessity.determinations.determination import (
    Conflict,
    Deficiency,
    Determination,
    LevelOfCare,
    LineDetermination,
    Statement,
)
from necessity.determinations.level_of_care import judge
from necessity.determinations.outcome import rank, worst
from necessity.determinations.patients import care_held_back, held_back, patient_conflicts
from necessity.determinations.sentences import (
    answer,
    disagreement_statements,
    policy_statements,
    references,
    uncertain_statements,
    urgent_reasons,
)
from necessity.determinations.timeline import timeline
from necessity.determinations.uncertain import care_settled, settled
from necessity.facts.conflicts import conflicts_of
from necessity.facts.fact import Fact
from necessity.findings.line import Line
from necessity.findings.lines import lines_of
from necessity.findings.question import CaseFacts, Question
from necessity.findings.requested import Disagreement
from necessity.policies.policy import Policy
from necessity.policies.scope import covers
from necessity.policies.selection import Selection
from necessity.values.status import Status
from necessity.vocabulary.citations import Citations

# Among lines of the same outcome the larger operation speaks for the case.
_LARGER = ("fusion", "disc_replacement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is judged beside the facts: the case's name, where its date comes from, and whether more can be sent.

    `patients` are documents that may be of another patient, `uncertain` passages of facts that were not counted because
    a scan could not be read with certainty, `doubted` the case with those facts counted, `selection` how the policies
    were chosen.
    """

    case: str
    as_of_source: str
    record_closed: bool
    disagreements: tuple[Disagreement, ...] = ()
    policy: Policy | None = None
    patients: tuple[OtherPatient, ...] = ()
    uncertain: tuple[Evidence, ...] = ()
    doubted: CaseFacts | None = None
    selection: Selection | None = None


def determine(
    facts: CaseFacts,
    asked: Asked,
    policies: tuple[Policy, ...],
    questions: Mapping[str, Question],
    citations: Citations,
) -> Determination:
    """The whole determination. `policies` are those in force of the pack; `asked.policy` judges every line that it covers."""
    decided = tuple(_decide(line, asked, policies, facts, questions) for line in lines_of(facts))
    judged = judge(policies, facts, questions, asked.record_closed)
    doubts: tuple[Decided, ...] = ()
    if asked.doubted is not None:
        doubts = tuple(_decide(line, asked, policies, asked.doubted, questions) for line in lines_of(facts))
        decided = tuple(settled(one, other, asked.record_closed) for one, other in zip(decided, doubts, strict=True))
        judged = care_settled(
            judged, judge(policies, asked.doubted, questions, asked.record_closed), asked.record_closed
        )
    decided = tuple(sorted(decided, key=lambda pair: (rank(pair[0].outcome), pair[0].line.procedure not in _LARGER)))
    care = judged[0] if judged else None
    if not decided and judged:
        decided = ((judged[1], judged[2]),)
    if asked.patients:
        decided, care = tuple(held_back(pair) for pair in decided), care_held_back(care)
    lines = tuple(line for line, _ in decided)
    # What may be an emergency is told even where the scan leaves it in doubt: waiting may harm.
    urgent = urgent_reasons(result for _, result in (*decided, *doubts))
    said = policy_statements((*decided, *([(judged[1], judged[2])] if judged and judged[1] not in lines else [])))
    said = uncertain_statements(asked.uncertain) + said
    said += disagreement_statements(_touched(lines, care, urgent, said), citations)
    outcome = worst(line.outcome for line in lines)
    return Determination(
        case=asked.case,
        as_of=facts.as_of,
        as_of_source=asked.as_of_source,
        chart=facts.chart,
        request=facts.request,
        record="closed" if asked.record_closed else "open",
        outcome=outcome,
        basis=_basis(lines, care),
        split=len({line.outcome for line in lines}) > 1,
        urgent=bool(urgent),
        urgent_reasons=urgent,
        lines=_in_order(lines),
        worst_line=lines[0] if lines else None,
        level_of_care=care,
        deficiencies=_with_the_request_settled(_deficiencies(lines, care), asked.disagreements),
        conflicts=patient_conflicts(asked.patients)
        + _conflicts(lines, asked.disagreements)
        + chart_conflicts(facts.facts),
        alternatives=tuple(alternatives(lines, care, policies, facts, questions)),
        statements=said,
        references=references(_cites(lines, care, urgent, said), citations),
        answer=tuple(answer(lines, care, facts.procedures)),
        timeline=tuple(timeline(facts.facts, facts.as_of)),
        policy_choice=choice_statements(lines, care, asked.selection, facts.procedures) if asked.selection else (),
    )


def _decide(
    line: Line, asked: Asked, policies: tuple[Policy, ...], facts: CaseFacts, questions: Mapping[str, Question]
) -> Decided:
    if asked.policy is not None and covers(asked.policy, line):
        return decide_by(asked.policy, line, facts, questions, asked.record_closed)
    return decide_line(line, policies if asked.policy is None else (), facts, questions, asked.record_closed)


def _in_order(lines: tuple[LineDetermination, ...]) -> tuple[LineDetermination, ...]:
    return tuple(sorted(lines, key=lambda decided: decided.line.id))


def _basis(lines: tuple[LineDetermination, ...], care: LevelOfCare | None) -> str:
    if not lines:
        return "no_policy"
    return "level_of_care_only" if care is not None and lines[0].line.id == "level-of-care" else lines[0].basis


def _deficiencies(lines: tuple[LineDetermination, ...], care: LevelOfCare | None) -> tuple[Deficiency, ...]:
    """Those of every line, then of the level of care; one document asked for twice for the same reason is asked once."""
    found: dict[tuple[str, str, str], Deficiency] = {}
    for decided in lines:
        for deficiency in decided.deficiencies:
            found.setdefault((deficiency.criterion, deficiency.reason, deficiency.ask), deficiency)
    for deficiency in care.deficiencies if care else ():
        found.setdefault((deficiency.criterion, deficiency.reason, deficiency.ask), deficiency)
    return tuple(found.values())


def _with_the_request_settled(
    deficiencies: tuple[Deficiency, ...], disagreements: tuple[Disagreement, ...]
) -> tuple[Deficiency, ...]:
    """Where form and chart name different things, what fails may fail for the form alone: that is settled first."""
    if not disagreements:
        return deficiencies
    ask = " ".join((*(_words(one) for one in disagreements), REQUEST_TO_SETTLE))
    return tuple(replace(one, ask=ask) if one.status is Status.NOT_MET else one for one in deficiencies)


REQUEST_TO_SETTLE = (
    "Send a corrected form, or a signed and dated note, that says which holds; the rest is judged anew on it."
)


def _words(one: Disagreement) -> str:
    return f"The request names {one.given}, the chart's own plan names {one.found}."


def _conflicts(lines: Iterable[LineDetermination], disagreements: Iterable[Disagreement]) -> tuple[Conflict, ...]:
    """Form against chart first, then criteria on which the chart says both."""
    found = [
        Conflict(
            about=one.about,
            statements=one.statements,
            reason=_words(one),
            blocking=True,
        )
        for one in disagreements
    ]
    seen: set[tuple[str, str]] = set()
    for decided in lines:
        for finding in decided.findings:
            if finding.status is Status.CONFLICTING and (finding.criterion, finding.reason) not in seen:
                seen.add((finding.criterion, finding.reason))
                found.append(
                    Conflict(about=finding.title, statements=finding.evidence, reason=finding.reason, blocking=True)
                )
    return tuple(found)


def chart_conflicts(facts: Sequence[Fact]) -> tuple[Conflict, ...]:
    """What two places of the chart say that cannot both be true, whether or not a criterion turns on it."""
    return tuple(Conflict(about=one.about, statements=one.statements, reason=one.reason) for one in conflicts_of(facts))


def _cites(
    lines: Iterable[LineDetermination], care: LevelOfCare | None, urgent: Iterable[Statement], said: Iterable[Statement]
) -> Iterable[tuple[str, ...]]:
    """All citations in the order in which a report shows them."""
    yield from (statement.cites for statement in urgent)
    for decided in lines:
        yield from (finding.cites for finding in decided.findings)
        yield from (waiver.cites for waiver in decided.waivers if waiver.status is not Status.NOT_MET)
    yield from (finding.cites for finding in (care.findings if care else ()))
    yield from (statement.cites for statement in said)


def _touched(
    lines: Iterable[LineDetermination], care: LevelOfCare | None, urgent: Iterable[Statement], said: Iterable[Statement]
) -> tuple[str, ...]:
    """The findings on which something of this case turns: what a criterion that is settled rests on is no dispute here."""
    open_ones = [
        replace(decided, findings=tuple(one for one in decided.findings if not one.status.is_settled))
        for decided in lines
    ]
    return tuple(dict.fromkeys(cite for cites in _cites(open_ones, care, urgent, said) for cite in cites))

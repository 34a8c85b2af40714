"""The whole flow on one screen: chart → facts → findings → determination. Pure: records in, records out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from necessity.abstracts.abstract import AbstractAnswer
from necessity.abstracts.answerers import ANSWERERS
from necessity.abstracts.from_facts import abstract_of
from necessity.abstracts.looked import Looked, unanswered
from necessity.charts.chart import Case, Chart
from necessity.charts.entry import Entry, Told
from necessity.charts.identities import other_patients
from necessity.determinations.determination import Determination
from necessity.determinations.from_findings import Asked, determine
from necessity.facts.fact import Fact
from necessity.facts.from_chart import facts_of, read_chart
from necessity.facts.readers import READERS
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions import QUESTIONS
from necessity.findings.requested import complete, disagreements
from necessity.knowledge import Knowledge
from necessity.policies.policy import Policy
from necessity.policies.scope import drafts, in_force
from necessity.policies.selection import Member, Selection, select
from necessity.values.errors import UsageError
from necessity.values.problem import Problem

# Whose policies judge a request that no other policy governs.
DEFAULT_PACK = "house"


def facts(case: Case, knowledge: Knowledge) -> tuple[Fact, ...]:
    """Every fact of the chart, each with its spans."""
    chart = described(case.chart, knowledge)
    return facts_of(read_chart(chart, knowledge.lexicon, knowledge.sections, case.as_of, knowledge.codes), READERS)


def abstract(case: Case, knowledge: Knowledge) -> dict[str, AbstractAnswer]:
    """The standard review questions that the chart answers, by id."""
    certain = tuple(fact for fact in facts(case, knowledge) if not fact.doubtful)
    return abstract_of(certain, case.request, ANSWERERS, case.as_of)


def looked_for(case: Case, answers: Mapping[str, AbstractAnswer], knowledge: Knowledge) -> tuple[Looked, ...]:
    """The review questions that the chart does not answer, each with where it was looked for."""
    return unanswered(knowledge.review_questions, answers, described(case.chart, knowledge), knowledge.sections)


def review(
    case: Case,
    knowledge: Knowledge,
    *,
    pack: str | None = None,
    policy: str | None = None,
    questions: Mapping[str, Question] = QUESTIONS,
) -> Determination:
    """The determination of a case by a pack's policies in force, or by one policy of it. UsageError where pack, policy or date is missing.

    Without a pack, the policies of the packs that bind the member come first, then the default pack's. `questions` are how the facts are asked; others are handed in to learn what another answer would change.
    """
    chart = described(case.chart, knowledge)
    as_of, source = judged_on(case, chart)
    found = facts_of(read_chart(chart, knowledge.lexicon, knowledge.sections, as_of, knowledge.codes), READERS)
    certain = tuple(fact for fact in found if not fact.doubtful)
    request = complete(case.request, certain, knowledge.procedures)
    case_facts = CaseFacts(
        facts=certain,
        chart=chart,
        request=request,
        as_of=as_of,
        anatomy=knowledge.anatomy,
        procedures=knowledge.procedures,
    )
    selection = selected(case, pack or (DEFAULT_PACK if policy else None), as_of, knowledge)
    asked = Asked(
        case=case.id,
        as_of_source=source,
        record_closed=case.record_closed,
        disagreements=disagreements(case.request, found),
        patients=other_patients(chart),
        uncertain=tuple(fact.evidence[0] for fact in found if fact.doubtful),
        doubted=None if len(certain) == len(found) else replace(case_facts, facts=found),
        policy=_named(policy, pack or DEFAULT_PACK, as_of, knowledge),
        selection=selection,
    )
    return determine(case_facts, asked, selection.policies, questions, knowledge.citations)


def described(chart: Chart, knowledge: Knowledge) -> Chart:
    """The chart with what its documents say of themselves: kind, date, author."""
    return knowledge.kinds.describe(chart)


def judged_on(case: Case, chart: Chart) -> tuple[date, str]:
    """The date a case is judged on, and where it comes from: given, the newest document, or else the clock."""
    if case.as_of is not None:
        return case.as_of, "given"
    newest = max((document.written for document in chart.documents if document.written), default=None)
    if newest is not None:
        return newest, "chart"
    if case.today is not None:
        return case.today, "clock"
    raise UsageError(Problem(case.id, "no document bears a date and none was given to judge by", "give --as-of DATE"))


def selected(case: Case, pack: str | None, as_of: date, knowledge: Knowledge) -> Selection:
    """The policies that may judge a case: of the pack asked for, else of the member's packs and then the default."""
    if pack is not None:
        policies_of(pack, as_of, knowledge)
    return select(member_of(case), knowledge.packs, knowledge.policies, as_of, asked=pack, default=DEFAULT_PACK)


def member_of(case: Case) -> Member:
    """Whose request it is: as the request says, else as the coverage of structured records does."""
    request = case.request
    if request.payer:
        return Member(payers=(request.payer,), state=request.state, line_of_business=request.line_of_business)
    coverages = [entry for document in case.chart.documents for entry in document.entries if _covers(entry)]
    payers = tuple(dict.fromkeys(entry.words for entry in coverages if entry.words))
    plans = tuple(dict.fromkeys(str(entry.value) for entry in coverages if entry.value))
    plan = request.line_of_business or (plans[0] if len(plans) == 1 else None)
    source = "chart" if payers or (plan and not request.line_of_business) else "given"
    return Member(payers=payers, state=request.state, line_of_business=plan, source=source)


def _covers(entry: Entry) -> bool:
    return entry.kind == "coverage" and entry.told is Told.PRESENT


def policies_of(pack: str, as_of: date, knowledge: Knowledge) -> tuple[Policy, ...]:
    """The policies of a pack in force on a date."""
    packs = sorted({policy.pack for policy in knowledge.policies})
    if pack not in packs:
        raise UsageError(Problem(f"--pack {pack}", "there is no such pack", f"packs: {', '.join(packs)}"))
    return tuple(policy for policy in in_force(knowledge.policies, as_of) if policy.pack == pack)


def _named(policy_id: str | None, pack: str, as_of: date, knowledge: Knowledge) -> Policy | None:
    """The policy that was asked for by its id: the one in force, else a draft, which only its name can call."""
    if policy_id is None:
        return None
    ready = policies_of(pack, as_of, knowledge)
    unready = [policy for policy in drafts(knowledge.policies, as_of) if policy.pack == pack]
    for policy in (*ready, *unready):
        if policy.id == policy_id:
            return policy
    known = ", ".join([*(policy.id for policy in ready), *(f"{policy.id} (draft)" for policy in unready)])
    raise UsageError(
        Problem(f"--policy {policy_id}", f"pack `{pack}` has no such policy in force", f"in force: {known}")
    )

"""A policy evaluated on a line: which status a criterion takes, and which words decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.facts.fact import Region, Side
from necessity.findings.answer import Answer
from necessity.findings.finding import Finding
from necessity.findings.from_facts import evaluate
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.result import PolicyResult
from necessity.policies.policy import (
    Bound,
    Category,
    Criterion,
    Edge,
    Gate,
    Kind,
    Leaf,
    OneOf,
    Pathway,
    Policy,
    PolicyStatement,
    Scope,
    Waiver,
)
from necessity.values.status import Status
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

NOTE = Document(id="d1", name="note", text="Leg pain to the foot. Five weeks of therapy. Strength not examined.")
PAIN, CARE, UNSEEN = NOTE.evidence(0, 20), NOTE.evidence(22, 43), NOTE.evidence(45, 66)
LINE = Line(
    id="1",
    procedure="discectomy",
    procedures=("discectomy",),
    level="L4-5",
    requested_levels=("L4-5",),
    side=Side.LEFT,
    region=Region.LUMBAR,
)
# The questions below look at no facts, so that the tables of anatomy and procedures are never opened.
CASE = CaseFacts(
    facts=(),
    chart=chart_of([NOTE]),
    request=Request(),
    as_of=date(2026, 2, 2),
    anatomy=cast(Anatomy, None),
    procedures=cast(Procedures, None),
)


def yes(question: str) -> Leaf:
    return Leaf(question=question, params=(), test=OneOf((True,)))


def no(question: str) -> Leaf:
    return Leaf(question=question, params=(), test=OneOf((False,)))


def days(edge: Edge) -> Leaf:
    return Leaf(question="care", params=(), test=Bound(edge=edge, amount=42, unit="days", written="6 weeks"))


PAIN_SHOWN = Criterion(
    id="pain",
    category=Category.INDICATION,
    title="Limb pain",
    ask="A note on {side} {level}.",
    met=yes("pain"),
    not_met=no("pain"),
)
LONG_ENOUGH = Criterion(
    id="duration",
    category=Category.CONSERVATIVE_DURATION,
    title="Six weeks",
    ask="Dates.",
    met=days(Edge.AT_LEAST),
    not_met=days(Edge.LESS_THAN),
    cites=("peul-2007.2",),
)
EMERGENCY = Waiver(
    id="deficit",
    title="A growing deficit",
    met=yes("deficit"),
    open=yes("unexamined"),
    waives=("duration",),
    urgent=True,
)
POLICY = Policy(
    id="p",
    pack="test",
    title="P",
    version="1",
    effective=date(2026, 1, 1),
    last_checked=date(2026, 1, 1),
    status="active",
    owner="a test",
    source="made up",
    decides="procedure",
    applies_to=(Scope(),),
    thresholds=(),
    criteria=(PAIN_SHOWN, LONG_ENOUGH),
    waivers=(EMERGENCY,),
)


def judged(answers: Mapping[str, Answer], policy: Policy = POLICY, case: CaseFacts = CASE) -> PolicyResult:
    """The policy with these answers; a question without one is answered by silence."""

    def asking(name: str) -> Question:
        return Question(name=name, type="yes_no", ask=lambda case, line, params: answers.get(name, Answer()))

    names = ("pain", "care", "deficit", "unexamined", "cord", "outside")
    return evaluate(policy, case, LINE, {name: asking(name) for name in names})


def finding(result: PolicyResult, criterion: str) -> Finding:
    return next(each for each in result.findings if each.criterion == criterion)


def test_a_criterion_that_the_chart_shows_is_met_with_its_passage():
    found = finding(judged({"pain": Answer(value=True, evidence=(PAIN,), reason="pain to the foot")}), "pain")
    assert (found.status, found.evidence, found.reason) == (Status.MET, (PAIN,), "pain to the foot.")


def test_silence_is_undocumented_and_says_what_was_sought():
    found = finding(judged({"pain": Answer(sought=("where the pain runs",))}), "pain")
    assert (found.status, found.sought) == (Status.UNDOCUMENTED, ("where the pain runs",))


def test_an_open_question_shows_the_nearest_passage():
    assert finding(judged({"care": Answer(evidence=(CARE,))}), "duration").evidence == (CARE,)


def test_what_is_ruled_out_in_words_is_not_met():
    assert finding(judged({"pain": Answer(value=False, evidence=(PAIN,))}), "pain").status is Status.NOT_MET


def test_a_chart_that_says_both_is_conflicting_and_shows_both():
    both = Answer(conflicting=True, evidence=(PAIN, UNSEEN))
    found = finding(judged({"pain": both}), "pain")
    assert (found.status, found.evidence) == (Status.CONFLICTING, (PAIN, UNSEEN))


def test_both_trees_true_is_a_conflict_of_the_chart():
    twisted = replace(PAIN_SHOWN, not_met=yes("outside"))
    result = judged({"pain": Answer(value=True), "outside": Answer(value=True)}, replace(POLICY, criteria=(twisted,)))
    assert finding(result, "pain").status is Status.CONFLICTING


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(value=42, least=42, most=42), Status.MET),
        (Answer(value=41, least=41, most=41), Status.NOT_MET),
        (Answer(value=35, least=35, most=49), Status.UNDOCUMENTED),
        (Answer(value=42, least=42, most=None), Status.MET),
        (Answer(least=None, most=30), Status.NOT_MET),
        (Answer(value=50), Status.MET),
        (Answer(conflicting=True, least=28, most=84), Status.CONFLICTING),
        (Answer(conflicting=True, least=56, most=84), Status.MET),
    ],
)
def test_a_number_decides_only_where_all_that_it_may_be_lies_on_one_side(answer: Answer, status: Status):
    assert finding(judged({"care": answer}), "duration").status is status


def test_a_short_treatment_says_what_was_asked_for_and_when_it_could_be_reached():
    found = finding(
        judged({"care": Answer(value=38, least=38, most=38, evidence=(CARE,), reason="38 days")}), "duration"
    )
    assert found.reason == "38 days. The policy asks for at least 6 weeks."
    assert found.could_be_met_on == date(2026, 2, 6)


def test_a_waiver_that_is_met_waives_and_lends_its_passage():
    result = judged({"deficit": Answer(value=True, evidence=(UNSEEN,)), "care": Answer(value=3)})
    found = finding(result, "duration")
    assert (found.status, found.waived_by, found.evidence) == (Status.WAIVED, ("deficit",), (UNSEEN,))
    assert [reason.source for reason in result.urgent_reasons] == ["deficit"]


def test_a_waiver_that_the_chart_does_not_mention_is_not_claimed():
    result = judged({"care": Answer(value=10, least=10, most=10)})
    assert result.waivers[0].status is Status.NOT_MET
    assert finding(result, "duration").status is Status.NOT_MET


def test_an_open_waiver_keeps_a_failing_criterion_open_with_both_passages():
    result = judged(
        {
            "care": Answer(value=10, least=10, most=10, evidence=(CARE,)),
            "unexamined": Answer(value=True, evidence=(UNSEEN,)),
        }
    )
    assert result.waivers[0].status is Status.UNDOCUMENTED
    found = finding(result, "duration")
    assert (found.status, found.evidence) == (Status.UNDOCUMENTED, (CARE, UNSEEN))


def test_an_open_waiver_takes_nothing_from_a_criterion_that_is_met():
    result = judged({"care": Answer(value=60), "unexamined": Answer(value=True)})
    assert finding(result, "duration").status is Status.MET


def test_a_deficit_that_was_examined_and_ruled_out_leaves_no_waiver_open():
    result = judged({"deficit": Answer(value=False), "unexamined": Answer(value=True), "care": Answer(value=10)})
    assert result.waivers[0].status is Status.NOT_MET
    assert finding(result, "duration").status is Status.NOT_MET


def test_a_waiver_on_which_the_chart_says_both_keeps_a_failing_criterion_open():
    result = judged({"deficit": Answer(conflicting=True), "care": Answer(value=10)})
    assert result.waivers[0].status is Status.CONFLICTING
    assert finding(result, "duration").status is Status.UNDOCUMENTED


def test_a_criterion_outside_its_own_scope_is_not_applicable():
    narrow = replace(PAIN_SHOWN, not_applicable=yes("outside"))
    result = judged({"outside": Answer(value=True), "pain": Answer(value=True)}, replace(POLICY, criteria=(narrow,)))
    assert finding(result, "pain").status is Status.NOT_APPLICABLE


def test_a_pathway_sets_criteria_aside_and_waives_others():
    cord = Pathway(
        id="cord", title="signs of the cord", when=yes("cord"), not_applicable=("pain",), waived=("duration",)
    )
    result = judged({"cord": Answer(value=True, evidence=(UNSEEN,))}, replace(POLICY, pathways=(cord,)))
    assert [each.status for each in result.findings] == [Status.NOT_APPLICABLE, Status.WAIVED]
    assert finding(result, "duration").waived_by == ("cord",)
    assert result.pathways == ("cord",)


GATE = Gate(
    id="red-flag", when=yes("unexamined"), reason="Nobody examined {level}.", ask="Today.", holds_open=("duration",)
)


def test_a_gate_makes_the_case_urgent_and_holds_what_fails_open():
    result = judged(
        {"unexamined": Answer(value=True, evidence=(UNSEEN,)), "care": Answer(value=9)},
        replace(POLICY, waivers=(), gates=(GATE,)),
    )
    assert [(reason.text, reason.ask) for reason in result.urgent_reasons] == [("Nobody examined L4-5.", "Today.")]
    assert finding(result, "duration").status is Status.UNDOCUMENTED


def test_nothing_is_urgent_once_the_service_has_been_rendered():
    done = replace(CASE, request=Request(service_rendered=True))
    assert judged({"deficit": Answer(value=True)}, case=done).urgent_reasons == ()


def test_a_statement_is_made_only_where_its_condition_holds():
    always = PolicyStatement(id="a", kind=Kind.DISTINCTION, text="On {level}.")
    on_pain = PolicyStatement(id="b", kind=Kind.PITFALL, text="Pain.", when=yes("pain"))
    policy = replace(POLICY, statements=(always, on_pain))
    assert [said.text for said in judged({}, policy).statements] == ["On L4-5."]
    assert [said.id for said in judged({"pain": Answer(value=True)}, policy).statements] == ["a", "b"]


def test_the_document_that_would_settle_a_criterion_names_level_and_side():
    assert judged({}).asks == {"pain": "A note on left L4-5.", "duration": "Dates."}

"""Questions on the patient and on the line itself."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import PatientFact
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.relevance import absent, newest, of_kind, present
from necessity.findings.questions.reply import choice, conflict, no, number, unknown, yes

TOBACCO = ("current", "former", "never")


def tobacco(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The latest status; former and never in one note are told apart by the one that is more precise."""
    found = [f for f in present(of_kind(case, PatientFact, "tobacco")) if f.value in TOBACCO]
    if not found:
        return unknown("Tobacco use is not recorded.", "tobacco status")
    latest = newest(found)
    words = [word for word in TOBACCO if any(f.value == word for f in latest)]
    if "current" in words and len(words) > 1:
        return conflict("The latest note gives tobacco use both as current and as past.", latest)
    return choice(words[0], f"Tobacco use: {words[0]}.", [f for f in latest if f.value == words[0]])


def tobacco_advice(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    found = of_kind(case, PatientFact, "tobacco_advice")
    if present(found):
        return yes("Advice to stop smoking is recorded.", present(found))
    if absent(found):
        return no("Advice to stop smoking was not given.", absent(found))
    return unknown("Advice to stop smoking is not recorded.", "advice to stop smoking")


def age(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    found = [f for f in present(of_kind(case, PatientFact, "age")) if isinstance(f.value, (int, float))]
    if not found:
        return unknown("The age is not recorded.", "age")
    last = newest(found)[-1]
    return number(float(last.value), f"Age {float(last.value):g}.", [last])


def line_level_cord(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    if line.level is None:
        return unknown("The line has no level.", "the level of the operation")
    if case.anatomy.has_cord(line.level):
        return yes(f"{line.level} lies at the {case.anatomy.content_of(line.level).value}.")
    return no(f"{line.level} lies below the cord.")


def line_content(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    if line.level is None:
        return unknown("The line has no level.", "the level of the operation")
    content = case.anatomy.content_of(line.level).value
    return choice(content, f"{line.level} lies at the {content}.")


def line_procedure(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """What the line asks for; of the request as a whole, the one thing that it asks for."""
    named = line.procedure or (line.procedures[0] if len(line.procedures) == 1 else "")
    return choice(named, f"The line asks for {case.procedures.label(named)}.")


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="tobacco", type="choice", ask=tobacco, choices=TOBACCO),
        Question(name="tobacco_advice", type="yes_no", ask=tobacco_advice),
        Question(name="age", type="number", ask=age, unit="years"),
        Question(name="line_level_cord", type="yes_no", ask=line_level_cord),
        Question(name="line_content", type="choice", ask=line_content, choices=("cord", "conus", "cauda")),
        Question(name="line_procedure", type="choice", ask=line_procedure),
    )
}

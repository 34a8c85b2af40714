"""Other answers: a case asked again with some answers or criteria set, and what that changes, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from necessity.determinations.determination import Determination, LineDetermination
from necessity.findings.answer import Answer
from necessity.findings.question import Ask, Question
from necessity.policies.hints import did_you_mean
from necessity.policies.policy import Criterion, Leaf, OneOf, Policy
from necessity.policies.quantity import amount_in
from necessity.values.errors import UsageError
from necessity.values.problem import Problem

# A question of no policy: a criterion that is set asks it, and it is answered as it was set.
_ASSUMED = "assumed:"
_WORDS: Mapping[str, bool] = {"yes": True, "no": False}
_UNKNOWN = ("unknown", "undocumented")
_STATUSES: Mapping[str, Answer] = {
    "met": Answer(value=True, reason="Assumed to be met."),
    "not_met": Answer(value=False, reason="Assumed not to be met."),
    "undocumented": Answer(reason="Assumed to be undocumented."),
    "conflicting": Answer(conflicting=True, reason="Assumed to be said both ways."),
}


@dataclass(frozen=True, slots=True)
class Assumed:
    """Questions and policies with the answers that were set put in."""

    questions: Mapping[str, Question]
    policies: tuple[Policy, ...]


def assume(settings: Iterable[str], questions: Mapping[str, Question], policies: tuple[Policy, ...]) -> Assumed:
    """`name=value` for each setting: the status of a criterion, or the answer to a question. UsageError for any other."""
    criteria = {criterion.id for policy in policies for criterion in policy.criteria}
    asked, judged = dict(questions), policies
    for setting in settings:
        name, found, value = (part.strip() for part in setting.partition("="))
        if not found or not value:
            raise UsageError(Problem(f"--set {setting}", "this sets nothing", "write --set criterion=met"))
        if name in criteria:
            asked[_ASSUMED + name] = _fixed(
                Question(name=_ASSUMED + name, type="yes_no", ask=_silent), _status(setting, value)
            )
            judged = tuple(_with_criterion(policy, name) for policy in judged)
        elif name in questions:
            asked[name] = _fixed(questions[name], _answer(setting, questions[name], value))
        else:
            hint = did_you_mean(name, [*sorted(criteria), *questions])
            raise UsageError(Problem(f"--set {setting}", f"`{name}` is no criterion and no question", hint))
    return Assumed(asked, judged)


def _with_criterion(policy: Policy, name: str) -> Policy:
    """The policy with one criterion settled as it was set: nothing waives it, takes it out or holds it open."""
    return replace(
        policy,
        criteria=tuple(_assumed(each) if each.id == name else each for each in policy.criteria),
        waivers=tuple(replace(each, waives=_without(each.waives, name)) for each in policy.waivers),
        gates=tuple(replace(each, holds_open=_without(each.holds_open, name)) for each in policy.gates),
        pathways=tuple(
            replace(each, waived=_without(each.waived, name), not_applicable=_without(each.not_applicable, name))
            for each in policy.pathways
        ),
    )


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)


def _assumed(criterion: Criterion) -> Criterion:
    question = _ASSUMED + criterion.id
    return replace(
        criterion,
        met=Leaf(question=question, params=(), test=OneOf((True,))),
        not_met=Leaf(question=question, params=(), test=OneOf((False,))),
        not_applicable=None,
    )


def _status(setting: str, value: str) -> Answer:
    if value not in _STATUSES:
        raise UsageError(Problem(f"--set {setting}", f"`{value}` is no status", ", ".join(_STATUSES)))
    return _STATUSES[value]


def _answer(setting: str, question: Question, value: str) -> Answer:
    reason = "Assumed for the comparison."
    if value in _UNKNOWN:
        return Answer(reason=reason)
    if question.type == "yes_no" and value in _WORDS:
        return Answer(value=_WORDS[value], reason=reason)
    if question.type == "choice" and (not question.choices or value in question.choices):
        return Answer(value=value, reason=reason)
    amount = amount_in(value, question.unit) if question.type == "number" else "this is no answer to it"
    if isinstance(amount, float):
        return Answer(value=amount, least=amount, most=amount, reason=reason)
    hints = {"yes_no": "yes, no or unknown", "choice": ", ".join(question.choices), "number": "a number with its unit"}
    raise UsageError(Problem(f"--set {setting}", amount, hints[question.type]))


def _fixed(question: Question, answer: Answer) -> Question:
    ask: Ask = lambda case, line, params: answer  # noqa: E731  a named function would hide that it ignores all it is given
    return replace(question, ask=ask)


def _silent(case: object, line: object, params: Mapping[str, object]) -> Answer:
    return Answer()


def differences(before: Determination, after: Determination) -> Iterator[str]:
    """What changed, line by line, the outcome first."""
    yield _outcome("The case", before.outcome, after.outcome)
    if before.urgent != after.urgent:
        yield "It becomes urgent." if after.urgent else "It is no longer urgent."
    then = {decided.line.id: decided for decided in after.lines}
    for decided in before.lines:
        if decided.line.id in then:
            yield from _line(decided, then[decided.line.id])


def _line(before: LineDetermination, after: LineDetermination) -> Iterator[str]:
    was = {finding.criterion: finding for finding in before.findings}
    changed = [each for each in after.findings if each.criterion in was and was[each.criterion].status != each.status]
    if before.outcome != after.outcome or changed:
        yield _outcome(f"Line {before.line.id}", before.outcome, after.outcome)
    for finding in changed:
        then = was[finding.criterion].status.value.replace("_", " ")
        now = finding.status.value.replace("_", " ")
        yield f"  {finding.title} ({finding.criterion}): {then} -> {now}"
    if before.fixes != after.fixes and after.fixes:
        yield f"  It would then take: {' or '.join(' and '.join(each) for each in after.fixes)}"


def _outcome(name: str, before: str, after: str) -> str:
    if before == after:
        return f"{name} stays {before.replace('_', ' ')}."
    return f"{name} goes from {before.replace('_', ' ')} to {after.replace('_', ' ')}."

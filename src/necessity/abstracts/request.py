"""The review questions about the request: what the form gives, completed by what the chart says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from necessity.abstracts import history
from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext, Value
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, Operation, RequestFact


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """request.procedures, levels, side, revision and setting."""
    asked = [fact for fact in context.facts if isinstance(fact, RequestFact)]
    done = [fact for fact in asked if fact.assertion is Assertion.PRESENT]
    facts = done if any(fact.concept == "procedure" for fact in done) else asked
    answers: dict[str, AbstractAnswer] = {}
    request = context.request
    _take_set(answers, "request.procedures", request.procedures, asked, "procedure", False)
    _take_set(answers, "request.levels", request.levels, facts, "level", True)
    if "request.levels" not in answers:
        answers |= _levels_of_implants(context, answers.get("request.procedures"))
    _take(answers, "request.side", request.side, _side(facts), facts, "side")
    revision = None if request.revision is None else ("yes" if request.revision else "no")
    _take(answers, "request.revision", revision, _last(facts, "revision"), facts, "revision")
    if "request.revision" not in answers and "request.procedures" in answers:
        answers |= _revision_by_history(context)
    _take(answers, "request.setting", request.setting, _setting(asked), asked, "setting")
    return answers


def _revision_by_history(context: AbstractContext) -> dict[str, AbstractAnswer]:
    """An operation where one was done before is a revision, so is taking its implants out; one asked for where none was is not."""
    past = history.answer(context)
    surgery, same = past.get("history.spine_surgery"), past.get("history.same_level")
    if same is not None and same.value == YES:
        return {"request.revision": same}
    first = same or (surgery if surgery is not None and surgery.value == NO else None)
    return {"request.revision": replace(first, value=NO)} if first is not None and context.request.procedures else {}


def _levels_of_implants(context: AbstractContext, asked: AbstractAnswer | None) -> dict[str, AbstractAnswer]:
    """Implants are taken out where they were put in."""
    if asked is None or asked.value != ("hardware_removal",):
        return {}
    placed = [
        fact
        for fact in context.facts
        if isinstance(fact, Operation)
        and fact.present
        and fact.concept in ("fusion", "disc_replacement")
        and fact.levels
    ]
    if not placed:
        return {}
    levels = tuple(sorted({level for fact in placed for level in fact.levels}))
    evidence = tuple(dict.fromkeys(evidence for fact in placed for evidence in fact.evidence))
    return {"request.levels": AbstractAnswer(value=levels, evidence=evidence[:4])}


def _take_set(
    answers: dict[str, AbstractAnswer],
    question: str,
    given: tuple[str, ...],
    facts: list[RequestFact],
    concept: str,
    is_level: bool,
) -> None:
    found = [fact for fact in facts if fact.concept == concept]
    # What the form names is the request; an operation already done may tell more of it, a plan may not.
    rendered = any(fact.concept == "service_rendered" for fact in facts)
    done = tuple(fact.value for fact in found if fact.assertion is Assertion.PRESENT) if rendered else ()
    names = (
        given + done
        if given and not is_level
        else given or (_discs(found) if is_level else tuple(fact.value for fact in found))
    )
    if not names:
        return
    value = tuple(sorted(set(names)))
    _put(answers, question, value, [fact for fact in found if fact.value in value], bool(given))


def _discs(found: list[RequestFact]) -> tuple[str, ...]:
    """The levels; bones and roots named beside discs are the same levels told again."""
    levels = tuple(fact.value for fact in found)
    discs = tuple(level for level in levels if "-" in level)
    return discs or levels


def _take(
    answers: dict[str, AbstractAnswer],
    question: str,
    given: str | None,
    found: str | None,
    facts: list[RequestFact],
    concept: str,
) -> None:
    value = given if given is not None else found
    if value is not None:
        told = [fact for fact in facts if fact.concept == concept]
        # "Left" in one place and "right" in another make "bilateral", which no single fact says.
        own = [fact for fact in told if fact.value == value] or (told if given is None else [])
        _put(answers, question, value, own, given is not None)


def _put(
    answers: dict[str, AbstractAnswer], question: str, value: Value, facts: list[RequestFact], given: bool
) -> None:
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys(evidence for fact in facts for evidence in fact.evidence))
    answers[question] = AbstractAnswer(value=value, evidence=evidence[:4], given=given)


def _side(facts: list[RequestFact]) -> str | None:
    sides = list(dict.fromkeys(fact.value for fact in facts if fact.concept == "side"))
    if "bilateral" in sides or {"left", "right"} <= set(sides):
        return "bilateral"
    return sides[0] if sides else None


def _last(facts: list[RequestFact], concept: str) -> str | None:
    values = [fact.value for fact in facts if fact.concept == concept]
    return values[-1] if values else None


def _setting(facts: list[RequestFact]) -> str | None:
    values = [fact.value for fact in facts if fact.concept == "setting"]
    return next((value for value in ("inpatient", "observation", "outpatient", "office") if value in values), None)

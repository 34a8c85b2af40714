"""The review questions on earlier spine surgery and whether it was at the level now in question."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.abstracts import imaging
from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, Operation, RequestFact
from necessity.vocabulary.levels import vertebrae_of

_ONE_TELLING = 2  # characters between two quotes of one telling, a blank and no full stop


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """`history.spine_surgery` and `history.same_level`."""
    operations = [fact for fact in context.facts if isinstance(fact, Operation)]
    told = [fact for fact in operations if fact.present]
    never = [fact for fact in operations if fact.absent]
    if not told:
        return {"history.spine_surgery": AbstractAnswer(value=NO, evidence=_evidence(never))} if never else {}
    answers = {"history.spine_surgery": AbstractAnswer(value=YES, evidence=_evidence(told))}
    same = _same_level(context, told)
    if same is not None:
        answers["history.same_level"] = same
    return answers


def _same_level(context: AbstractContext, operations: list[Operation]) -> AbstractAnswer | None:
    """Yes where a level coincides; no where every operation has levels and none does."""
    again = [
        fact
        for fact in context.facts
        if isinstance(fact, RequestFact)
        and fact.assertion in (Assertion.PRESENT, Assertion.PLANNED)
        and (
            fact.concept == "revision"
            and fact.value == YES
            or fact.concept == "procedure"
            and fact.value == "hardware_removal"
        )
    ]
    if again:
        # A repeat operation, and the removal of implants, are at the operated level by their meaning.
        return AbstractAnswer(
            value=YES, evidence=tuple(dict.fromkeys(evidence for fact in again for evidence in fact.evidence))
        )
    asked = _asked_levels(context)
    if not asked or _is_apart(context):
        return None
    operations = [fact for fact in operations if not _is_asked_for(context, fact)]
    at_level = [fact for fact in operations if set(fact.levels) & asked or _touches_vertebra(fact, asked)]
    if at_level:
        return AbstractAnswer(value=YES, evidence=_evidence(at_level))
    placed = [fact for fact in operations if fact.levels]
    elsewhere = [
        fact
        for fact in operations
        if fact.levels or (fact.region is not None and context.region is not None and fact.region != context.region)
    ]
    if placed and len(elsewhere) == len(operations) or elsewhere and not placed and len(elsewhere) == len(operations):
        return AbstractAnswer(value=NO, evidence=_evidence(elsewhere))
    # An operation told again without its level is one of those told with it.
    return AbstractAnswer(value=NO, evidence=_evidence(placed)) if placed else None


def _asked_levels(context: AbstractContext) -> set[str]:
    if context.request.levels:
        return set(context.request.levels)
    asked = {fact.value for fact in context.facts if isinstance(fact, RequestFact) and fact.concept == "level"}
    if asked or any(isinstance(fact, RequestFact) and fact.concept == "procedure" for fact in context.facts):
        return asked
    # Where nothing is asked for, the levels in question are those that imaging shows compressed.
    shown = imaging.answer(context).get("imaging.compression_levels")
    return set(shown.value) if shown is not None and isinstance(shown.value, tuple) else set()


def _is_apart(context: AbstractContext) -> bool:
    """Leads and catheters lie where they work, not where the spine was operated upon."""
    procedures = set(context.request.procedures) or {
        fact.value for fact in context.facts if isinstance(fact, RequestFact) and fact.concept == "procedure"
    }
    return bool(procedures) and procedures <= {"spinal_cord_stimulator", "pain_pump"}


def _is_asked_for(context: AbstractContext, operation: Operation) -> bool:
    """ "Post-op day 9 from T10 to pelvis fusion": the words that tell of the operation of this stay tell of none before it."""
    return any(
        here.document == there.document
        and here.start < there.end + _ONE_TELLING
        and there.start < here.end + _ONE_TELLING
        for fact in context.facts
        if isinstance(fact, RequestFact) and fact.concept == "procedure" and fact.assertion is Assertion.PRESENT
        for here in fact.evidence
        for there in operation.evidence
    )


def _touches_vertebra(operation: Operation, asked: set[str]) -> bool:
    """A request for a vertebra (augmentation) meets an operation on a segment that has it."""
    bones = {level for level in asked if "-" not in level}
    return bool(bones) and any(bone in bones for level in operation.levels for bone in vertebrae_of(level))


def _evidence(facts: list[Operation]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for fact in facts for evidence in fact.evidence))

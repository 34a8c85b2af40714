"""The answers on symptoms: radiating and axial pain, side, which is the main one, claudication, length, course, score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from necessity.abstracts.abstract import CONFLICTING, NO, YES, AbstractAnswer, AbstractContext
from necessity.facts.fact import Assertion, ExamFinding, Fact, Region, Side, Symptom, SymptomQuality
from necessity.values.patterns import pattern

# Back pain longer than this is the background of a limb pain that came later.
_CHRONIC_WEEKS = 104.0
# Of two pains scored, the main one is higher by so many points of ten.
_CLEARLY_MORE = 2.0
_BEFORE_PROCEDURE = pattern(
    r"\b(?:pre-?\s?(?:procedur|op|inject|block|treat|ablat)|before (?:the |this )?(?:procedure|injection|block)|\b(?:pain|score|vas|nrs) (?:before|pre)\b)"
)
F = TypeVar("F", bound=Fact)


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    symptoms = [fact for fact in context.facts if isinstance(fact, Symptom)]
    qualities = [fact for fact in context.facts if isinstance(fact, SymptomQuality)]
    answers: dict[str, AbstractAnswer] = {}
    radicular = _of_region([fact for fact in symptoms if fact.concept == "radicular_pain"], context)
    _put(answers, "symptom.radicular_pain", _yes_no(radicular))
    if answers.get("symptom.radicular_pain") and answers["symptom.radicular_pain"].value == YES:
        _put(answers, "symptom.radicular_side", _side([fact for fact in radicular if fact.present]))
    _put(
        answers,
        "symptom.axial_pain",
        _yes_no(_of_region([fact for fact in symptoms if fact.concept == "axial_pain"], context)),
    )
    _put(answers, "symptom.claudication", _yes_no([fact for fact in symptoms if fact.concept == "claudication"]))
    _put(
        answers,
        "symptom.predominant",
        _predominant(
            [fact for fact in qualities if fact.concept == "predominant"],
            [fact for fact in qualities if fact.concept == "pain_score"],
            answers,
            bool(context.request.procedures),
        ),
    )
    told = _newest_value(fact for fact in qualities if fact.concept == "course")
    _put(answers, "symptom.course", told or _of_the_deficit(context.facts))
    _put(answers, "symptom.pain_score", _score([fact for fact in qualities if fact.concept == "pain_score"]))
    _put(answers, "symptom.duration_weeks", _duration(qualities))
    return answers


def _put(answers: dict[str, AbstractAnswer], question: str, found: AbstractAnswer | None) -> None:
    if found is not None:
        answers[question] = found


def _of_region(facts: list[Symptom], context: AbstractContext) -> list[Symptom]:
    """The facts of the region asked of. A note without a request may speak of several: then what is present elsewhere counts too."""
    fitting = [fact for fact in facts if _fits(fact, context.region)]
    if context.request.levels or any(fact.present for fact in fitting):
        return fitting
    return facts


def _fits(fact: Fact, region: Region | None) -> bool:
    """Whether a fact may belong to the region asked of; thoracic problems are felt in the trunk, the back and the legs."""
    if region is None or fact.region is None or fact.region is region:
        return True
    return region is Region.THORACIC and fact.region is Region.LUMBAR


def _day(fact: Fact) -> date:
    return fact.written or date.min


def _yes_no(facts: list[Symptom]) -> AbstractAnswer | None:
    """Present anywhere in the newest document that speaks of it decides; else ruled out in words."""
    told = [fact for fact in facts if fact.assertion in (Assertion.PRESENT, Assertion.ABSENT) and not fact.historical]
    present = [fact for fact in told if fact.present]
    if present:
        return AbstractAnswer(value=YES, evidence=tuple(fact.evidence[0] for fact in _newest(present)[:3]))
    if told:
        return AbstractAnswer(value=NO, evidence=_newest(told)[0].evidence)
    return None


def _newest(facts: list[F]) -> list[F]:
    last = max(_day(fact) for fact in facts)
    return [fact for fact in facts if _day(fact) == last]


def _side(facts: list[Symptom]) -> AbstractAnswer | None:
    sided = [fact for fact in facts if fact.side in (Side.LEFT, Side.RIGHT, Side.BILATERAL)]
    if not sided:
        return None
    newest = _newest(sided)
    sides = {fact.side for fact in newest}
    value = newest[0].side if len(sides) == 1 else Side.BILATERAL
    return AbstractAnswer(value=str(value), evidence=tuple(fact.evidence[0] for fact in newest[:3]))


def _newest_value(facts: Iterable[SymptomQuality]) -> AbstractAnswer | None:
    told = [fact for fact in facts if fact.present and fact.value is not None]
    if not told:
        return None
    newest = _newest(told)[-1]
    return AbstractAnswer(value=str(newest.value), evidence=newest.evidence)


def _of_the_deficit(facts: Iterable[Fact]) -> AbstractAnswer | None:
    """Where no one tells how the complaints go, a deficit found to grow says it."""
    growing = [
        fact
        for fact in facts
        if isinstance(fact, ExamFinding)
        and fact.assertion is Assertion.PRESENT
        and not fact.historical
        and (fact.concept == "progression" or (fact.concept == "strength" and fact.progressive))
    ]
    return AbstractAnswer(value="worsening", evidence=_newest(growing)[0].evidence) if growing else None


def _opposed(facts: list[SymptomQuality]) -> AbstractAnswer | None:
    """Two documents of the newest day that name opposite pains as the main one: what the patient ticked against what the note says."""
    told = [fact for fact in facts if fact.present and fact.value in ("limb", "axial")]
    if not told or not told[0].written:
        return None
    last = {fact.evidence[0].document: fact for fact in _newest(told)}
    if len({fact.value for fact in last.values()}) < 2:
        return None
    return AbstractAnswer(value=CONFLICTING, evidence=tuple(fact.evidence[0] for fact in last.values()))


def _by_scores(scores: list[SymptomQuality]) -> AbstractAnswer | None:
    """Where no words say it: one pain scored clearly higher than the other in the newest document that scores both."""
    told = [fact for fact in scores if fact.present and fact.current and fact.site in ("limb", "axial")]
    for day in sorted({_day(fact) for fact in told}, reverse=True):
        limb = _highest([fact for fact in told if _day(fact) == day and fact.site == "limb"])
        axial = _highest([fact for fact in told if _day(fact) == day and fact.site == "axial"])
        if limb and axial and abs(float(limb.value or 0) - float(axial.value or 0)) >= _CLEARLY_MORE:
            main = max(limb, axial, key=lambda fact: float(fact.value or 0))
            return AbstractAnswer(value=str(main.site), evidence=limb.evidence + axial.evidence)
    return None


def _highest(facts: list[SymptomQuality]) -> SymptomQuality | None:
    return max(facts, key=lambda fact: float(fact.value or 0), default=None)


def _predominant(
    facts: list[SymptomQuality], scores: list[SymptomQuality], answers: Mapping[str, AbstractAnswer], judged: bool
) -> AbstractAnswer | None:
    """What the newest statement calls the main pain; where a request is judged and pain of a limb is ruled out, that of the spine is the main one."""
    radicular, axial = answers.get("symptom.radicular_pain"), answers.get("symptom.axial_pain")
    said = _opposed(facts) or _newest_value(facts) or _by_scores(scores)
    claudicates = answers.get("symptom.claudication")
    legs = (
        claudicates is not None and claudicates.value == YES
    )  # legs that fail on walking, without pain that runs down
    if said is not None and not (said.value == "limb" and not legs and (radicular is None or radicular.value == NO)):
        return said
    if judged and radicular and axial and radicular.value == NO and axial.value == YES:
        return AbstractAnswer(value="axial", evidence=axial.evidence[:1] + radicular.evidence[:1])
    return None


def _score(facts: list[SymptomQuality]) -> AbstractAnswer | None:
    """The highest current score of the newest document that gives one, else the one right before its procedure."""
    told = [fact for fact in facts if fact.present and isinstance(fact.value, float)]
    current = [fact for fact in told if fact.current] or [
        fact for fact in told if _BEFORE_PROCEDURE.search(fact.evidence[0].quote.lower())
    ]
    if not current:
        return None
    highest = max(_newest(current), key=lambda fact: float(fact.value or 0))
    return AbstractAnswer(value=float(highest.value or 0), evidence=highest.evidence)


def _duration(facts: list[SymptomQuality]) -> AbstractAnswer | None:
    """The length of the current episode by the newest document that tells one: that of a recurrence, else the first told that is not a
    chronic background to a shorter one. Where no length is told, that since the event that began it."""
    lengths = [fact for fact in facts if fact.concept in ("episode", "event") and fact.length is not None]
    told = [fact for fact in lengths if fact.present and fact.current]
    told = [fact for fact in told if fact.concept == "episode"] or told
    if not told:
        return None
    newest = _newest([fact for fact in told if fact.value != "change"] or told)
    acute = [fact for fact in newest if fact.value != "chronic"] or newest
    limb = next((fact for fact in acute if fact.site == "limb"), None)
    chosen = next((fact for fact in newest if fact.value == "recurrence"), acute[0])
    if (
        limb
        and chosen.site == "axial"
        and chosen.length
        and limb.length
        and chosen.length.weeks > _CHRONIC_WEEKS > limb.length.weeks
    ):
        chosen = limb
    return AbstractAnswer(value=round(chosen.length.weeks, 2) if chosen.length else 0.0, evidence=chosen.evidence)

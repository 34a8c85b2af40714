"""The course of the symptoms: improving, stable or worsening, told of the symptoms themselves and not of what sets them off."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head
from necessity.facts.symptoms_meant import is_treatment
from necessity.values.patterns import pattern

# "Worse with sitting", "better by rest", "improved after the injection": what changes the pain, not its course.
_TRIGGERED = pattern(
    r"^\s?(?:with|when|whenever|by(?! the (?:day|week|month|hour|visit)\b| (?:day|week|month)\b)|after(?! (?:an?|the|his|her|this|that) (?:incident|accident|injury|fall|mva|lifting|twisting))|following|than|upon|while|if|during|at (?:night|the end|rest|work|times)|in the (?:morning|evening|afternoon|am|pm)|on (?:the|his|her|standing|sitting|bending|walking|prolonged|exertion|exercise|waking|rising)|"
    r"as the day|lying|sitting|standing|walking|bending|from(?! (?:one |a )?(?:visit|week|month|day|year) to)|throughout the day|over the course of (?:a|the|one) (?:day|hours?|night|morning)|through the day|at night|in (?:cold|sitting|standing|bed)|for|temporarily|about \d|some|somewhat (?:with|by|after)|sleep|quality|function|strength|range|rom|risk|pain tolerance|tolerance|slightly (?:with|by|after)|first thing|nights?|toward)\b|^\s?\d+ ?%"
)
_OVER_TIME = pattern(
    r"\b(?:there was|although|over the|since|last (?:few|several|couple|month|week|year|\d)|past (?:few|several|couple|month|week|year|\d)|recently|lately|gradually|progressively|steadily|slowly|continu\w+ to|getting|gotten|has been|have been|has become|become|becoming|became|now|every (?:day|week|month)|daily|month by month|by the day|with time|over time|day by day|had been|is overall|from (?:one |a )?(?:visit|week|month|day) to|each (?:day|week|month|visit)|by the (?:day|week|month|visit|hour)|by (?:day|week|month)|week by week|if anything|definitely|is overall|overall|rapidly|as time|neurologically|clinically|functionally|significantly|substantially|dramatically|markedly|since)\b|^has\b|^had\b"
)
_NEGATED = pattern(
    r"\b(?:not|no|never|without|n't|any|little|minimal|nothing|neither|nor|less likely|until|to see|expect\w*|hope\w*|would|will|should|may|might|could|can|if)\s(?:\w+\s){0,3}$|n't (?:\w+\s){0,2}$"
)
_SUBJECT = pattern(
    r"\b(?:pains?|symptoms?|numbness|tingling|weakness|it|condition|problem|complaints?|leg|legs|arm|arms|back|neck|sciatica|radiculopathy|discomfort|ache|aching|this|deficits?|walking|gait|hands?|burning|things|status|he|she|patient|spine|claudication|myelopathy|sx|course|lbp|episode|loss|falls|function|matters)\b"
)
_STRONG = frozenset(
    {
        "worsening",
        "progressive",
        "progressively",
        "progressing",
        "more and more",
        "deteriorating",
        "increasingly",
        "improving",
        "resolving",
        "easing",
        "subsiding",
        "escalating",
        "going downhill",
        "doing better",
        "more severe",
        "picking up speed",
        "gathering pace",
        "losing ground",
        "steadily downhill",
        "gaining ground",
        "on track",
        "turning around",
        "progressed",
        "deteriorated",
        "worsened",
    }
)
_TREATMENT = pattern(
    r"\b(?:therapy|pt|medications?|surgery|operation|relief|imaging|stenosis|spondylolisthesis|disc|disk|fracture|scoliosis|degenerat\w*)\b"
)
_STABLE_SUBJECT = pattern(
    r"\b(?:pains?|symptoms?|severity|distribution|complaints?|condition|numbness|weakness|level|matters|sciatica|legs?|arms?|back|neck)\b"
)
_COURSE_SECTIONS = frozenset(
    {"plan", "past_history", "review_of_systems", "social_history", "authorization", "function"}
)
_VITAL = pattern(
    r"\b(?:medically|hemodynamically|vitals?|condition(?: was| is)?|neurologically) stable|stable (?:condition|gait|vitals|spine|alignment|construct|hardware)|in stable"
)


def course_of(sentence: Sentence, heads: list[Head]) -> Iterator[SymptomQuality]:
    """Every statement on the course in a sentence."""
    if sentence.section.kind in _COURSE_SECTIONS:
        return
    seen: set[tuple[str, int]] = set()
    for match, concept in sentence.of("symptom"):
        course = concept.get("course")
        if (
            course
            and (course, sentence.clause(match.start)[0]) not in seen
            and _is_course(sentence, match.start, match.end, course, bool(heads))
        ):
            said = sentence.qualify(match.start, match.end)
            if (
                said.not_patient
                or (said.historical and said.cue not in ("history of", "hx of", "h/o"))
                or said.assertion in (Assertion.ABSENT, Assertion.POSSIBLE, Assertion.UNEXAMINED)
            ):
                continue
            low, high = sentence.clause(match.start)
            seen.add((course, low))
            yield SymptomQuality(
                concept="course",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(low, high),),
                written=sentence.written,
                value=course,
            )


def _is_course(sentence: Sentence, start: int, end: int, course: str, has_heads: bool) -> bool:
    text = sentence.text
    low, high = sentence.clause(start)
    clause, word = text[low:high], text[start:end]
    if _TRIGGERED.match(text[end:high]) or _NEGATED.search(text[max(low, start - 32) : start]):
        return False
    if course == "stable":
        return (
            bool(_STABLE_SUBJECT.search(clause))
            and not _VITAL.search(clause)
            and not _TREATMENT.search(clause)
            and not is_treatment(sentence, low, high)
        )
    if not (has_heads or _SUBJECT.search(clause) or (word in _STRONG and start == 0)):
        return False
    if (_TREATMENT.search(clause) or is_treatment(sentence, low, high)) and course == "improving":
        return False
    if word in _STRONG:
        return has_heads or bool(_SUBJECT.search(clause)) or low == start
    return bool(_OVER_TIME.search(clause))

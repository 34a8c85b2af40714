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
    r"as the day|lying|sitting|standing|walking|bending|from(?! (?:one |a )?(?:visit|week|month|day|year) to)|throughout the day|over the course of (?:a|the|one) (?:day|hours?|night|morning)|through the day|at night|in (?:cold|sitting|standing|bed)|for(?! (?:about |the (?:last|past) |over |at least |nearly |almost |some )*(?:\d+|two|three|four|five|six|several|a few|a couple|a year|a month|months|weeks)\b)|temporarily|about \d|some|somewhat (?:with|by|after)|sleep|quality|function|strength|range|rom|risk|pain tolerance|tolerance|slightly (?:with|by|after)|first thing|nights?|toward)\b|^\s?\d+ ?%"
)
_OVER_TIME = pattern(
    r"\b(?:there was|although|over the|since|last (?:few|several|couple|month|week|year|\d)|past (?:few|several|couple|month|week|year|\d)|recently|lately|gradually|progressively|steadily|slowly|continu\w+ to|getting|gotten|has been|have been|has become|become|becoming|became|now|every (?:day|week|month)|daily|month by month|by the day|with time|over time|day by day|had been|is overall|from (?:one |a )?(?:visit|week|month|day) to|each (?:day|week|month|visit)|this (?:week|month|past \w+|winter|summer|spring|fall|autumn|year)|by the (?:day|week|month|visit|hour)|by (?:day|week|month)|week by week|if anything|definitely|is overall|overall|rapidly|as time|neurologically|clinically|functionally|significantly|substantially|dramatically|markedly|since)\b|^has\b|^had\b"
)
_NEGATED = pattern(
    r"\b(?:not|no|never|without|n't|any|little|minimal|nothing|neither|nor|less likely|until|to see|expect\w*|hope\w*|would|will|should|may|might|could|can|if)\s(?:\w+\s){0,3}$|n't (?:\w+\s){0,2}$"
)
_SUBJECT = pattern(
    r"\b(?:pains?|symptoms?|numbness|tingling|weakness|it|condition|problem|complaints?|leg|legs|arm|arms|back|neck|sciatica|radiculopathy|discomfort|ache|aching|this|deficits?|walking|gait|hands?|burning|things|status|he|she|patient|pt|spine|claudication|myelopathy|sx|course|lbp|episode|loss|falls|function|matters|onset)\b"
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
        "doing great",
        "doing much better",
        "getting stronger",
    }
)
# So much better that no stretch of time need be named; a drug behind it is what helped, not what got better.
_CLEARED = pattern(r" resolved$")  # the word that denies the symptoms is the course itself
_GREATLY = pattern(r"(?:much|vastly|greatly|hugely) improved$|symptoms ha(?:ve|s) (?:\w+ )?resolved$")
# An earlier and a present score.
_FELL = pattern(
    r"\b(?:initially|originally|at (?:onset|first|the start)|started (?:at|as)|used to be)\s(?:\w+ ){0,2}?(?P<was>10|\d)(?:/10)?\b[^.;]{0,24}?\b(?:now|presently|currently|today)\s(?:\w+ ){0,2}?(?P<now>10|\d)\b(?:/10)?(?!\s?(?:weeks|months|years|days|mg|%))"
    r"|(?<![\d/])(?P<now2>10|\d)(?:/10)?,? ?\(?(?:was|from|down from|up from) (?:an? )?(?P<was2>10|\d)\b(?:/10)?(?!\s?(?:weeks|months|years|days|mg|%|/))"
)
_CLEARLY = 2.0
# "Progressive and persistent limitations", "worsening arthritis": of something else than the complaint.
_OF_ELSE = pattern(
    r" (?:and \w+ |\w+ )?(?:limitations?|arthritis|osteoarthritis|degenerat\w+|arthrosis|scoliosis|deformity|kyphosis|slip|listhesis|collapse|disability)\b"
)
# ", and has been on a plateau": of what the clause before speaks of.
_GOES_ON = pattern(r"(?:and |but )?(?:has|have|is|are|was|were|remains?|stays)\b")
# "Improving with PT": the way it goes; "improved with rest" is what eases it.
_UNDER_WAY = frozenset({"improving", "doing better", "getting better", "resolving", "better and better", "recovering"})
_WITH_CARE = pattern(
    r" (?:with|w/|on|since starting|under|through|in) ?(?:the |his |her |ongoing |continued |conservative |supervised |outpatient |home |formal )*(?:pt\b|physical|physio\w*|therap\w+|treatment|care|measures|management|medicat\w+|meds|exercis\w+|hep|chiropract\w+)"
)
_LABEL = pattern(r"^(?:[a-z]{1,12}\s?:\s?)?$")
_BETTER = frozenset({"doing better", "doing great", "doing much better"})
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


def course_of(sentence: Sentence, heads: list[Head], scored: bool = False) -> Iterator[SymptomQuality]:
    """Every statement on the course in a sentence; where it is `scored`, that of an earlier and a present score too."""
    if sentence.section.kind in _COURSE_SECTIONS:
        return
    if scored:
        yield from _of_scores(sentence)
    seen: set[tuple[str, int]] = set()
    for match, concept in sentence.of("symptom"):
        course = concept.get("course")
        if (
            course
            and (course, sentence.clause(match.start)[0]) not in seen
            and _is_course(sentence, match.start, match.end, course, heads)
        ):
            said = sentence.qualify(match.start, match.end)
            if (
                said.not_patient
                or (said.historical and said.cue not in ("history of", "hx of", "h/o"))
                or said.assertion in (Assertion.POSSIBLE, Assertion.UNEXAMINED)
                or (said.assertion is Assertion.ABSENT and not _CLEARED.search(sentence.text[match.start : match.end]))
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


def _is_of_treatment(sentence: Sentence, heads: list[Head], low: int, high: int, start: int) -> bool:
    """Whether a treatment or a finding improves, and no complaint named between it and the word ("disc syndrome w/ radiculitis, improving")."""
    begin = max((head.start for head in heads if head.kind == "diagnosis" and low <= head.start < start), default=low)
    return bool(_TREATMENT.search(sentence.text, begin, high)) or is_treatment(sentence, begin, high)


def _of_scores(sentence: Sentence) -> Iterator[SymptomQuality]:
    """ "Initially 9/10 and presently 5/10", "6/10, was 9"."""
    found = _FELL.search(sentence.text)
    if found is None or is_treatment(sentence, 0, found.start()):
        return
    was, now = float(found["was"] or found["was2"]), float(found["now"] or found["now2"])
    if abs(was - now) >= _CLEARLY:
        yield SymptomQuality(
            concept="course",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(*found.span()),),
            written=sentence.written,
            value="improving" if now < was else "worsening",
        )


def _is_course(sentence: Sentence, start: int, end: int, course: str, heads: list[Head]) -> bool:
    text, has_heads = sentence.text, bool(heads)
    low, high = sentence.clause(start)
    clause, word = text[low:high], text[start:end]
    cared = word in _UNDER_WAY and _WITH_CARE.match(text, end) is not None
    triggered = _TRIGGERED.match(text[end:high]) is not None and not cared
    if triggered or _OF_ELSE.match(text, end) or _NEGATED.search(text[max(low, start - 32) : start]):
        return False
    if course == "stable":
        return (
            bool(_STABLE_SUBJECT.search(text, 0 if _GOES_ON.match(clause) else low, high))
            and not _VITAL.search(clause)
            and not _TREATMENT.search(clause)
            and not is_treatment(sentence, low, high)
        )
    labelled = _LABEL.match(text[:start]) is not None
    if not (has_heads or _SUBJECT.search(clause) or (word in _STRONG and labelled)):
        return False
    if (
        course == "improving"
        and word not in _BETTER
        and _is_of_treatment(sentence, heads, low, start if cared or _GREATLY.match(word) else high, start)
    ):
        return False
    if word in _STRONG or _GREATLY.match(word):
        return has_heads or bool(_SUBJECT.search(clause)) or low == start or labelled
    return bool(_OVER_TIME.search(clause))

"""Reader of function: whether daily activities, work, walking or sleep are limited, and disability scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from necessity.facts.fact import Assertion, Fact, Function
from necessity.facts.from_chart import ReadChart
from necessity.facts.function_life import limits_of, listed_limits
from necessity.facts.function_scores import disability_scores_of
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_meant import meant
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_UNREAD = frozenset(
    {
        "examination",
        "imaging",
        "technique",
        "findings",
        "laboratory",
        "procedure_details",
        "family_history",
        "consent",
        "allergies",
        "complications",
        "surgical_history",
        "plan",
        "questions",
        "procedure",
    }
)
_NEVER = frozenset({"family_history", "consent", "plan", "questions", "technique", "findings", "procedure_details"})
# Sections of other matter that may hold a sentence on the patient's life all the same.
_MAY_TELL = frozenset({"examination", "imaging", "laboratory", "allergies", "surgical_history", "plan"})
_PATIENT_IS = pattern(
    r"(?:(?:although|though|while|because|since|as|despite|at this point|currently|now|still)\b[^,;]{0,60}, )?(?:\w+ly,? )?(?:he|she|they|i|the patient|patient|pt|mr\.? \w+|mrs\.? \w+|ms\.? \w+)\s(?:\w+ ){0,2}"
    r"(?:cannot|can't|can not|could not|couldn't|unable|is off|off|out of|has been|has not|hasn't|has stopped|stopped|missed|misses|is not working|is disabled|lost|gave up|has given up|no longer|"
    r"can no longer|can only|struggles|has (?:trouble|difficulty)|needs help|requires help)\b"
)
_TESTED = pattern(
    r"\b(?:heels?|toes?|toe-?walk\w*|heel-?walk\w*|tandem|straight line|gravity|resistance|leg raise|dorsiflex\w*|plantarflex\w*|squat\w*|hop\w*|one leg|single leg|left leg|right leg|romberg|"
    r"reflex\w*|on command|extend\w*|flex\w*|abduct\w*|rais\w+|lift (?:the|his|her) (?:arm|leg|foot|left|right)|upright films?|mri|scan|position)\b"
)
_REACH = 44  # characters between a word of limitation and the activity it limits
_ORDERED = pattern(
    r"\b(?:avoid|should|will|no (?:bending|lifting)|instructed|advised|recommend\w*|until|after surgery|postop\w*|may return|follow up|goal|goals|restrictions? (?:of|include)|return to work|in order to|hopes?|wants?|would like|weeks? after)\b"
)
_RANGE_OF_MOTION = pattern(
    r"\b(?:range of motion|rom|flexion|extension|rotation|exam|examination|passive|views?|study|motion|test(?:ing)?|visuali[sz]\w*|imaging|scan|information|vision|hearing|breath\w*|bowel|bladder|liver|renal|kidney|thyroid|cardiac|lung|urinat\w*|void\w*|swallow\w*|speech|speak\w*|concentrat\w*|finding|medication|therapy)\b"
)
_OTHER_CAUSE = pattern(
    r"\b(?:shortness of breath|dyspnea|angina|vision|retired|knee|shoulder pain|hip arthritis|child|hearing)\b"
)
# "Could not heel walk": an examination told in the history; "without surgery she would not walk": supposed.
_EXAMINED = pattern(
    r"\b(?:heel|toe|tandem)[ -]?(?:or |and |/)?(?:toe )?(?:and toe )?-?(?:walk|gait|rais)|\b(?:heel|toe) (?:rise|stand)|\bwalk(?:ing)? (?:on|up on) (?:his|her|the|their)? ?(?:heels|toes)"
)
_SUPPOSED = pattern(r"\b(?:would|might|may)\b(?! (?:not )?(?:still|only|be able))[^.;]*$")
# "Four days a week" of treatment is no work.
_OF_TIME = pattern(r"(?:two|three|four|\d|several) days|days/wk|(?:two|three|four|\d) (?:hr|hour)|part days")
_AT_WORK = pattern(
    r"\b(?:work\w*|jobs?|shifts?|hours|duty|employ\w*|down to|cut|schedule|office|clinic days|teach\w*)\b"
)
_AT_TREATMENT = pattern(
    r"\b(?:therapy|treatment|visits?|attend\w*|sessions?|exercise\w*|pt|gym|walks?|swims?|chiropract\w*|smok\w*|drink\w*|alcohol|takes?|medication)\b"
)
_OFF_WORK_THINGS = pattern(r" (?:factors?|activit\w+|injur\w+|causes?|note|slip|form|excuse)\b")
_NO_TROUBLE = pattern(
    r"\b(?:no|without|denies(?: any)?|not have|never|not)\s(?:any |significant |real |much |further |particular )?$"
)


def read(chart: ReadChart) -> Iterable[Fact]:
    """Limitations and scores, sentence by sentence."""
    for sentence in (told for document in chart.documents for told in document.having("function")):
        if sentence.section.kind == "family_history":
            continue
        yield from disability_scores_of(sentence)
        if sentence.section.kind not in _UNREAD or _tells_of_life(sentence):
            hard = _hard_doing(sentence)
            yield from (hard,) if hard else _limitations(sentence)
        elif sentence.section.kind not in _NEVER:
            yield from _listed(sentence, list(sentence.of("function")))


def _tells_of_life(sentence: Sentence) -> bool:
    """ "He cannot drive or work" at the end of an examination or plan: the patient's life, no test and no order."""
    return (
        sentence.section.kind in _MAY_TELL
        and bool(_PATIENT_IS.match(sentence.text))
        and not _TESTED.search(sentence.text)
        and not _ORDERED.search(sentence.text)
    )


def _limitations(sentence: Sentence) -> Iterator[Function]:
    """One fact a sentence at most for each of present and absent."""
    found = list(sentence.of("function"))
    listed = list(_listed(sentence, found))
    if listed or sentence.text.endswith("?"):
        yield from listed
        return  # else a question put to the examiner
    present = _limited_alone(sentence, found) or _limited_activity(sentence, found) or _limited_life(sentence, found)
    if present:
        yield present
        return
    for match, concept in found:
        if concept.get("kind") == "unlimited":
            yield from _unlimited(sentence, match)
            return
        if concept.get("kind") == "limited" and _NAMED_LIMIT.match(sentence.text, match.start):
            said = meant(sentence, match.start, match.end)
            if said == (Assertion.ABSENT, False):
                yield _fact(sentence, Assertion.ABSENT, max(0, match.start - 20), match.end)
                return
    yield from _able(sentence, found)


def _fact(sentence: Sentence, assertion: Assertion, start: int, end: int, *, historical: bool = False) -> Function:
    return Function(
        concept="limitation",
        assertion=assertion,
        historical=historical,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
    )


def _limited_alone(sentence: Sentence, found: list[tuple[Match, Concept]]) -> Function | None:
    for match, concept in found:
        if concept.get("kind") != "limited":
            continue
        said = meant(sentence, match.start, match.end)
        low, high = sentence.clause(match.start)
        if said is None or said[0] is not Assertion.PRESENT or said[1] or _OTHER_CAUSE.search(sentence.text, low, high):
            continue
        if _OFF_WORK_THINGS.match(sentence.text[match.end :]):
            continue
        if _OF_TIME.match(sentence.text, match.start) and (
            _AT_TREATMENT.search(sentence.text) or not _AT_WORK.search(sentence.text)
        ):
            continue
        if sentence.text[match.start : match.end] in ("disabled", "disabling") and "handicap" in sentence.text:
            continue
        return _fact(sentence, Assertion.PRESENT, match.start, match.end)
    return None


def _limited_activity(sentence: Sentence, found: list[tuple[Match, Concept]]) -> Function | None:
    """A word of limitation with an activity close by: "cannot stand", "sleep is impaired", "limits her work"."""
    hards = [match for match, concept in found if concept.get("kind") == "hard"]
    activities = [match for match, concept in found if concept.get("kind") == "activity"]
    for hard in hards:
        low, high = sentence.clause(hard.start)
        near = [
            act
            for act in activities
            if low <= act.start < high and max(act.start - hard.end, hard.start - act.end) <= _REACH
        ]
        if not near and not _names_activity(sentence.text[hard.start : hard.end]):
            continue
        start = min([hard.start, *(act.start for act in near[:1])])
        end = max([hard.end, *(act.end for act in near[:1])])
        if _is_no_limitation(sentence, hard, low, high, start, end):
            continue
        said = sentence.qualify(start, start + 1)
        if said.not_patient or said.historical or said.assertion in (Assertion.POSSIBLE, Assertion.UNEXAMINED):
            continue
        return _fact(sentence, Assertion.PRESENT, start, end)
    return None


def _limited_life(sentence: Sentence, found: list[tuple[Match, Concept]]) -> Function | None:
    """What is given up, done by others, or done for minutes only."""
    span = limits_of(sentence, found)
    if span is None:
        return None
    start, end = span
    low, high = sentence.clause(start)
    if _NO_TROUBLE.search(sentence.text[max(0, start - 34) : start]) or _RANGE_OF_MOTION.search(
        sentence.text, start, end + 12
    ):
        return None
    if _ORDERED.search(sentence.text, max(low, start - 40), end) or _OTHER_CAUSE.search(sentence.text, low, high):
        return None
    said = sentence.qualify(start, start + 1)
    doubted = said.assertion is Assertion.POSSIBLE and said.cue not in (
        "perhaps",
        "maybe",
    )  # "perhaps four hours of sleep"
    if said.not_patient or said.historical or doubted or said.assertion is Assertion.UNEXAMINED:
        return None
    return _fact(sentence, Assertion.PRESENT, start, end)


# "Typing has become close to impossible", "getting out of the car is a production".
_HARD_DOING = pattern(
    r"\b(?P<doing>\w{3,}ing)\b(?: (?:in|out|up|down|on|off|of|to|into|over|the|a|an|his|her|my|with|at|from|for|from|[a-z]+)){0,5} (?:is|are|was|has become|have become|becomes|became|gets|remains|has been) "
    r"(?:now |very |quite |so |really |close to |almost |nearly |virtually |increasingly |too |next to )*(?:difficult|hard|impossible|a struggle|a chore|a production|an ordeal|torture|agony|miserable|tough|a battle|a problem)\b"
)
_NO_DOING = pattern(
    r"(?:imag|test|lung|hear|swallow|breath|think|bleed|find|morn|even|noth|someth|anyth|everyth|regard|includ|dur|be|cod|heal|concern|report|schedul|bill|plann|read|visual|scann|position|dissect|expos)ing"
)


def _hard_doing(sentence: Sentence) -> Function | None:
    """Something that the patient does, called hard."""
    if (
        " is " not in sentence.text
        and "ecom" not in sentence.text
        and " are " not in sentence.text
        and " has been " not in sentence.text
    ):
        return None
    found = _HARD_DOING.search(sentence.text) if "ing" in sentence.text else None
    if (
        not found
        or _NO_DOING.fullmatch(found["doing"])
        or _EXAMINED.search(found[0])
        or sentence.qualify(*found.span()).not_patient
    ):
        return None
    if _ORDERED.search(found[0]) or _RANGE_OF_MOTION.search(found[0]):
        return None
    return _fact(sentence, Assertion.PRESENT, *found.span())


def _listed(sentence: Sentence, found: list[tuple[Match, Concept]]) -> Iterator[Function]:
    span = listed_limits(sentence, found)
    if span is None:
        return
    said = sentence.qualify(*span)
    if not said.not_patient or said.cue == "?":  # a question that the next line answers
        yield _fact(sentence, Assertion.PRESENT, *span)


def _names_activity(word: str) -> bool:
    return bool(re.search(r"\b(?:walk|stand|sit|sleep|work|lift|driv|bend)", word))


def _is_no_limitation(sentence: Sentence, hard: Match, low: int, high: int, start: int, end: int) -> bool:
    """Orders for the time after surgery, ranges of motion, and words of limitation that are denied."""
    text = sentence.text
    if _EXAMINED.search(text, start, end + 6) or _SUPPOSED.search(text[max(0, hard.start - 60) : hard.start + 6]):
        return True
    if _NO_TROUBLE.search(text[max(0, hard.start - 34) : hard.start]) or _RANGE_OF_MOTION.search(
        text, start, min(high, end + 12)
    ):
        return True
    return bool(_ORDERED.search(text, max(low, start - 40), end)) or bool(_OTHER_CAUSE.search(text, low, high))


def _unlimited(sentence: Sentence, match: Match) -> Iterator[Function]:
    said = sentence.qualify(match.start, match.end)
    if (
        said.not_patient
        or said.assertion in (Assertion.POSSIBLE, Assertion.PLANNED, Assertion.ADVISED)
        or said.historical
    ):
        return
    word = sentence.text[match.start : match.end]
    low, high = sentence.clause(match.start)
    about_life = any(
        low <= other.start < high and concept.get("kind") == "activity" for other, concept in sentence.of("function")
    )
    if about_life or _LIFE.search(word) or _IN_NO_WAY.match(sentence.text, match.end):
        yield _fact(sentence, Assertion.ABSENT, low, high)


_NAMED_LIMIT = pattern(r"functional |activity |adls? ")
# "Does not limit her in any way", "doesn't interfere with anything she does"
_IN_NO_WAY = pattern(
    r"\s(?:with\s|on\s)?(?:(?:him|her|me|them|the patient|this patient)(?:\s(?:in any way|at all|much|from (?:doing )?anything)|\s?(?:[.,;]|$))"
    r"|(?:anything|everything)\b|(?:his|her|their|my|the|any)?\s?(?:daily |day-to-day |everyday )(?:life|living|activit\w+|routine|function\w*)"
    r"|(?:his|her|their|my) (?:work|job|life|sleep|activit\w+|routine|hobbies)\b)"
)
_LIFE = pattern(r"duty|duties|activit|function|adl|independent|work|life|sleep")
_ABLE = pattern(
    r"\b(?:able to|can|has no (?:trouble|difficulty|problems?)|no (?:trouble|difficulty|problems?)|without (?:any )?(?:trouble|difficulty|problems?))\b"
)


def _able(sentence: Sentence, found: list[tuple[Match, Concept]]) -> Iterator[Function]:
    """ "Able to do all daily activities", "no difficulty with walking or stairs"."""
    able = _ABLE.search(sentence.text)
    if not able or _RANGE_OF_MOTION.search(sentence.text):
        return
    for match, concept in found:
        if concept.get("kind") != "activity":
            continue
        denied = "no" in able[0]
        whole = any(
            word in sentence.text[able.start() : match.end + 30]
            for word in (" all ", "normal", "daily", "everything", "adl", "without any significant problem")
        )
        if (
            abs(match.start - able.end()) < _REACH
            and (denied or whole)
            and not sentence.qualify(able.start(), able.end()).not_patient
        ):
            yield _fact(sentence, Assertion.ABSENT, min(able.start(), match.start), max(able.end(), match.end))
            return

"""How treatment worked: relief and its degree, percent and length, bound to the treatments that it is told of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from necessity.facts.reading import Sentence
from necessity.values.dates import Length
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_TENS = {
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "seventy-five": 75,
    "eighty": 80,
    "ninety": 90,
    "a hundred": 100,
}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_TENS, key=len, reverse=True))
_PERCENT = pattern(rf"(?<![\d.])\b(?P<p>{_NUMBER})(?:\s?(?:-|to)\s?(?:{_NUMBER}))?\s?(?:%|percent|per cent|pct)")
_PERCENT_BEHIND = pattern(
    rf"[\s:,(\"']*(?:was |of |by |at |about |approximately |approx |maybe |perhaps |only |~|\"|')*(?P<p>{_NUMBER})(?:\s?-\s?\d{{1,3}})?\s?(?:%|percent|per cent|pct)"
)
_NOT_BEFORE = pattern(
    r"(?:\bnot?\b|n't|\bnever\b|\bhardly\b|\bwithout\b|\bno longer\b|\bunlikely to be\b)\s(?:\w+\s){0,3}$"
)
_HOPED = pattern(r"\b(?:may|might|could|should|will|would|if|can|to be|not be)\s(?:\w+\s){0,2}$")
_SUPPOSED = pattern(r"\b(?:if|unless|should|risk of|until)\s(?:\w+\s){0,8}$")
_DENIED = pattern(r"\b(?:no|without|denies|denied|any)\s(?:\w+\s)?$|\bnot (?:yet )?$")
_WEAK_FOR = pattern(
    r"\b(?:for|seeking|wants?|desires?|hoping for|need of|chance of|likelihood of|goal of|get|expected|until|risks?,? and|risks,|potential|no guarantee|possibility of|risks versus|versus|of any)\s(?:\w+\s){0,3}$"
)
# "Helped her neck pain, but not the arm", "better, though still unable to work": help for a part only.
_ONLY_PARTLY = pattern(
    r"\s?(?:(?:with |for )?(?:the |his |her |my |their )?(?:\w+ ){0,3}(?:pain|symptoms?|back|neck|stiffness|sleep|spasms?|aches?|headaches?)?),?\s(?:but|though|although|however),?\s(?:has |have |had |did |does |it )?(?:not|nothing|never|didn't|hasn't|doesn't|little|no)\b"
)
_TOLD = pattern(
    r"\b(?:gave|give|gives|given|provided|provides|provide|with|had|has|has had|got|gets|obtained|noted|experienced|found|reports?|good|each)\s(?:\w+\s){0,2}$"
)
# What a word of course is said of where it is not the complaint: "strength unchanged", "MRI unchanged".
_OTHER_SUBJECT = pattern(
    r"\b(?:exam\w*|strength|motor|power|neuro\w*|reflex\w*|jerks?|sensation|sensory|mri|ct|imaging|films?|x-?rays?|gait|weight|vitals?|meds|medications?|dos(?:e|es|age)|regimen|plan|deficits?|weakness|numbness|"
    r"grip|toes?|quad\w*|ehl|slip|alignment|stenosis|listhesis|position|appearance|labs?|bmi|mood|remains?|otherwise|from|and|at|of|on|in|with|for|to)\s(?:(?:is|are|was|were|has been|remains?|stayed|essentially|also|otherwise)\s)*$"
)
_COURSE_ENDS = pattern(
    r"\W*$|\s(?:at )?\d|\s?[.,;)(:\"]|\s(?:since|after|despite|so far|overall|per|by|in spite|and|but|though|while|from|over|throughout|at|[(]|as (?:before|ever|when)|with (?:it|them|treatment|therapy|pt|meds|medication))\b"
)
_GOOD_COUNT = pattern(
    r"\b(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|some|few|couple(?: of)?|several|only|just)\s$"
)
_LEADS_TO_LENGTH = pattern(
    r"\W*(?:(?:for|about|around|approximately|some|maybe|perhaps|roughly|only|just|barely|nearly|almost|all of|the|a|an|off|him|her|them|me|it|x)\W*)*"
)
_NO_EASING = pattern(
    r"\s(?:of (?!relief|comfort|peace|ease|good|improvement)|supply|worth|off|course|trial|prescription|later|ago|after|before)"
)
_LASTING_DAYS = 183.0


@dataclass(frozen=True, slots=True)
class Response:
    """One statement on what came of treatment."""

    start: int
    end: int
    value: str
    percent: float | None = None
    relief: Length | None = None
    whole: bool = False  # said of all treatment ("nothing has touched it")
    of_course: bool = False  # said of the complaint as well as of treatment ("unchanged")


# "R S1 TFESI 3/12 (one week)": how long an injection held.
_IN_BRACKETS = pattern(
    r"\((?:only |about |maybe |x ?|~)?(?:\d{1,2}|an?|one|two|three|four|five|six|few|a few|several)[ -]?(?:days?|weeks?|wks?|hours?|hrs?|d|w)(?: relief| help| only| of relief)?\)"
)


def responses_of(sentence: Sentence) -> list[Response]:
    """Every statement on the result of treatment in a sentence, in order."""
    found: list[Response] = []
    for number, match in enumerate(sentence.matches):
        for concept in match.concepts:
            if concept.group != "response" or concept.get("kind") == "degree" or _in_open_box(sentence, match):
                continue
            response = _READ[concept.get("kind")](sentence, number, match, concept)
            if response:
                found.append(response)
                break
    if not found:
        found = [
            Response(p.start(), p.end(), "improved" if _number(p["p"]) >= 50 else "partial", _number(p["p"]))
            for p in _PERCENT.finditer(sentence.text)
            if _told_of_relief(sentence.text, p)
        ]
    if not found and sentence.has("injection") and (lasted := _IN_BRACKETS.search(sentence.text)):
        found = [Response(lasted.start(), lasted.end(), "temporary")]
    return [_with_length(sentence, response) for response in found]


def _told_of_relief(text: str, percent: re.Match[str]) -> bool:
    """ "90% x 3 h", "Hx ESI 06/03/25 0%": a bare percent behind an injection."""
    return bool(
        re.search(r"[-\d):]\s$|\($", text[: percent.start()])
        and re.match(r"\s?(?:x|for|$|[.;,)])", text[percent.end() :])
    )


def _in_open_box(sentence: Sentence, match: Match) -> bool:
    """ "( ) improved": a box that is not ticked."""
    return any(scope.kind == "template" and scope.start <= match.start < scope.end for scope in sentence.scopes)


def _outcome(sentence: Sentence, number: int, match: Match, concept: Concept) -> Response | None:
    value = concept.get("response")
    before = sentence.text[max(0, match.start - 60) : match.start]
    if concept.get("course") and (_OTHER_SUBJECT.search(before) or not _COURSE_ENDS.match(sentence.text[match.end :])):
        return None
    if value in ("improved", "resolved", "partial"):
        if _NOT_BEFORE.search(before):
            value = "failed"
        elif _HOPED.search(before):
            return None
    elif _SUPPOSED.search(before) or (value in ("failed", "worse", "intolerance") and _DENIED.search(before)):
        return None
    if value in ("improved", "resolved") and _ONLY_PARTLY.match(sentence.text, match.end):
        value = "partial"
    if value == "improved" and sentence.text.startswith("helped", match.start):
        return None  # "PT helped": once, and no word on how it is now
    percent = _percent_near(sentence.text, match)
    return Response(
        match.start, match.end, value, percent, whole=bool(concept.get("whole")), of_course=bool(concept.get("course"))
    )


def _eased(sentence: Sentence, number: int, match: Match, concept: Concept) -> Response | None:
    """ "Calmed it for a weekend", "bought her ten good days": easing that is told by its length was for a time only."""
    if concept.id == "good_time":
        lead = _GOOD_COUNT.search(sentence.text[: match.start])
        return (
            Response(match.start, match.end, "temporary")
            if lead or sentence.text[match.start : match.end].count(" ") > 1
            else None
        )
    for time in sentence.times:
        if (
            time.length is not None
            and not time.ago
            and 0 <= time.start - match.end < 22
            and _LEADS_TO_LENGTH.fullmatch(sentence.text[match.end : time.start])
        ):
            return (
                None
                if _NO_EASING.match(sentence.text[time.end :])
                else Response(match.start, match.end, "temporary", None, time.length)
            )
    weekend = re.match(
        r"\s?(?:(?:for|over|through)\s)?(?:a|the|one)\s(?:long\s)?(?:weekend|night|morning|evening|afternoon)\b",
        sentence.text[match.end :],
    )
    return Response(match.start, match.end, "temporary") if weekend else None


def _result(sentence: Sentence, number: int, match: Match, concept: Concept) -> Response | None:
    """ "relief" with the words of degree or the percent before it; alone it tells nothing."""
    text = sentence.text
    if text[match.start : match.end] == "change" and re.match(
        r"\s(?:at this time|today|to|in (?:the |his |her )?(?:medic|regimen|plan|dose|treat|manag|thera))",
        text[match.end :],
    ):
        return None
    degrees = _degrees(sentence, number, match)
    percent = _percent_near(text, match)
    if concept.id == "percent_better" and percent is None:
        return None
    if _WEAK_FOR.search(text[max(0, match.start - 40) : match.start]):
        return None
    if percent is not None:
        value = "none" if percent == 0 else "improved" if percent >= 50 else "partial"
        return Response(match.start, match.end, "temporary" if "brief" in degrees else value, percent)
    if "none" in degrees:
        return Response(
            match.start,
            match.end,
            "temporary"
            if "lasting" in degrees
            and re.search(
                r"\b(?:lasting|long|sustained|durable|permanent)", text[max(0, match.start - 30) : match.start]
            )
            else "none",
        )
    for degree, value in (("brief", "temporary"), ("small", "partial"), ("lasting", "improved")):
        if degree in degrees:
            return Response(match.start, match.end, value)
    if any(
        time.length is not None and re.fullmatch(r"[\"'s]{0,2}\s(?:of )?(?:\w+ )?", text[time.end : match.start])
        for time in sentence.times
        if time.end <= match.start
    ):
        return Response(match.start, match.end, "improved")
    if (
        concept.id == "relief"
        and _TOLD.search(text[max(0, match.start - 34) : match.start])
        and text[match.start : match.end] in ("relief", "benefit", "improvement", "pain relief", "success", "benefits")
    ):
        return Response(match.start, match.end, "improved")
    return _eased(sentence, number, match, concept) if text[match.start : match.end] in ("relief", "benefit") else None


_READ: dict[str, Callable[[Sentence, int, Match, Concept], Response | None]] = {
    "outcome": _outcome,
    "result": _result,
    "eased": _eased,
}


def _degrees(sentence: Sentence, number: int, match: Match) -> set[str]:
    """The degrees said before a noun of result: at most four words away, with no comma between."""
    degrees: set[str] = set()
    for other in reversed(sentence.matches[max(0, number - 6) : number]):
        between = sentence.text[other.end : match.start]
        if (
            between.count(" ") > 4
            or re.search(r"[;.:]", between)
            or (between.count(",") and not re.fullmatch(r"[\sa-z,]{0,24}", between))
        ):
            break
        degrees.update(
            concept.attributes["degree"]
            for concept in other.concepts
            if concept.group == "response" and concept.get("kind") == "degree"
        )
    return degrees


def _percent_near(text: str, match: Match) -> float | None:
    """The percent right before ("50% relief") or right behind ("relief 50%", "improved by 40%")."""
    before = list(_PERCENT.finditer(text, max(0, match.start - 18), match.start))
    if before:
        return _number(before[-1]["p"])
    behind = _PERCENT_BEHIND.match(text[match.end : match.end + 36])
    return _number(behind["p"]) if behind else None


def _number(word: str) -> float:
    return float(word) if word.isdigit() else float(_TENS[word])


def _with_length(sentence: Sentence, response: Response) -> Response:
    """How long relief lasted; relief that ended within half a year was temporary."""
    for time in sentence.times:
        if time.length is None or time.ago:
            continue
        behind = 0 <= time.start - response.end < 46 and not re.search(
            r"[;]|\bmg\b|\b(?:since|in the|over the|after|within|following|\d+ weeks ago)\b|\.\s",
            sentence.text[response.end : time.start],
        )
        ahead = 0 <= response.start - time.end < 20 and (
            re.match(r"[\"']?\s?(?:of\s)", sentence.text[time.end :])
            or (
                response.value == "temporary"
                and re.fullmatch(r"[\s,;]{1,3}(?:and |but )?", sentence.text[time.end : response.start])
            )
        )
        if (
            (behind or ahead)
            and response.relief is None
            and response.value in ("improved", "temporary", "partial", "none", "resolved")
        ):
            value = (
                "temporary"
                if response.value in ("improved", "resolved") and time.length.days < _LASTING_DAYS
                else response.value
            )
            return replace(response, value=value, relief=time.length)
    return response


def percents_in(text: str) -> list[float]:
    return [_number(found["p"]) for found in _PERCENT.finditer(text)]

"""Pain scores: "8/10", "7 out of 10", "VAS 6", "rates it as a 10", with the site and whether they are current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_pairs import SPOKEN, UNSCALED, number_of, weighed
from necessity.values.patterns import pattern

_NUMBER = rf"(?:(?:10|\d)(?:\.\d)?|{SPOKEN}(?![a-z-]))"
_RANGE = rf"(?P<low>{_NUMBER})(?:\s?(?:/10)?\s?(?:-|to|and|or|–)\s?(?:an? )?(?P<high>{_NUMBER}))?"
_SCORE = pattern(
    rf"(?<![\d/.-]){_RANGE}\s?(?:/\s?10(?![\d/]|-\d)|out of (?:a possible )?(?:10|ten)\b|(?:out )?of (?:10|ten)\b|(?:on|in) (?:a|the)?\s?(?:pain )?(?:scale|vas|nrs)\b|on (?:a )?(?:0|1|zero|one)\s?(?:-|to)\s?(?:10|ten)\b)"
)
_LABELLED = pattern(
    rf"\b(?:vas|nrs|nprs|numeric(?:al)? (?:pain )?rating(?: scale)?|pain (?:score|scores|scale|level|rating|intensity|severity|index)|pain|pain today|rates?(?: (?:it|his|her|the|this|their|leg|back|neck|arm|pain|current|overall|level|of|severity))*|rated|(?:grade[sd]?|put|puts|calls?|called|gives?|ranks?|scores?|scored|marks?|marked) (?:his |her |my |it|this|the )(?:(?:current|overall|level|of|leg|back|neck|arm|worst) ?)*(?:pain|score|leg|back|neck|arm|sciatica)?|(?:grades|ranks|rates|scores|puts|states|graded|ranked|scored) (?:as|at)|score|scores?|severity|intensity|worst pain|pain at (?:its )?worst)"
    rf"(?: score| scale| before,?| pre-?procedure,?| prior,?| after,?| \(0\s?-\s?10\)| ranges?| ranging| between| from| anywhere| rating| level| currently| today| now| is| was| as| at| of| about| around| an?| being| pain| for| on average| averages?| averaging| runs?| sits| hits| reach(?:es|ing)| a solid| level of| out at| usually| mostly| most days| leg| back| neck| arm| (?:left|right))*\s?[:=]?\s?(?:an? )?(?<![\d/])(?:{_RANGE})(?![\d/%]|\.\d|\s?(?:%|mg|mm|cm|years?|yrs?\b|weeks?|wks?\b|w\b|months?|mos?\b|days?|d\b|times|hours?|hrs?\b|min|blocks?|x\b|percent|levels?|views?|or \d+ (?:years|months|weeks|days)))"
)
# "Severity: current 6, worst 8", "pain now 7, average 5": each moment with a number of its own.
_OF_A_TIME = pattern(
    rf"\b(?:current(?:ly)?|now|today|at present|worst|at (?:its |the )?worst|max|maximum|peak|average|avg|usual(?:ly)?)\s?(?:pain |level |score |is |of |at )*[:=]?\s?(?:an? )?(?<![\d/]){_RANGE}"
    rf"(?![\d/%\w]|\.\d|\s?(?:%|mg|mm|cm|years?|weeks?|wks?|months?|days?|times|hours?|hrs?|minutes?|min\b|blocks?|x\b|percent|visits?|tabs?|tablets|pills?))"
)
_ABOUT_PAIN = pattern(r"\b(?:pain|severity|intensity|vas|nrs|nprs|score|scale|rating|worst)\b")
_PROVOKED = pattern(r"\b(?:discogra\w*|concordan\w*|provocat\w+|provoked|injected|pressuri[sz]\w*)\b")
_MARK = pattern(r"/10|/ 10|out of|scale|vas|nrs|pain|rate|rating|rank|grade|of 10|score|0-10|severity|intensity|worst")
_DIGIT = pattern(rf"\d|\b{SPOKEN}\b")
# "Leg 7." alone in its sentence or item.
_ALONE = pattern(
    r"(?:^|(?<=[.;,] ))(?:(?:the|his|her|left|right|l|r|lt|rt|b|b/l|bilateral|both|low|lower)\s)*(?P<site>legs?|arms?|back|neck|lbp|lb|rle|lle|rue|lue|thighs?|calf|calves|buttocks?|shins?|flank|groin)(?: pain)?\s?[:=-]?\s?(?P<low>10|\d)(?:\s?-\s?(?P<high>10|\d))?(?:/10)?"
    r"(?: now| today| at rest| at worst| most days|(?: on)? (?:a )?(?:bad|worst) days?)?(?=[.;,]|$)(?!,? ?(?:\d|weeks|months|years|days|and \d))"
)
# "She is right now a 7", behind a sentence on her pain
_IS_A = pattern(
    rf"^(?:he|she|it|this|the pain) (?:is|rates it|puts it) (?:right now |currently |presently |today |now |at |about )*(?:an? )?(?P<low>{_NUMBER})(?P<high>)?(?=[.,;]|\s(?:today|now)|$)"
)
_OF_NOW = pattern(r"\b(?:right now|currently|presently|today|now)\b")
# Under a heading of its own: "PAIN SCALE: 8".
_HEADED = pattern(r"(?P<value>10|\d)(?:\s?/\s?10)?[.\s]*$")
_MILLIMETRES = pattern(r"\bvas\b[^.;]{0,24}?(?P<mm>\d{1,3}(?:\.\d)?)\s?(?P<unit>mm|cm|/\s?100)\b")
_NOT_CURRENT = pattern(
    r"\b(?:was|were|had been|at worst in|initially|at (?:eval|evaluation|intake|onset|start|initial|first|the time)|before|prior to|pre-?(?:injection|op|treatment|block|procedure)|previously|last (?:visit|week|month|year)|at that time|post-?(?:op|injection|block|procedure)|after|following|down from|from|least|best|at best|lowest|goal|dropped|decreased|reduced|went)\b"
)
_MORE = pattern(
    rf"^\s?(?:/10)?,? ?(?:[a-z' -]{{2,34}})?,? (?:and |but |up to |to |versus |vs )*(?:an? )?(?P<then>{_NUMBER})(?:/10)? (?:with (?:walking|standing|sitting|activity|movement)|on (?:walking|standing|getting up|rising)|(?:walking|standing|sitting|lying|rolling|bending|lifting|driving|rising|turning|getting|going|climbing|twisting|sneezing|coughing)\b)"
    rf"|^\s?(?:on (?:a |his |her )?(?:good|better) days?,? )(?:and |but )?(?:an? )?(?P<bad>{_NUMBER})(?:/10)? on (?:a |his |her )?(?:bad|worse|the bad) (?:days?|ones)\b"
    r"|^\s?(?:avg|average|at rest|usually|on average|baseline)?,? (?:and |up to |to |but )?(?P<more>10|[0-9])(?:/10)? (?:with|on|when|after|at (?:its )?worst|at night|worst)\b"
)
_BEST = pattern(
    r"\b(?:at (?:its )?best|best|least|lowest|minimum|goal|target|better days?|good days?|with (?:meds|medications?|medicine|rest)|after (?:medication|meds))\b"
)
_ARROW = pattern(r"^\s?(?:-+>|→|to|now|=>|and (?:now|is now))\s?\d")
_DATE_BEFORE = pattern(r"\b(?:on|since|from|until|dated|date|of)\s$")
# Another day and month in a sentence without a word of pain: then "9/10" is a date too.
_OTHER_FRACTION = pattern(r"\b\d{1,2}/(?!10\b)\d{1,2}\b")
_DATE_FIRST = pattern(r"\d{1,2}/\d{1,2}(?:/\d{2,4})? (?=[a-z])")
_OTHER = pattern(
    r"\b(?:stress|satisfaction|anxiety|depress\w*|function|effort|strength|mood|sleep|glasgow|gcs|apgar|spasticity|phq|compliance|headaches?|knee|shoulder|ankle|chest|energy)\s?(?:level|score|pain)?\s?(?:\w+ ){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Score:
    """A score in a sentence: the higher end of a range in `value`. `settled` where it is the end of a change ("from 8/10 to 3/10");
    `kind` where the words around it already say `limb` or `axial`."""

    start: int
    end: int
    value: float
    settled: bool = False
    kind: str | None = None


def find_scores(sentence: Sentence) -> tuple[Score, ...]:
    """Every pain score of a sentence, in order; nothing unless it holds a number with a word of pain or scale."""
    text = sentence.text
    if not _DIGIT.search(text):
        return ()
    if "pain" in sentence.section.heading and (headed := _HEADED.match(text)):
        return (Score(headed.start("value"), headed.end("value"), float(headed["value"])),)
    if _PROVOKED.search(text):
        return ()  # pain that a needle sets off in a disc
    pairs = weighed(sentence)
    if pairs:
        return tuple(Score(one.start, one.end, one.value, kind=one.kind) for one in pairs)
    alone = _ALONE.search(text) if sentence.section.kind not in UNSCALED and not sentence.levels else None
    if alone and not _MARK.search(text):
        value = max(number_of(alone["low"]), number_of(alone["high"] or alone["low"]))
        return (Score(alone.start("low"), alone.end(), value),) if value <= 10 else ()
    if not _MARK.search(text):
        bare = _IS_A.match(text)
        if bare and number_of(bare["low"]) <= 10 and _pain_told_before(sentence, 6 if _OF_NOW.search(text) else 1):
            return (Score(bare.start("low"), bare.end("low"), number_of(bare["low"])),)
        return ()
    return tuple(sorted(_scores(text), key=lambda score: score.start))


def _pain_told_before(sentence: Sentence, reach: int) -> bool:
    """Whether one of the last sentences of the section speaks of pain."""
    earlier = (sentence.reading.before(sentence, count) for count in range(1, reach + 1))
    return any(one is not None and _ABOUT_PAIN.search(one.text) for one in earlier)


def _scores(text: str) -> Iterator[Score]:
    taken: list[tuple[int, int]] = []
    about_pain = any(
        word in text
        for word in (
            "pain",
            "scale",
            "vas",
            "nrs",
            "leg",
            "back",
            "lbp",
            "neck",
            "arm",
            "ache",
            "sever",
            "rate",
            "rating",
            "discomfort",
            "worst",
            "flank",
            "groin",
            "score",
            "symptom",
            "limb",
            "buttock",
        )
    )
    opened = _DATE_FIRST.match(text)
    for found in _MILLIMETRES.finditer(text):
        value = float(found["mm"]) / (1 if found["unit"] == "cm" else 10)
        if value <= 10:
            taken.append(found.span())
            yield Score(found.start("mm"), found.end(), value)
    for shape in (_SCORE, _LABELLED, _OF_A_TIME):
        for found in shape.finditer(text):
            start, end = found.start("low"), found.end()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            if shape is _OF_A_TIME and not _ABOUT_PAIN.search(text):
                continue
            if shape is _SCORE and not about_pain and _OTHER_FRACTION.search(text, opened.end() if opened else 0):
                continue
            if (
                found["high"]
                and "/" in found[0]
                and text[:start].endswith("from ")
                and not text[:start].endswith("ranges from ")
            ):
                taken.append((start, end))
                yield Score(start, end, number_of(found["high"]), settled=True)  # "decreased from 8/10 to 3/10"
                continue
            if (
                _DATE_BEFORE.search(text[:start])
                and found[0].rstrip().endswith("/10")
                and "pain of" not in text[max(0, start - 12) : start]
            ):
                continue
            if _OTHER.search(text[max(0, start - 30) : start]):
                continue
            low, high = number_of(found["low"]), number_of(found["high"] or found["low"])
            if max(low, high) > 10 or (found["high"] and low <= 1 and high == 10):
                continue
            more = _MORE.match(text[end:])
            taken.append((start, end))
            yield Score(
                start, end, max(low, high, number_of(more["then"] or more["more"] or more["bad"]) if more else 0)
            )


_FIRST_SEEN = pattern(
    r"\bwhen (?:i|we|he was|she was|they were) (?:first )?(?:met|saw|seen|evaluated)\b|\bwhen (?:i|we) first\b|\b(?:on|at) (?:the )?(?:first|initial|referral|original) (?:visit|appointment|presentation|consultation|assessment|contact)\b"
)


def _is_of_first_visit(text: str, position: int) -> bool:
    """ "When I first met him he had pain …, scored 7": nothing between turns to the present."""
    found = _FIRST_SEEN.search(text, 0, position)
    return found is not None and _OF_NOW.search(text, found.end(), position) is None


def is_current(text: str, score: Score) -> bool:
    """Not "was 9/10 at intake", "at best 2/10", "8/10 -> 7/10" (the first of the two)."""
    if score.settled:
        return True
    before, after = text[max(0, score.start - 34) : score.start], text[score.end : score.end + 28]
    if ("first" in text or "initial" in text or "referral" in text) and _is_of_first_visit(text, score.start):
        return False
    before = re.split(r"[;,]|\.\s|\b(?:now|currently|presently|today|to|is)\b|->", before)[-1]
    if _ARROW.match(after) or re.match(
        r"\s?(?:at (?:the |his |her )?(?:eval|intake|onset|start|initial|first|last visit|best|its best)|before|pre-?|initially|at that time|prior|previously|last|post-?|after (?:the )?(?:injection|block|medic))",
        after,
    ):
        return False
    return not (_NOT_CURRENT.search(before) or _BEST.search(before))


def score_fact(sentence: Sentence, score: Score, site: str | None) -> SymptomQuality | None:
    """The fact of a score, None where it is not said of the patient."""
    qualifier = sentence.qualify(score.start, score.end)
    if qualifier.not_patient and qualifier.cue[:1] not in (
        "[",
        "(",
        "☐",
    ):  # a number written behind an empty box is an answer
        return None
    return SymptomQuality(
        concept="pain_score",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(_phrase_start(sentence.text, score.start), score.end),),
        written=sentence.written,
        value=score.value,
        site=score.kind or site,
        current=is_current(sentence.text, score) and not qualifier.historical,
    )


def _phrase_start(text: str, position: int) -> int:
    """Some words before a score, so that the quote tells what it is the score of."""
    floor = max(0, position - 40)
    cut = max(text.rfind(mark, floor, position) for mark in (". ", "; ", ", "))
    if cut >= 0:
        return cut + 2
    return text.find(" ", floor, position) + 1 if floor else 0

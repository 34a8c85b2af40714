"""Limits of daily life told without a plain word for them: what is given up, done by others, done for minutes only, slept through in a chair.

Each rule joins an entry of the lexicon (what is said) with an activity near it (of what). The reader of function asks for the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.reading import Sentence
from necessity.facts.symptoms_meant import is_treatment
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

Found = list[tuple[Match, Concept]]
Span = tuple[int, int]

_DOINGS = ("verb", "activity", "thing")
_THINGS = ("activity", "thing")
_EXAMINED = pattern(
    r"\b(?:heels?|toes?|tandem|line|against gravity|resistance|straight leg|leg raise|dorsiflex\w*|plantarflex\w*|"
    r"extend\w*|oppos\w+|pronat\w*|supinat\w*|abduct\w*|romberg)\b"
)
_NO_CAUSE = pattern(
    r"\b(?:for|because|due|after|by|when|at|until|since|from|and|but|then|smok\w*|tobacco|alcohol|drink\w*|therapy|pt)\b"
)
_SINCE = pattern(
    r"\b(?:since|in (?:over |more than |about |almost |nearly )?(?:an?|\d+|weeks|months|years|several|many|two|three|four|five|six)|lately|at all|any ?more|these days|for (?:\d+|an?|weeks|months|years|several|two|three|four|six))\b"
)
_FARTHER = pattern(
    r"\b(?:more than|beyond|past|further|farther|over|without|miles|difficulty|no|worse|pain (?:with|after|on)|after|at|with|when) (?:\w+ ){0,3}$"
)
_GOING = pattern(
    r"\b(?:walk\w*|ambulat\w*|go|goes|gets?|mak(?:e|es|ing)|manag\w+|strolls?|limit\w*|shuffl\w+|only|covers?|post|far as)\b"
)
_HELPS = pattern(
    r"\s(?:now |currently |must |has to |have to |has had to |had to (?:help|haul|carry|lift|drag|pull) |does |do |is doing |takes care of |took over |has taken over |has to do |"
    r"helps? (?:him|her|me|with|dress|bathe)|puts? (?:on )?|ties? |ties |dress(?:es)? (?:him|her|me)|bath(?:es|e) (?:him|her|me)|drives? (?:him|her|me)|"
    r"carr(?:y|ies) |mows? |handles? |lifts? |assists? (?:him|her|me|with))"
)
_OWN_LIFE = pattern(r"\b(?:leave|work|school|home|go to|call|see|visit|live|speak|translate|drive here|drove)\b")
_LABEL_END = pattern(r"\s?(?:\([^)]{0,30}\))?\s?(?:[:?]|\.{3,}|-\s|$)")
_NOTHING = pattern(r"[\s:?.\[\]-]*(?:none\b|no\b|nil\b|n/?a\b|not\b|denie[sd]\b|0\b|full\b|independent\b|normal\b|_)")
_UPRIGHT = ("walk", "stand", "sit", "driv", "ambulat", "feet", "upright")
_NUMBER = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty|half an?)"
_AMOUNT = (
    _NUMBER + r"(?:\s?(?:-|to|or)\s?(?:\d{1,3}|two|three|ten|fifteen|twenty|thirty))?[\s-]?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|blocks?|feet|ft|yards?|yds?|aisles?|laps?|flights?|steps|met(?:er|re)s)\b"
)
_AT_MOST = r"(?:<|≤|less than|under|only|just|barely|at most|at best|no (?:more|longer|farther|further) than|not (?:more|longer) than|limited to|max(?:imum)?(?: of)?|maybe|perhaps|scarcely)"
_TOLERATED = pattern(
    rf"\b(?:walk|stand|sit|driv|ambulat|on (?:his|her|my) feet|upright)\w*\b[^.;:]{{0,24}}?(?:(?P<before>{_AT_MOST})\s?)?(?:for |about |approximately |~|around )*{_AMOUNT}"
    r"\s?(?P<after>max\b|tops\b|at (?:most|best|a time)|only\b|or less|before\b|,? ?(?:and )?then\b|until\b|,? and (?:has|must|needs|sits|stops))?"
)
_CAN = pattern(r"\b(?:can|could|able to|manages?|tolerates?)\s(?:only |now |just )?$")
_MOST = {
    "min": 45,
    "hou": 1,
    "hrs": 1,
    "blo": 4,
    "fee": 500,
    "ft": 500,
    "yar": 200,
    "yds": 200,
    "met": 200,
    "ais": 9,
    "lap": 9,
    "fli": 2,
    "ste": 30,
}
_USED_TO = pattern(r"\bused to\b.{3,60}\b(?:now|but|any ?more|no longer|these days)\b")
_SLEEP_HOURS = pattern(
    r"\b(?:two|three|four|five|[2-5])(?:-[2-5]| to (?:four|five|[2-5]))? (?:hours|hrs|h) of (?:broken )?sleep\b"
)


def limits_of(sentence: Sentence, found: Found) -> Span | None:
    """The words that tell of a limit; the first rule that finds one."""
    by_kind: dict[str, list[Match]] = {}
    for match, concept in found:
        by_kind.setdefault(concept.get("kind"), []).append(match)
    doings = sorted((match for kind in _DOINGS for match in by_kind.get(kind, ())), key=lambda match: match.start)
    if not doings:
        return None
    for rule in (_cannot, _stopped, _lapsed, _helped, _short_way, _bedless):
        span = next(rule(sentence, by_kind, doings), None)
        if span:
            return span
    return next(_tolerated(sentence), None) or _used_to(sentence)


def listed_limits(sentence: Sentence, found: Found) -> Span | None:
    """ "Limits: standing at the register, gardening", "What can you not do? Stairs": a label with activities behind it."""
    label = next((match for match, concept in found if concept.get("kind") == "label"), None)
    if label is None or not _LABEL_END.match(sentence.text, label.end):
        return None
    if label.start and not re.search(r"(?:^|[.;:|)\]]|\s\d\.)[\s\d.)*•-]*$", sentence.text[: label.start]):
        return None
    told = sentence
    position = label.end
    if not re.search(r"[a-z]", sentence.text[label.end :]):
        following = sentence.reading.after(sentence)
        if following is None:
            return None
        told, position = following, 0
    if _NOTHING.match(told.text, position):
        return None
    for match, concept in told.of("function"):
        if match.start >= position and concept.get("kind") in (*_DOINGS, "limited", "cannot"):
            return (label.start, match.end) if told is sentence else (label.start, label.end)
    return None


def _cannot(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Can't mow the lawn", "unable to tie her shoes", "difficulty with stairs"."""
    for match in by_kind.get("cannot", ()):
        act = _next(sentence, match, doings, 26)
        if act is None or _is_elsewhere(sentence, match.start, act.end):
            continue
        if not _EXAMINED.search(sentence.text, match.end, act.end + 26):
            yield match.start, act.end


def _stopped(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Quit softball", "skips church", "sold the motorcycle", "missed six shifts"."""
    things = [match for kind in _THINGS for match in by_kind.get(kind, ())]
    things.sort(key=lambda match: match.start)
    for match in by_kind.get("stop", ()):
        act = _next(sentence, match, things, 34)
        if (
            act
            and not _NO_CAUSE.search(sentence.text, match.end, act.start)
            and not _is_elsewhere(sentence, match.start, act.end)
        ):
            yield match.start, act.end


def _lapsed(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Has not played golf since June"."""
    for match in by_kind.get("lapse", ()):
        act = _next(sentence, match, doings, 14)
        low, high = sentence.clause(match.start)
        if act and _SINCE.search(sentence.text, act.end, high) and not _is_elsewhere(sentence, match.start, act.end):
            yield match.start, act.end


def _helped(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Her husband does the laundry", "my wife ties my shoes"."""
    for match in by_kind.get("helper", ()):
        helps = _HELPS.match(sentence.text, match.end)
        act = next((one for one in doings if helps and match.end < one.start < helps.end() + 26), None)
        if act and not _OWN_LIFE.search(sentence.text, match.end, act.end):
            yield match.start, act.end


def _short_way(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Can walk to the mailbox", "half a block"."""
    for match in by_kind.get("place", ()):
        low = max(0, match.start - 34)
        going = _GOING.search(sentence.text, low, match.start)
        if going and not _FARTHER.search(sentence.text[low : match.start]):
            yield going.start(), match.end


def _bedless(sentence: Sentence, by_kind: dict[str, list[Match]], doings: list[Match]) -> Iterator[Span]:
    """ "Sleeps in an armchair", "sleeping in the tub", "sleeps propped", "four hours of sleep"."""
    for match in by_kind.get("bed", ()):
        start = sentence.text.rfind("sle", max(0, match.start - 30), match.start)
        if start >= 0 and not re.search(r"[,;.]|apnea|well", sentence.text[start : match.start]):
            yield start, match.end
    hours = _SLEEP_HOURS.search(sentence.text) if "of sleep" in sentence.text or "of broken" in sentence.text else None
    if hours:
        yield hours.span()


def _tolerated(sentence: Sentence) -> Iterator[Span]:
    """ "Stands for ten minutes, then has to sit", "drives < 15 min": a short time or way with a word that it is the most."""
    if not any(word in sentence.text for word in _UPRIGHT):
        return
    for found in _TOLERATED.finditer(sentence.text):
        most = _MOST.get(found["unit"][:3].rstrip("s"), _MOST.get(found["unit"][:3], 30))
        number = int(found["n"]) if found["n"].isdigit() else 1
        able = _CAN.search(sentence.text[max(0, found.start() - 20) : found.start()])
        if number <= most and (found["before"] or found["after"] or able):
            yield found.span()


def _used_to(sentence: Sentence) -> Span | None:
    """ "Used to walk three miles and now manages one lap"."""
    found = _USED_TO.search(sentence.text) if "used to" in sentence.text else None
    return (
        found.span()
        if found and "smok" not in found[0] and "drink" not in found[0] and "work " not in found[0][:14]
        else None
    )


def _next(sentence: Sentence, match: Match, acts: list[Match], reach: int) -> Match | None:
    """The activity right behind a word, in its clause, with nothing but small words between."""
    high = sentence.clause(match.start)[1]
    for act in acts:
        if act.start >= match.end:
            near = act.start < min(high, match.end + reach)
            return act if near and not re.search(r"[,;:.]", sentence.text[match.end : act.start]) else None
    return None


def _is_elsewhere(sentence: Sentence, start: int, end: int) -> bool:
    """Of a drug, a therapy or an injection: "unable to tolerate gabapentin", "stopped PT"."""
    return is_treatment(sentence, start, end + 18)

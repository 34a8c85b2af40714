"""Scores set side by side without a scale: "leg 8, back 3", "the leg is a 7 and the back a 4", "8 leg / 3 back", "she puts it at 7, the low back 4".

Numbers alone are read as pain only where both a limb and the back or neck are given one in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.reading import Sentence
from necessity.facts.times import NUMBERS
from necessity.values.patterns import pattern

LIMB, AXIAL = "limb", "axial"
SPOKEN = r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBER = rf"(?:10|\d(?:\.5)?|{SPOKEN})"
_VALUE = (
    rf"(?P<low>{_NUMBER})(?![\w])(?:\s?(?:-|to|or)\s?(?:an? )?(?P<high>{_NUMBER})(?![\w]))?"
    r"(?:\s?/\s?10(?!\d)| (?:out )?of (?:10|ten))?(?![/.]\d|\s?%|\s?(?:percent|weeks?|wks?|months?|mos?|years?|yrs?|days?|times|visits|x\b|mg|mm|cm|injections?|minutes?|hours?|blocks?|-\s?\d{1,2}/))"
)
_SMALL = (
    r"(?:[\s:=,(-]|\b(?:pain|pains|ache|symptoms?|itself|one|side|is|was|are|at|an|a|about|around|rated|rates|rate|graded|as|of|only|just|score|scores|vas|nrs|nprs|"
    r"currently|now|today|being|maybe|perhaps|roughly|nearly|barely|almost|closer|to|probably|mostly|more like|like|averages?|averaging|runs?|scored|still)\b)*"
)
_AFTER = pattern(_SMALL + _VALUE)
_BEFORE = pattern(
    rf"(?<![\d/.\w-]){_VALUE}(?:[\s(]|\b(?:for|in|of|with|an?|the|his|her|my|left|right|l|r|lt|rt|bilateral|both|low|lower|radiating|radicular|pain|ache)\b)*$"
)
# "States 8 on a bad day, back maybe 3": of the limb that he came with.
_STATED = pattern(
    rf"(?:^|(?<=[.;] ))(?:(?:pt|patient|he|she) )?(?:states|says|reports|gives|calls it|is|at|rates)? ?{_VALUE}(?: on (?:a |his |her )?(?:bad|worst) days?| at (?:its )?worst| today| now)?,"
)
_PRONOUN = pattern(
    rf"\b(?:puts|rates?|rated|grades?|graded|scores?|calls|gives|ranks) (?:it|this|that|them|the (?!back|neck|low|lumbar|spine)[a-z]+)(?: \w+)?? (?:(?:at|as|an?|about|around) )*{_VALUE}"
)
_LOOSE = pattern(rf"\b(?:at|as|versus|vs\.?|against|with) (?:an? )?{_VALUE}")
_VERSUS = pattern(
    rf"(?<![\d/.\w-])(?:an? )?(?P<one>{_NUMBER})(?:/10| (?:out )?of (?:10|ten))?\s?(?:versus|vs\.?|against|compared (?:to|with)|over)\s?(?:an? )?(?P<two>{_NUMBER})(?:/10)?(?![\w/%]|\.\d)"
)
_THAN_BACK = pattern(r"\bthan (?:the |his |her )?(back)\b")
# "Band worse than back": the pain around the trunk by the name of its shape.
_BAND = pattern(
    r"\b(?:band|girdle)\b(?=(?: pain| is| are| much| far)* (?:worse|greater|more|stronger|bothers|>))|(?<=than )(?:the )?(?:band|girdle)\b"
)
_LEADING = 30  # characters before a site in which its number may stand
UNSCALED = frozenset(
    {"examination", "imaging", "findings", "medications", "laboratory", "procedure_details", "technique"}
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A number given to a limb or to the back or neck; the higher end of a range."""

    kind: str
    start: int
    end: int
    value: float


def classed_places(sentence: Sentence) -> list[tuple[int, int, str]]:
    """(start, end, `limb` or `axial`) of all that names the one or the other: sites, "LBP", "sciatica"; "lumbar radiculopathy" is of the limb."""
    places: list[tuple[int, int, str]] = []
    for match, concept in sentence.of("site", "pain"):
        if concept.group == "site":
            kind = (
                AXIAL if concept.get("axial") else LIMB if concept.get("limb") and not concept.get("proximal") else None
            )
        else:
            kind = {"axial": AXIAL, "diagnosis": LIMB}.get(concept.get("kind"))
        if kind:
            if kind == LIMB and places and places[-1][2] == AXIAL and sentence.text[places[-1][1] : match.start] == " ":
                places.pop()
            places.append((match.start, match.end, kind))
    if "than" in sentence.text:
        known = {start for start, *_ in places}
        places.extend(
            (m.start(1), m.end(), AXIAL) for m in _THAN_BACK.finditer(sentence.text) if m.start(1) not in known
        )
        places.sort()
    if "band" in sentence.text or "girdle" in sentence.text:
        places.extend((found.start(), found.end(), LIMB) for found in _BAND.finditer(sentence.text))
        places.sort()
    return places


def weighed(sentence: Sentence) -> tuple[Weighed, ...]:
    """The numbers of a sentence that weighs the limb against the back or neck; nothing where it gives only one of them a number."""
    if sentence.section.kind in UNSCALED or not _MAY.search(sentence.text):
        return ()
    places = classed_places(sentence)
    if not any(kind == AXIAL for *_, kind in places):
        return ()
    for find in (_versus, _numbers_after, _numbers_before, _numbers_around):
        found = list(find(sentence, places))
        if {one.kind for one in found} == {LIMB, AXIAL}:
            return tuple(found)
        if len({one.kind for one in found}) == 1 and (other := _of_the_other(sentence, found)):
            return tuple(sorted((*found, other), key=lambda one: one.start))
    return ()


_MAY = pattern(rf"\b(?:10|\d|{SPOKEN})\b.*\b(?:10|\d|{SPOKEN})\b")


def number_of(written: str) -> float:
    return float(NUMBERS.get(written, 0.0)) if written.isalpha() else float(written)


def _weighed(kind: str, found: re.Match[str], offset: int = 0) -> Weighed | None:
    value = max(number_of(found["low"]), number_of(found["high"] or found["low"]))
    return Weighed(kind, offset + found.start("low"), offset + found.end(), value) if value <= 10 else None


def _versus(sentence: Sentence, places: list[tuple[int, int, str]]) -> Iterator[Weighed]:
    """ "The legs are worse than the back, eight versus six": in the order in which they are named."""
    found = _VERSUS.search(sentence.text)
    kinds = list(dict.fromkeys(kind for _, end, kind in places if found and end <= found.start()))
    if found and len(kinds) == 2:
        for kind, name in zip(kinds, ("one", "two"), strict=True):
            yield Weighed(kind, found.start(name), found.end(name), number_of(found[name]))


def _numbers_after(sentence: Sentence, places: list[tuple[int, int, str]]) -> Iterator[Weighed]:
    for index, (_, end, kind) in enumerate(places):
        following = places[index + 1][0] if index + 1 < len(places) else len(sentence.text)
        found = _AFTER.match(sentence.text, end)
        if found and found.start("low") < following and (one := _weighed(kind, found)):
            yield one


def _numbers_before(sentence: Sentence, places: list[tuple[int, int, str]]) -> Iterator[Weighed]:
    last = 0
    for start, end, kind in places:
        low = max(last, start - _LEADING)
        found = _BEFORE.search(sentence.text[low:start])
        if found and (one := _weighed(kind, found, low)):
            yield one
        last = end


def _numbers_around(sentence: Sentence, places: list[tuple[int, int, str]]) -> Iterator[Weighed]:
    """ "7/10 leg, LB 2/10": one number before its part, the other behind."""
    behind = list(_numbers_after(sentence, places[1:]))
    first = list(_numbers_before(sentence, places[:1])) if behind else []
    if first and first[0].end <= behind[0].start:
        yield from (first[0], *behind)


def _of_the_other(sentence: Sentence, found: list[Weighed]) -> Weighed | None:
    """The number of what a pronoun or another name stands for: "she puts it at 7, the low back 4", "the arm is the larger part, at 7, against
    4 for the neck"."""
    kinds = {kind for *_, kind in classed_places(sentence)}
    if kinds == {LIMB, AXIAL}:
        for loose in _LOOSE.finditer(sentence.text):
            one = _weighed(AXIAL if found[0].kind == LIMB else LIMB, loose)
            if one and all(one.end <= other.start or one.start >= other.end for other in found):
                return one
    if found[0].kind != AXIAL:
        return None
    stated = _STATED.match(sentence.text)
    for pronoun in (*_PRONOUN.finditer(sentence.text), *((stated,) if stated else ())):
        one = _weighed(LIMB, pronoun)
        if one and all(one.end <= other.start or one.start >= other.end for other in found) and _limb_named(sentence):
            return one
    return None


def _limb_named(sentence: Sentence) -> bool:
    """Whether a limb or a pain that runs around the trunk is named in the sentence or the two before it."""
    around = [
        sentence,
        sentence.reading.before(sentence),
        sentence.reading.before(sentence, 2),
        sentence.reading.before(sentence, 3),
    ]
    return any(kind == LIMB for one in around if one is not None for *_, kind in classed_places(one)) or any(
        one is not None and any(concept.get("band") for _, concept in one.of("pain")) for one in around
    )

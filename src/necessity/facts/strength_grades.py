"""Muscle grades as they are written: "4+/5", "-4/5", "4 out of 5", "MRC 3", "2/3" for both sides, "full", "antigravity".

Only the numbers are found here; whose muscle and which side they belong to is read in `strength`.
"""

from __future__ import annotations

from dataclasses import dataclass

from necessity.values.patterns import pattern

FULL = 5.0
_SIGN = r"\+|-|plus|minus"
_DIGITS = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_DIGIT = r"(?:[0-5]|" + "|".join(_DIGITS) + r")"
_FRACTION = pattern(
    rf"(?<![\d/.a-z])(?:(?P<low>{_DIGIT})\s?(?P<lowsign>{_SIGN})?\s?(?:-|"
    rf"to)\s?)??(?P<pre>[+-])?(?P<grade>{_DIGIT})(?:\s|-(?=[pm]))?(?P<sign>{_SIGN})?"
    r"(?:\s?/\s?|\s(?:out of|over|of)\s)(?:5|five)(?P<post>[+-](?![\d]))?(?![\d/]|\.\d|\s?(?:mg|mm|cm|visits|"
    r"sessions|days|weeks|months|points|criteria|scale))"
)
_PAIR = pattern(
    r"(?<![\d/.a-z+-])(?P<right>[0-5])(?P<rightsign>[+-])?\s?/\s?(?P<left>[0-5])(?P<leftsign>[+-])?(?![\d/]|\.\d)"
)
_BARE = pattern(
    r"(?P<grade>[0-5])\s?(?P<sign>[+-](?!\d)|plus\b|minus\b)?(?![\d/%+]|\.\d|\s?-\s?\d|\s\d{2}|\s?(?:mm|cm|mg|weeks?|"
    r"wks?|months?|days?|years?|out of|over|times|reps|steps|degrees|deg|beats))"
)
_SECOND_COLUMN = pattern(r"\s[|]?\s?(?P<grade>[0-5])(?P<sign>[+-](?!\d))?(?=\s[a-z|]|\s?[|.,;]|$)")
_BARE_LEAD = pattern(r"\s?[:=-]?\s?(?:(?:is|was|were|are|strength|graded|at|grade|mrc|of|an?)\s){0,3}")
# "Biceps R 4+ L 5", "TA (L) 4, (R) 5", "EHL left 4+/right 5": each grade behind the side that it is of.
_SIDED = pattern(
    r"[\s:=,/;-]{0,3}(?:(?:and|strength|on the|the|is|was) ){0,2}\(?(?P<side>left|right|lt|rt|l|r|b/l|bilat)\)?(?: side)?[\s:=-]{1,2}(?:is |was )?(?P<grade>[0-5])"
    r"(?P<sign>[+-](?!\d)|\splus\b|\sminus\b)?(?:/5)?(?![\w/%+]|\.\d|\s?-\s?\d|\s\d|\s?(?:mm|cm|mg|weeks?|wks?|months?|days?|years?|degrees|deg|beats|out of|reps))"
)
_MRC = pattern(
    r"\b(?:mrc(?: grade| scale)?|(?:grade|graded)(?: mrc)?)\s?(?:of |as |at |is |was |"
    r": ?)?(?P<grade>[0-5])(?P<sign>[+-]|\splus|\sminus)?(?![\d/]|\.\d)"
)
# "Grade IV", "IV/V": Roman numbers are grades of strength where a muscle is graded; of a slip they are written alike.
_ROMAN = pattern(
    r"\b(?:(?P<over>iv|iii|ii|v|i)\s?(?P<oversign>[+-])?\s?/\s?v\b|(?:power|strength|motor|weakness|muscle)\b[^.;]{0,24}?\bgrade (?P<grade>iv|iii|ii|v|i)\b\s?(?P<sign>[+-])?)"
)
_ROMANS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
# Words for a grade; the lower one of what they may mean.
_WORDS = pattern(
    r"\b(?:(?P<five>(?:full|normal|intact|good|excellent|symmetric(?:al)?|equal|preserved|wnl|nl|wfl|"
    r"within (?:normal|functional) limits|unremarkable|5/5)(?: and (?:full|equal|symmetric(?:al)?|normal|"
    r"intact))?)"
    r"|(?P<four>against (?:some|moderate|mild) resistance)|(?P<three>anti-?gravity(?: only| strength)?|"
    r"against gravity(?: only| alone| but (?:not|no))?(?! and (?:some|full)))"
    r"|(?P<two>gravity eliminated|with gravity eliminated)|(?P<one>flicker(?: of (?:movement|contraction))?|"
    r"trace (?:movement|contraction|activity))"
    r"|(?P<zero>no (?:movement|contraction|voluntary movement|motor function|activity)|flail))\b"
)
_WORD_GRADES = {"five": 5.0, "four": 4.0, "three": 3.0, "two": 2.0, "one": 1.0, "zero": 0.0}
# Other things that are counted out of five.
_OTHER_SCALE = pattern(
    r"\bcore\b|\btrunk\b|\babdominals?\b|\bpostural\b|waddell|non-?organic|visit|session|apgar|\bpain\b|\bvas\b|\bnrs\b|provocat|criteria|\bscale of|stars|likert|"
    r"maneuvers|manoeuvres|signs? (?:were |are )?positive|mallampati|jamar|days a week|tests"
)
_AFTER_OTHER = pattern(
    r"\s?(?:\(?positive\)?|of the|waddell|provocative|visits|tests|si (?:joint )?|signs|criteria|reps|non-?organic)\b"
)


@dataclass(frozen=True, slots=True)
class GradeMention:
    """A grade written at `start` up to `end`; `other` is the second one of a pair ("2/3"); `side` where the grade has its own."""

    start: int
    end: int
    grade: float
    other: float | None = None
    word: bool = False
    side: str | None = None


def signed(number: str, sign: str | None) -> float:
    """4- is 3.67 and 4+ is 4.33; there is nothing above 5 or below 0."""
    value = float(_DIGITS.get(number, number)) + {"+": 1 / 3, "plus": 1 / 3, "-": -1 / 3, "minus": -1 / 3}.get(
        (sign or "").strip(), 0.0
    )
    return round(min(FULL, max(0.0, value)), 2)


def fractions(text: str) -> list[GradeMention]:
    """Every grade out of five; of a range the lower end."""
    found = []
    for m in _FRACTION.finditer(text):
        if _OTHER_SCALE.search(text[max(0, m.start() - 24) : m.start()]) or _AFTER_OTHER.match(text[m.end() :]):
            continue
        grade = signed(m["grade"], m["sign"] or m["post"] or m["pre"])
        if m["low"]:
            grade = min(grade, signed(m["low"], m["lowsign"]))
        found.append(GradeMention(m.start(), m.end(), grade))
    return found


def pair_at(text: str, position: int) -> GradeMention | None:
    """Two grades with a slash, right behind a muscle ("IP 2/2", "knee flexors 4/4-"), one for each side."""
    lead = _BARE_LEAD.match(text, position)
    m = _PAIR.match(text, lead.end() if lead else position)
    if m is None or (m["left"] == "5" and not m["leftsign"] and not m["rightsign"] and m["right"] != "5"):
        return None
    return GradeMention(m.start(), m.end(), signed(m["right"], m["rightsign"]), signed(m["left"], m["leftsign"]))


def both_sides(text: str, mention: GradeMention) -> GradeMention:
    """A grade out of five read as a pair after all: in a list of pairs "5/5" and "4/5" are right and left."""
    m = _PAIR.match(text, mention.start)
    if m is None or m.end() != mention.end:
        return mention
    return GradeMention(m.start(), m.end(), signed(m["right"], m["rightsign"]), signed(m["left"], m["leftsign"]))


def bare_at(text: str, position: int) -> GradeMention | None:
    """A grade without its five, right behind a muscle: "EHL 4", "deltoid: 4+"."""
    lead = _BARE_LEAD.match(text, position)
    m = _BARE.match(text, lead.end() if lead else position)
    if m is None or m.start() == position:
        return None
    second = _SECOND_COLUMN.match(text, m.end())
    other = signed(second["grade"], second["sign"]) if second else None
    return GradeMention(m.start(), second.end() if second else m.end(), signed(m["grade"], m["sign"]), other)


def sided_at(text: str, position: int) -> list[GradeMention]:
    """Grades without their five, each behind its side, right behind a muscle."""
    found: list[GradeMention] = []
    while (m := _SIDED.match(text, position)) is not None and len(found) < 2:
        side = "left" if m["side"][0] == "l" else "right" if m["side"][0] == "r" else "bilateral"
        found.append(GradeMention(m.start("side"), m.end(), signed(m["grade"], m["sign"]), side=side))
        position = m.end()
    return found


def mrc_grades(text: str) -> list[GradeMention]:
    found = [GradeMention(m.start(), m.end(), signed(m["grade"], m["sign"])) for m in _MRC.finditer(text)]
    for m in _ROMAN.finditer(text):
        group = "over" if m["over"] else "grade"
        found.append(GradeMention(m.start(group), m.end(), signed(_ROMANS[m[group]], m["oversign"] or m["sign"])))
    return found


def worded(text: str) -> list[GradeMention]:
    """Grades in words; only where strength is the topic."""
    return [
        GradeMention(m.start(), m.end(), _WORD_GRADES[m.lastgroup or "five"], word=True) for m in _WORDS.finditer(text)
    ]

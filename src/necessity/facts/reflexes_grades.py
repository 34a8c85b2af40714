"""Grades and words that say how a tendon reflex is, in the part of a sentence that is about reflexes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.facts.examination_results import results_of
from necessity.facts.reading import Sentence
from necessity.facts.strength_grades import GradeMention
from necessity.facts.strength_targets import Target
from necessity.values.patterns import pattern

# Grades 1 to 3 alone are no change; below and above they are.
LOWEST_NORMAL, HIGHEST_NORMAL = 1.0, 3.0
TRACE = 0.5
_SPELLED = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0}
_ONE = r"(?:[+-]?[0-4]\s?(?:\+{1,3}|-(?!\d)|plus)?|(?:one|two|three|four)(?: plus|\s?\+)|trace|tr|absent)"
GRADE = pattern(
    rf"(?<![\w/.+-])(?P<first>{_ONE})(?:\s?(?P<joint>/|-|to|and|vs\.?|versus|compared (?:to|with)|against)\s?(?P<second>{_ONE}))?(?P<scale>\s?/\s?4\+?)?"
    r"(?![\w%]|\.\d|/\d|-\d|\s?(?:beats|mm|cm|mg|weeks|months|years|days|times|degrees|out of 10|/10|/5|/\s?5))"
)
_EQUAL = pattern(r"\s?(?:and |,)?\s?(?:equal|symm|sym\b|bilaterally (?:equal|symm))")
_BEATS = pattern(r"\s?(?:-\s?\d\s?)?beats?\b")
_AS_REFLEX = pattern(r"\s?:?\s?\(?(?:(?:left|right|lt|rt|l|r|b/l|bilat\w*)\)?[\s:]{1,2})?[12]\s?\+(?!\s?/\s?5|\d)")
_STRENGTH_GRADE = pattern(r"\d[+-]?\s?/\s?5|(?<![\w/.-])[45][+-]?(?![\w/.])")
# "Reflexes even", not "even with reinforcement" nor "not even".
_EVEN = pattern(
    r"(?<!not )\b(?:even|alike|level)(?=\s?(?:[.,;)]|$|and (?:symm|normal|2)|at (?:the )?(?:knee|ankle)|in (?:the|both|all)|on both|both|bilat|throughout|side))"
)
_DISTANT = frozenset({"cranial", "strength", "sensation", "gait", "heel_walk", "toe_walk"})
_SENSES = {"abnormal": "reduced", "absent": "absent", "brisk": "brisk", "normal": "normal"}


@dataclass(frozen=True, slots=True)
class Word:
    """A result in words, where a number might have stood."""

    sense: str
    negated: bool


def graded_as_reflex(sentence: Sentence) -> bool:
    """ "BR L 1+, R 2+", "biceps 2+, triceps 1+": a muscle with a tendon reflex, and no grade that only strength has."""
    text = sentence.text
    if "+" not in text or any(c.id == "strength" for _, c in sentence.of("examination")):
        return False
    muscles = [m for m, c in sentence.of("muscle") if c.get("reflex")]
    return bool(muscles) and not _STRENGTH_GRADE.search(text) and any(_AS_REFLEX.match(text, m.end) for m in muscles)


def mentions_of(
    sentence: Sentence, targets: list[Target], explicit: bool
) -> tuple[list[GradeMention], dict[int, Word]]:
    """Grades and words of result in the part of the sentence that is about reflexes."""
    low, high = _part(sentence, targets)
    grades = [
        g
        for m in GRADE.finditer(sentence.text, low, high)
        if (g := _grade(m, explicit)) is not None
        and not _is_level(sentence, m.start())
        and not _BEATS.match(sentence.text, m.end())
    ]
    words: dict[int, Word] = {}
    results = results_of(sentence)
    for result in results:
        if not explicit and result.sense == "normal":
            continue  # "the patellar tendon is intact" is no reflex
        if not explicit and not any(abs(result.start - t.end) < 10 or abs(t.start - result.end) < 10 for t in targets):
            continue
        if (
            result.sense not in _SENSES
            or not low <= result.start < high
            or any(g.start <= result.start < g.end for g in grades)
        ):
            continue
        if result.sense == "normal" and (
            any(abs(g.start - result.start) < 40 for g in grades)
            or any(r.sense in ("abnormal", "absent") and abs(r.start - result.start) < 18 for r in results)
        ):
            continue
        words[result.start] = Word(_SENSES[result.sense], result.negated)
        grades.append(GradeMention(result.start, result.end, -1.0, word=True))
    for found in _EVEN.finditer(sentence.text, low, high) if explicit and not grades else ():
        words[found.start()] = Word("normal", False)
        grades.append(GradeMention(found.start(), found.end(), -1.0, word=True))
    return sorted(grades, key=lambda g: g.start), words


def _part(sentence: Sentence, targets: list[Target]) -> tuple[int, int]:
    """From the first reflex to the next topic; a result may stand before the reflex in its own clause."""
    text, first, last = sentence.text, targets[0].start, targets[-1].end
    low, high = 0, len(text)
    for match, concept in sentence.of("examination", "sign"):
        other = concept.group == "sign" or concept.id in _DISTANT
        if other and match.end <= first:
            low = max(low, match.end)
        elif other and match.start >= last:
            high = min(high, match.start)
    cut = max(text.rfind(";", low, first), text.rfind(". ", low, first))
    return max(low, cut + 1), high


def _is_level(sentence: Sentence, position: int) -> bool:
    return any(level.start <= position < level.end for level in sentence.levels) or any(
        time.date is not None and time.start <= position < time.end for time in sentence.times
    )


def _grade(found: re.Match[str], explicit: bool) -> GradeMention | None:
    """A number that is a reflex grade: signed, on a scale, or bare where reflexes are the topic."""
    written = found[0]
    if written in ("absent",):
        return None
    plain = written.strip().isdigit()
    if plain and not explicit:
        return None
    first = _value(found["first"])
    second = _value(found["second"]) if found["second"] else None
    if second == 4.0 and found["second"] == "4" and found["joint"] == "/" and not found["scale"]:
        second = None
    if found["joint"] in ("-", "to", "and") and second is not None:
        return GradeMention(found.start(), found.end(), min(first, second))
    if second is not None and _EQUAL.match(found.string, found.end()):
        return GradeMention(found.start(), found.end(), min(first, second))
    return GradeMention(found.start(), found.end(), first, second)


def _value(written: str) -> float:
    if written in ("trace", "tr"):
        return TRACE
    if written == "absent":
        return 0.0
    if written[0].isalpha():
        return _SPELLED[written.split()[0].rstrip("+")]
    return float(next(character for character in written if character.isdigit()))

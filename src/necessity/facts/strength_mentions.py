"""Which numbers and words of a sentence are grades of strength: not pain scores, reflexes or days of May."""

from __future__ import annotations

from necessity.facts.examination_context import ExamContext
from necessity.facts.examination_results import ELECTRIC
from necessity.facts.reading import Sentence
from necessity.facts.reflexes_grades import graded_as_reflex
from necessity.facts.strength_grades import (
    FULL,
    GradeMention,
    bare_at,
    both_sides,
    fractions,
    mrc_grades,
    pair_at,
    sided_at,
    signed,
    worded,
)
from necessity.facts.strength_targets import Target
from necessity.values.patterns import pattern

_GRADE_STEMS = ("gravity", "resist", "flicker", "trace", "no ", "flail")
# "Normal muscle bulk", "normal biceps and triceps reflexes": the word is of something else.
_NOT_STRENGTH = pattern(
    r"\s(?:muscle |motor )?(?:bulk|tone|mass|conduction|unit|development|musculature)\b|(?:(?!strength|motor|"
    r"power)[\w\s,-]){0,60}?\b(?:reflex|jerk)"
)
_SIDE_FULL = pattern(
    r"(?<![\w/])(?:r|l|right|left|rest|others?)\s(?:side )?(?:is |are |all )?(?P<grade>5)(?=\s(?:throughout|all|"
    r"b/l|in all)|[.,;]|$)"
)
_SECOND = pattern(
    r"\s?[,;/]?\s?(?:and )?(?P<grade>[0-5](?:[+-])?)\s(?=(?:\(?(?:r|l|rt|lt|right|left)\)?)(?:[\s,.;)]|$))"
)
_TODAY_GRADE = pattern(
    r"\b(?:today|now|currently|visit|exam|note|previously|prev|prior|initially|baseline|last time|was|had been)"
    r"(?: (?:it|he|she|this|that))?(?: is| was| are|'s)?(?: only)?(?: an?)?[ :=]{1,2}"
    r"(?P<grade>[0-5])\s?(?P<sign>[+-](?!\d)|plus\b|minus\b)?(?=[\s,.;)]|$)(?![\d/%]|\.\d|\s?(?:/|out of|of 10|weeks|days|months|feet|ft|years|wks|mos))"
)
# Biceps and knee jerks are graded up to 3; what is more is strength.
_ABOVE_REFLEXES = 3.6
_SIGNED = pattern(r"[+-]|plus|minus")
_MOTOR_AND = pattern(r"\b(?:motor|strength)\s?(?:function |exam |strength )?(?:and|/|&|or)\s?(?:the )?sens")


def strength_grades(sentence: Sentence, targets: list[Target], context: ExamContext) -> list[GradeMention]:
    """Every grade of a sentence that is one of strength, in order."""
    text = sentence.text
    topic = context.topic if context.age < 3 else None
    found: list[GradeMention] = []
    if "5" in text or "five" in text:
        examined = context.in_examination(sentence) or any(
            c.id in ("strength", "neuro") for _, c in sentence.of("examination")
        )
        found = [g for g in fractions(text) if targets or examined or topic == "strength"]
        found = [g for g in found if not _of_reflex(sentence, g)]
    muscles = [t for t in targets if t.kind == "muscle" and not any(abs(g.start - t.end) < 4 for g in found)]
    found += _unfractioned(sentence, muscles, found, topic)
    found += _second_sides(text, found)
    found += _of_today(text, found)
    if found or topic == "strength":
        found += [GradeMention(m.start("grade"), m.end("grade"), FULL) for m in _SIDE_FULL.finditer(text)]
    pairs = any(g.other is not None for g in found)
    found = [both_sides(text, g) if pairs and g.other is None and not g.word else g for g in found]
    named = any(c.id == "strength" for _, c in sentence.of("examination"))
    spoken = named or topic == "strength" and (bool(targets) or context.age <= 1)
    if (spoken or targets and any(word in text for word in _GRADE_STEMS)) and not ELECTRIC.search(text):
        found += [
            g
            for g in worded(text)
            if (spoken if g.grade >= FULL else _near_muscle(g, targets)) and _is_grade_word(sentence, g, found)
        ]
    if "mrc" in text or muscles and ("grade" in text or "/v" in text or "/ v" in text):
        found += [g for g in mrc_grades(text) if all(g.end <= other.start or g.start >= other.end for other in found)]
    return _apart(found)


def _apart(found: list[GradeMention]) -> list[GradeMention]:
    kept: list[GradeMention] = []
    for grade in sorted(found, key=lambda g: (g.start, -g.end)):
        if not kept or grade.start >= kept[-1].end:
            kept.append(grade)
    return kept


def _of_reflex(sentence: Sentence, grade: GradeMention) -> bool:
    """ "Reflexes 2/5": the nearest topic before the grade is the reflexes."""
    topic = None
    for match, concept in sentence.of("examination"):
        if match.end <= grade.start and concept.id in ("reflex", "strength", "neuro"):
            topic = concept.id
    return topic == "reflex"


def _unfractioned(
    sentence: Sentence, muscles: list[Target], found: list[GradeMention], topic: str | None
) -> list[GradeMention]:
    """Pairs and bare numbers right behind a muscle; biceps and knee jerks are graded too, so these need strength as the topic."""
    result = []
    strength = topic == "strength" or bool(found)
    if not strength and topic != "reflex":
        strength = any(g.grade >= _ABOVE_REFLEXES for t in muscles for g in _bare(sentence.text, t.end))
    if any(c.id == "reflex" for _, c in sentence.of("examination")) or topic == "reflex" and not found:
        muscles = [t for t in muscles if not t.reflex]
    elif any(t.reflex for t in muscles) and graded_as_reflex(sentence):
        return []
    for target in muscles:
        if target.reflex and not strength:
            continue
        pair = pair_at(sentence.text, target.end)
        for grade in [pair] if pair else _bare(sentence.text, target.end):
            if all(grade.end <= g.start or grade.start >= g.end for g in found):
                result.append(grade)
    return (
        result
        if strength or len(result) > 1
        else [g for g in result if g.other is not None or _SIGNED.search(sentence.text, g.start, g.end)]
    )


def _bare(text: str, position: int) -> list[GradeMention]:
    """Grades without their five behind a muscle, with or without a side of their own."""
    bare = bare_at(text, position)
    return [bare] if bare else sided_at(text, position)


def _second_sides(text: str, found: list[GradeMention]) -> list[GradeMention]:
    """ "4+/5 L, 5 R": the second grade without its five."""
    result = []
    for grade in found:
        for position in (grade.end, grade.end + 2):
            m = _SECOND.match(text, position)
            if m:
                sign = m["grade"][1:] or None
                value = float(m["grade"][0]) + {"+": 1 / 3, "-": -1 / 3, None: 0.0}[sign]
                result.append(GradeMention(m.start("grade"), m.end("grade"), round(min(value, FULL), 2)))
                break
    return result


def _of_today(text: str, found: list[GradeMention]) -> list[GradeMention]:
    """ "Was 4+ and today it is 4-": the later grade without its muscle and its five."""
    if not found:
        return []
    return [
        GradeMention(m.start("grade"), m.end(), signed(m["grade"], m["sign"]))
        for m in _TODAY_GRADE.finditer(text)
        if all(m.end() <= g.start or m.start("grade") >= g.end for g in found)
    ]


def _near_muscle(word: GradeMention, targets: list[Target]) -> bool:
    return any(
        t.kind in ("muscle", "joint") and -2 <= word.start - t.end < 30 or 0 <= t.start - word.end < 20 for t in targets
    )


def _is_grade_word(sentence: Sentence, word: GradeMention, found: list[GradeMention]) -> bool:
    """A word is a grade where strength is its nearest topic, within the same clause."""
    if word.grade >= FULL and _NOT_STRENGTH.match(sentence.text, word.end):
        return False
    low, high = sentence.clause(word.start)
    topic: tuple[int, str] | None = None
    for match, concept in sentence.of("examination", "muscle", "sign"):
        if match.end < low or match.start > high:
            continue
        distance = word.start - match.end if match.end <= word.start else match.start - word.end + 3
        if (
            concept.group == "muscle"
            or concept.id
            in ("strength", "sensation", "reflex", "gait", "cranial", "patellar_reflex", "achilles_reflex")
            or concept.group == "sign"
        ):
            kind = concept.id if concept.group == "examination" else concept.group
            if topic is None or distance < topic[0]:
                topic = (distance, kind)
    if topic is None and sentence.text.find(".") in (-1, len(sentence.text) - 1) and word.start < 24:
        return not any(low <= g.start <= high for g in found)
    joined = topic is not None and topic[1] == "sensation" and bool(_MOTOR_AND.search(sentence.text, low, word.start))
    if topic is None or topic[1] not in ("strength", "muscle") and not joined and word.grade >= FULL or topic[0] > 60:
        return False
    return not any(low <= g.start <= high for g in found)

"""Graded strength: which muscle, root or limb has which grade on which side, now or on an earlier examination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from necessity.facts.examination_context import ExamContext, region_of_roots
from necessity.facts.examination_results import ELECTRIC
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Side
from necessity.facts.reading import Sentence, SideMention
from necessity.facts.strength_grades import (
    FULL,
    GradeMention,
    bare_at,
    both_sides,
    fractions,
    mrc_grades,
    pair_at,
    worded,
)
from necessity.facts.strength_targets import Graded, Target, assigned, targets_of
from necessity.values.dates import PartialDate

_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_TRAILING_SIDE = re.compile(
    r"[\s,]{0,2}(?:strength |power )?\(?(?:and equal |and symmetric(?:al)? )?(?:on |in |at |for |to )?(?:the |"
    r"his |her )?$"
)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared (?:to|with)|against)\s?(?:the |her |his )?(?:\w+ )?$|^[\s|,/]*$")
_SECOND = re.compile(
    r"\s?[,;/]?\s?(?:and )?(?P<grade>[0-5](?:[+-])?)\s(?=(?:\(?(?:r|l|rt|lt|right|left)\)?)(?:[\s,.;)]|$))"
)
_VERSUS_NEXT = re.compile(r"\s?(?:vs\.?|versus|compared (?:to|with))\s|\s?[|]\s?[0-5]|\s[0-5][+-]?/5")
_GRADE_NEXT = re.compile(r"\)?\s?:?\s?[0-5][+-]?\s?/")
_MOTOR_AND = re.compile(r"\b(?:motor|strength)\s?(?:function |exam |strength )?(?:and|/|&|or)\s?(?:the )?sens")
_CLOSED = re.compile(r"\s?(?:[,.;)]|$|and\b)")
_LETTER_BEFORE_GRADE = re.compile(r"(?<![A-Za-z0-9/.])[LR](?=\s?:?\s[0-5][+-]?\s?/\s?5)")


@dataclass(slots=True)
class _Carry:
    """What the grades of a sentence hand on: the last targets with their side, and a side that stands in front of several."""

    targets: tuple[Target, ...] = ()
    side: Side | None = None
    leading: Side | None = None
    end: int = 0


def read_strength(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """The graded findings of a sentence."""
    targets = targets_of(sentence)
    grades = _grades(sentence, targets, context)
    if not grades:
        return
    sides = _sides(sentence)
    carry = _Carry()
    for number, graded in enumerate(assigned(sentence.text, targets, grades)):
        high = grades[number + 1].start if number + 1 < len(grades) else len(sentence.text)
        yield from _read_one(sentence, graded, sides, high, carry, context)


def _read_one(
    sentence: Sentence, graded: Graded, sides: list[SideMention], high: int, carry: _Carry, context: ExamContext
) -> Iterator[ExamFinding]:
    text, mention = sentence.text, graded.mention
    side, leads, end = _side(sentence, graded, sides, carry.end, high)
    end = min(end, high)
    between = text[carry.end : mention.start]
    when, earlier = dated(sentence, mention.start, mention.end)
    first, second = (Side.LEFT, Side.RIGHT) if context.left_first else (Side.RIGHT, Side.LEFT)
    if not graded.targets and not graded.rest and carry.targets:
        versus = bool(_VERSUS.search(between))
        if side or versus or earlier or "(" in between or "," in between:
            graded = replace(graded, targets=carry.targets)
            side = side or (
                _OPPOSITE.get(carry.side, second) if versus and carry.side else second if versus else carry.side
            )
    elif leads:
        carry.leading = side
    elif side is None and not graded.rest:
        side = carry.leading
    if side is None and _VERSUS_NEXT.match(text, mention.end):
        side = first
    carry.targets, carry.side, carry.end = graded.targets or carry.targets, side, end
    yield from _findings(sentence, graded, side, (first, second), (when, earlier), context)


def _sides(sentence: Sentence) -> list[SideMention]:
    """The sides of a sentence, with the single letters that stand before a grade ("R 5/5")."""
    found = [
        SideMention(m.start(), m.end(), Side.LEFT if m[0] == "L" else Side.RIGHT)
        for m in _LETTER_BEFORE_GRADE.finditer(sentence.cased)
    ]
    return sorted(
        [*found, *(s for s in sentence.sides if all(s.end <= f.start or s.start >= f.end for f in found))],
        key=lambda s: s.start,
    )


def _grades(sentence: Sentence, targets: list[Target], context: ExamContext) -> list[GradeMention]:
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
    pairs = any(g.other is not None for g in found)
    found = [both_sides(text, g) if pairs and g.other is None and not g.word else g for g in found]
    named = any(c.id == "strength" for _, c in sentence.of("examination"))
    if (named or targets or topic == "strength" and context.age <= 1) and not ELECTRIC.search(text):
        spoken = named or topic == "strength" and (bool(targets) or context.age <= 1)
        found += [
            g
            for g in worded(text)
            if (spoken if g.grade >= FULL else _near_muscle(g, targets)) and _is_grade_word(sentence, g, found)
        ]
    if "mrc" in text or "grade" in text and muscles:
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
    strength = (
        topic == "strength"
        or bool(found)
        or any((g := bare_at(sentence.text, t.end)) is not None and g.grade > 4.5 for t in muscles)
    )
    if any(c.id == "reflex" for _, c in sentence.of("examination")) or topic == "reflex" and not found:
        muscles = [t for t in muscles if not t.reflex]
    for target in muscles:
        if target.reflex and not strength:
            continue
        grade = pair_at(sentence.text, target.end) or bare_at(sentence.text, target.end)
        if grade is not None and all(grade.end <= g.start or grade.start >= g.end for g in found):
            result.append(grade)
    return (
        result
        if strength or len(result) > 1
        else [
            g
            for g in result
            if g.other is not None or "+" in sentence.text[g.start : g.end] or "-" in sentence.text[g.start : g.end]
        ]
    )


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


def _near_muscle(word: GradeMention, targets: list[Target]) -> bool:
    return any(
        t.kind in ("muscle", "joint") and -2 <= word.start - t.end < 30 or 0 <= t.start - word.end < 20 for t in targets
    )


def _is_grade_word(sentence: Sentence, word: GradeMention, found: list[GradeMention]) -> bool:
    """A word is a grade where strength is its nearest topic, within the same clause."""
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


def _side(
    sentence: Sentence, graded: Graded, sides: list[SideMention], low: int, high: int
) -> tuple[Side | None, bool, int]:
    """The side of a grade, whether it stands in front (and so may hold for the muscles that follow), and where the grade's words end."""
    mention, targets, text = graded.mention, graded.targets, sentence.text
    end = max([mention.end, *(t.end for t in targets)]) if graded.forward else mention.end
    for side in sides:
        if (
            end <= side.start < high
            and _TRAILING_SIDE.fullmatch(text[end : side.start])
            and not _leads_grade(text, end, side)
            and not _leads_on(sentence, side.end, high)
        ):
            return side.side, False, side.end
    first = min([mention.start, *(t.start for t in targets)])
    last = max([mention.start, *(t.end for t in targets)])
    best: Side | None = None
    leads = False
    for side in sides:
        if (
            low <= side.start
            and side.end <= last
            and not (graded.forward and side.start < mention.start and "," in text[side.end : mention.start])
        ):
            best, leads = side.side, side.start <= first
    return best, leads, end


def _leads_grade(text: str, end: int, side: SideMention) -> bool:
    """ "5/5, R all 5/5": behind a comma a side is the grade's own only where nothing follows it."""
    return (
        bool(_GRADE_NEXT.match(text, side.end)) or "," in text[end : side.start] and not _CLOSED.match(text, side.end)
    )


def _leads_on(sentence: Sentence, position: int, high: int) -> bool:
    """ "5/5 R TA 4/5": the side right behind a grade belongs to the muscle after it."""
    return any(
        match.start - position in (0, 1) and match.end <= high < len(sentence.text)
        for match, _ in sentence.of("muscle")
    )


def _findings(
    sentence: Sentence,
    graded: Graded,
    side: Side | None,
    order: tuple[Side, Side],
    time: tuple[PartialDate | None, bool],
    context: ExamContext,
) -> Iterator[ExamFinding]:
    mention = graded.mention
    how = sentence.qualify(mention.start, mention.end)
    if how.not_patient or how.assertion in (Assertion.PLANNED, Assertion.ADVISED):
        return
    start = mention.start if graded.forward else min([mention.start, *(t.start for t in graded.targets)])
    evidence = sentence.evidence(
        start if mention.end - start < 160 else mention.start, max([mention.end, *(t.end for t in graded.targets)])
    )
    sides: tuple[tuple[Side | None, float], ...] = ((side, mention.grade),)
    if mention.other is not None:
        sides = ((order[0], mention.grade), (order[1], mention.other))
    for muscle, roots, limb in dict.fromkeys(_served(target) for target in graded.targets) or (
        ((None, (), context.limb)),
    ):
        for its_side, grade in sides:
            yield ExamFinding(
                concept="strength",
                assertion=Assertion.ABSENT if grade >= FULL else Assertion.PRESENT,
                evidence=(evidence,),
                written=sentence.written,
                when=time[0],
                earlier=time[1] or how.historical,
                region=region_of_roots(roots, limb),
                side=its_side,
                muscle=muscle,
                roots=roots,
                grade=None if mention.word and grade >= FULL else grade,
            )


def _served(target: Target) -> tuple[str | None, tuple[str, ...], str | None]:
    return target.muscle, target.roots if target.kind in ("muscle", "root") else (), target.limb

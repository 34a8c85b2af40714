"""Graded strength: which muscle, root or limb has which grade on which side, now or on an earlier examination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from necessity.facts.examination_context import ExamContext, region_of_roots
from necessity.facts.examination_quoted import visit_columns
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Side
from necessity.facts.reading import Sentence, SideMention
from necessity.facts.strength_grades import (
    FULL,
    GradeMention,
)
from necessity.facts.strength_mentions import strength_grades
from necessity.facts.strength_targets import Graded, Target, assigned, targets_of
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_TRAILING_SIDE = pattern(
    r"[\s,]{0,2}(?:strength |power )?\(?(?:and equal |and symmetric(?:al)? )?(?:on |in |at |for |to )?(?:the |"
    r"his |her )?$"
)
_VERSUS = pattern(r"\b(?:vs\.?|versus|compared (?:to|with)|against)\s?(?:the |her |his )?(?:\w+ )?$|^[\s|,/]*$")
_VERSUS_NEXT = pattern(r"\s?(?:vs\.?|versus|compared (?:to|with))\s|\s?[|]\s?[0-5]|\s[0-5][+-]?/5")
_GRADE_NEXT = pattern(r"\)?\s?:?\s?[0-5][+-]?\s?/")
# "Increase strength to 5/5" is a goal of therapy, not a finding.
_AIM = pattern(
    r"\b(?:goals?|increase|improve|restore|regain|achieve|return(?:ing)?|gain|progress) (?:[^;.]* )?to $|"
    r"\bgoals?\b[^;.]*$"
)
_STRANGER = pattern(
    r"\b(?!(?:and|but|on|the|in|at|lt|rt|left|right|bilat\w*|both|all|is|are|was|it|to|now|today|current\w*|vs|versus|compared|with|"
    r"previous\w*|prior|initial\w*|eval\w*|baseline|side|leg|arm|of|which|again|still|only|graded?|strength|his|her|from|for|while|that|this|being|only|lle|rle|lue|rue|same)\b)[a-z]{2,}"
)
_GOES_ON = pattern(
    r"\s?(?:->|→|=>)|\W*(?:(?:and|but) (?=(?:it |is |are )*(?:today|now|currently))|(?:to|it|today|now|currently|which|is|was)\b)"
)
_NOW = pattern(r"\s?\(?(?:today|now|currently)\b")
_CLOSED = pattern(r"\s?(?:[,.;)]|$|and\b)")
_LETTER_BEFORE_GRADE = pattern(r"(?<![A-Za-z0-9/.])[LR](?=\s?:?\s[0-5][+-]?\s?/\s?5)")


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
    grades = strength_grades(sentence, targets, context)
    if not grades:
        return
    sides = _sides(sentence)
    carry = _Carry()
    found: list[ExamFinding] = []
    for number, graded in enumerate(assigned(sentence.text, targets, grades)):
        high = grades[number + 1].start if number + 1 < len(grades) else len(sentence.text)
        found += _read_one(sentence, graded, sides, high, carry, context)
    yield from _by_visit(sentence, found, sides)


def _by_visit(sentence: Sentence, found: list[ExamFinding], sides: list[SideMention]) -> list[ExamFinding]:
    """Of a row "R EHL  4  5" under the dates of two examinations the first is the earlier one."""
    if len(found) != 2 or found[0].muscle != found[1].muscle or len(sides) > 1:
        return found
    columns = visit_columns(sentence)
    if not columns:
        return found
    side = sides[0].side if sides else None
    return [replace(found[0], side=side, when=columns[0], earlier=True), replace(found[1], side=side)]


def _read_one(
    sentence: Sentence, graded: Graded, sides: list[SideMention], high: int, carry: _Carry, context: ExamContext
) -> Iterator[ExamFinding]:
    text, mention = sentence.text, graded.mention
    side, leads, end = _side(sentence, graded, sides, carry.end, high)
    end = min(end, high)
    between = text[carry.end : mention.start]
    when, earlier = dated(sentence, mention.start, mention.end)
    first, second = (Side.LEFT, Side.RIGHT) if context.left_first else (Side.RIGHT, Side.LEFT)
    if mention.side is not None:
        side, leads, end = Side(mention.side), False, mention.end
    if not graded.targets and not graded.rest and carry.targets:
        versus = bool(_VERSUS.search(between))
        if (
            side
            or versus
            or earlier
            or "(" in between
            or "," in between
            or _GOES_ON.match(between)
            or _NOW.match(text, mention.end)
        ):
            stranger = not earlier and _STRANGER.search(between)
            graded = replace(graded, targets=_unnamed(carry.targets) if stranger else carry.targets)
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


def _unnamed(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """ "Hip flex 4/5, abd 3/5": another movement of the same limb, by a name that is not known."""
    return tuple(replace(target, kind="limb", muscle=None, roots=()) for target in targets[:1])


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
            and (not _leads_grade(text, end, side) or _trails(text, sides, low, mention, side))
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


def _trails(text: str, sides: list[SideMention], low: int, mention: GradeMention, side: SideMention) -> bool:
    """ "4/5 L 5/5 R": without a comma, and with no side before the grade, the letter behind is its own."""
    own = any(low <= s.start and s.end <= mention.start for s in sides)
    return not own and text[mention.end : side.start].strip() == ""


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
    if _AIM.search(sentence.text, 0, mention.start) or "goal" in sentence.section.heading:
        return
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
    return target.muscle, target.roots if target.muscle or target.kind == "root" else (), target.limb

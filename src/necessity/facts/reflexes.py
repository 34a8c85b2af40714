"""Tendon reflexes: grades and words, each with its arc and side; one side lower than the other is a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from necessity.facts.examination_context import ExamContext, region_of_roots
from necessity.facts.examination_results import is_finding
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Side
from necessity.facts.reading import Sentence
from necessity.facts.reflexes_grades import (
    GRADE,
    HIGHEST_NORMAL,
    LOWEST_NORMAL,
    TRACE,
    Word,
    graded_as_reflex,
    mentions_of,
)
from necessity.facts.reflexes_words import read_named
from necessity.facts.strength_grades import GradeMention
from necessity.facts.strength_targets import Graded, Target, assigned
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

_LETTER = pattern(r"(?:(?<![A-Za-z0-9/.-])|(?<=[0-9+]/))[LR](?=\s(?:[0-4](?![\d-])|trace|absent|0\b))")
_OPPOSITE: dict[Side | None, Side] = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
_VERSUS = pattern(r"vs|versus|compared|against")
_TRAILS = pattern(r"(?<![lr] )[0-4]\+{0,2}\s$")
# Where reflexes are the topic, a muscle or joint stands for its reflex.
_STANDS_FOR = {
    "knee_joint": "patellar_reflex",
    "ankle_joint": "achilles_reflex",
    "biceps": "biceps_reflex",
    "triceps": "triceps_reflex",
    "brachioradialis": "brachioradialis_reflex",
    "quadriceps": "patellar_reflex",
    "gastrocnemius": "achilles_reflex",
    "hamstrings": "medial_hamstring",
}
_BODY_PARTS = frozenset(
    {"patella", "patellae", "patellas", "patellar", "patellars", "patellar tendon", "achilles", "achilles tendon"}
)
_GENERIC = ("reflex",)
_WHOLE = (Target(0, 0, "all", None, (), None),)
_OTHERS = pattern(r"\b(?:others?|rest|else(?:where)?|otherwise|except|apart from|but|save)\b")


def read_reflexes(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """The reflexes of a sentence."""
    named = [
        (m, c)
        for m, c in sentence.of("examination")
        if c.get("arc") or c.id in ("reflex", "hyporeflexia", "hyperreflexia")
    ]
    topical = context.topic == "reflex" and context.age < 3 or not named and graded_as_reflex(sentence)
    if not named and not topical:
        return
    yield from _worded_signs(sentence)
    explicit = topical or any(c.id == "reflex" or sentence.text[m.start : m.end] not in _BODY_PARTS for m, c in named)
    explicit = explicit or any(c.get("arc") and GRADE.match(sentence.text, m.end + 1) for m, c in named)
    targets = _targets(sentence, explicit)
    if not targets and topical and context.age <= 1:
        targets = [Target(0, 0, "all", None, (), None)]
    if not targets:
        return
    told = list(read_named(sentence, targets))
    targets = [t for t in targets if all(t.start != start for start, _ in told)]
    yield from (finding for _, finding in told)
    if not targets:
        return
    mentions, words = mentions_of(sentence, targets, explicit)
    findings: list[ExamFinding] = []
    last: tuple[Target, ...] = ()
    for graded in assigned(sentence.text, targets, mentions):
        if graded.rest and not graded.targets:
            graded = replace(graded, targets=_WHOLE, forward=True)
        if (
            not graded.targets
            and last
            and (not graded.mention.word or _carries_on(sentence, graded.mention, words[graded.mention.start]))
        ):
            graded = replace(graded, targets=last, forward=True)
        arcs = tuple(t for t in graded.targets if t.muscle is not None)
        graded = replace(graded, targets=arcs or graded.targets)
        last = last if graded.targets is _WHOLE else graded.targets or last
        findings += _findings(sentence, graded, words, context) if graded.targets else ()
    yield from _with_asymmetry(findings, bool(_OTHERS.search(sentence.text)))


def _carries_on(sentence: Sentence, mention: GradeMention, word: Word) -> bool:
    """ "1+ on the right and absent on the left": a word with a side of its own."""
    return word.sense != "normal" and any(
        mention.end <= side.start <= mention.end + 8 or mention.start - 3 <= side.end <= mention.start
        for side in sentence.sides
    )


def _worded_signs(sentence: Sentence) -> Iterator[ExamFinding]:
    """Hyporeflexia and hyperreflexia, which need no further word."""
    for match, concept in sentence.of("examination"):
        if concept.id not in ("hyporeflexia", "hyperreflexia"):
            continue
        assertion = is_finding(sentence, match.start, match.end)
        if assertion is not None:
            when, earlier = dated(sentence, match.start, match.end)
            yield ExamFinding(
                concept="reflex",
                assertion=assertion,
                evidence=(sentence.evidence(match.start, match.end),),
                written=sentence.written,
                when=when,
                earlier=earlier,
                side=sentence.side_near(match.start, match.end),
                value="brisk" if concept.id == "hyperreflexia" else "reduced",
            )


def _targets(sentence: Sentence, explicit: bool) -> list[Target]:
    """The arcs of a sentence. Muscles and joints stand for their reflex only where reflexes are the topic."""
    known = sentence.reading.lexicon.concepts
    found = []
    text = sentence.text
    reflexes_from = next((m.start for m, c in sentence.of("examination") if c.id == "reflex"), 0)
    # "Quads 5/5, DTRs normal": what stands before the word in another part is no reflex.
    leads = ",;".find(text[:reflexes_from].rstrip()[-1:] or "-") < 0
    for match, concept in sentence.of("examination", "muscle"):
        arc = concept if concept.get("arc") else None
        if (
            arc is None
            and explicit
            and concept.id in _STANDS_FOR
            and not text.startswith(("foot", "feet"), match.start)
        ):
            arc = known["examination", _STANDS_FOR[concept.id]]
        before = match.start < reflexes_from and not (leads and ";" not in text[match.end : reflexes_from])
        if concept.group == "muscle" and (not explicit or before):
            continue
        if concept.id in ("leg", "arm") and match.start < reflexes_from and "," in text[match.end : reflexes_from]:
            continue
        if arc is not None:
            found.append(Target(match.start, match.end, "muscle", arc.id, tuple(arc.get("roots", ())), arc.get("limb")))
        elif concept.id in _GENERIC:
            found.append(_generic(sentence, match))
        elif explicit and concept.id in ("leg", "arm"):
            both = sentence.text[: match.start].endswith(("upper and ", "upper & ", "lower and ", "arms and "))
            found.append(
                Target(
                    match.start, match.end, "all" if both else "limb", None, (), None if both else concept.get("limb")
                )
            )
    unique = {(t.start, t.muscle): t for t in found}
    return sorted(unique.values(), key=lambda t: t.start)


def _generic(sentence: Sentence, match: Match) -> Target:
    """ "Reflexes", or one named by its root: "S1 reflex"."""
    for level in sentence.levels:
        if level.vertebrae and 0 <= match.start - level.end <= 1:
            roots = tuple(level.vertebrae)
            return Target(level.start, match.end, "root", None, roots, "arm" if roots[0][0] == "C" else "leg")
    return Target(match.start, match.end, "all", None, (), None)


def _findings(
    sentence: Sentence, graded: Graded, words: dict[int, Word], context: ExamContext
) -> Iterator[ExamFinding]:
    mention = graded.mention
    how = is_finding(sentence, mention.start, mention.end)
    if how is None:
        return
    word = words.get(mention.start)
    when, earlier = dated(sentence, mention.start, mention.end)
    start, end = min(mention.start, graded.targets[0].start), max(mention.end, graded.targets[-1].end)
    carried = graded.forward and graded.targets[0].end <= mention.start
    side = _side(sentence, mention, () if carried else graded.targets)
    order = (Side.LEFT, Side.RIGHT) if context.left_first else (Side.RIGHT, Side.LEFT)
    values: list[tuple[Side | None, float | None]] = [(side, None if word else mention.grade)]
    if mention.other is not None and side in _OPPOSITE and _VERSUS.search(sentence.text, mention.start, mention.end):
        values = [(side, mention.grade), (_OPPOSITE[side], mention.other)]
    elif mention.other is not None:
        values = [(order[0], mention.grade), (order[1], mention.other)]
    for target in graded.targets:
        for its_side, grade in values:
            changed = _changed(grade, word)
            yield ExamFinding(
                concept="reflex",
                assertion=Assertion.UNEXAMINED
                if how is Assertion.UNEXAMINED
                else Assertion.PRESENT
                if changed
                else Assertion.ABSENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
                when=when,
                earlier=earlier,
                side=its_side,
                muscle=target.muscle,
                roots=target.roots,
                grade=0.0 if word and word.sense == "absent" and not word.negated else grade,
                region=region_of_roots(target.roots, target.limb),
                value=word.sense if word and changed else None,
            )


def _changed(grade: float | None, word: Word | None) -> bool:
    if word is not None:
        return word.negated if word.sense == "normal" else not word.negated
    return grade is not None and not LOWEST_NORMAL <= grade <= HIGHEST_NORMAL


def _side(sentence: Sentence, mention: GradeMention, targets: tuple[Target, ...]) -> Side | None:
    """The side right behind the grade, else the one nearest before it or its target within the same comma."""
    text = sentence.text
    first, last = min([mention.start, *(t.start for t in targets)]), max([mention.end, *(t.end for t in targets)])
    low = max(text.rfind(mark, 0, first) for mark in (",", ";", ". ", ")", "(")) + 1
    sides = _with_letters(sentence)
    direct = [s for s in sides if s.letter and s.end in (mention.start - 1, mention.start - 2)]
    if direct:
        return direct[0].side
    behind = [
        s
        for s in sides
        if last <= s.start <= last + 9
        and not s.letter
        and "," not in text[last : s.start]
        and ";" not in text[last : s.start]
    ]
    before = [s for s in sides if low <= s.start and s.end <= last]
    chosen = behind[:1] or before[-1:]
    return chosen[0].side if chosen else None


@dataclass(frozen=True, slots=True)
class _Sided:
    """A side in a sentence; `letter` where it is a single letter beside a grade."""

    start: int
    end: int
    side: Side
    letter: bool = False


def _with_letters(sentence: Sentence) -> list[_Sided]:
    """The sides of a sentence, with the single letters before a grade that other readers leave alone ("R 2+")."""
    letters = [
        _Sided(m.start(), m.end(), Side.LEFT if m[0] == "L" else Side.RIGHT, _leads(sentence.text, m.start()))
        for m in _LETTER.finditer(sentence.cased)
    ]
    taken = {found.start for found in letters}
    return sorted(
        [*letters, *(_Sided(s.start, s.end, s.side) for s in sentence.sides if s.start not in taken)],
        key=lambda s: s.start,
    )


def _leads(text: str, position: int) -> bool:
    """ "2+ L, R 1+", "L 3+ R 2+": a letter leads the grade behind it, unless one stands right before without a letter of its own."""
    return not _TRAILS.search(text[:position])


def _with_asymmetry(findings: list[ExamFinding], against_others: bool) -> Iterator[ExamFinding]:
    """A reflex lower on one side than on the other is changed, though both grades pass alone; so is one lower than "the others"."""
    whole = max((f.grade or 0.0 for f in findings if f.muscle is None and against_others), default=0.0)
    for finding in findings:
        others = [
            f
            for f in findings
            if f.muscle == finding.muscle
            and f.side not in (finding.side, None)
            and f.grade is not None
            and not f.earlier
        ]
        lower = (
            finding.grade is not None
            and finding.side is not None
            and (
                any(f.grade is not None and finding.grade <= f.grade - TRACE for f in others)
                or finding.muscle is not None
                and finding.grade <= whole - 1
            )
        )
        yield (
            replace(finding, assertion=Assertion.PRESENT, value="asymmetric")
            if lower and finding.assertion is Assertion.ABSENT
            else finding
        )

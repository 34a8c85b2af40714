"""One result for a list of what was examined: "strength, sensation and reflexes were all normal"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from necessity.facts.examination_context import TOLD
from necessity.facts.examination_results import is_finding
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Region
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_READ = {"strength": "strength", "sensation": "sensation", "reflex": "reflex", "gait": "gait"}
# What may stand between two items of a list, and between the last one and the shared result.
_JOINT = pattern(
    r"(?:[\s,/&+]|\b(?:and|or|the|of|in|both|all|deep|tendon|bilateral|lower|upper|extremit(?:y|ies)|limbs?|legs?|arms?|examination|exam|"
    r"testing|tests?|hand|grip|coordination|tone|bulk)\b)*"
)
_NORMAL_BEHIND = pattern(
    r"(?:[\s:,-]|\b(?:was|were|is|are|remain(?:s|ed)?|all|both|each|today|grossly|completely|entirely|again|also|found|to|be|within|in|the|both|"
    r"legs?|arms?|limbs?|lower|upper|extremit(?:y|ies)|exam(?:ination)?|testing|bilaterally|reported|as)\b)*"
    r"(?:normal or negative|negative or normal|normal|intact|unremarkable|wnl|nl|preserved|full and equal|within normal limits|without (?:any )?(?:deficit|abnormality))\b"
    r"(?! (?:except|apart|save|but|other than|aside))"
)
_NORMAL_BEFORE = pattern(
    r"\b(?:normal|intact|unremarkable|preserved)(?: (?:and symmetric|bilateral|motor|lower extremity|upper extremity|lower limb|the))*\s?$"
)
_EXCEPTED = pattern(r"\b(?:except|apart from|save for|other than|aside from|but)\b")


def read_lists(sentence: Sentence, found: Sequence[ExamFinding]) -> Iterator[ExamFinding]:
    """The items of a list that its shared result finds normal; what another reader has found in the sentence stands."""
    told = sentence.section.kind in TOLD and "exam" not in sentence.text
    if told and "reflex" not in sentence.text or _EXCEPTED.search(sentence.text):
        return
    known = {f.concept for f in found}
    for run in _runs(sentence):
        first, last = run[0][0], run[-1][0]
        ends = _NORMAL_BEHIND.match(sentence.text, last.end)
        begins = _NORMAL_BEFORE.search(sentence.text, max(0, first.start - 40), first.start)
        if ends is None and begins is None:
            continue
        start, end = (first.start, ends.end()) if ends else (begins.start() if begins else first.start, last.end)
        for match, concept in run:
            name = _READ.get(concept.id)
            if name is None or name in known or not _is_read(sentence, match, ends is not None):
                continue
            when, earlier = dated(sentence, start, end)
            yield ExamFinding(
                concept=name,
                assertion=Assertion.ABSENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
                when=when,
                earlier=earlier,
                region=_region(sentence, start, end),
            )


def _is_read(sentence: Sentence, match: Match, answered: bool) -> bool:
    """Whether the item is found; "normal or negative" behind the list denies its findings and is the result itself."""
    how = is_finding(sentence, match.start, match.end)
    return how is Assertion.PRESENT or answered and how is Assertion.ABSENT


def _runs(sentence: Sentence) -> list[list[tuple[Match, Concept]]]:
    """Two or more items with nothing between them but the joints of a list."""
    items = [
        (m, c)
        for m, c in sentence.of("examination", "sign")
        if c.id in _READ or c.group == "sign" and c.get("kind") in ("test", "item", "sign")
    ]
    runs: list[list[tuple[Match, Concept]]] = []
    for item in items:
        if runs and _JOINT.fullmatch(sentence.text, runs[-1][-1][0].end, item[0].start):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [run for run in runs if sum(concept.id in _READ for _, concept in run) > 1]


def _region(sentence: Sentence, start: int, end: int) -> Region | None:
    limbs = {
        str(c.get("limb"))
        for m, c in sentence.of("examination")
        if c.id in ("leg", "arm") and start - 12 <= m.start <= end + 20
    }
    if len(limbs) != 1:
        return None
    return Region.CERVICAL if "arm" in limbs else Region.LUMBAR

"""At which levels and on which side an operation is done, by its title or plan, else by the account of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, RequestFact, Side
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.requests_setting import request_fact
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import LevelMention, segments_between
from necessity.vocabulary.lexicon import Concept, Match

ACCOUNT_SECTIONS = frozenset({"procedure_details"})
PERFORMED_KINDS = frozenset({Kind.OPERATIVE_NOTE, Kind.INJECTION_NOTE})
THIS_STAY = frozenset({"hospital course", "course", "operation", "procedure", "procedures", "operations"})
TARGET = pattern(
    r"\b(?:interspace|interlaminar|foram|decompress|joint|laminotom|laminectom|discectom|diskectom|paramedian|facet|lamina)"
)
_BONE = pattern(r"\bpedicles?\b|vertebral body|cannula")
_APPROACH = pattern(r"\b(?:incision|approach|retract|skin|carotid|esophagus|iliac|graft|drain|screws?|rod|monitor)\b")
DONE_BEFORE = pattern(
    r"\b(?:underwent|received|was given|given|undergone|had|has had|s/p|status post|previous(?:ly)?|prior|earlier|history of|after|following|since|last surgery|most recently|years? ago)\b[^.;]*$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    sentence: Sentence
    match: Match
    concept: Concept
    assertion: Assertion


def levels_beside(sentence: Sentence, match: Match) -> tuple[str, ...]:
    """The levels right before the procedure, else those right behind it."""
    before = [written for written in sentence.levels if 0 <= match.start - written.end <= 24]
    after = [written for written in sentence.levels if 0 <= written.start - match.end <= 32]
    nearest = _listed(sentence, before[-1:]) or _listed(sentence, after[:1])
    return tuple(dict.fromkeys(level for written in nearest for level in written.segments))


_LISTED = pattern(r"\s?(?:,|and|&|,\s?and|/|\+|plus|as well as)\s?")


def _listed(sentence: Sentence, found: list[LevelMention]) -> list[LevelMention]:
    """A level with those of the same list: "C5-6, C6-7 and C7-T1"."""
    if not found:
        return []
    every = list(sentence.levels)
    first = last = every.index(found[0])
    while first > 0 and _LISTED.fullmatch(sentence.text, every[first - 1].end, every[first].start):
        first -= 1
    while last + 1 < len(every) and _LISTED.fullmatch(sentence.text, every[last].end, every[last + 1].start):
        last += 1
    return every[first : last + 1]


def places_of(document: ReadDocument, mentions: list[Mention]) -> Iterator[RequestFact]:
    """Levels and sides of the operations: those of the titles and plans; of the account only where these have none."""
    named = [
        mention
        for mention in mentions
        if mention.sentence.section.kind not in ACCOUNT_SECTIONS or _is_heading_line(mention.sentence)
    ]
    sentences = list({mention.sentence.index: mention for mention in named}.values())
    facts = [fact for mention in sentences for fact in levels_in(mention.sentence, mention)]
    yield from facts
    # The side of a repair beside the operation is not the side of the operation.
    main = [mention for mention in sentences if not mention.concept.get("incidental")] or sentences
    sides = [fact for mention in main for fact in sides_in(mention.sentence, mention)]
    yield from sides
    if document.document.kind not in PERFORMED_KINDS:
        return
    cement = any(mention.concept.id == "vertebral_augmentation" for mention in mentions)
    told = [
        sentence
        for sentence in document.sentences
        if sentence.section.kind in ACCOUNT_SECTIONS
        and (TARGET.search(sentence.text) or cement and _BONE.search(sentence.text))
    ]
    anterior = any(mention.concept.get("anterior") or "anterior" in mention.sentence.text for mention in named)
    if mentions and not facts and all(mention.concept.id == "spinal_cord_stimulator" for mention in mentions):
        yield from _leads_in(document)
    elif mentions and not facts:
        yield from (fact for sentence in told for fact in levels_in(sentence, None))
    worked = [mention for mention in mentions if mention.concept.get("account")]
    told_sides = [fact for mention in worked for fact in sides_in(mention.sentence, mention, 24)]
    if anterior and told_sides:
        yield from told_sides
    elif mentions and (not (sides or any(mention.sentence.sides for mention in sentences)) or anterior):
        needle = all(mention.concept.get("injection") for mention in mentions)
        yield from (
            fact
            for sentence in told
            if needle or not _APPROACH.search(sentence.text)
            for fact in sides_in(sentence, None)
        )


def _is_heading_line(sentence: Sentence) -> bool:
    """ "PROCEDURE NOTE: right L4 and L5 transforaminal injection": the title on the line of the account's heading."""
    return sentence.reading.before(sentence) is None and len(sentence.text) < _TITLE_LENGTH


_TITLE_LENGTH = 160
# Where the tips of the leads come to lie; the needle enters elsewhere.
_LEAD_TIP = pattern(
    r"\b(?:leads?|tips?|electrodes?|contacts?|advanced|steered|floated|threaded|positioned)\b[^.;]{0,60}?\b(?:to|at|up to) (?:the )?(?:(?:top|bottom|upper|lower|superior|mid|middle|midline|body|level|endplate|half|third|aspect|edge|end|plate|of|the|vertebral|portion) ?)*$"
)


def _leads_in(document: ReadDocument) -> Iterator[RequestFact]:
    for sentence in document.sentences:
        if sentence.section.kind not in ACCOUNT_SECTIONS or "lead" not in sentence.text:
            continue
        for written in sentence.levels:
            if _LEAD_TIP.search(sentence.text[: written.start]):
                for level in written.segments or written.vertebrae:
                    yield request_fact(sentence, "level", level, written.start, written.end)


def levels_in(sentence: Sentence, mention: Mention | None) -> Iterator[RequestFact]:
    assertion = mention.assertion if mention else Assertion.PRESENT
    for written in sentence.levels:
        before = sentence.text[: written.start]
        told = mention is not None and mention.sentence.section.heading in THIS_STAY
        if sentence.qualify(written.start, written.end).historical or (not told and DONE_BEFORE.search(before[-60:])):
            continue
        bones = written.vertebrae
        if len(bones) == 2 and mention is not None and mention.concept.id in _OPENS:
            levels = segments_between(*bones) or bones
        else:
            levels = segments_of(bones)
        for level in written.segments or levels:
            yield request_fact(sentence, "level", level, written.start, written.end, assertion)


# Both laminae opened ("L3 and L4 laminectomy") are the segment between them; a root, a joint or a bone stays as written.
_OPENS = frozenset({"laminectomy", "laminoforaminotomy", "discectomy", "fusion", "decompression"})


def segments_of(vertebrae: tuple[str, ...]) -> tuple[str, ...]:
    """Three or more vertebrae in a row ("plate C3, C4, C5") are the segments between them; fewer stay as written."""
    if len(vertebrae) < 3:
        return vertebrae
    between = segments_between(vertebrae[0], vertebrae[-1])
    return between if len(between) == len(vertebrae) - 1 else vertebrae


_ADVERB = pattern(
    r"right (?:at|after|before|now|away|there|behind|above|below|over|on top)\b|left (?:in|open|alone|intact|over|behind)\b"
)


# The way in to the front or the flank of the spine is not the side of the work.
_WAY_IN = pattern(
    r"(?:[- ]?sided|[- ]side)?,? (?:(?:anterior|lateral|oblique|transverse|cervical|neck) )?(?:retroperitoneal|transpsoas|flank|smith[- ]robinson|thoracotomy|"
    r"retropleural|transthoracic|ante-?psoas|anterior|lateral decubitus|lateral transpsoas)\b(?: (?:approach|exposure|incision|decubitus|position))?"
)


def sides_in(sentence: Sentence, mention: Mention | None, reach: int | None = None) -> Iterator[RequestFact]:
    """The sides that a sentence names; only those within `reach` characters before or in the words, where that is given."""
    assertion = mention.assertion if mention else Assertion.PRESENT
    for side in sentence.sides:
        if side.side is Side.CENTRAL or sentence.qualify(side.start, side.end).historical:
            continue
        if _ADVERB.match(sentence.text[side.start : side.end + 12]) and not sentence.text[: side.start].endswith(
            "the "
        ):
            continue
        if _WAY_IN.match(sentence.text, side.end) and assertion is Assertion.PRESENT:
            continue
        if (
            reach is not None
            and mention
            and not 0 <= mention.match.end - side.end <= reach + mention.match.end - mention.match.start
        ):
            continue
        yield request_fact(sentence, "side", side.side.value, side.start, side.end, assertion)

"""What a document asks for, plans, or says was done in this encounter: procedure, level, side, setting, codes.

The title of an operation, the plan of a consultation and the lines of a form say it outright. The account of an operation
adds what the title leaves out. Earlier operations belong to `operations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact, Side
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.requests_setting import (
    TITLE_SECTIONS,
    flags_of,
    rendered_in,
    request_fact,
    setting_of,
    stay_headings,
)
from necessity.vocabulary.levels import LevelMention, region_of, segments_between
from necessity.vocabulary.lexicon import Concept, Match

ACCOUNT_SECTIONS = frozenset({"procedure_details"})
PLAN_SECTIONS = frozenset(
    {
        "plan",
        "assessment",
        "impression",
        "authorization",
        "preamble",
        "history",
        "indication",
        "chief_complaint",
        "identification",
    }
)
PERFORMED_KINDS = frozenset({Kind.OPERATIVE_NOTE, Kind.INJECTION_NOTE})
_CPT = re.compile(r"(?<![\d.$#-])(\d{5}|\d{4}t|0\d{3}t|g0260)(?![\d-]|\.\d)")
_ICD = re.compile(r"\b([a-tv-z]\d[0-9a-z](?:\.[0-9a-z]{1,4})?)\b")
_CODE_WORD = re.compile(r"\bcpt|\bprocedure|\bcode|\bhcpcs|\bx ?\d|\bunits?\b|\b(?:lt|rt|-50)\b")
_OPTIONS = frozenset(
    {
        "discussed",
        "options",
        "options include",
        "options including",
        "options are",
        "consider",
        "considering",
        "consideration of",
        "consideration for",
        "may need",
        "might need",
    }
)
_OPTION = re.compile(r"\b(?:option|alternative|versus|instead of|rather than|avoid|could try|including continued)\b")
_FOR_FUSION = re.compile(r"fusion|interbody|cage|spacer|endplate|disk removal|disc removal|exposure|performed from")
_SACRAL = re.compile(r"sacroiliac|sacral|si joint")
_FACET = re.compile(r"facet|medial branch|lumbar|cervical")
_DECOMPRESSING = frozenset(
    {"laminectomy", "discectomy", "foraminotomy", "facetectomy", "corpectomy", "acdf", "epidural_injection", "fusion"}
)
_DONE_BEFORE = re.compile(
    r"\b(?:underwent|received|was given|given|undergone|had|has had|s/p|status post|previous(?:ly)?|prior|earlier|history of|after|following|since|last surgery|most recently|years? ago)\b[^.;]*$"
)
_NARRATIVE = re.compile(r"\b(?:he|she|his|her|has|have|had|was|were|is|are|we|i|patient|presents?|underwent)\b")
_TARGET = re.compile(
    r"\b(?:interspace|interlaminar|foram|decompress|joint|laminotom|laminectom|discectom|diskectom|paramedian|facet|lamina)"
)
_APPROACH = re.compile(
    r"\b(?:incision|approach|retract|skin|carotid|esophagus|iliac|graft|drain|screws?|rod|monitor)\b"
)
_DIGIT = re.compile(r"\d[\d.]{2}|\d{4}")
_ICD_WORD = re.compile(r"\b(?:icd|dx|diagnos|code)")
_THIS_STAY = frozenset({"hospital course", "course", "operation", "procedure", "procedures", "operations"})


@dataclass(frozen=True, slots=True)
class _Mention:
    sentence: Sentence
    match: Match
    concept: Concept
    assertion: Assertion


def read(chart: ReadChart) -> Iterable[Fact]:
    """Request facts of every document."""
    for document in chart.documents:
        yield from _read_document(document)
        yield from rendered_in(document, chart.as_of)


def _read_document(document: ReadDocument) -> Iterator[Fact]:
    mentions = list(_mentions(document))
    for mention in mentions:
        for procedure in _procedures(mention, mentions):
            fact = request_fact(
                mention.sentence, "procedure", procedure, mention.match.start, mention.match.end, mention.assertion
            )
            yield replace(fact, levels=_levels_beside(mention.sentence, mention.match))
    yield from _places(document, mentions)
    yield from stay_headings(document)
    for sentence in document.sentences:
        yield from _codes(sentence)
        yield from setting_of(sentence)
        yield from flags_of(sentence)


def _procedures(mention: _Mention, mentions: list[_Mention]) -> tuple[str, ...]:
    """The procedures that the words stand for here.

    The disc taken out to make room for a lumbar interbody fusion is part of the fusion; ablation of the sacroiliac
    joint is none of the facets; a decompression not further named is a laminectomy where nothing else is named.
    """
    text = mention.sentence.text
    names = {other.concept.id for other in mentions}
    if (
        mention.concept.id == "discectomy"
        and names & {"fusion", "lumbar_interbody_fusion"}
        and _FOR_FUSION.search(text)
        and "cervical" not in text
    ):
        regions = {region_of(level) for written in mention.sentence.levels for level in written.segments}
        if regions and "cervical" not in regions:
            return ()
    if mention.concept.id == "facet_ablation" and _SACRAL.search(text) and not _FACET.search(text):
        return ("other_spine",)
    if mention.concept.id == "decompression" and not names & _DECOMPRESSING:
        return ("laminectomy",) if mention.sentence.levels else ()
    return tuple(mention.concept.get("procedures", ()))


def _levels_beside(sentence: Sentence, match: Match) -> tuple[str, ...]:
    """The levels right before the procedure, else those right behind it."""
    before = [written for written in sentence.levels if 0 <= match.start - written.end <= 24]
    after = [written for written in sentence.levels if 0 <= written.start - match.end <= 32]
    nearest = _listed(sentence, before[-1:]) or _listed(sentence, after[:1])
    return tuple(dict.fromkeys(level for written in nearest for level in written.segments))


_LISTED = re.compile(r"\s?(?:,|and|&|,\s?and|/|\+|plus|as well as)\s?")


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


def _planned_before(sentence: Sentence, match: Match) -> bool:
    """Whether a word of planning governs the operation: before it, or right behind ("C5-6 ACDF is planned")."""
    return any(
        concept.id == "planned" and (-1 < match.start - other.end < 90 or 0 <= other.start - match.end < 30)
        for other, concept in sentence.of("request")
    )


def _mentions(document: ReadDocument) -> Iterator[_Mention]:
    for sentence in document.sentences:
        for match, concept in sentence.of("procedure"):
            assertion = _assertion(document, sentence, match, concept)
            if assertion is not None:
                yield _Mention(sentence, match, concept, assertion)


def _assertion(document: ReadDocument, sentence: Sentence, match: Match, concept: Concept) -> Assertion | None:
    """Whether the words name an operation of this encounter: done (PRESENT) or planned; None where neither."""
    qualifier = sentence.qualify(match.start, match.end)
    if qualifier.not_patient or qualifier.assertion in (Assertion.ABSENT, Assertion.DECLINED, Assertion.UNEXAMINED):
        return None
    kind = sentence.section.kind
    performed = document.document.kind in PERFORMED_KINDS
    if performed and kind == "preamble" and _is_title(sentence):
        kind = "procedure"
    before = sentence.text[: match.start]
    if _DONE_BEFORE.search(before) and not (kind in TITLE_SECTIONS and match.start < 60):
        return Assertion.PRESENT if sentence.section.heading in _THIS_STAY and "underwent" in before else None
    if kind in TITLE_SECTIONS and not qualifier.historical and _is_title(sentence):
        return Assertion.PRESENT
    if kind in ACCOUNT_SECTIONS:
        # The account of an operation tells of it alone; a drug put into the epidural space at its end is none.
        return Assertion.PRESENT if sentence.has("request", "performed") and not concept.get("injection") else None
    if qualifier.cue in _OPTIONS or _OPTION.search(before):
        return None
    planned = (
        qualifier.assertion is Assertion.PLANNED or _planned_before(sentence, match) or _item_of_plan(sentence, match)
    )
    if (
        planned
        and kind in PLAN_SECTIONS
        and not qualifier.historical
        and document.document.kind is not Kind.RADIOLOGY_REPORT
    ):
        if performed and kind not in ("plan", "assessment", "impression"):
            return None
        return Assertion.PLANNED
    return None


_NO_ITEM = re.compile(
    r"\b(?:if|unless|should|after|following|until|before|prior|possible|possibly|may|might|could|consider\w*|discuss\w*|vs|versus|or|no|not|defer|"
    r"hold|avoid|instead|recovery|post|postop\w*|healing|follow-?up|s/p|status|x-?rays?|films|mri|brace|wound|precautions|protocol|candidate)\b|\?"
)


def _item_of_plan(sentence: Sentence, match: Match) -> bool:
    """An operation listed under the heading of the plan itself, without a verb: "PLAN: L4-5 laminectomy"."""
    if sentence.section.kind != "plan" or not _PLAN_HEADING.match(sentence.section.heading):
        return False
    return match.start < 120 and _is_title(sentence) and not _NO_ITEM.search(sentence.text)


_PLAN_HEADING = re.compile(r"(?:surgical |operative )?plans?\b|p$|proposed|next steps")


def _is_title(sentence: Sentence) -> bool:
    """A title is a phrase; an account of the history under the same heading is told in sentences."""
    return not _NARRATIVE.search(sentence.text)


def _places(document: ReadDocument, mentions: list[_Mention]) -> Iterator[Fact]:
    """Levels and sides of the operations: those of the titles and plans; of the account only where these have none."""
    named = [mention for mention in mentions if mention.sentence.section.kind not in ACCOUNT_SECTIONS]
    sentences = list({mention.sentence.index: mention for mention in named}.values())
    facts = [fact for mention in sentences for fact in _levels_in(mention.sentence, mention)]
    yield from facts
    sides = [fact for mention in sentences for fact in _sides_in(mention.sentence, mention)]
    yield from sides
    if document.document.kind not in PERFORMED_KINDS:
        return
    told = [
        sentence
        for sentence in document.sentences
        if sentence.section.kind in ACCOUNT_SECTIONS and _TARGET.search(sentence.text)
    ]
    anterior = any(mention.concept.get("anterior") or "anterior" in mention.sentence.text for mention in named)
    if mentions and not facts:
        yield from (fact for sentence in told for fact in _levels_in(sentence, None))
    if mentions and (not sides or anterior):
        yield from (
            fact for sentence in told if not _APPROACH.search(sentence.text) for fact in _sides_in(sentence, None)
        )


def _levels_in(sentence: Sentence, mention: _Mention | None) -> Iterator[Fact]:
    assertion = mention.assertion if mention else Assertion.PRESENT
    for written in sentence.levels:
        before = sentence.text[: written.start]
        told = mention is not None and mention.sentence.section.heading in _THIS_STAY
        if sentence.qualify(written.start, written.end).historical or (not told and _DONE_BEFORE.search(before[-60:])):
            continue
        for level in written.segments or segments_of(written.vertebrae):
            yield request_fact(sentence, "level", level, written.start, written.end, assertion)


def segments_of(vertebrae: tuple[str, ...]) -> tuple[str, ...]:
    """Three or more vertebrae in a row ("plate C3, C4, C5") are the segments between them; fewer stay as written."""
    if len(vertebrae) < 3:
        return vertebrae
    between = segments_between(vertebrae[0], vertebrae[-1])
    return between if len(between) == len(vertebrae) - 1 else vertebrae


def _sides_in(sentence: Sentence, mention: _Mention | None) -> Iterator[Fact]:
    assertion = mention.assertion if mention else Assertion.PRESENT
    for side in sentence.sides:
        if side.side is Side.CENTRAL or sentence.qualify(side.start, side.end).historical:
            continue
        yield request_fact(sentence, "side", side.side.value, side.start, side.end, assertion)


def _codes(sentence: Sentence) -> Iterator[Fact]:
    """CPT and ICD-10 codes, where the sentence speaks of codes or the section asks for procedures or diagnoses."""
    text = sentence.text
    if not _DIGIT.search(text):
        return
    for found in _CPT.finditer(text):
        if _CODE_WORD.search(text) or sentence.section.kind in ("procedure", "authorization"):
            yield request_fact(sentence, "cpt", found[1].upper(), found.start(1), found.end(1))
    for found in _ICD.finditer(text):
        if "." in found[1] and (found[1][0] in "mgsct" or _ICD_WORD.search(text)):
            yield request_fact(sentence, "icd10", found[1].upper(), found.start(1), found.end(1))

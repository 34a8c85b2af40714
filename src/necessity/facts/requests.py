"""What a document asks for, plans, or says was done in this encounter: procedure, level, side, setting, codes.

The title of an operation, the plan of a consultation and the lines of a form say it outright. The account of an operation
adds what the title leaves out. Earlier operations belong to `operations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.requests_agreed import is_agreed
from necessity.facts.requests_disposition import disposition_of
from necessity.facts.requests_places import (
    ACCOUNT_SECTIONS,
    DONE_BEFORE,
    PERFORMED_KINDS,
    TARGET,
    THIS_STAY,
    Mention,
    levels_beside,
    levels_in,
    places_of,
    sides_in,
)
from necessity.facts.requests_records import old_records
from necessity.facts.requests_setting import (
    TITLE_SECTIONS,
    flags_of,
    guidance_of,
    rendered_in,
    request_fact,
    setting_of,
    stay_headings,
)
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of
from necessity.vocabulary.lexicon import Concept, Match

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
# A colleague's recommendation, told in the course of treatment or among the studies of a note without further headings.
_TOLD_OF_OTHERS = frozenset({"treatment", "imaging", "questions"})
_CPT = pattern(r"(?<![\d.$#-])(\d{5}|\d{4}t|0\d{3}t|g0260)(?![\d-]|\.\d)")
_ICD = pattern(r"\b([a-tv-z]\d[0-9a-z](?:\.[0-9a-z]{1,4})?)\b")
_CODE_WORD = pattern(r"\bcpt|\bprocedure|\bcode|\bhcpcs|\bx ?\d|\bunits?\b|\b(?:lt|rt|-50)\b")
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
_OPTION = pattern(r"\b(?:option|alternative|versus|instead of|rather than|avoid|could try|including continued)\b")
_FOR_FUSION = pattern(r"fusion|interbody|cage|spacer|endplate|disk removal|disc removal|exposure|performed from")
_SACRAL = pattern(r"sacroiliac|sacral|si joint")
_FACET = pattern(r"facet|medial branch|lumbar|cervical")
_DECOMPRESSING = frozenset(
    {
        "laminectomy",
        "laminoforaminotomy",
        "discectomy",
        "foraminotomy",
        "facetectomy",
        "corpectomy",
        "acdf",
        "epidural_injection",
        "fusion",
    }
)
TITLED = frozenset(
    {
        "procedure",
        "procedures",
        "operation",
        "procedure performed",
        "operation performed",
        "procedure note",
        "operative note",
        "operative report",
        "procedure report",
    }
)
_TOLD = pattern(r"\b(?:consent|placed|prepped|supine|prone|using|obtained|taken|brought|identified|after|following)\b")
_NARRATIVE = pattern(r"\b(?:he|she|his|her|has|have|had|was|were|is|are|we|i|patient|presents?|underwent)\b")
_FIGURES = pattern(r"\d[\d.]{2}")
_ICD_WORD = pattern(r"\b(?:icd|dx|diagnos|code)")


def read(chart: ReadChart) -> Iterable[Fact]:
    """Request facts of every document but those that record an operation of the past."""
    old = {document.document.id for document in old_records(chart)}
    for document in chart.documents:
        if document.document.id not in old:
            yield from read_document(document)
        yield from rendered_in(document, chart.as_of)


def read_document(document: ReadDocument) -> Iterator[Fact]:
    mentions = list(_mentions(document))
    for mention in mentions:
        for procedure in _procedures(mention, mentions):
            fact = request_fact(
                mention.sentence, "procedure", procedure, mention.match.start, mention.match.end, mention.assertion
            )
            yield replace(fact, levels=levels_beside(mention.sentence, mention.match))
    yield from places_of(document, mentions)
    if not mentions:
        yield from _needle_account(document)
    yield from stay_headings(document)
    yield from disposition_of(document, mentions)
    for sentence in document.sentences:
        yield from _codes(sentence)
        yield from setting_of(sentence)
        yield from flags_of(sentence)
        yield from guidance_of(sentence)


def _needle_account(document: ReadDocument) -> Iterator[Fact]:
    """An epidural injection that is told and not named: the epidural space is found with a needle, and a steroid goes in."""
    if document.document.kind not in PERFORMED_KINDS:
        return
    found = [(s, m) for s in document.having("request") for m, c in s.of("request") if c.id == "epidural_technique"]
    steroid = any(
        c.get("class") in ("injected_steroid", "oral_steroid") for s in document.having("drug") for _, c in s.of("drug")
    )
    if not found or not steroid:
        return
    sentence, match = found[0]
    yield request_fact(sentence, "procedure", "epidural_injection", match.start, match.end)
    for told in document.sentences:
        if TARGET.search(told.text):
            yield from levels_in(told, None)
            yield from sides_in(told, None)


def _procedures(mention: Mention, mentions: list[Mention]) -> tuple[str, ...]:
    """The procedures that the words stand for here.

    The disc taken out to make room for a lumbar interbody fusion is part of the fusion; ablation of the sacroiliac
    joint is none of the facets; a decompression not further named is a laminectomy where nothing else is named.
    """
    text = mention.sentence.text
    names = {other.concept.id for other in mentions}
    if mention.concept.id == "discectomy" and _makes_room_for_fusion(mention, mentions):
        return ()
    if "epidural_injection" in mention.concept.get("procedures", ()) and _is_lead(mention, names):
        return ()
    if mention.concept.get("incidental") and len(names) > 1 and not _reason_of_surgery(mention.sentence.reading):
        return ()
    if mention.concept.id == "facet_ablation" and _SACRAL.search(text) and not _FACET.search(text):
        return ("other_spine",)
    if mention.concept.id == "decompression" and not names & _DECOMPRESSING:
        return ("laminectomy",) if mention.sentence.levels else ()
    return tuple(mention.concept.get("procedures", ()))


def _is_lead(mention: Mention, names: set[str]) -> bool:
    """ "Two percutaneous leads, epidural": where the lead of a stimulator or the catheter of a pump lies."""
    bare = mention.sentence.text[mention.match.start : mention.match.end] in (
        "epidural",
        "epidurals",
        "epidural catheter",
    )
    return bare and bool(names & {"spinal_cord_stimulator", "pain_pump"}) and mention.assertion is Assertion.PRESENT


_RELIEVING = pattern(r"decompress|herniat|fragment|extru|stenosis|radicul|\bfree[ds]?\b|nerve roots? (?:was|were)")


def _makes_room_for_fusion(mention: Mention, mentions: list[Mention]) -> bool:
    """Below the neck a disc is taken out for the sake of the fusion, unless the words speak of relieving a root."""
    if not {"fusion", "lumbar_interbody_fusion"} & {other.concept.id for other in mentions}:
        return False
    text = mention.sentence.text
    regions = {
        region_of(level) for other in mentions for written in other.sentence.levels for level in written.segments
    }
    if not regions or "cervical" in regions or "cervical" in text:
        return False
    titled = any(other.concept.id == "discectomy" and not _in_account(other) for other in mentions)
    return bool(_FOR_FUSION.search(text)) or (_in_account(mention) and not titled and not _RELIEVING.search(text))


_LEAK = pattern(r"dural (?:tear|leak|rent)|durotomy|csf leak|fluid leak|pseudomeningocele")


def _reason_of_surgery(document: ReadDocument) -> bool:
    """Whether the diagnosis before the operation names the leak; a tear made and closed on the way is no operation of its own."""
    return any(
        _LEAK.search(sentence.text)
        for sentence in document.sentences
        if sentence.section.kind == "diagnosis" and sentence.section.heading.startswith("pre")
    )


def _in_account(mention: Mention) -> bool:
    return mention.sentence.section.kind in ACCOUNT_SECTIONS


def _planned_before(sentence: Sentence, match: Match) -> bool:
    """Whether a word of planning governs the operation: before it, or right behind ("C5-6 ACDF is planned")."""
    return any(
        concept.id == "planned"
        and (
            -1 < match.start - other.end < 90
            or (0 <= other.start - match.end < 30 and not _NEW_CLAUSE.search(sentence.text, match.end, other.start))
        )
        for other, concept in sentence.of("request")
    )


_NEW_CLAUSE = pattern(r"\b(?:and|or|but|he|she|i|we|they|which|who|so)\b")
# "POD #3 from revision laminectomies", "on 02/13 Dr. F carried out T12 kyphoplasty": done within this stay.
_POD = pattern(
    r"\b(?:pod|post-?op(?:erative)? day) ?#?(?P<day>\d{1,2})\b[^.;]{0,30}\b(?:from|after|following|s/p|status post)\b[^.;]*$"
)
_STAY_DEED = pattern(
    r"\b(?:underwent|carried out|performed|proceeded with|taken (?:back )?(?:to|for)|brought to|had)\b[^.;]*$"
)
_LATEST_DAY = 10


def _done_in_stay(sentence: Sentence, before: str) -> bool:
    """Whether the operation was done in the stay that the document tells of, some days ago."""
    day = _POD.search(before)
    return bool(day and int(day["day"]) <= _LATEST_DAY) or (
        sentence.section.heading in THIS_STAY and bool(_STAY_DEED.search(before))
    )


def _mentions(document: ReadDocument) -> Iterator[Mention]:
    for sentence in document.having("procedure"):
        for match, concept in sentence.of("procedure"):
            assertion = _assertion(document, sentence, match, concept)
            if assertion is not None:
                yield Mention(sentence, match, concept, assertion)


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
    if DONE_BEFORE.search(before) and not (kind in TITLE_SECTIONS and match.start < 60):
        return Assertion.PRESENT if _done_in_stay(sentence, before) else None
    if kind not in TITLE_SECTIONS and not concept.get("injection") and _done_in_stay(sentence, before):
        return Assertion.PRESENT
    if kind in TITLE_SECTIONS and not qualifier.historical and _is_title(sentence):
        return Assertion.PRESENT
    if concept.get("account"):
        return Assertion.PRESENT if kind in ACCOUNT_SECTIONS and performed else None
    if kind in ACCOUNT_SECTIONS and _heads_account(sentence, match):
        return Assertion.PRESENT
    if kind in ACCOUNT_SECTIONS:
        # The account of an operation tells of it alone; a drug put into the epidural space at its end is none.
        done = sentence.has("request", "performed") or _deed(sentence, match, concept)
        return Assertion.PRESENT if done and not concept.get("injection") else None
    agreed = is_agreed(document, sentence, match, qualifier.cue)
    if qualifier.cue in _OPTIONS and not agreed or _OPTION.search(before):
        return None
    planned = agreed or (
        qualifier.assertion is Assertion.PLANNED or _planned_before(sentence, match) or _item_of_plan(sentence, match)
    )
    if (
        planned
        and (kind in PLAN_SECTIONS or kind in _TOLD_OF_OTHERS and not concept.get("injection"))
        and not qualifier.historical
        and document.document.kind is not Kind.RADIOLOGY_REPORT
    ):
        if performed and kind not in ("plan", "assessment", "impression"):
            return None
        return Assertion.PLANNED
    return None


def _heads_account(sentence: Sentence, match: Match) -> bool:
    """The title of an operation right behind the heading "PROCEDURE:", where its account follows in the same section."""
    return (
        sentence.section.heading in TITLED
        and sentence.reading.before(sentence) is None
        and match.start < 90
        and len(sentence.text) < 220
        and _is_title(sentence)
        and not _TOLD.search(sentence.text)
    )


_DOING = pattern(
    r"\b(?:perform\w*|made|did|do|using|complet\w+|creat\w+|fashion\w*|carr\w+ out|accomplish\w*|extend\w*|widen\w*|enlarg\w*|undertak\w+|proceed\w*)\b[^.;]{0,48}$"
)
_NO_DEED = pattern(r"^\s?(?:defect|edge|site|spreader|bed|retractor|rongeur|punch|was not|scar|membrane|instrument)")


def _deed(sentence: Sentence, match: Match, concept: Concept) -> bool:
    """Work on the bone that the account tells with a verb: "a drill was used to perform a laminotomy"."""
    if concept.id not in ("laminectomy", "foraminotomy", "laminoforaminotomy", "facetectomy"):
        return False
    return bool(_DOING.search(sentence.text[: match.start])) and not _NO_DEED.match(sentence.text[match.end :])


_NO_ITEM = pattern(
    r"\b(?:if|unless|should|after|following|until|before|prior|possible|possibly|may|might|could|consider\w*|discuss\w*|vs|versus|or|no|not|defer|"
    r"hold|avoid|instead|recovery|post|postop\w*|healing|follow-?up|s/p|status|x-?rays?|films|mri|brace|wound|precautions|protocol|candidate)\b|\?"
)


def _item_of_plan(sentence: Sentence, match: Match) -> bool:
    """An operation listed under the heading of the plan itself, without a verb: "PLAN: L4-5 laminectomy"."""
    if sentence.section.kind != "plan" or not _PLAN_HEADING.match(sentence.section.heading):
        return False
    return match.start < 120 and _is_title(sentence) and not _NO_ITEM.search(sentence.text)


_PLAN_HEADING = pattern(r"(?:surgical |operative )?plans?\b|p$|proposed|next steps")


_LIST_OF_TITLES = 500  # characters; a story further down under the same heading is none of the list


def _is_title(sentence: Sentence) -> bool:
    """A title is a phrase; an account of the history under the same heading is told in sentences."""
    if _NARRATIVE.search(sentence.text):
        return False
    if sentence.start - sentence.section.body < _LIST_OF_TITLES:
        return True
    before = [sentence.reading.before(sentence, count) for count in (1, 2, 3)]
    return not any(each and _NARRATIVE.search(each.text) for each in before)


def _codes(sentence: Sentence) -> Iterator[Fact]:
    """CPT and ICD-10 codes, where the sentence speaks of codes or the section asks for procedures or diagnoses."""
    text = sentence.text
    if not _FIGURES.search(text):
        return
    for found in _CPT.finditer(text):
        if _CODE_WORD.search(text) or sentence.section.kind in ("procedure", "authorization"):
            yield request_fact(sentence, "cpt", found[1].upper(), found.start(1), found.end(1))
    for found in _ICD.finditer(text):
        if "." in found[1] and (found[1][0] in "mgsct" or _ICD_WORD.search(text)):
            yield request_fact(sentence, "icd10", found[1].upper(), found.start(1), found.end(1))

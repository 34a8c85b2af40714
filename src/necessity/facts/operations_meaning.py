"""Which operations a sentence names, and whether they lie in the past."""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.facts.fact import Assertion
from necessity.facts.operations_untouched import FUTURE, is_untouched
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# Kinds of procedure that open the spine; injections and the like are treatment.
SURGICAL = frozenset(
    {
        "discectomy",
        "laminectomy",
        "foraminotomy",
        "laminoforaminotomy",
        "facetectomy",
        "corpectomy",
        "fusion",
        "lumbar_interbody_fusion",
        "acdf",
        "disc_replacement",
        "decompression",
        "hardware_removal",
        "interspinous_device",
        "vertebral_augmentation",
        "si_fusion",
        "spinal_cord_stimulator",
        "pain_pump",
        "other_spine",
    }
)
_NEEDS_IMPLANT = frozenset({"spinal_cord_stimulator", "pain_pump"})
_HISTORY = frozenset({"surgical_history", "past_history"})
_RECORDING = frozenset({"procedure", "procedure_details", "authorization", "complications", "technique"})
_TO_COME = frozenset({"plan", "procedure", "authorization", "questions"})
_STUDIES = frozenset({"imaging", "findings", "impression"})
_STRONG = pattern(
    r"\b(?:s/p|status[ -]post|previous(?:ly)?|prior(?! (?:to|auth\w*|approval|review|notification)\b)|history of|hx(?: of)?|h/o|past surgical|redo|re-?do|(?<!year-)(?<!years )(?<!year )(?<!yr )(?<!y/)(?<!yo )old|earlier|remote|revision|re-?exploration|last surgery|former|original|well[- ]healed|after (?:an?|her|his)|"
    r"since (?:her|his|the|last)|(?:months?|weeks?|years?|days?) (?:out|after|following|post|since)|post-?op(?:erative(?:ly)?)?\s(?:from|after|following|day|week|visit)|following (?:an?|his|her))\b(?:[^.;:]|:\s?yes)*$"
)
_COUNTED = pattern(r"\b(?:multiple|several|numerous|many|two|three|four|five|six|\d{1,2}|both|all)\s(?:[\w-]+\s){0,2}$")
_POST = pattern(r"(?:^|[.;:,)]\s|\b(?:is|was|gentleman|lady|man|woman|male|female|patient)\s)post\s(?:[\w-]+\s){0,4}$")
_TITLE_STRONG = pattern(
    r"\b(?:previous|prior(?! to)|(?<!year-)(?<!years )(?<!year )old|existing|redo|re-?do|revision|re-?exploration|s/p|status[ -]post|recurrent|retained|failed)\b[^.;]{0,60}$"
)
_WEAK = pattern(
    r"\b(?:underwent|undergone|had|has had|have had|was treated with|treated with|did well after|recovered from)\b[^.;]*$"
)
_NOT_PAST = pattern(
    r"\b(?:candidate for|consider\w*|recommend\w*|would|will|wish\w*|wants?|plan\w*|schedul\w*|proceed\w*|request\w*|need\w*|options?|elect\w*|discuss\w*|prefer\w*|may|possible|risks?|avoid\w*|before|await\w*|considered|offer\w*|pending|if|to undergo|think\w*|contemplat\w*|would like|going to|picked|chosen|opt(?:ed|s|ing)|agree with|concur with|"
    r"desire\w*|sought|authoriz\w*|agree\w*|set up|scheduled|upcoming|tomorrow|prepare|preop\w*|pre-op\w*|prior to (?:the |his |her )?|candidacy|set for|for possible|refer\w*|evaluat\w*|clear\w*)\b(?:\s[\w'/&+-]+){0,8}\s?$"
)
_NEVER = pattern(
    r"\b(?:no|denies(?: any)?|denied(?: any)?|without(?: any)?|never(?: (?:had|has had|undergone))?(?: (?:an?|any))?|not (?:had|undergone)(?: any)?|no history of|negative for|no h/o|no hx of|has not had(?: any)?|not have any)\s(?:(?:prior|previous|prev\.?|past|known|other|history of|significant|earlier|relevant|major|any|a|an|surgical|former)\s)*"
    r"(?:(?:low\s)?(?:back|spine|spinal|neck|lumbar|cervical|thoracic|lumbosacral|disc)(?:\s(?:or|and)\s(?:neck|back|lumbar|cervical|spine|spinal))?\s)?(?:surger(?:y|ies)|operations?|surgs?|sgy|sx|surgical (?:procedures?|history|interventions?|treatment)|procedures?)\b"
)
_NEVER_PAST = pattern(
    r"\b(?:prior|previous|past|history|h/o|hx|(?:years?|yrs?) ago|had|ever|never|life|denie[sd]|surgeries|operations|undergone)\b"
)
_PLAIN_NONE = pattern(
    r"^(?:past surgical (?:history|hx)|surgical history|psh\w?|surgeries|operations|none|past surgeries)?[\s:.=-]*(?:otherwise,?\s)?(?:is |are )?(?:none|negative|neg|n|no|nil|denies|denied|denies any|no prior surger(?:y|ies)|no surger(?:y|ies)|no previous surger(?:y|ies)|no operations|none reported|none known|-|n/a)(?:\s(?:reported|known|listed|significant|per patient|noted|other))?[\s.;,]*$"
)
_LABEL_NONE = pattern(
    r"\b(?:psh\w?|past surgical (?:history|hx)|surgical history|previous surger(?:y|ies)|(?:prior|prev|past) (?:spine |back |neck |spinal |lumbar |cervical )?(?:surger(?:y|ies)|surgs?|sx|operations?)|past surger(?:y|ies))\s?[:=-]?\s?(?:(?<=[:=]\s)n|none|no|negative|nil|denies|denied|neg|ø|0)\b(?!\s(?:of|for|on|prior))"
)
_SURGERY_NONE = pattern(
    r"^(?:\W|\[x?\]|\(x?\)){0,6}surger(?:y|ies)[\s:.=-]{1,6}(?:none|never|no|nil|denies|denied)(?:\s?[.;,|]|$)"
)
_OTHER_ORGAN = pattern(
    r"\b(?:knee|hip|shoulder|wrist|ankle|foot|hand|elbow|carpal tunnel|cubital tunnel|rotator cuff|subacromial|cataract|microvascular|orbital|chiari|ulnar|median|tarsal|cranial|brain|heart|toe|finger|thumb|posterior fossa|wound|bowel|bladder|meniscal)\s(?:\w+\s)?$"
)
_SPINE_NEAR = pattern(r"\b(?:back|neck|spine|spinal|lumbar|cervical|thoracic|disc|disk|lumbosacral|[ctl]\d{1,2})\b")
_TAKEN_TO = pattern(r"\b(?:taken|brought|returned) (?:back )?to (?:the )?(?:operating|or\b|surgery|theat)")
_LEVEL = r"(?:[ctls]\d{1,2}(?:[-/ ]{1,3}(?:[ctls]?\d{1,2}))?\s)"
_DISC_BEHIND = pattern(
    rf"\s(?:an?|the|his|her|their|that|my)\s(?:(?:right|left|large|big|huge|herniated|ruptured|bad|extruded|slipped|lumbar|cervical)\s|{_LEVEL})*(?:disc|disk|herniation|hnp|protrusion|extrusion|sequestrum|sequestration|(?:(?:free|disc|disk|sequestered|extruded|loose) )*fragments?)\b(?!\s(?:space|height|material sent|from the))"
)
_TO_COME_BEHIND = pattern(
    r"(?:\s(?:at|on|of) [^.;,]{2,30})?,?\s(?:is|are|was|were|be|being|as)\s(?:not |still |now |being |also |both )*(?:medically )?(?:necessary|recommended|indicated|reasonable|"
    r"warranted|appropriate|proposed|requested|scheduled|planned|authori[sz]ed|denied|certified|non-?certified|supported|approved|needed|advised|offered|pending|justified|contemplated)\b"
)
_DISC_AHEAD = pattern(
    rf"\b(?:disc|disk|herniation|fragment|sequestrum|protrusion)\s(?:at {_LEVEL})?(?:was |were |had been |has been )?$"
)
_STUDY = pattern(r"^(?:x-?rays?|ct|mri|films?|radiographs?|imaging|plain films|ap and lateral|lateral|flexion)\b")
_CONGENITAL = pattern(
    r"\b(?:congenital|spontaneous|auto|partial|facet joint|of the facets?|early|developmental|nonsurgical|incomplete)\s?(?:\w+\s)?$"
)


# "Plan: revision microdiscectomy": the name of what is asked for tells of no operation that was done.
_AGAIN = pattern(r"\b(?:revision|redo|re-?do|re-?exploration)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """An operation named at `start` up to `end`, with the words that tell about it (`left` to `right`)."""

    start: int
    end: int
    left: int
    right: int
    kind: str
    kinds: tuple[str, ...]
    concept: Concept
    levels: tuple[str, ...] = ()


def names_of(sentence: Sentence) -> list[Named]:
    """Spine operations named in a sentence, in order; names in one title share its levels."""
    found = [
        (match, concept)
        for match in sentence.matches
        for concept in match.concepts[:3]
        if _is_surgical(sentence, match, concept)
    ]
    firsts = list({match.start: (match, concept) for match, concept in reversed(found)}.values())[::-1]
    named = []
    for number, (match, concept) in enumerate(firsts):
        left = firsts[number - 1][0].end if number else 0
        right = firsts[number + 1][0].start if number + 1 < len(firsts) else len(sentence.text)
        levels = () if concept.id == "after_surgery" else _levels(sentence, match, concept, left, right)
        kinds = ("fusion",) if concept.id == "fused" else tuple(concept.get("procedures", ())) or ("spine_surgery",)
        named.append(
            Named(
                match.start,
                match.end,
                _statement_start(sentence, left, match.start),
                _statement_end(sentence, match.end, right),
                kinds[0],
                kinds,
                concept,
                levels,
            )
        )
    return named


def _is_surgical(sentence: Sentence, match: Match, concept: Concept) -> bool:
    if concept.group == "procedure":
        if (
            concept.id not in SURGICAL
            or _OTHER_ORGAN.search(sentence.text[: match.start])
            or _CONGENITAL.search(sentence.text[: match.start])
        ):
            return False
        return (
            concept.id not in _NEEDS_IMPLANT
            or "implant" in sentence.text
            or "placement" in sentence.text
            or "placed" in sentence.text
        )
    if concept.group == "alignment" and concept.id == "hardware":
        return sentence.section.kind in _STUDIES or bool(_STUDY.search(sentence.text[: match.start]))
    if concept.group == "alignment":
        return (
            concept.id == "fused"
            and "fusion" in sentence.text[match.start : match.end]
            and not (
                _CONGENITAL.search(sentence.text[: match.start]) or _OTHER_ORGAN.search(sentence.text[: match.start])
            )
        )
    if concept.group != "operation":
        return False
    if concept.get("spine"):
        return concept.id != "untouched"
    if concept.get("needs_disc"):
        return bool(_DISC_BEHIND.match(sentence.text[match.end :]) or _DISC_AHEAD.search(sentence.text[: match.start]))
    if concept.id != "operation":
        return False
    clause = sentence.clause(match.start)
    near = sentence.text[max(clause[0], match.start - 30) : min(clause[1], match.end + 24)]
    return bool(_SPINE_NEAR.search(near)) and not _OTHER_ORGAN.search(sentence.text[: match.start])


# "Slip at L4-5 just above the old fusion": the level beside an operated one.
_BESIDE = pattern(
    r"\b(?:above|below|adjacent|next|proximal|distal|cephalad|caudal|rostral|cranial|superior|inferior|beneath|over)\b (?:to )?(?:(?:the|an?|his|her|old|prior|previous|existing|solid|healed|long|lumbar|cervical) )*$"
)


def _levels(sentence: Sentence, match: Match, concept: Concept, left: int, right: int) -> tuple[str, ...]:
    ahead = [
        mention
        for mention in sentence.levels
        if left <= mention.start
        and mention.end <= match.start
        and not re.search(r"[;.]", sentence.text[mention.end : match.start])
        and not _BESIDE.search(sentence.text, mention.end, match.start)
    ]
    stop = r"[;]|\.\s|,.*\w" if concept.group != "procedure" else r"[;]|\.\s"
    behind = [
        mention
        for mention in sentence.levels
        if mention.start >= match.end
        and mention.end <= right
        and not re.search(stop, sentence.text[match.end : mention.start])
    ]
    near_ahead = [mention for mention in ahead if match.start - mention.end < 26]
    for chosen in (near_ahead, [mention for mention in behind if mention.start - match.end < 60], ahead[-2:]):
        if chosen:
            return tuple(
                dict.fromkeys(level for mention in chosen for level in (mention.segments or mention.vertebrae))
            )
    return ()


def _statement_start(sentence: Sentence, left: int, start: int) -> int:
    cuts = [found.end() for found in re.finditer(r"[;]\s?|\.\s|:\s(?!yes)", sentence.text[:start])]
    return max(
        [
            left if start - left < 90 else 0,
            *[cut for cut in cuts if cut <= start and start - cut < 160 and cut >= left],
        ],
        default=left,
    )


def _statement_end(sentence: Sentence, end: int, right: int) -> int:
    cut = re.search(r";|\.\s", sentence.text[end:right])
    stop = end + cut.start() if cut else right
    while stop > end and sentence.text[stop - 1] in " ,(&":
        stop -= 1
    return max(stop, end)


def is_earlier(sentence: Sentence, named: Named, encounter: bool) -> bool:
    """Whether the operation lies in the past, by the section, the words before it or a date."""
    qualifier = sentence.qualify(named.start, named.end)
    if qualifier.not_patient or qualifier.assertion in (Assertion.ABSENT, Assertion.DECLINED, Assertion.UNEXAMINED):
        return False
    before = sentence.text[: named.start]
    kind = sentence.section.kind
    if is_to_come(sentence, named):
        return False
    if kind in _RECORDING:
        return (
            bool(_TITLE_STRONG.search(before[-80:]))
            and named.concept.id != "after_surgery"
            or named.concept.id == "scar"
            or (named.concept.id == "hardware_removal" and "removal" in sentence.text[named.start : named.end])
            or bool(
                re.search(r"\bsolid\b", sentence.text[named.start : named.end + 40])
                and "fusion" in sentence.text[named.start : named.end]
            )
        )
    if named.concept.group == "alignment" and named.concept.id == "hardware":
        return not encounter and qualifier.assertion is Assertion.PRESENT
    if "discharge" in sentence.section.heading and not re.search(r"\b(?:previous|prior|history of|old|redo)\b", before):
        return False
    if named.concept.id == "post_op_day":
        return not encounter and sentence.index < 2
    if named.concept.get("told"):
        return qualifier.assertion is Assertion.PRESENT
    if sentence.text[named.start : named.end].endswith(("surgeries", "operations")) and _COUNTED.search(before[-40:]):
        return True
    planned = qualifier.assertion in (Assertion.PLANNED, Assertion.ADVISED) or kind in _TO_COME
    told = _AGAIN.sub("", before) if planned else before
    if _STRONG.search(told[-110:]) and not _cut(told) or _POST.search(before[-60:]):
        return True
    if qualifier.assertion in (Assertion.PLANNED, Assertion.ADVISED, Assertion.POSSIBLE) or kind in _TO_COME:
        return _dated_before(sentence, named)
    if kind in _HISTORY:
        return True
    if (
        kind in _STUDIES
        and named.kinds[0] in ("fusion", "laminectomy", "discectomy", "disc_replacement", "corpectomy")
        and not re.search(r"\bfor\s(?:\w+\s)*$", before[-30:])
    ):
        return not encounter
    if _dated_before(sentence, named):
        return True
    return not (encounter or sentence.section.heading == "course") and bool(_WEAK.search(before[-90:]))


def is_to_come(sentence: Sentence, named: Named) -> bool:
    """Talked about, asked for or planned."""
    before = sentence.text[: named.start]
    if _TAKEN_TO.search(before) or _TO_COME_BEHIND.match(sentence.text[named.end :]):
        return True
    return bool(_NOT_PAST.search(before)) and not re.search(
        r"\b(?:s/p|status[ -]post|previous|prior (?!to)|redo|old)\b[^.;]{0,50}$", before
    )


def _cut(before: str) -> bool:
    """A past word that belongs to something else: "previous MRI … plan fusion"."""
    found = _STRONG.search(before[-110:])
    return bool(
        found
        and re.search(
            r"\b(?:mri|x-?rays?|ct|films?|visit|note|imaging|study|studies|injections?|episode|therapy|trauma|injury|treatment|accident|exam\w*|smok\w*|pain|symptoms)\b",
            found[0],
        )
        and not re.search(r"\b(?:and|with|,)\s(?:\w+\s){0,3}$", found[0])
    )


def _dated_before(sentence: Sentence, named: Named) -> bool:
    """A date beside the name that lies before the note: "fusion 2016", "discectomy 05/14/2024", "two years ago"."""
    for time in sentence.times:
        if time.date is None or time.start < named.left or time.end > named.right + 1:
            continue
        if re.search(
            r"\b(?:mri|ct|x-?rays?|films?|scheduled|seen|visit)\s(?:\w+\s)?(?:on\s)?$", sentence.text[: time.start]
        ):
            continue
        if time.ago or (
            sentence.written is None
            and time.start >= named.end
            and time.start - named.end < 40
            and (time.date.latest - time.date.earliest).days > 300
        ):
            return True
        if (
            sentence.written is not None
            and (sentence.written - time.date.latest).days > 14
            and abs(time.start - named.end) < 60
        ):
            return True
    return False


def says_never(sentence: Sentence) -> bool:
    """ "No previous spine surgery", "has had no surgeries in his life": never, and not "no surgery is planned"."""
    if sentence.section.kind not in ("procedure_details", "consent") and is_untouched(sentence):
        return True
    found = _NEVER.search(sentence.text) if sentence.scopes else None
    if not found or sentence.section.kind in ("procedure_details", "consent"):
        return False
    if sentence.section.kind in _TO_COME and not re.search(
        r"\b(?:prior|prev\w*|past|earlier|never|history)\b", found[0]
    ):
        return False
    around = sentence.text[max(0, found.start() - 30) : found.end() + 30]
    if (
        FUTURE.search(around)
        or re.search(r"\b(?:since|after|until|without|except)\b", sentence.text[found.end() : found.end() + 20])
        or re.search(r"\bother\b", found[0])
    ):
        return False
    if re.search(r"\b(?:procedures?)\b", found[0]) and not re.search(r"surg|spin(?:e|al) procedures?", found[0]):
        return False
    named = sentence.matches and any(
        concept.group == "operation" and concept.get("spine")
        for match in sentence.matches
        for concept in match.concepts
        if found.start() <= match.start < found.end()
    )
    return bool(
        named
        or _NEVER_PAST.search(sentence.text[max(0, found.start() - 16) : found.end() + 16])
        or sentence.section.kind in _HISTORY
    )


def is_none(sentence: Sentence) -> bool:
    """ "Past surgical history: none", "PSH none"."""
    if sentence.section.kind == "surgical_history" and _PLAIN_NONE.match(sentence.text):
        before = sentence.reading.before(sentence)
        return before is None
    return (
        bool(_LABEL_NONE.search(sentence.text) or _SURGERY_NONE.match(sentence.text))
        and sentence.section.kind != "family_history"
    )

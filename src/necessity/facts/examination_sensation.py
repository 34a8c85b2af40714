"""Sensation on examination: reduced or intact, in which dermatome or site and on which side; and sensation of the saddle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.examination_context import ExamContext, region_of_roots
from necessity.facts.examination_results import ELECTRIC, Result, clause_of, is_finding, nearest, results_of
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Side
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_TENDER = pattern(r"\btender\w*(?: to)?(?: \w+){0,3} $|\bpain(?:ful)? (?:with|to|on) $")
# Words that mean sensation only beside another word of it: skin temperature and metal pins are something else.
_NEEDS_COMPANY = frozenset({"temperature", "touch", "pin", "vibration", "vib", "feeling", "cotton"})
_HOW = (
    r"(?:dull\w*|less|down|decr\w*|reduced|dim\w*|diminished|altered|absent|lost|gone|missing|poor|blunt\w*|fainter|weaker|patchy|impaired|abnormal|"
    r"intact|normal|nl|wnl|ok|preserved|full|equal|symmetric\w*|present|↓)"
)
_COMPANY = pattern(
    rf"\b(?:pin|touch|vib\w*)(?: (?:is|are|was|were|feels?|felt|seems?|as|a little|a bit|slightly|somewhat|mildly|markedly|appears?))* {_HOW}|"
    rf"(?:↓|\b(?:diminished|reduced|decreased|decr|less|dull(?:ed)?|altered|impaired|lost|loss of|normal|intact|absent|blunted|dim)) "
    r"(?:\w+ )?(?:pin|touch|vib\w*|feeling (?:in|over|at|along|on|to|of (?:touch|pin)|down))|"
    r"\b(?:pin|vib\w*)\b[\w\s,-]{1,30}?\b(?:down|dull(?:ed)?|decr\w*|dimin\w*|reduced|less|absent|lost|impaired|gone)\b|"
    r"^(?:pin|touch|vib\w*)\s?:|[.;]\s(?:pin|touch|vib\w*)\s?:|\bpin(?:prick)? around|"
    rf"\bfeeling (?:is |was )?{_HOW} (?:in|over|at|along|on|to)\b|\b(?:feels?|felt|perceives?|senses) (?:the )?(?:pin|touch|cotton)|"
    r"sens|loss of|light touch|\blt\b|pin ?prick|proprio|dermatom|vibrat\w+ (?:sense|at|in|decreased|reduced|intact|"
    r"absent)|\bto (?:pin|touch|vibration)|\b(?:decr\w*|reduced|intact|perianal|perineal|dull|"
    r"diminished) (?:\w+ ){0,2}(?:pin|touch|vibration)|(?:pin|touch|vibration) (?:and \w+ )?(?:is |are |"
    r"was )?(?:intact|reduced|decr|dimin|normal|down)"
)
# "LT 1st web down": between the item and the bare "down" stand only places.
_PLACE_ONLY = pattern(
    r"(?:[\s:,=]|\b(?:is|was|are|in|at|on|over|the|of|to|left|right|l|r|lt|rt|both|\d(?:st|nd|rd|th)|first|web|space|great|big|toes?|foot|"
    r"feet|leg|calf|shin|thigh|hand|fingers?|thumb|arm|forearm|lateral|lat|medial|med|dorsal|dorsum|outer|inner|sole|heel|index|middle|[lsct]\d)\b)*"
)
# "Cannot tell sharp from dull", "feels the pin less": what the patient makes out of the stimulus.
_CANNOT_TELL = pattern(
    r"\bno (?:pin ?prick|pin|light touch|touch|sensation|feeling|vibration)(?: sense| sensation)?(?: (?:whatever|at all))? (?:in|over|around|at|below|along|on|about)\b|"
    r"\b(?:can ?not|can't|could not|couldn't|unable to|not able to|fails to|difficulty) (?:tell|distinguish|discriminat\w+|feel|perceiv\w+|appreciat\w+)(?:ing)? (?:the )?(?:sharp|pin|light touch|touch|a pin|cotton|monofilament|vibration)"
)
_PATCH = pattern(r"\b(?:numb(?:ness)?)\b")
_NEGATION = pattern(
    r"\b(?:no|not|without|w/o|denies|denied|never|nor|neither|negative|neg|free|lack\w*|absence|none|non|n't)\b|n't\b"
)
_SENSES = ("abnormal", "absent", "normal")
_SADDLE = ("S3", "S4", "S5")
_PAIRED = pattern(r"\s(?:and|&|/)\s(?:the )?(?:rectal |anal |sphincter )?")
_FEEL = frozenset({"sensation", "numbness_found"})


def read_sensation(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """The findings on sensation in a sentence, one for each result."""
    for match, concept in sentence.of("examination"):
        if concept.id == "silt":
            yield from _finding(
                sentence, match.start, match.end, False, *clause_of(sentence.text, match.start, match.end)
            )
    items = [(m, c) for m, c in sentence.of("examination") if c.id in _FEEL and not _elsewhere(sentence, m)]
    if not items and context.in_examination(sentence) and "numb" in sentence.text:
        yield from _numb(sentence)
        return
    if not items and not (context.topic == "sensation" and context.age in (1, 2) and context.in_examination(sentence)):
        return
    if ELECTRIC.search(sentence.text):
        return
    results = results_of(sentence)
    used: set[int] = set()
    cannot = _CANNOT_TELL.search(sentence.text)
    if cannot:
        yield from _finding(
            sentence, cannot.start(), cannot.end(), True, *clause_of(sentence.text, cannot.start(), cannot.end())
        )
        return
    for match, concept in items:
        yield from _item(sentence, match, concept, results, used)
    yield from _saddles(sentence)
    if not items:
        yield from _carried(sentence, results)


def _numb(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "A patch of numbness over the lateral calf", on examination."""
    found = _PATCH.search(sentence.text)
    if found and any(c.get("limb") in ("arm", "leg") for _, c in sentence.of("site")):
        how = is_finding(sentence, found.start(), found.end())
        if how in (Assertion.PRESENT, Assertion.ABSENT):
            low, high = clause_of(sentence.text, found.start(), found.end())
            yield from _finding(sentence, found.start(), found.end(), True, low, high)


def _elsewhere(sentence: Sentence, match: Match) -> bool:
    """Sensation of the face, tenderness to touch, a measured temperature."""
    text = sentence.text
    if _TENDER.search(text[: match.start]) or "hardware" in text:
        return True
    if text[match.start : match.end] in _NEEDS_COMPANY and not _COMPANY.search(text):
        return True
    return any(
        c.id == "cranial" and match.start - 30 <= m.start <= match.start + 12 for m, c in sentence.of("examination")
    )


def _item(
    sentence: Sentence, match: Match, concept: Concept, results: list[Result], used: set[int]
) -> Iterator[ExamFinding]:
    low, high = clause_of(sentence.text, match.start, match.end, contrasts=False)
    low, high = _until_other_topic(sentence, match, low, high)
    found = [r for r in results if _fits(sentence.text, match, r) and not _of_the_next(sentence, match, r)]
    found = [r for r in found if low <= r.start and r.end <= high and r.sense in _SENSES and not _overlaps(r, match)]
    if concept.id == "numbness_found":
        used.update(r.start for r in found)
        yield from _finding(sentence, match.start, match.end, True, low, high)
        return
    first = nearest(found, match.start, match.end, low, high, _SENSES)
    chosen = [r for r in found if r.start not in used and (r is first or r.start > match.start)]
    for result in chosen:
        used.add(result.start)
        normal = result.sense == "normal"
        if normal and any(r.sense != "normal" and not r.negated and abs(r.start - result.start) < 12 for r in chosen):
            continue
        mixed = normal and any(r.sense != "normal" for r in chosen)
        for finding in _finding(
            sentence,
            min(result.start, match.start),
            max(result.end, match.end),
            normal is result.negated,
            low,
            high,
            result,
        ):
            # "Decreased at L5, otherwise intact": what is intact is elsewhere.
            yield replace(finding, roots=(), region=None) if mixed else finding


def _fits(text: str, match: Match, result: Result) -> bool:
    """ "Shooting down her spine" is no loss: "down" counts only beside its item."""
    if text[result.start : result.end] != "down":
        return True
    return _PLACE_ONLY.fullmatch(text, match.end, result.start) is not None


def _of_the_next(sentence: Sentence, match: Match, result: Result) -> bool:
    """ "A sensory level at the waist, and normal anal tone": past a comma, right before another item."""
    return (
        result.start > match.end
        and "," in sentence.text[match.end : result.start]
        and any(
            0 <= m.start - result.end <= 1
            for m, c in sentence.of("sign", "examination", "muscle")
            if c.group != "examination" or c.id in ("strength", "reflex", "gait") or c.get("arc")
        )
    )


def _overlaps(result: Result, match: Match) -> bool:
    return result.start < match.end and match.start < result.end


def _carried(sentence: Sentence, results: list[Result]) -> Iterator[ExamFinding]:
    """ "Sensory: ..." in the sentence before, "Decreased over the left L5 dermatome." in this."""
    if any(True for _ in sentence.of("sign", "muscle")) or any(
        c.id in ("gait", "reflex", "strength", "neuro", "examination") or c.get("arc")
        for _, c in sentence.of("examination")
    ):
        return
    for result in results:
        if result.sense in ("abnormal", "absent") and (sentence.levels or any(True for _ in sentence.of("site"))):
            yield from _finding(sentence, result.start, result.end, not result.negated, 0, len(sentence.text), result)
            return


_OWN_RESULT = pattern(
    r"\s?(?:(?:sensation|pin ?prick|pin|light touch|touch|area|region|skin) )?(?:is |was |are |remains )?"
    r"(?P<word>intact|normal|preserved|full|wnl|spared|ok|reduced|decreased|diminished|absent|dull(?:ed)?|impaired|lost)(?!\w)"
)
_OWN_NORMAL = frozenset({"intact", "normal", "preserved", "full", "wnl", "spared", "ok"})
_APART = pattern(r"(?:,|\bbut\b|\band\b|\bwith\b)[\s\w]{0,12}$")


def _own_saddles(sentence: Sentence) -> list[tuple[Match, Match, str]]:
    """ "Sensation reduced at the lateral foot, perineal sensation intact": a saddle with a result of its own, behind an
    item that has had its result already."""
    items = [m for m, c in sentence.of("examination") if c.id in _FEEL]
    results = [r for r in results_of(sentence) if r.sense in _SENSES]
    own: list[tuple[Match, Match, str]] = []
    for match, concept in sentence.of("sign"):
        found = _OWN_RESULT.match(sentence.text, match.end)
        heads = [m for m in items if m.end <= match.start]
        if concept.get("kind") != "saddle" or found is None or not heads:
            continue
        low, high = clause_of(sentence.text, match.start, match.end)
        settled = any(low <= r.start and r.end <= match.start for r in results)
        if heads[-1].start >= low and settled and _APART.search(sentence.text, 0, match.start):
            own.append((heads[-1], match, found["word"]))
    return own


def _saddles(sentence: Sentence) -> Iterator[ExamFinding]:
    for _, match, word in _own_saddles(sentence):
        if is_finding(sentence, match.start, match.end) is None:
            continue
        when, earlier = dated(sentence, match.start, match.end)
        end = sentence.text.index(word, match.end) + len(word)
        yield ExamFinding(
            concept="saddle_sensation",
            assertion=Assertion.ABSENT if word in _OWN_NORMAL else Assertion.PRESENT,
            evidence=(sentence.evidence(match.start, end),),
            written=sentence.written,
            when=when,
            earlier=earlier,
        )


def _until_other_topic(sentence: Sentence, match: Match, low: int, high: int) -> tuple[int, int]:
    for head, saddle, _ in _own_saddles(sentence):
        if head == match:
            high = min(high, saddle.start)
    for other, concept in sentence.of("examination", "sign", "muscle"):
        if (
            concept.group == "examination"
            and concept.id not in ("strength", "reflex", "gait", "cranial")
            and not concept.get("arc")
        ):
            continue
        if concept.group == "sign" and concept.id in ("saddle_sensation", "saddle_skin", "plantar"):
            continue
        if concept.id in ("tone", "rectal_tone") and _PAIRED.fullmatch(sentence.text, match.end, other.start):
            continue  # "perianal sensation and tone intact": one result for both
        if other.end <= match.start and "," in sentence.text[other.end : match.start]:
            low = max(low, other.end)
        elif other.start >= match.end and (
            "," in sentence.text[match.end : other.start] or " and " in sentence.text[match.end : other.start]
        ):
            high = min(high, other.start)
    return low, high


def _finding(
    sentence: Sentence, start: int, end: int, abnormal: bool, low: int, high: int, result: Result | None = None
) -> Iterator[ExamFinding]:
    how = is_finding(sentence, result.start if result else start, result.end if result else end)
    if (
        how is None
        or sentence.section.kind in ("review_of_systems", "history", "chief_complaint")
        and result is None
        and how is not Assertion.PRESENT
    ):
        return
    if (
        how is Assertion.ABSENT
        and result is not None
        and not _NEGATION.search(sentence.text, _own_part(sentence.text, start), result.start)
    ):
        how = Assertion.PRESENT  # "vibration down at toes, SLR neg": the negation is of what follows
    assertion = how
    if how in (Assertion.PRESENT, Assertion.ABSENT):
        flipped = how is Assertion.ABSENT and (result is None or not result.negated and result.sense != "normal")
        assertion = Assertion.ABSENT if flipped else Assertion.PRESENT if abnormal else Assertion.ABSENT
    roots, limb = _where(sentence, low, high)
    if abnormal and assertion is Assertion.PRESENT:
        end = max([end, *(m.end for m, _ in sentence.of("site") if end <= m.start <= min(high, end + 40))])
    when, earlier = dated(sentence, start, end)
    saddle = bool(roots) and all(root in _SADDLE for root in roots)
    saddle = saddle or any(c.get("kind") == "saddle" and low <= m.start < high for m, c in sentence.of("sign"))
    # An intact saddle says nothing of the limbs.
    saddle_alone = (
        saddle
        and assertion is Assertion.ABSENT
        and "incl" not in sentence.text[low:high]
        and (all(root in _SADDLE for root in roots) and limb in (None, "leg"))
    )
    names = ("saddle_sensation",) if saddle_alone else ("sensation", "saddle_sensation") if saddle else ("sensation",)
    for concept in names:
        yield ExamFinding(
            concept=concept,
            assertion=assertion,
            evidence=(sentence.evidence(start, end),),
            written=sentence.written,
            when=when,
            earlier=earlier,
            side=_side(sentence, start, end, low, high) if assertion is Assertion.PRESENT else None,
            roots=roots if concept == "sensation" else (),
            region=region_of_roots(roots, limb),
        )


def _own_part(text: str, start: int) -> int:
    """Where the clause of an item begins; a list that is denied as a whole begins with its denial."""
    low = text.rfind(";", 0, start) + 1
    return max(low, text.rfind(". ", 0, start) + 1)


def _field(sentence: Sentence, match: Match, concept: Concept) -> tuple[str, ...]:
    """The roots of a site, more exact with its aspect ("lateral left foot")."""
    aspects = concept.get("aspects") or {}
    for other, aspect in sentence.of("site"):
        name = aspects.get(aspect.get("aspect"))
        if name is not None and (0 <= match.start - other.end <= 12 or 0 <= other.start - match.end <= 3):
            fields = sentence.reading.lexicon.concepts["examination", "sensation"].get("fields", {})
            return tuple(fields.get(name, concept.get("roots", ())))
    return tuple(concept.get("roots", ()))


def _side(sentence: Sentence, start: int, end: int, low: int, high: int) -> Side | None:
    """The side nearest to a finding; LT is light touch here, not left."""
    touch = [m for m, c in sentence.of("examination") if c.id == "sensation"]
    best: tuple[float, Side] | None = None
    for mention in sentence.sides:
        if not low <= mention.start < high or any(m.start <= mention.start < m.end for m in touch):
            continue
        inside = start <= mention.start <= end
        distance = 0.0 if inside else float(mention.start - end) if mention.start >= end else start - mention.end + 5.0
        if best is None or distance < best[0]:
            best = distance, mention.side
    return best[1] if best else None


def _where(sentence: Sentence, low: int, high: int) -> tuple[tuple[str, ...], str | None]:
    """The roots named as dermatomes, else those of the sites; and the limb."""
    named = tuple(
        dict.fromkeys(name for level in sentence.levels if low <= level.start < high for name in level.vertebrae)
    )
    segments = tuple(
        dict.fromkeys(name for level in sentence.levels if low <= level.start < high for name in level.segments)
    )
    limbs: list[str] = []
    roots = list(named)
    for match, concept in sentence.of("site", "examination"):
        if not low <= match.start < high or concept.get("limb") not in ("arm", "leg"):
            continue
        limbs.append(str(concept.get("limb")))
        if concept.group == "site" and not named:
            roots += [root for root in _field(sentence, match, concept) if root not in roots]
    if not roots and segments and not limbs:
        limbs = [limb for limb in ({"C": "arm", "L": "leg"}.get(segments[0][0]),) if limb]
    both = len(set(limbs)) > 1 or "upper and lower" in sentence.text[low:high]
    return (() if both and not named else tuple(roots)), None if both or not limbs else limbs[0]

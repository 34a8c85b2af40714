"""Which pain is the main one: by scores side by side, by shares, by comparisons and by plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, Region, Symptom, SymptomQuality
from necessity.facts.forms import circled_options, ticked_options
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head, Site
from necessity.facts.symptoms_meant import meant, region_named
from necessity.facts.symptoms_pairs import AXIAL, LIMB, classed_places
from necessity.facts.symptoms_score import Score, is_current
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

EQUAL = "equal"
_OPPOSITE = {LIMB: AXIAL, AXIAL: LIMB}
_SHARE = pattern(
    r"(?P<share>\d{1,3})\s?(?:%|percent)\s?(?:of (?:(?:the |his |her )?(?:pain|symptoms?)|it|this)\s?)?(?:is |was |are |being )?(?:in |from |of )?(?:the |his |her )?(?:left |right |lower |upper |radiating |radicular )*$"
)
_SHARE_AFTER = pattern(r"^\s?(?:pain |symptoms? )?(?:is |about |:|=)?\s?(?P<share>\d{1,3})\s?(?:%|percent)")
# "Half back and half leg", "all leg"
_HALVES = pattern(
    r"\bhalf (?:the |his |her |in the )?(?:low )?(?:back|neck|legs?|arms?)(?: pain)?(?: and|,|/) half (?:the |his |her |in the )?(?:low )?(?:back|neck|legs?|arms?)\b"
)
_ALL_OF_ONE = pattern(
    r"\b(?:all|entirely|purely|strictly) (?:in )?(?:the |his |her )?(?P<site>legs?|arms?|back(?<!was all back)(?<!came all back)|neck)(?: pain)?\s?(?:[.,;]|$)"
)
# "B leg burning, low back second"
_SECOND = pattern(
    r"\b(?P<site>legs?|arms?|back|neck)(?: pain| ache)?,? (?:is |comes |runs |a (?:distant |close )?)?second(?:ary)?\b(?! (?:opinion|surgery|operation|injection|to\b|episode|visit|disc|level))"
)
# "60/40 leg to back"
_SPLIT = pattern(r"(?P<first>\d\d)\s?[/:-]\s?(?P<second>\d\d)%?\s(?:\w+\s)?(?P<site>legs?|arms?|back|neck)\b")
# "Leg to back 4:1", "ratio of leg:back pain is 70:30"
_RATIO = pattern(
    r"\b(?P<one>legs?|arms?|back|neck)\s?(?:[:/]|to|vs\.?|versus)\s?(?P<two>legs?|arms?|back|neck)(?: pain)?(?: ratio)?(?: is| of|:|=| about)*\s?(?P<first>\d{1,2})\s?[:/]\s?(?P<second>\d{1,2})\b"
)
_NO_SUCH = pattern(r"\b(?:no|never|not|isn't|non-?issue|nothing|without|denies|100\s?%)\b|\b0\s?%")
_ASKED = pattern(
    r"\b(?:worse|worst|main|mainly|most|mostly|hurts? more|more painful|predominant|dominant|primary|bothers|chief|biggest)\b[^.]{0,90}"
)
_SAME = pattern(r"\s*(?:both|equal|same|about (?:the )?same|equally)\b")
_NAME_REACH = 12  # characters
_AT_BOX = 24  # characters
_RELIEF = ("better", "relief", "improve", "help")
_PRONOUN = pattern(r"\b(?:it|this|that|which)\b[^,;]{0,30}$")
_WORDS = frozenset({"main_axial", "compare", "compare_less", "equal", "main", "minor"})
_UNSEEN = frozenset({"plan", "surgical_history", "authorization", "social_history"})


def site_class(site: Site) -> str | None:
    """`limb` or `axial`; a buttock, hip or shoulder belongs to neither."""
    if site.concept.get("axial"):
        return AXIAL
    return LIMB if site.concept.get("limb") and not site.concept.get("proximal") else None


@dataclass(frozen=True, slots=True)
class Place:
    """What names a limb or the back or neck in a sentence; `kind` is `limb` or `axial`."""

    start: int
    end: int
    kind: str


def main_pain_of(
    sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]
) -> Iterator[SymptomQuality | Symptom]:
    """What the sentence calls the worse or the main pain, the most explicit way first."""
    if sentence.section.kind in _UNSEEN:
        return
    words = [
        (match, "strong" if concept.get("strong") else concept.get("kind"))
        for match, concept in sentence.of("symptom")
        if concept.get("kind") in _WORDS
    ]
    if not (
        words
        or scores
        or "%" in sentence.text
        or "percent" in sentence.text
        or _SPLIT.search(sentence.text)
        or _RATIO.search(sentence.text)
        or _whole(sentence.text)
        or ticked_options(sentence.text)
        or "(" in sentence.text
    ):
        return
    sites = [Place(*place) for place in classed_places(sentence)]
    named = next((match for match, kind in words if kind == "main_axial"), None)
    if named and sentence.qualify(named.start, named.end).assertion is Assertion.PRESENT:
        yield SymptomQuality(
            concept="predominant",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            value=AXIAL,
        )
        return
    if not sites:
        return
    ticked = _ticked(sentence, sites)
    value = (
        ticked
        or _whole(sentence.text)
        or _by_scores(sentence, heads, scores)
        or _by_shares(sentence, sites)
        or _by_words(sentence, sites, words)
    )
    if value is None:
        return
    said = sentence.qualify(sites[0].start, sites[0].end)
    if (said.not_patient and not ticked) or (said.historical and said.cue not in ("history of", "hx of", "h/o")):
        return
    yield SymptomQuality(
        concept="predominant",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(),),
        written=sentence.written,
        value=value,
    )
    yield from _weighed_axial(sentence, scores)


def _weighed_axial(sentence: Sentence, scores: tuple[Score, ...]) -> Iterator[Symptom]:
    """Pain of the back or neck that is weighed against that of a limb is there: "leg 75 %, back 25 %", "worse than her back"."""
    for match, concept in sentence.of("site"):
        if not concept.get("axial"):
            continue
        zero = any(score.kind == AXIAL and score.value == 0 for score in scores)
        said, told = sentence.qualify(match.start, match.end), meant(sentence, match.start, match.end)
        there = (told is not None and told[0] is Assertion.PRESENT) or said.cue in ("vs", "versus")
        if zero or not there or said.historical or _NO_SUCH.search(sentence.text):
            return
        yield Symptom(
            concept="axial_pain",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            region=Region.LUMBAR if concept.get("axial") == "any" else region_named(concept.get("axial")),
            sites=(concept.id,),
        )
        return


def _whole(text: str) -> str | None:
    if _HALVES.search(text):
        return "equal"
    second = _SECOND.search(text) if "second" in text else None
    if second:
        return AXIAL if second["site"][:3] in ("leg", "arm") else LIMB
    found = _ALL_OF_ONE.search(text)
    return None if found is None else LIMB if found["site"][:3] in ("leg", "arm") else AXIAL


def _ticked(sentence: Sentence, sites: list[Place]) -> str | None:
    """The box ticked in a question of a form: "Which is worse?  [ ] back  [x] leg", "Worst pain: leg [ ] both [x]"."""
    before = [sentence.reading.before(sentence, 2), sentence.reading.before(sentence)]
    asked = " ".join([*(one.text for one in before if one is not None), sentence.text])
    ticked = ticked_options(sentence.text) or circled_options(sentence.text, "circle" in asked)
    if not ticked:
        return None
    if not _ASKED.search(asked):
        return None
    for low, high in ticked:
        site = next((site for site in sites if low <= site.start < min(high, low + _AT_BOX)), None)
        if site:
            return site.kind
        if _SAME.match(sentence.text, low, high):
            return "equal"
    return None


def classed_scores(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> list[tuple[str, float, Score]]:
    """The current scores of a sentence that are said of a limb or of the back or neck."""
    by_span = {(score.start, score.end): score for score in scores}
    found = []
    for head in heads:
        score = by_span.get((head.start, head.end)) if head.kind == "score" else None
        if score is None or not is_current(sentence.text, score):
            continue
        if score.kind:
            found.append((score.kind, score.value, score))
            continue
        kinds = {kind for site in _sites_of_score(heads, head) if (kind := site_class(site))} or _named(heads, head)
        if len(kinds) == 1:
            found.append((kinds.pop(), score.value, score))
    return found


def _named(heads: list[Head], head: Head) -> set[str]:
    """What a name right before a score says: "LBP 2/10", "sciatica 7/10"."""
    before = [other for other in heads if other.end <= head.start and head.start - other.end < _NAME_REACH]
    kind = {"axial": AXIAL, "diagnosis": LIMB}.get(before[-1].kind) if before else None
    return {kind} if kind else set()


def _sites_of_score(heads: list[Head], head: Head) -> list[Site]:
    """The sites of a score: its own, else those of the pain named right before it ("right leg pain 8/10")."""
    if head.sites:
        return head.sites
    before = [
        other for other in heads if other.end <= head.start and other.kind != "score" and head.start - other.end < 36
    ]
    return before[-1].sites if before else []


def _by_scores(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> str | None:
    classed = classed_scores(sentence, heads, scores)
    limb = [value for kind, value, _ in classed if kind == LIMB]
    axial = [value for kind, value, _ in classed if kind == AXIAL]
    if not (limb and axial):
        limb = [score.value for score in scores if score.kind == LIMB] or limb
        axial = [score.value for score in scores if score.kind == AXIAL] or axial
    if axial and not limb and len(classed) == 1 and len(scores) == 2 and scores[0].start < classed[0][2].start:
        limb = [scores[0].value]  # "now 7/10 walking, back 3/10"
    if not limb or not axial:
        return None
    return LIMB if max(limb) > max(axial) else AXIAL if max(axial) > max(limb) else EQUAL


def _by_shares(sentence: Sentence, sites: list[Place]) -> str | None:
    split = _SPLIT.search(sentence.text)
    if split and int(split["first"]) + int(split["second"]) == 100:
        kind = LIMB if split["site"][:3] in ("leg", "arm") else AXIAL
        return EQUAL if split["first"] == "50" else kind if int(split["first"]) > 50 else _OPPOSITE[kind]
    ratio = _RATIO.search(sentence.text) if ":" in sentence.text or "/" in sentence.text else None
    if ratio and (ratio["one"] in ("back", "neck")) != (ratio["two"] in ("back", "neck")):
        kind = AXIAL if ratio["one"] in ("back", "neck") else LIMB
        first, second = int(ratio["first"]), int(ratio["second"])
        return EQUAL if first == second else kind if first > second else _OPPOSITE[kind]
    if "%" not in sentence.text and "percent" not in sentence.text:
        return None
    if any(word in sentence.text for word in _RELIEF):
        return None
    for site in sites:
        found = _SHARE.search(sentence.text[: site.start]) or _SHARE_AFTER.match(sentence.text[site.end :])
        if found:
            share, kind = int(found["share"]), site.kind
            return EQUAL if share == 50 else kind if share > 50 else _OPPOSITE[kind]
    return None


def _by_words(sentence: Sentence, sites: list[Place], words: list[tuple[Match, str]]) -> str | None:
    for match, kind in words:
        if kind in ("compare", "compare_less", "equal"):
            value = _compared(sentence, sites, match, kind)
            if value:
                return value
    for match, kind in words:
        if kind == "main" and not sentence.text[match.end :].startswith(" than"):
            target = _target(sentence, sites, match)
            if target and not _only_a_side(sentence, match, target):
                return target.kind
    for match, kind in words:
        if kind in ("minor", "strong"):
            value = _minor(sentence, sites, match, kind == "strong")
            if value:
                return value
    return None


def _compared(sentence: Sentence, sites: list[Place], match: Match, kind: str) -> str | None:
    """The site before "worse than" against the one behind it; "it is worse than the ache in the spine" speaks of the other pain."""
    low, high = sentence.clause(match.start)
    inside = [site for site in sites if low <= site.start < high]
    kinds = {site.kind for site in inside}
    if kind == "equal":
        return EQUAL if kinds == {LIMB, AXIAL} else None
    if sentence.qualify(match.start, match.end).assertion is Assertion.ABSENT:
        return None
    before = next((site for site in reversed(inside) if site.end <= match.start and match.start - site.end < 45), None)
    after = next((site for site in inside if site.start >= match.end and site.start - match.end < 34), None)
    if after is None or (before is not None and before.kind == after.kind):
        return None
    if before is None and not _PRONOUN.search(sentence.text[low : match.start]):
        return None
    if re.search(r"\b(?:left|right|l|r)\s?$", sentence.text[: match.start]) and re.match(
        r"\s?(?:the |on the )?(?:left|right|l|r)\b", sentence.text[match.end :]
    ):
        return None  # "left greater than right leg" weighs sides
    lesser = after.kind
    return _OPPOSITE[lesser] if kind == "compare" else lesser


def _target(sentence: Sentence, sites: list[Place], match: Match) -> Place | None:
    """The site that a word of weight is said of: right behind it, else the nearest before it in its clause."""
    low, high = sentence.clause(match.start)
    after = next((site for site in sites if match.end <= site.start < min(high, match.end + 32)), None)
    if after and "," not in sentence.text[match.end : after.start]:
        return after
    return next(
        (site for site in reversed(sites) if low <= site.end <= match.start and match.start - site.end < 36), None
    )


def _only_a_side(sentence: Sentence, match: Match, target: Place) -> bool:
    """ "Mainly on the right side": the word weighs sides or parts of a limb, not the limb against the back."""
    between = (
        sentence.text[match.end : target.start]
        if target.start >= match.end
        else sentence.text[target.end : match.start]
    )
    behind = sentence.text[match.end : match.end + 24]
    on_a_side = target.kind == LIMB and bool(re.match(r"\s?(?:on|in) the (?:left|right)\b", behind))
    return (
        "side" in between
        or on_a_side
        or bool(
            re.match(r"\s?(?:down|into|along|to|due|because|related|with|when|at night|after|relating|from)\b", behind)
        )
    )


def _minor(sentence: Sentence, sites: list[Place], match: Match, strong: bool) -> str | None:
    """ "Back pain is minor", "the back hardly bothers him": then the limb is worse. Of a limb only beside the back or neck."""
    low, high = sentence.clause(match.start)
    inside = [site for site in sites if low <= site.start < high]
    target = _target(sentence, inside, match)
    if target is None:
        return None
    kinds = {site.kind for site in inside}
    word = sentence.text[match.start : match.end]
    if target.kind == AXIAL and (kinds == {LIMB, AXIAL} or strong):
        return LIMB
    return (
        AXIAL
        if kinds == {LIMB, AXIAL} and target.kind == LIMB and word not in ("some", "occasional", "mild", "a little")
        else None
    )

"""Which pain is the main one: by scores side by side, by shares, by comparisons and by plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head, Site, sites_of
from necessity.facts.symptoms_pairs import AXIAL, LIMB, classed_places
from necessity.facts.symptoms_score import Score, is_current
from necessity.vocabulary.lexicon import Match

EQUAL = "equal"
_OPPOSITE = {LIMB: AXIAL, AXIAL: LIMB}
_SHARE = re.compile(
    r"(?P<share>\d{1,3})\s?(?:%|percent)\s?(?:of (?:the |his |her )?(?:pain|symptoms?)\s?)?(?:is |was |are |being )?(?:in |from |of )?(?:the |his |her )?(?:left |right |lower |upper |radiating |radicular )*$"
)
_SHARE_AFTER = re.compile(r"^\s?(?:pain |symptoms? )?(?:is |about |:|=)?\s?(?P<share>\d{1,3})\s?(?:%|percent)")
# "60/40 leg to back"
_SPLIT = re.compile(r"(?P<first>\d\d)\s?[/:-]\s?(?P<second>\d\d)%?\s(?:\w+\s)?(?P<site>legs?|arms?|back|neck)\b")
_RELIEF = ("better", "relief", "improve", "help")
_PRONOUN = re.compile(r"\b(?:it|this|that|which)\b[^,;]{0,30}$")
_WORDS = frozenset({"main_axial", "compare", "compare_less", "equal", "main", "minor"})
_UNSEEN = frozenset({"plan", "surgical_history", "authorization", "social_history"})


def site_class(site: Site) -> str | None:
    """`limb` or `axial`; a buttock, hip or shoulder belongs to neither."""
    if site.concept.get("axial"):
        return AXIAL
    return LIMB if site.concept.get("limb") and not site.concept.get("proximal") else None


def main_pain_of(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> Iterator[SymptomQuality]:
    """What the sentence calls the worse or the main pain, the most explicit way first."""
    if sentence.section.kind in _UNSEEN:
        return
    words = [(match, concept.get("kind")) for match, concept in sentence.of("symptom") if concept.get("kind") in _WORDS]
    if not (
        words
        or scores
        or "%" in sentence.text
        or "percent" in sentence.text
        or _SPLIT.search(sentence.text)
    ):
        return
    sites = [site for site in sites_of(sentence) if site_class(site)]
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
    value = _by_scores(sentence, heads, scores) or _by_shares(sentence, sites) or _by_words(sentence, sites, words)
    if value is None:
        return
    said = sentence.qualify(sites[0].start, sites[0].end)
    if said.not_patient or (said.historical and said.cue not in ("history of", "hx of", "h/o")):
        return
    yield SymptomQuality(
        concept="predominant",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(),),
        written=sentence.written,
        value=value,
    )


def classed_scores(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> list[tuple[str, float, Score]]:
    """The current scores of a sentence that are said of a limb or of the back or neck."""
    by_span = {(score.start, score.end): score for score in scores}
    found = []
    for head in heads:
        score = by_span.get((head.start, head.end)) if head.kind == "score" else None
        if score is None or not is_current(sentence.text, score):
            continue
        kinds = {kind for site in _sites_of_score(heads, head) if (kind := site_class(site))}
        if len(kinds) == 1:
            found.append((kinds.pop(), score.value, score))
    return found


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


def _by_shares(sentence: Sentence, sites: list[Site]) -> str | None:
    split = _SPLIT.search(sentence.text)
    if split and int(split["first"]) + int(split["second"]) == 100:
        kind = LIMB if split["site"][:3] in ("leg", "arm") else AXIAL
        return EQUAL if split["first"] == "50" else kind if int(split["first"]) > 50 else _OPPOSITE[kind]
    if "%" not in sentence.text and "percent" not in sentence.text:
        return None
    if any(word in sentence.text for word in _RELIEF):
        return None
    for site in sites:
        found = _SHARE.search(sentence.text[: site.start]) or _SHARE_AFTER.match(sentence.text[site.end :])
        if found:
            share, kind = int(found["share"]), site_class(site) or ""
            return EQUAL if share == 50 else kind if share > 50 else _OPPOSITE[kind]
    return None


def _by_words(sentence: Sentence, sites: list[Site], words: list[tuple[Match, str]]) -> str | None:
    for match, kind in words:
        if kind in ("compare", "compare_less", "equal"):
            value = _compared(sentence, sites, match, kind)
            if value:
                return value
    for match, kind in words:
        if kind == "main" and not sentence.text[match.end :].startswith(" than"):
            target = _target(sentence, sites, match)
            if target and not _only_a_side(sentence, match, target):
                return site_class(target)
    for match, kind in words:
        if kind == "minor":
            value = _minor(sentence, sites, match)
            if value:
                return value
    return None


def _compared(sentence: Sentence, sites: list[Site], match: Match, kind: str) -> str | None:
    """The site before "worse than" against the one behind it; "it is worse than the ache in the spine" speaks of the other pain."""
    low, high = sentence.clause(match.start)
    inside = [site for site in sites if low <= site.start < high]
    kinds = {site_class(site) for site in inside}
    if kind == "equal":
        return EQUAL if kinds == {LIMB, AXIAL} else None
    if sentence.qualify(match.start, match.end).assertion is Assertion.ABSENT:
        return None
    before = next((site for site in reversed(inside) if site.end <= match.start and match.start - site.end < 45), None)
    after = next((site for site in inside if site.start >= match.end and site.start - match.end < 34), None)
    if after is None or (before is not None and site_class(before) == site_class(after)):
        return None
    if before is None and not _PRONOUN.search(sentence.text[low : match.start]):
        return None
    if re.search(r"\b(?:left|right|l|r)\s?$", sentence.text[: match.start]) and re.match(
        r"\s?(?:the |on the )?(?:left|right|l|r)\b", sentence.text[match.end :]
    ):
        return None  # "left greater than right leg" weighs sides
    lesser = site_class(after) or ""
    return _OPPOSITE[lesser] if kind == "compare" else lesser


def _target(sentence: Sentence, sites: list[Site], match: Match) -> Site | None:
    """The site that a word of weight is said of: right behind it, else the nearest before it in its clause."""
    low, high = sentence.clause(match.start)
    after = next((site for site in sites if match.end <= site.start < min(high, match.end + 32)), None)
    if after and "," not in sentence.text[match.end : after.start]:
        return after
    return next(
        (site for site in reversed(sites) if low <= site.end <= match.start and match.start - site.end < 36), None
    )


def _only_a_side(sentence: Sentence, match: Match, target: Site) -> bool:
    """ "Mainly on the right side": the word weighs sides or parts of a limb, not the limb against the back."""
    between = (
        sentence.text[match.end : target.start]
        if target.start >= match.end
        else sentence.text[target.end : match.start]
    )
    behind = sentence.text[match.end : match.end + 24]
    on_a_side = site_class(target) == LIMB and bool(re.match(r"\s?(?:on|in) the (?:left|right)\b", behind))
    return (
        "side" in between
        or on_a_side
        or bool(
            re.match(r"\s?(?:down|into|along|to|due|because|related|with|when|at night|after|relating|from)\b", behind)
        )
    )


def _minor(sentence: Sentence, sites: list[Site], match: Match) -> str | None:
    """ "Back pain is minor", "the back hardly bothers him": then the limb is worse. Of a limb only beside the back or neck."""
    low, high = sentence.clause(match.start)
    inside = [site for site in sites if low <= site.start < high]
    target = _target(sentence, inside, match)
    if target is None:
        return None
    kinds = {site_class(site) for site in inside}
    word = sentence.text[match.start : match.end]
    if site_class(target) == AXIAL and (kinds == {LIMB, AXIAL} or word in _BELITTLES):
        return LIMB
    return (
        AXIAL
        if kinds == {LIMB, AXIAL}
        and site_class(target) == LIMB
        and word not in ("some", "occasional", "mild", "a little")
        else None
    )


_BELITTLES = frozenset(
    {
        "minor",
        "minimal",
        "negligible",
        "ancillary",
        "not a big part",
        "not much",
        "trivial",
        "small part",
        "hardly bothers him",
        "hardly bothers her",
        "hardly bothers",
        "does not trouble him much",
        "does not trouble her much",
        "does not bother him",
        "does not bother her",
        "not really painful",
        "barely bothers",
        "only mild",
    }
)

"""Which pain is the main one: by scores side by side, by shares, by comparisons and by plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head, Site
from necessity.facts.symptoms_score import Score, is_current
from necessity.vocabulary.lexicon import Match

LIMB, AXIAL, EQUAL = "limb", "axial", "equal"
_SHARE = re.compile(r"(?P<share>\d{1,3})\s?(?:%|percent)\s?(?:of (?:the |his |her )?(?:pain|symptoms?)\s?)?(?:is |was |are |being )?(?:in |from |of )?(?:the |his |her )?(?:left |right |lower |upper |radiating |radicular )*$")
_SHARE_AFTER = re.compile(r"^\s?(?:pain |symptoms? )?(?:is |about |:|=)?\s?(?P<share>\d{1,3})\s?(?:%|percent)")
_LINK = re.compile(r"^[^.;]{0,60}$")
_ABOUT_SIDE = re.compile(r"\b(?:left|right)\b")


def site_class(site: Site) -> str | None:
    """`limb` or `axial`; a buttock, hip or shoulder belongs to neither."""
    if site.concept.get("axial"):
        return AXIAL
    return LIMB if site.concept.get("limb") and not site.concept.get("proximal") else None


def main_pain_of(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> Iterator[SymptomQuality]:
    """What the sentence calls the worse or the main pain, the most explicit way first."""
    sites = sorted((site for head in heads for site in head.sites if site_class(site)), key=lambda site: site.start)
    if not sites:
        return
    value = _by_scores(sentence, heads, scores) or _by_shares(sentence, sites) or _by_words(sentence, sites)
    if value is None:
        return
    said = sentence.qualify(sites[0].start, sites[0].end)
    if said.not_patient or said.historical:
        return
    yield SymptomQuality(concept="predominant", assertion=Assertion.PRESENT, evidence=(sentence.evidence(),), written=sentence.written, value=value)


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
    before = [other for other in heads if other.end <= head.start and other.kind != "score" and head.start - other.end < 30]
    return before[-1].sites if before else []


def _by_scores(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> str | None:
    classed = classed_scores(sentence, heads, scores)
    limb = [value for kind, value, _ in classed if kind == LIMB]
    axial = [value for kind, value, _ in classed if kind == AXIAL]
    if not limb or not axial:
        return None
    return LIMB if max(limb) > max(axial) else AXIAL if max(axial) > max(limb) else EQUAL


def _by_shares(sentence: Sentence, sites: list[Site]) -> str | None:
    if "%" not in sentence.text and "percent" not in sentence.text:
        return None
    for site in sites:
        found = _SHARE.search(sentence.text[:site.start]) or _SHARE_AFTER.match(sentence.text[site.end:])
        if found and "better" not in sentence.text and "relief" not in sentence.text and "improve" not in sentence.text:
            share, kind = int(found["share"]), site_class(site)
            if share == 50:
                return EQUAL
            return kind if share > 50 else (AXIAL if kind == LIMB else LIMB)
    return None


def _by_words(sentence: Sentence, sites: list[Site]) -> str | None:
    words = [(match, concept.get("kind")) for match, concept in sentence.of("symptom")]
    for match, kind in words:
        if kind in ("compare", "compare_less", "equal"):
            value = _compared(sentence, sites, match, kind)
            if value:
                return value
    for match, kind in words:
        if kind == "main":
            target = _target(sentence, sites, match)
            if target and not sentence.text[match.end:].startswith(" than"):
                return site_class(target)
    kinds = {site_class(site) for site in sites}
    for match, kind in words:
        if kind == "minor" and kinds == {LIMB, AXIAL}:
            target = _target(sentence, sites, match)
            if target:
                return LIMB if site_class(target) == AXIAL else AXIAL
    return None


def _compared(sentence: Sentence, sites: list[Site], match: Match, kind: str) -> str | None:
    """The site before "worse than" against the one behind it; both of one kind compare nothing here."""
    before = next((site for site in reversed(sites) if site.end <= match.start and match.start - site.end < 45), None)
    after = next((site for site in sites if site.start >= match.end and site.start - match.end < 30), None)
    if not before or not after or site_class(before) == site_class(after):
        return None
    if kind == "equal":
        return EQUAL
    if sentence.qualify(match.start, match.end).assertion is Assertion.ABSENT:
        return None
    return site_class(before) if kind == "compare" else site_class(after)


def _target(sentence: Sentence, sites: list[Site], match: Match) -> Site | None:
    """The site that a word of weight is said of: right behind it, else the nearest before it in its clause."""
    low, high = sentence.clause(match.start)
    after = next((site for site in sites if match.end <= site.start < min(high, match.end + 32)), None)
    if after and "," not in sentence.text[match.end:after.start]:
        return after
    return next((site for site in reversed(sites) if low <= site.end <= match.start and match.start - site.end < 48), None)

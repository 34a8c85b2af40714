"""Disc displacement: bulge to sequestration, its zone and side, and whether it has come back after an operation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, ImagingFinding, Side
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern

ORDER = ("none", "bulge", "protrusion", "unspecified", "extrusion", "sequestration")
_ZONE = {
    "canal": "central",
    "midline": "central",
    "paracentral": "paracentral",
    "lateral_recess": "lateral_recess",
    "foramen": "foramen",
    "far_lateral": "far_lateral",
}
_SIZE = pattern(r"(\d{1,2}(?:\.\d+)?)\s?(?:x\s?\d+(?:\.\d+)?\s?(?:x\s?\d+(?:\.\d+)?\s?)?)?mm\b")
_OTHER_HERNIA = pattern(
    r"\b(?:inguinal|hiatal|hiatus|umbilical|ventral|incisional|femoral|sports|abdominal|brain|tonsillar|cerebellar|uncal|muscle|lung)\s(?:\w+\s)?$|^\s?(?:of (?:the )?(?:brain|tonsil|cerebell))"
)
# What fills the canal lies in its middle.
_FILLS = pattern(
    r"[^.;]{0,24}\b(?:fill\w*|occup\w+|obliterat\w+|block\w*) (?:up )?(?:most of |nearly |almost |virtually |the whole of |all of )?(?:the )?(?:entire |whole |spinal |central |bony )*canal\b"
)
_REMOVED = pattern(
    r"\b(?:removal|excision|removed|resection|excised|retrieval|extirpation) of (?:the |a |all |any |this )?(?:[\w-]+ ){0,4}$"
)


def read(scene: Scene) -> Iterator[ImagingFinding]:
    """Every displacement said or ruled out, and scar said to be there."""
    words = [word for word in scene.of("disc") if word.concept.get("grade")]
    for number, word in enumerate(words):
        if _is_doubled(scene, words, number) or not _is_disc(scene, word):
            continue
        meant = scene.meaning(word.start, word.end)
        if meant.not_patient:
            continue
        yield from _displacement(scene, word, meant)
    for word in scene.of("disc"):
        if word.concept.get("scar") and scene.frame.in_study:
            meant = scene.meaning(word.start, word.end)
            if not meant.not_patient and not re.search(r"\bover\s$", scene.text[: word.start]):
                yield scene.finding("scar", word, meant, side=scene.side_of(word))


def _displacement(scene: Scene, word: Word, meant: Qualifier) -> Iterator[ImagingFinding]:
    side = _side(scene, word)
    grade = "none" if meant.assertion is Assertion.ABSENT else str(word.concept.get("grade"))
    zone = _ZONE.get(scene.zone_of(word) or "")
    _, high = scene.bounds(word)
    size = _SIZE.search(scene.text, word.end, min(high + 16, len(scene.text))) or _SIZE.search(
        scene.text, max(0, word.start - 24), word.start
    )
    size_mm = float(size[1]) if size and meant.assertion is Assertion.PRESENT else None
    recurrent = _is_recurrent(scene, word)
    if recurrent and meant.assertion is Assertion.ABSENT:
        yield scene.finding("recurrent_disc", word, meant, side=side, zone=zone)
        return  # "no recurrent disc" leaves open what else the disc does
    yield scene.finding("disc", word, meant, grade=grade, side=side, zone=zone, millimetres=size_mm)
    if recurrent:
        yield scene.finding("recurrent_disc", word, meant, side=side, zone=zone)


def _is_doubled(scene: Scene, words: list[Word], number: int) -> bool:
    """ "Herniated disc protrusion", "extruded herniated disc": one thing, told by its more exact word."""
    word = words[number]
    for other in words[max(0, number - 1) : number] + words[number + 1 : number + 2]:
        first, second = sorted((word, other), key=lambda one: one.start)
        if (
            re.fullmatch(
                r"\s?(?:or |and |/ ?|\()?(?:disc|disk|material|focal|the|a|of|,| )*",
                scene.text[first.end : second.start],
            )
            and "," not in scene.text[first.end : second.start]
        ):
            mine, its = (ORDER.index(str(one.concept.get("grade"))) for one in (word, other))
            exact = str(other.concept.get("grade")) != "unspecified"
            if word.concept.get("grade") == "unspecified" and exact and its != ORDER.index("bulge"):
                return not word.concept.get("recurrent")
            if word.concept.get("grade") == "bulge" and its > mine:
                return True
    return False


def _is_disc(scene: Scene, word: Word) -> bool:
    """Whether the word is said of a disc of the spine (not of a tongue, a hernia or what a surgeon removes)."""
    text = scene.text[word.start : word.end]
    if (
        _OTHER_HERNIA.search(scene.text[: word.start])
        or _OTHER_HERNIA.match(scene.text[word.end :])
        or _REMOVED.search(scene.text[: word.start])
    ):
        return False
    if re.search(r"\b(?:dis[ck]s?|annul\w+|hnp|pulposus|pulposi|intervertebral|ldh|hivd)\b", text):
        return scene.frame.spine
    if re.search(r"\b(?:dis[ck]s?|annul\w+|interspace)\b", scene.text):
        return scene.frame.spine
    return (
        scene.frame.spine
        and (scene.frame.in_study or bool(scene.places))
        and (bool(scene.places) or bool(scene.frame.levels) or scene.frame.in_study)
    )


def _is_recurrent(scene: Scene, word: Word) -> bool:
    if word.concept.get("recurrent"):
        return True
    low, _ = scene.bounds(word)
    if scene.between(low, word.start, "disc") and any(
        w.id == "recurrent" for w in scene.between(low, word.start, "disc")
    ):
        return True
    return (
        bool(re.search(r"recurrent dis[ck]|reherniation|recurrent (?:\w+ )?herniation", scene.text))
        and scene.frame.in_report
    )


def _side(scene: Scene, word: Word) -> Side | None:
    found = scene.side_of(word)
    if found is None and re.search(
        r"\b(?:consistent|compatible|in keeping) with [^.;,]{0,30}$|\brepresenting [^.;,]{0,30}$",
        scene.text[: word.start],
    ):
        found = scene.side_in(scene._floor(0, word), word.start)
    if found is None and (scene.zone_of(word) in ("midline", "canal") or _FILLS.match(scene.text, word.end)):
        return Side.CENTRAL
    return found

"""Compression: a root, the cauda equina or the cord touched, displaced or compressed, or said to be free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts import imaging_contact
from necessity.facts.fact import Assertion, ImagingFinding, Side
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import SEGMENTS, exiting_root, traversing_root

_NEURAL = frozenset({"root", "cauda", "cord", "thecal_sac", "neural"})
_ZONES = frozenset({"lateral_recess", "foramen", "far_lateral", "paracentral"})
# "Touches neither the cord nor the root", "contacts no nerve".
_NO_OBJECT = pattern(r"\s(?:neither|no(?:ne)?)\b(?! longer)")
_MUCH = pattern(
    r"\b(?:severe\w*|marked\w*|complete\w*|total\w*|near[- ]complete|near[- ]total|profound\w*|high-grade|significant\w*|moderate\w*|considerabl\w*)\s(?:\w+\s){0,2}$"
)
_LITTLE = pattern(r"\b(?:mild\w*|minimal\w*|slight\w*|minor|subtle|trace|small)\s(?:\w+\s){0,2}$")
_PRESSES = ("compress", "squeez", "crush", "entrap")
_LESION = pattern(r"\b(?:abscess|collection|phlegmon|ha?ematoma|lesion|mass|extension|retropuls\w+|fragments?)\b")
_IS = pattern(r"\s(?:is |was |are |being |mildly |severely |slightly |markedly |clearly )*")
_AT = pattern(r"(?:\s\w+){0,2}? at (?:the )?")
_STRAIGHT = pattern(r"\b(?:dorsally|posteriorly|ventrally|anteriorly|centrally)\b")
# "May contact", "could be irritating": possible, and left open.
_MAY = pattern(
    r"\b(?:may|might|could|potentially|can)(?: (?:be|well|also|potentially|possibly|slightly|minimally|even|have|just))* $"
)
# "Now merely abuts the fat": no nerve is met.
_MEETS_FAT = pattern(
    r"\s(?:only |just |merely |upon |on )?(?:the )?(?:(?:ventral|anterior|dorsal|epidural|perineural|foraminal|surrounding) )*fat\b"
)
_STOPS = pattern(r"[;]|\. ")
_SUBJECT_OTHER = pattern(
    r"(?:fat|pedicle|disc|disk|fracture|vertebra|body|alignment|bladder|blood)\s(?:is|are|was|were)?\s?$"
)


def read(scene: Scene) -> Iterator[ImagingFinding]:
    """Every statement of what a lesion does to neural tissue."""
    found = list(_all(scene))
    yield from _agreed(found)
    yield from imaging_contact.read(scene, told=bool(found))


def _agreed(findings: list[ImagingFinding]) -> Iterator[ImagingFinding]:
    """ "Abuts without displacing the root": what is there says more than the degree that is not."""
    present = [(f.levels, f.structure, f.roots) for f in findings if f.assertion is Assertion.PRESENT]
    for finding in findings:
        if (
            finding.assertion is not Assertion.ABSENT
            or (finding.levels, finding.structure, finding.roots) not in present
        ):
            yield finding


def _all(scene: Scene) -> Iterator[ImagingFinding]:
    seen: list[tuple[object, ...]] = []
    for word in scene.of("compression"):
        if word.concept.get("excluded") or word.concept.get("decompressed") or not scene.frame.spine:
            continue
        for finding in _compression(scene, word):
            key = (finding.structure, finding.assertion, finding.levels, finding.side, finding.roots, finding.grade)
            if key not in seen:
                seen.append(key)
                yield finding


def _compression(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    if word.concept.get("whole") and scene.frame.in_study | (
        scene.sentence.section.kind in ("impression", "assessment", "other", "preamble")
    ):
        yield scene.finding("compression", word, scene.meaning(word.start, word.end), grade=None)
        return
    structure = None if _MEETS_FAT.match(scene.text, word.end) else _structure(scene, word)
    if structure is None:
        if (
            scene.frame.in_study
            and scene.text[word.start : word.end] in ("compression", "impingement")
            and not scene.between(word.end, word.end + 30, "stenosis")
        ):
            meant = scene.meaning(word.start, word.end)
            if meant.assertion is Assertion.ABSENT and not meant.not_patient:
                yield scene.finding("compression", word, meant, grade=None)  # "no residual compression", of whatever
        return
    if structure.id == "neural" and scene.between(structure.end, structure.end + 12, "zone"):
        return
    if not (scene.frame.in_study or _is_said_of_spine(scene, structure)):
        return
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    if word.concept.get("spared"):
        if meant.assertion is Assertion.ABSENT or not scene.frame.in_study:
            return
        meant = replace(meant, assertion=Assertion.ABSENT)
    if re.search(
        r"\b(?:non|not|without|no|none|never)[ -]?(?:any )?(?:significant )?(?:longer )?$|\b(?:nothing|none|no (?:disc|disk|fragment|nerve|root)s?)(?: (?:is|are|was|were|seems|appears|to be|that is|seen|there))* $",
        scene.text[: word.start],
    ) or _NO_OBJECT.match(scene.text[word.end :]):
        meant = replace(meant, assertion=Assertion.ABSENT)
    if meant.assertion is Assertion.PRESENT and _MAY.search(scene.text[max(0, word.start - 40) : word.start]):
        meant = replace(meant, assertion=Assertion.POSSIBLE)
    roots = _roots(scene, word, structure)
    kind = (
        "root"
        if structure.id == "root"
        else "cord"
        if structure.id == "cord"
        else structure.id
        if structure.id != "neural"
        else None
    )
    grade = None if meant.assertion is Assertion.ABSENT else _grade(scene, word, kind)
    roots = roots or _computed_roots(scene, word, structure)
    yield scene.finding(
        "compression",
        word,
        meant,
        levels=_levels(scene, word, structure),
        grade=grade,
        structure=kind,
        roots=roots,
        side=_side(scene, word, structure, meant),
        zone=_zone(scene, word, structure),
    )


def _grade(scene: Scene, word: Word, structure: str | None) -> str:
    """How hard it presses. A sac indented, effaced in part or mildly compressed is no more than touched."""
    grade = str(word.concept.get("grade"))
    if structure != "thecal_sac" or grade != "compression":
        return grade
    around = scene.text[max(0, word.start - 40) : word.start]
    if _MUCH.search(around):
        return grade
    pressed = scene.text.startswith(_PRESSES, word.start) and not _LITTLE.search(around)
    return grade if pressed else "contact"


def _structure(scene: Scene, word: Word) -> Word | None:
    """What is pressed upon: behind the word ("compresses the left L5 root"), else before it ("cord flattened")."""
    structures = [found for found in scene.of("structure") if found.id in _NEURAL]
    after = [
        found
        for found in structures
        if found.start >= word.end
        and found.start - word.end < 75
        and not _STOPS.search(scene.text[word.end : found.start])
    ]
    before = [
        found
        for found in structures
        if found.end <= word.start
        and word.start - found.end < 75
        and not _STOPS.search(scene.text[found.end : word.start])
    ]
    near = before and re.fullmatch(
        r"\s?(?:is|are|was|were|being|appears?|to|be|both|mildly|moderately|severely|markedly|slightly|not|minimally|also|bilaterally|sleeve|roots?|on|the|left|right|in|recess|recesses|foramen|lateral|then|likely|"
        r"probably|posteriorly|laterally|tightly|and|,|displaced|flattened|contacted|which|has|have|been|at|this|level|greatly|somewhat|no|without|any|evidence|of|free|reaching|"
        r"\s)*",
        scene.text[before[-1].end : word.start],
    )
    active = re.search(r"(?:s|ing)$", scene.text[word.start : word.end])
    if (
        active
        and before
        and after
        and "," in scene.text[before[-1].end : word.start]
        and "," not in scene.text[word.end : after[0].start]
    ):
        return after[0]
    if (
        near
        or before
        and "," not in scene.text[before[-1].end : word.start]
        and after
        and "," in scene.text[word.end : after[0].start]
    ):
        return before[-1]
    if after and not _heads_between(scene, word.end, after[0].start):
        return after[0]
    if before and not _heads_between(scene, before[-1].end, word.start):
        return before[-1]
    return _bare_root(scene, word) or (after[0] if after else None)


def _bare_root(scene: Scene, word: Word) -> Word | None:
    """ "compressing S1": a root named without the noun; "protrusion at L5-S1, S1 displaced" likewise."""
    for start, end, _ in scene.roots:
        if 0 <= start - word.end < 30 or 0 <= word.start - end < 30:
            return Word("structure", "root", start, end, word.concept)
    if not any(place.segments for place in scene.places) or not scene.of("disc", "stenosis"):
        return None
    for mention in scene.sentence.levels:
        if not mention.segments and len(mention.vertebrae) == 1 and _IS.fullmatch(scene.text[mention.end : word.start]):
            return Word("structure", "root", mention.start, mention.end, word.concept)
    return None


def _levels(scene: Scene, word: Word, structure: Word) -> tuple[str, ...]:
    """The level said right behind what is pressed upon ("compressing the sac at L3-4"), else that of the word."""
    end = max(word.end, structure.end)
    behind = next(
        (place for place in scene.places if place.segments and _AT.fullmatch(scene.text[end : place.start])), None
    )
    if behind is not None and structure.start > word.start:
        return behind.levels
    return scene.levels_of(word) or _at_vertebra(scene, word)


def _at_vertebra(scene: Scene, word: Word) -> tuple[str, ...]:
    """A tumour, fracture or abscess that presses on the cord lies behind vertebrae; between two of them is a segment."""
    high = scene.text.find(";", word.end)
    if not scene.of("redflag") and not _LESION.search(scene.text):
        return ()
    bones = tuple(
        dict.fromkeys(bone for place in scene.places if high < 0 or place.end <= high for bone in place.vertebrae)
    )
    between = tuple(segment for segment in SEGMENTS if set(segment.split("-")) <= set(bones))
    return between or bones


def _heads_between(scene: Scene, start: int, end: int) -> bool:
    return any(not other.concept.get("spared") for other in scene.between(start, end, "disc", "stenosis"))


def _is_said_of_spine(scene: Scene, structure: Word) -> bool:
    """Outside a study only a diagnosis counts: "spinal cord compression", "nerve root compression L5"."""
    if scene.sentence.section.kind in (
        "examination",
        "review_of_systems",
        "consent",
        "past_history",
        "surgical_history",
        "procedure",
    ):
        return False
    if structure.id == "cord" or structure.id == "cauda":
        return True
    return (
        structure.id == "root"
        and "root" in scene.text[structure.start : structure.end]
        or structure.id == "thecal_sac"
        and "sac" in scene.text
    )


def _roots(scene: Scene, word: Word, structure: Word) -> tuple[str, ...]:
    """The roots named beside the structure."""
    names: list[str] = []
    for start, end, roots in scene.roots:
        between = scene.text[min(end, structure.end) : max(start, structure.start)]
        if len(between) < 36 and not re.search(r"[,;]|\. ", between):
            names.extend(root for root in roots if root not in names)
    return tuple(names)


def _computed_roots(scene: Scene, word: Word, structure: Word) -> tuple[str, ...]:
    """The exiting or traversing root of a segment, where the chart names it so and gives no number."""
    levels = scene.levels_of(word)
    said = scene.text[max(0, structure.start - 24) : structure.end]
    if structure.id != "root" or len(levels) != 1 or "-" not in levels[0]:
        return ()
    if re.search(r"\b(?:traversing|descending|transiting)\b", said):
        return (traversing_root(levels[0]),)
    return (exiting_root(levels[0]),) if re.search(r"\bexit(?:ing|ed)\b", said) else ()


def _zone(scene: Scene, word: Word, structure: Word) -> str | None:
    """Where the tissue is met: said beside it ("in the lateral recess"), else the zone of the disc that does it."""
    low, high = min(word.start, structure.start), max(word.end, structure.end)
    beside = [
        zone for zone in scene.between(_phrase_start(scene, low), _phrase_end(scene, high), "zone") if zone.id in _ZONES
    ]
    discs = [disc for disc in scene.of("disc") if disc.concept.get("grade") and disc.end <= low]
    if discs and not any(zone.start > discs[-1].end for zone in beside):
        return scene.zone_of(discs[-1]) if scene.zone_of(discs[-1]) in _ZONES else None
    if not beside:
        beside = [
            zone
            for zone in scene.of("zone")
            if zone.id in _ZONES and zone.end <= low and not re.search(r"[,;]", scene.text[zone.end : low])
        ]
    return beside[-1].id if beside else None


def _side(scene: Scene, word: Word, structure: Word, meant: Qualifier) -> Side | None:
    low, high = min(word.start, structure.start), max(word.end, structure.end)
    inner = scene.side_in(_phrase_start(scene, low), high)
    if inner is None and meant.assertion is not Assertion.ABSENT:
        behind = re.match(r"(?:(?!,|;|\band\b|\. ).){0,34}", scene.text[high:])
        inner = scene.side_in(high, high + behind.end() if behind else high)
    if inner is not None or meant.assertion is Assertion.ABSENT:
        return inner
    if structure.id == "cord" and _STRAIGHT.search(scene.text, low, min(len(scene.text), high + 20)):
        return Side.CENTRAL
    causes = [
        one
        for one in scene.of("disc", "stenosis")
        if one.end <= low
        and (one.concept.get("grade") or one.concept.get("kind") == "narrow" or one.concept.get("other"))
    ]
    causes = [one for one in causes if scene.levels_of(one) == scene.levels_of(word)]
    if not causes:
        return scene.led_side
    found = next((side for cause in reversed(causes) if (side := scene.side_of(cause)) is not None), None)
    if found is None and causes[-1].group == "disc" and scene.zone_of(causes[-1]) in ("canal", "midline"):
        return Side.CENTRAL
    return found or scene.led_side


def _phrase_end(scene: Scene, position: int) -> int:
    behind = re.match(r"(?:(?!,|;|\band\b|\. ).){0,44}", scene.text[position:])
    return position + (behind.end() if behind else 0)


def _phrase_start(scene: Scene, position: int) -> int:
    """Where the phrase before a position begins: behind a comma, a break or another head, 48 characters back at most."""
    edges = [match.end() for match in re.finditer(r"[,;:(]|\. ", scene.text[:position])]
    edges += [end for _, end in scene.breaks if end <= position]
    edges += [head.end for head in scene.of("disc", "stenosis", "alignment") if head.end <= position]
    return max([0, position - 48, *edges])

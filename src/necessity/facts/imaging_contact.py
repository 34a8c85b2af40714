"""Other ways to say that a nerve is pressed upon or free: what lies on a root, a root compromised, "nothing on the nerve"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.fact import Assertion, ImagingFinding
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import PLAIN
from necessity.values.patterns import pattern

_ON_ROOT = pattern(
    r"\b(?:on|against|upon)\s(?:to\s)?(?:the\s)?(?:(?:left|right|exiting|traversing|l|r)\s)*(?:[cls]\d{1,2}\b|nerve root|root|cord)"
)
# "Nothing on the nerve", "not touching anything", "nothing is pinched".
_NOTHING = pattern(
    r"\b(?:nothing|no disc|not|without|never|none|no longer)\s(?:is |seems? |appears? |to be )?(?:on|against|touch\w*|contact\w*|compress\w*|press\w*(?: on| upon| against)?|pinch\w*|imping\w*(?: on| upon)?|hit\w*|in contact with|abut\w*|pushing on)"
    r"(?:\s(?:the |a |any |either |his |her )?(?:nerves?|roots?|nerve roots?|cord|neural structures?|neural elements?|anything|thecal sac))|"
    r"\bnot(?:hing)? (?:touch\w*|contact\w*|compress\w*|imping\w*(?: on| upon)?|pressing on) (?:anything|any nerve)"
)
_ROOTS = frozenset({"root", "cord", "cauda", "neural"})


def read(scene: Scene, *, told: bool) -> Iterator[ImagingFinding]:
    """What lies on a root touches it; what is compromised is compressed; nothing on a nerve leaves it free.

    `told` where the sentence has said what the tissue suffers: then "nothing" adds nothing.
    """
    if not scene.frame.in_study or not scene.frame.spine:
        return
    yield from _on_root(scene)
    yield from _compromised(scene)
    if not told:
        yield from _nothing(scene)
    yield from _obliterated(scene)


def _compromised(scene: Scene) -> Iterator[ImagingFinding]:
    """ "Without any root compromise", "L5 root compromise": said of the nerve, a word of narrowing is one of pressure."""
    for word in scene.of("stenosis"):
        if not scene.text.startswith(("compromis", "encroach"), word.start):
            continue
        structure = _beside(scene, word)
        if structure is None or scene.between(structure.start, structure.end + 12, "zone"):
            continue
        meant = scene.meaning(word.start, word.end)
        if meant.not_patient:
            continue
        roots = tuple(
            name
            for start, end, names in scene.roots
            for name in names
            if abs(start - structure.start) < 30 and end <= structure.end + 1
        )
        absent = meant.assertion is Assertion.ABSENT
        yield scene.finding(
            "compression",
            word,
            meant,
            grade=None if absent else "compression",
            structure=None if structure.id == "neural" else structure.id,
            roots=roots,
            side=scene.side_in(max(0, structure.start - 16), word.end) or (None if absent else scene.led_side),
        )


def _beside(scene: Scene, word: Word) -> Word | None:
    """The nerve right before the word ("root compromise") or right behind it ("compromising the L5 root")."""
    structures = [one for one in scene.of("structure") if one.id in _ROOTS]
    before = [one for one in structures if 0 <= word.start - one.end <= _NEAR]
    behind = [one for one in structures if 0 <= one.start - word.end <= 4 * _NEAR]
    return next(iter(before[-1:] or behind[:1]), None)


_NEAR = 5


def _nothing(scene: Scene) -> Iterator[ImagingFinding]:
    found = _NOTHING.search(scene.text)
    if found is None or scene.between(found.start(), found.end(), "disc", "stenosis"):
        return
    concept = scene.sentence.reading.lexicon.concepts["compression", "spared"]
    word = Word("compression", "none", found.start(), found.end(), concept)
    yield scene.finding("compression", word, replace(PLAIN, assertion=Assertion.ABSENT), grade=None)


def _obliterated(scene: Scene) -> Iterator[ImagingFinding]:
    """ "Both lateral recesses are obliterated": no room is left for the root that runs there."""
    for word in scene.of("stenosis"):
        if word.id != "obliterated":
            continue
        recess = next(
            (z for z in scene.of("zone") if z.id in ("lateral_recess", "foramen") and abs(z.start - word.end) < 46),
            None,
        )
        meant = scene.meaning(word.start, word.end)
        if recess is None or meant.not_patient or meant.assertion is not Assertion.PRESENT:
            continue
        low, high = min(word.start, recess.start), max(word.end, recess.end)
        yield scene.finding(
            "compression",
            word,
            meant,
            grade="compression",
            zone=recess.id,
            side=scene.side_in(max(0, low - 20), high) or scene.led_side,
        )


def _on_root(scene: Scene) -> Iterator[ImagingFinding]:
    """ "L5-S1 extrusion on the S1 root": what lies on a root touches it."""
    discs = [word for word in scene.of("disc") if word.concept.get("grade")]
    for disc in discs:
        found = _ON_ROOT.search(scene.text, disc.end, min(len(scene.text), disc.end + 60))
        if found and not scene.between(disc.end, found.end(), "compression"):
            meant = scene.meaning(disc.start, disc.end)
            roots = tuple(
                name for start, end, names in scene.roots for name in names if found.start() <= start <= found.end()
            )
            structure = "cord" if found[0].endswith("cord") else "root"
            if not meant.not_patient:
                side = scene.side_in(found.start(), found.end()) or scene.side_of(disc)
                yield scene.finding(
                    "compression", disc, meant, grade="contact", structure=structure, roots=roots, side=side
                )

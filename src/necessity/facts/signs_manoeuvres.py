"""Tension tests that are described and not named: the raised straight leg, the extended knee of one who sits, the loaded neck."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.examination_context import EXAMINED
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_ANGLE = r"(?:\d{2}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_WORDS = r"(?:the |his |her |their |either |each |both |affected |painful |other |left |right |lower |my )*"
_LEG = r"(?:legs?|limbs?|lower extremit(?:y|ies))"
_RAISED = pattern(
    rf"\b(?:rais(?:ing|e|es)|lift(?:ing|s)?|elevat(?:ing|ion of|es)|flexing) (?:up )?{_WORDS}(?:straight(?:ened)?|extended|outstretched) {_WORDS}{_LEG}"
    rf"|\b(?:rais(?:ing|e|es)|lift(?:ing|s)?|elevat(?:ing|ion of|es)) {_WORDS}{_LEG}(?= (?:straight|(?:to|at|beyond|past|by|up to|above|more than) {_ANGLE}))"
    rf"|\b{_LEG} (?:can|could|was|were|is|are|would)(?: only)?(?: not)? ?(?:be )?(?:only )?(?:raised|lifted|elevated|brought up)(?= (?:straight )?(?:up )?(?:to|at|beyond|past|by|up to|above|more than) (?:only |about )?{_ANGLE})"
)
_SITTING = pattern(
    r"\b(?:sitting|seated) knee extension\b|\bknee extension (?:in|while|when) (?:sitting|seated)\b"
    r"|\b(?:extending|straightening|extension of) (?:the |his |her )?(?:left |right )?(?:knee|leg) (?:while |when |in )?(?:sitting|seated)"
)
_NECK = pattern(
    r"\b(?:extend(?:ing)?|extension|tilt(?:ing)?|rotat(?:ing|ion)|turning|side[- ]bending|lateral (?:flexion|bending))(?: of)? (?:the |his |her )?(?:neck|head)\b"
    r"(?:[^.;]{0,50}?\b(?:left|right|affected side|it)\b)?"
    r"|\bextension (?:with|and|plus) (?:\w+ )?(?:rotation|lateral (?:flexion|bending)|side[- ]bending|tilt)(?=[^.;]*\b(?:arm|hand|finger|shoulder|scapula))"
    r"|\b(?:axial (?:load|loading|compression)|downward pressure|compression)(?: \w+){0,4} (?:head|neck|vertex)\b"
)
_TELLS = (
    "raise",
    "raising",
    "lift",
    "elevat",
    "knee extension",
    "straightening",
    "neck",
    "head",
    "extension with",
    "extension and",
    "extension plus",
    "extending",
    "brought up",
)


def might_describe(text: str) -> bool:
    """A quick look for the stems of a described test."""
    return any(stem in text for stem in _TELLS)


def manoeuvres_of(sentence: Sentence) -> Iterator[tuple[Match, Concept]]:
    """Each test that the words describe, with the concept of its name. A neck that hurts when turned is a complaint, unless examined."""
    if not might_describe(sentence.text):
        return
    known = sentence.reading.lexicon.concepts
    for name, shape in (("straight_leg_raise", _RAISED), ("slump", _SITTING), ("spurling", _NECK)):
        if name == "spurling" and sentence.section.kind not in EXAMINED:
            continue
        found = shape.search(sentence.text)
        if found:
            concept = known["sign", name]
            yield Match(found.start(), found.end(), (concept,)), concept

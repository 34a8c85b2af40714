"""Medicines: which mention of a drug is a trial of treatment, and its dose."""

from __future__ import annotations

import re

from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# Sections that tell of the operation, of allergies or of laboratory values, never of treatment tried.
UNREAD = frozenset(
    {
        "allergies",
        "procedure_details",
        "complications",
        "technique",
        "laboratory",
        "family_history",
        "consent",
        "review_of_systems",
        "findings",
    }
)
_DOSE = pattern(
    r"^[ ,:(-]{0,3}(?:\w+ )?(?:up to |at |to )?(?P<dose>\d[\d,./]*(?:\s?-(?:>|\s)?\s?\d[\d,./]*)?(?:\s?->\s?\d+)?\s?(?:mg|mcg|g|gm|milligrams?|%|tabs?|tablets?|#\d+)?\b"
    r"(?:[ /](?:po|by mouth|q\.?\s?\w{1,4}\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|daily|twice|three times|once|nightly|at night|at bedtime|qhs|prn|p\.r\.n\.|hs|a day|per day|every \d+ hours|times a day|as needed)\b\.?)*)"
)
_DATE = pattern(r"\d{1,2}/(?:\d{1,2}|(?:19|20)\d\d)(?:/\d{2,4})?")
_CLOSE = 46


def is_medicine_here(sentence: Sentence, match: Match, concept: Concept) -> bool:
    """Whether a drug is named as something taken for the pain (and not for an allergy, the heart, or the anaesthetic)."""
    if sentence.section.kind in UNREAD or concept.get("class") == "injected_steroid":
        return False
    around = sentence.text[max(0, match.start - _CLOSE) : match.end + _CLOSE]
    if "allerg" in sentence.text[: match.start] or "nkda" in around:
        return False
    if concept.get("low_dose") and _is_for_the_heart(sentence, match):
        return False
    if concept.get("anaesthetic") or _mixed_for_injection(sentence, match):
        return False
    return not concept.get("course") or _is_course(sentence, match, concept)


def _is_for_the_heart(sentence: Sentence, match: Match) -> bool:
    """Aspirin in a list of drugs, or in the dose that protects the heart, is no trial."""
    after = sentence.text[match.end : match.end + 16]
    return (
        sentence.section.kind in ("medications", "past_history", "preamble")
        or "81" in after
        or "325" in after
        or bool(re.search(r"\bmeds?\b|medications", sentence.text[: match.start]))
        or not any(
            concept.group in ("pain", "response") or (concept.group == "care" and concept.id == "taken")
            for other in sentence.matches
            for concept in other.concepts
        )
    )


def _mixed_for_injection(sentence: Sentence, match: Match) -> bool:
    """A drug drawn up for a block or given for sedation."""
    low, high = match.start - _CLOSE, match.end + _CLOSE
    return any(
        concept.group == "care" and concept.id == "block_mixture" and low <= other.start and other.end <= high
        for other in sentence.matches
        for concept in other.concepts
    )


def _is_course(sentence: Sentence, match: Match, steroid: Concept) -> bool:
    """Steroids count as a course by mouth: said so beside the name, or taken for this pain in the telling of it."""
    near = [
        concept.id
        for other in sentence.matches
        if match.start - 30 <= other.start and other.end <= match.end + 30
        for concept in other.concepts
        if concept.group == "care"
    ]
    if "parenteral" in near:
        return False
    if "course_word" in near and sentence.section.kind != "medications":
        return True
    if sentence.section.kind in ("history", "treatment", "assessment", "preamble", "other"):
        others = any(
            concept.group in ("drug", "treatment", "injection")
            and not concept.get("skip")
            and other.start != match.start
            for other in sentence.matches
            for concept in other.concepts
        )
        told = any(
            concept.group == "care"
            and concept.id == "taken"
            or concept.group == "response"
            and concept.get("kind") != "degree"
            for other in sentence.matches
            for concept in other.concepts
        )
        return (told or others) and not steroid.get("vein")
    return False


def is_intravenous(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        concept.group == "care" and concept.id == "parenteral" and start - 4 <= match.start <= end + 24
        for match in sentence.matches
        for concept in match.concepts
    )


def dose_of(text: str, end: int, right: int) -> str | None:
    """The dose behind a drug's name as written: "500 mg bid"."""
    found = _DOSE.match(text[end:right])
    if not found or not re.search(r"mg|mcg|\bg\b|gm|%|tab|bid|tid|b\.i\.d|t\.i\.d|daily|q|prn|\d{2,}|/", found["dose"]):
        return None
    return None if _DATE.fullmatch(found["dose"].strip()) else found["dose"].strip(" ,") or None

"""Where a sentence names a treatment: drugs, therapies and injections, each with the stretch of words that tells about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.facts.injections import kind_of_injection
from necessity.facts.medication import is_medicine_here
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# Kinds of the request lexicon that are treatments when they lie in the past.
_PROCEDURES = {
    "epidural_injection": "epidural_injection",
    "facet_injection": "facet_injection",
    "facet_ablation": "facet_ablation",
    "si_injection": "si_injection",
    "trigger_point_injection": "trigger_point",
    "spinal_cord_stimulator": "spinal_cord_stimulator_trial",
}
_GROUPS = frozenset({"drug", "treatment", "injection", "procedure"})
_BEFORE_THERAPY = pattern(
    r"(?:^|[.;:,(/-]|\b(?:of|in|to|the|his|her|their|my|and|or|with|did|had|has|at|from|after|despite|supervised|formal|more|further|some|outpatient|no|prior|previous|"
    r"attended|attending|completed|finished|started|began|begin|through|failed|land|aquatic|tried|including|received|without|undergone|any|for|by))\s?$"
)
# "Therapy 3x/week for 10 weeks": told by its visits, whatever stands before it.
_RATE_BEHIND = pattern(
    r"\s(?:\d\s?(?:-\s?\d\s?)?(?:x|times|days)\s?(?:/|per|a|each|weekly)|(?:once|twice|three times|two times) (?:a|per|each|weekly)|x\s?\d{1,2}\s?(?:visits|sessions|weeks|wks)|\(?\d{1,2}\s(?:visits|sessions))"
)
# "Home programme taught by PT": the therapist, not another course.
_AGENT = pattern(
    r"\b(?:instructed|taught|given|supervised|issued|directed|prescribed|designed|provided|ordered|reviewed)\s(?:by|per)\s(?:the |his |her |a |our )?$"
)
_PULSE_BEFORE = pattern(
    r"\b(?:pulses?|dp|dorsalis pedis|pedal|popliteal|femoral|radial)\b[^.;a-z]*(?:(?:palpable|intact|normal|strong|full|symmetric|equal|bilaterally|b/l|both|left|right|l|r|dp|and|in|at|the|of|are|is|were|present|femoral|popliteal|femorals|popliteals|radials)\b[^.;a-z]*)*$"
)
_PULSE_BEHIND = pattern(
    r"\s?(?:pulses?\b|(?:and|&|/|,|\+)\s?(?:dp|dorsalis pedis)\b|(?:[0-4]\+|palpable\b|dopplerable\b))"
)
_JOINED = pattern(
    r"^[\s,/&+()]*(?:(?:and|or|as well as|plus|with|including|then|both|also|some|a|the|along with|followed by|&|oral|prescription|otc|over-the-counter|daily|of|trial|course|trials|courses|regular)[\s,]+)*$"
)
_GENTLE = pattern(r"[;]|\.\s|\bbut\b|\bhowever\b|\balthough\b|\bexcept\b|\bwhile\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A treatment named at `start` up to `end`; what is told about it lies between `left` and `right`."""

    start: int
    end: int
    left: int
    right: int
    kind: str
    concept: Concept
    run: int = 0  # mentions joined by commas and "and" share a run and what is told behind it

    @property
    def drug_class(self) -> str | None:
        return self.concept.get("class") if self.kind == "medication" else None


def mentions_of(sentence: Sentence) -> list[Mention]:
    """The treatments that a sentence names, in order."""
    named = [
        (match, kind, concept)
        for match in sentence.matches
        if (found := _treatment(sentence, match))
        for kind, concept in (found,)
    ]
    if not named:
        return []
    mentions = []
    run = 0
    for number, (match, kind, concept) in enumerate(named):
        left = named[number - 1][0].end if number else 0
        right = named[number + 1][0].start if number + 1 < len(named) else len(sentence.text)
        if number and not is_joined(sentence.text[left : match.start]):
            run += 1
        mentions.append(Mention(_start(sentence, match, concept), match.end, left, right, kind, concept, run))
    return mentions


def _start(sentence: Sentence, match: Match, concept: Concept) -> int:
    """Where the treatment itself stands in a phrase that needs the word before it: "no pt"."""
    word = concept.get("word")
    return sentence.text.find(word, match.start, match.end) if word else match.start


def is_joined(between: str) -> bool:
    """Whether two names stand in one list."""
    return len(between) < 40 and bool(_JOINED.match(between))


def same_statement(text: str, start: int, end: int) -> bool:
    """Whether nothing between two places closes the statement."""
    return start >= end or not any(
        found[0] != ";" or text.count("(", start, found.start()) <= text.count(")", start, found.start())
        for found in _GENTLE.finditer(text, start, end)
    )


def _treatment(sentence: Sentence, match: Match) -> tuple[str, Concept] | None:
    for concept in match.concepts:
        if concept.group not in _GROUPS or concept.get("skip"):
            continue
        kind = None if _is_label(sentence, match, concept) else _kind(sentence, match, concept)
        if kind:
            return kind, concept
    return None


def _is_label(sentence: Sentence, match: Match, concept: Concept) -> bool:
    """ "Medical treatment:", "Patient education and counseling:" open a line and say nothing of themselves."""
    if concept.id == "injection" and re.match(r"\s(?:history|list|record|summary)\b", sentence.text[match.end :]):
        return True
    general = concept.id in ("medication", "education", "conservative_care")
    return general and match.start < 3 and bool(re.match(r"[\w\s&/,-]{0,24}:|\s-\s", sentence.text[match.end :]))


def _kind(sentence: Sentence, match: Match, concept: Concept) -> str | None:
    if concept.group == "drug":
        return "medication" if is_medicine_here(sentence, match, concept) else None
    if concept.group == "injection":
        return kind_of_injection(sentence, match, concept)
    if concept.group == "procedure":
        if concept.id == "spinal_cord_stimulator" and "trial" not in sentence.text[match.start : match.end + 12]:
            return None
        return _PROCEDURES.get(concept.id)
    if concept.get("company") and not _in_company(sentence, match):
        return None
    if concept.get("bare"):
        told = _BEFORE_THERAPY.search(sentence.text[: match.start]) or _RATE_BEHIND.match(sentence.text, match.end)
        return "physical_therapy" if told else None
    if concept.get("ambiguous"):
        return "home_exercise" if _is_done(sentence, match) else None
    if concept.id in ("physical_therapy", "small_pt") and is_pulse(sentence, match):
        return None
    if concept.id == "physical_therapy" and _AGENT.search(sentence.text[max(0, match.start - 30) : match.start]):
        return None
    if concept.id == "home_exercise" and _is_self_found(sentence, match):
        return "exercise"
    return str(concept.get("kind") or concept.id)


def is_pulse(sentence: Sentence, match: Match) -> bool:
    """ "Pulses 2+ PT and DP": the posterior tibial artery."""
    return match.end - match.start == 2 and bool(
        _PULSE_BEFORE.search(sentence.text[: match.start]) or _PULSE_BEHIND.match(sentence.text[match.end :])
    )


def _is_self_found(sentence: Sentence, match: Match) -> bool:
    """Stretches from the internet are no programme that a clinician gave."""
    return any(
        abs(other.start - match.end) < 40
        for other in sentence.matches
        for concept in other.concepts
        if concept.group == "care" and concept.id == "self_found"
    )


def _in_company(sentence: Sentence, match: Match) -> bool:
    """Rest is treatment beside other treatments; alone it is what eases the pain or how the patient sits."""
    named = any(
        concept.group in ("drug", "treatment", "injection") and not concept.get("skip") and not concept.get("company")
        for other in sentence.matches
        for concept in other.concepts
    )
    return named and sentence.section.kind not in ("examination", "vitals", "social_history")


def _is_done(sentence: Sentence, match: Match) -> bool:
    """ "Exercise" alone is treatment where the patient has done it, or it stands in a list of treatments."""
    if any(
        concept.group == "care" and concept.id == "taken" and other.end <= match.start
        for other in sentence.matches
        for concept in other.concepts
    ):
        return sentence.section.kind not in ("social_history", "past_history", "examination", "review_of_systems")
    return sentence.section.kind == "treatment"

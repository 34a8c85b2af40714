"""What a treatment belongs to: another part of the body, or an earlier and closed episode."""

from __future__ import annotations

import re
from datetime import date

from necessity.facts.injections import KINDS
from necessity.facts.reading import Sentence
from necessity.facts.treatments_mention import Mention, same_statement
from necessity.facts.treatments_response import Response
from necessity.facts.treatments_time import Timing
from necessity.values.patterns import pattern

_OLD_THERAPY_DAYS, _OLD_INJECTION_DAYS, _OLD_MEDICATION_DAYS = 550, 1300, 550
NEEDLES = KINDS | {"spinal_cord_stimulator_trial"}
# "Gabapentin 300 TID (2019) dx: diabetic polyneuropathy", "Topamax for migraine only"
_FOR = pattern(
    r"[\s,a-z\d()/.-]{0,40}?\b(?:for|dx|indication|diagnosis|due to)\b:?\s(?:(?:his|her|their|the|chronic|severe|known|a|an)\s){0,2}"
)
# "… the wrist splints, plus he saw a chiropractor": another statement.
_NEW_SUBJECT = pattern(r",\s(?:plus|and|then|also|but|although|though)?\s?(?:he|she|they|the patient)\b")


def other_region(sentence: Sentence, mention: Mention) -> str | None:
    """The body part or illness that the treatment was for, where it was not the spine."""
    text = sentence.text
    if mention.concept.get("elsewhere"):
        return str(mention.concept.get("elsewhere"))
    named = [
        (match, concept.id)
        for match in sentence.matches
        for concept in match.concepts
        if concept.group == "care" and concept.id in ("elsewhere", "spine", "other_illness")
    ]
    for match, kind in named:
        if kind == "other_illness" and mention.kind == "medication" and _FOR.fullmatch(text, mention.end, match.start):
            return text[match.start : match.end]
    parts = [match for match, kind in named if kind == "elsewhere"]
    if not parts:
        return None
    for match in parts:
        lead = text[mention.end : match.start]
        if (
            match.start >= mention.end
            and match.start <= mention.right
            and re.fullmatch(
                r"[\s,a-z\d()-]{0,30}\b(?:for|to|of|on|after)\s(?:\w+\s){0,4}|[\s(]{1,3}(?:l|r|left|right)?\s?|\s\(?(?:prior one was )?(?:the )?(?:l|r|left|right)?\s?",
                lead,
            )
        ):
            return text[match.start : match.end]
        if match.end <= mention.start and re.fullmatch(
            r"\s(?:steroid |cortisone |joint )?", text[match.end : mention.start]
        ):
            return text[match.start : match.end]
    spine = any(kind == "spine" for _, kind in named) or bool(sentence.levels)
    clause = sentence.clause(mention.start)
    near = [
        match
        for match in parts
        if clause[0] <= match.start <= clause[1]
        or (match.end <= mention.start and not _NEW_SUBJECT.search(text, match.end, mention.start))
    ]
    return (
        text[near[0].start : near[0].end]
        if near and not spine and mention.kind not in ("epidural_injection",)
        else None
    )


def is_earlier(sentence: Sentence, mention: Mention, timing: Timing, response: Response | None) -> bool:
    """Whether it belongs to an earlier, closed episode: said so, or long over when the note was written."""
    for match in sentence.matches:
        if any(concept.group == "care" and concept.id == "earlier_episode" for concept in match.concepts):
            near = (
                same_statement(sentence.text, min(mention.end, match.end), max(mention.start, match.start))
                and abs(match.start - mention.end) < 70
            )
            said = sentence.text[match.start : match.end]
            opens = (
                said.startswith(("before", "prior to"))
                and match.end <= mention.start
                and not sentence.text[: match.start].strip(" -•*>")
                and not re.search(r"[;]|\bnow\b|\bsince\b", sentence.text[match.end : mention.start])
            )
            if opens and not timing.ongoing:
                return True
            if near and not timing.ongoing and not (said == "in the past" and response is not None):
                return True
    latest = timing.latest
    written: date | None = sentence.written
    if latest is None or written is None or timing.ongoing:
        return False
    age = (written - latest.latest).days
    limit = (
        _OLD_INJECTION_DAYS
        if mention.kind in NEEDLES
        else _OLD_MEDICATION_DAYS
        if mention.kind == "medication"
        else _OLD_THERAPY_DAYS
    )
    return age > limit

"""The injection that a document itself records: named by its title or its procedure section."""

from __future__ import annotations

from necessity.facts.injections import KINDS
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.treatments_meaning import is_told
from necessity.facts.treatments_mention import Mention, mentions_of
from necessity.values.patterns import pattern

_EARLIER = pattern(
    r"\b(?:had|has|have|s/p|status post|underwent|received|prior|previous(?:ly)?|history|hx|no|not|failed|ago|last|first|second|after|with|since|tried|repeat|relief)\b"
)


def own_procedure(sentence: Sentence, mention: Mention, of_injection: bool) -> bool:
    """Whether an injection is the procedure that the document records."""
    if mention.kind not in KINDS:
        return False
    if sentence.section.kind == "procedure" and not is_told(sentence):
        return True
    return _is_title(sentence) or (_EARLIER.search(sentence.text) is None and not sentence.times and of_injection)


def _is_title(sentence: Sentence) -> bool:
    """ "Lumbar epidural steroid injection" as the first line of a note."""
    return (
        sentence.index == 0
        and len(sentence.text) < 90
        and not sentence.text.endswith(".")
        and not sentence.times
        and not sentence.scopes
        and _EARLIER.search(sentence.text) is None
    )


def recorded_injection(document: ReadDocument) -> str:
    """The kind of injection that a document records, by its procedure section or its title; none otherwise."""
    titles = (
        sentence
        for sentence in document.sentences
        if sentence.section.kind == "procedure" and not is_told(sentence) or _is_title(sentence)
    )
    return next((mention.kind for sentence in titles for mention in mentions_of(sentence) if mention.kind in KINDS), "")

"""An operation that was only talked over, and that the patient then wants: it is planned."""

from __future__ import annotations

from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

_TALKED = frozenset({"discussed", "discuss", "considering", "consider", "consideration of"})
_SEVERAL = pattern(r"\b(?:or|versus|vs|alternatives?|options?|as opposed to|injections?|therapy)\b")
_AGREED = pattern(
    r"\b(?:(?:wish|want|like|elect|agree|decid|ready|opt|willing|eager|keen|anxious|happy|prefer)\w*(?: \w+){0,2}? (?:proceed|go ahead|move (?:forward|ahead)|go forward|have (?:it|this|that) done|have (?:the |this )?(?:surgery|operation|procedure))"
    r"|(?:gave|given|signed) (?:\w+ ){0,3}consent|(?:wants|want) (?:it|this|that) done)\b(?!\s(?:with|to)\s(?!(?:the |this |that |it\b|operative|surgical|surgery)))"
)
_RESERVED = pattern(r"\b(?:not|n't|never|if|unless|until|before|whether|undecided|when)\b")


def is_agreed(document: ReadDocument, sentence: Sentence, match: Match, cue: str) -> bool:
    """ "I discussed C3-5 laminectomy. She wishes to proceed": one operation was talked over, and the patient wants it."""
    if cue not in _TALKED or _SEVERAL.search(sentence.text, match.end):
        return False
    following = document.after(sentence)
    behind = [sentence.text[match.end :]]
    if following is not None and following.section is sentence.section:
        behind.append(following.text)
    return any((found := _AGREED.search(text)) and not _RESERVED.search(text[: found.end()]) for text in behind)

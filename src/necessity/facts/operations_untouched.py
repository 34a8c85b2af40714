"""Words that say a spine was never operated upon: a denial, an answer behind the name of an operation, a ticked "no"."""

from __future__ import annotations

from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

FUTURE = pattern(
    r"\b(?:want|candidate|recommend|need|further|additional|indicated|option|avoid|consider|at this time|planned|urgent|future|emergent|required|necessary|acute|immediate|offered|prior to surgery|benefit)\w*"
)
_NEVER_CUE = pattern(
    r"(?:has |had |have |having )?(?:never|denie[sd]|no (?:prior|previous|prev\.?|past|earlier|history|hx|h/o)|not (?:ever|previously)|without (?:prior|previous)|not have (?:had|any))\b"
)
_ANSWERED_NONE = pattern(
    r"(?: in the past| before)?\s?[?:=-]{0,2}\s?(?:(?:none|nil|no|never|denied|denies)|(?<=[:?]\s)n)(?:\s?[.;,)|]|$)"
)
_TO_BOXES = 24  # characters between a question and its boxes
_BOXES = ("[", "(", "_", "☐", "☒", "☑", "□", "■", "✓", "✔")


def is_untouched(sentence: Sentence) -> bool:
    """ "Virgin back", "has never had her back operated upon", "spine surgery: none"."""
    for match in sentence.matches:
        for concept in match.concepts:
            if concept.group != "operation" or not concept.get("spine"):
                continue
            if concept.id == "untouched":
                return True
            if concept.get("told"):
                continue
            if _ANSWERED_NONE.match(sentence.text[match.end :]) or _ticked_no(sentence, match):
                return True
            if any(
                scope.kind == "absent"
                and not scope.backward
                and scope.cue_start < match.end <= scope.end
                and _NEVER_CUE.match(sentence.text[scope.cue_start : match.end])
                and not FUTURE.search(sentence.text[match.end : match.end + 30])
                for scope in sentence.scopes
            ):
                return True
    return False


def _ticked_no(sentence: Sentence, match: Match) -> bool:
    """ "Have you had spine surgery? [ ] Yes [X] No": the box of "no" is the one that is ticked."""
    return any(
        scope.kind == "absent"
        and scope.start <= match.start
        and match.end <= scope.end <= match.end + _TO_BOXES
        and scope.cue.startswith(_BOXES)
        for scope in sentence.scopes
    )

"""Injections: which kind is meant, at which level and side, and how many."""

from __future__ import annotations

import re

from necessity.facts.fact import Side
from necessity.facts.reading import Sentence
from necessity.facts.times import NUMBERS
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

KINDS = frozenset(
    {
        "epidural_injection",
        "facet_injection",
        "medial_branch_block",
        "si_injection",
        "facet_ablation",
        "trigger_point",
        "injection",
    }
)
_COUNT_WORDS = {
    "single": 1.0,
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "both": 2.0,
    "couple": 2.0,
    "pair": 2.0,
    "only": 0.0,
}
_COUNT = (
    r"(?P<n>\d{1,2}|"
    + "|".join(
        sorted(
            [*(word for word in NUMBERS if word not in ("half", "zero", "a", "an")), *_COUNT_WORDS],
            key=len,
            reverse=True,
        )
    )
    + r"|an?)"
)
_COUNT_BEFORE = pattern(
    rf"(?:^|[\s(:#])(?:series of |total of |set of )?{_COUNT}(?:\s?x)?(?:\s(?:of|more|further|left|right|bilateral|prior|previous|recent|different|separate|sets? of|rounds? of|such|diagnostic|l\d\S*|c\d\S*|s1|t\d+\S*|lumbar|cervical|thoracic|steroid|fluoroscopic|spinal|caudal|/)){{0,4}}\s?\(?$"
)
_COUNT_AFTER = pattern(
    r"^(?:s|es)?\)?\s?(?:(?:x|times|\u00d7)\s?(?P<n>\d{1,2})\b(?!\s?(?:weeks?|months?|days?|wks?|mos?|years?|h\b|hrs?|hours?|min))|(?P<m>\d{1,2})\s?x\b|\((?P<b>\d)\)|,?\s(?P<w>once|twice|three times|four times|thrice)\b)"
)
# A question of a form and the number that answers it: "Injections - how many? 2", "# of epidurals: 2".
_COUNT_ASKED = pattern(
    r"^(?:s|es)?\s?[-:?,(]{0,2}\s?(?:how many(?: times)?|number(?: of (?:times|injections))?|#|qty|count)\s?[)?:=-]{0,3}\s?(?P<n>\d)(?![\d/%.-])"
)
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDINAL = pattern(
    r"\b(?:this is|returns?(?: today)? for|here(?: today)? for|presents?(?: today)? for|for) (?:his|her|the|the patient's|their) (?P<o>second|third|fourth|2nd|3rd|4th)(?:\s(?:in a series|of a series|of|in|three|two|four|lumbar|cervical|caudal|left|right|bilateral|l\d\S*|c\d\S*))*\s$"
)
_YEARLY = pattern(r"\b(?:19|20)\d\d\s?x\s?(?P<n>\d)\b")
# "Diagnostic blocks (b/l L3, L4 mb, L5 dr)", "blocks of the medial branches"
_MEDIAL = pattern(
    r"(?:[\s(:,/-]|\bof\b|\bthe\b|\bat\b|\bb/l\b|\bbilateral\b|\bleft\b|\bright\b|\band\b|[ls]\d(?:-\d)?)*\b(?:mb|mbs|medial branch(?:es)?|dorsal ram(?:us|i)|dr)\b"
)
_ONE_OF = pattern(
    r"\b(?:did|had|got|gave|received|underwent|tried|placed|performed|given|did have)\s(?:an?|one|two|three|his|her|the|another|first|second)\s(?:(?:right|left|bilateral|[ctls]\d\S*)\s)*$"
)
_STANDS_ALONE = pattern(r"\W*$|\s?[.,;(]|\s(?:at|on|in|for|which|that|with|by|last|this|and|\d)\b")
_SPINAL_STEROID = pattern(r"\b(?:epidural|transforaminal|interlaminar|caudal|foraminal|nerve root|selective|tfesi)\b")


def kind_of_injection(sentence: Sentence, match: Match, concept: Concept) -> str | None:
    """The treatment that a word for an injection stands for. A bare "injection" takes its kind from the words right before it."""
    kind: str = concept.get("kind")
    if concept.get("elsewhere"):
        return "injection"
    if concept.get("company") and any(
        0 <= other.start - match.end < 14 and other.concepts[0].group in ("injection", "procedure")
        for other in sentence.matches
    ):
        return None  # "caudal / L4-5 ESI": a word of the name behind it
    if (
        concept.get("company")
        and _ONE_OF.search(sentence.text[: match.start])
        and _STANDS_ALONE.match(sentence.text[match.end :])
    ):
        return kind  # "did a transforaminal at S1"
    if concept.get("company"):
        return (
            kind
            if any(
                other.concepts[0].group in ("injection", "procedure")
                and other is not match
                and not other.concepts[0].get("skip")
                for other in sentence.matches
            )
            and not any(
                concept.group == "care" and concept.id == "block_mixture"
                for other in sentence.matches
                for concept in other.concepts
            )
            else None
        )
    if kind != "injection":
        return kind
    before = sentence.text[max(0, match.start - 34) : match.start]
    if "block" in sentence.text[match.start : match.end] and (
        _MEDIAL.search(before) or _MEDIAL.match(sentence.text[match.end :])
    ):
        return "medial_branch_block"
    if sentence.section.kind in ("procedure_details", "technique", "complications", "examination"):
        return None
    return "epidural_injection" if _SPINAL_STEROID.search(before) and not re.search(r"[;.]", before) else "injection"


def levels_of(sentence: Sentence, start: int, end: int, left: int, right: int) -> tuple[str, ...]:
    """The levels said of an injection: right before its name, else behind it."""
    ahead = [
        mention
        for mention in sentence.levels
        if left <= mention.start
        and mention.end <= start
        and start - mention.end < 40
        and not re.search(r"[,;.]", sentence.text[mention.end : start])
    ]
    inside = [mention for mention in sentence.levels if start <= mention.start and mention.end <= end]
    behind = [
        mention
        for mention in sentence.levels
        if end <= mention.start
        and mention.end <= right
        and mention.start - end < 40
        and not re.search(r"[;.]\s", sentence.text[end : mention.start])
    ]
    for found in (inside, ahead, behind):
        if found:
            return tuple(dict.fromkeys(level for mention in found for level in (*mention.segments, *mention.vertebrae)))
    return ()


def side_of(sentence: Sentence, start: int, end: int, left: int, right: int) -> Side | None:
    stop = sentence.text.find(";", end, right)
    return sentence.side_near(start, end, (left, min(right if stop < 0 else stop, end + 40)))


def is_later_of_series(text: str, start: int) -> bool:
    """ "This is her second injection": the ones before it were given."""
    return bool(_ORDINAL.search(text[:start]))


def count_of(text: str, start: int, end: int, left: int, right: int) -> int | None:
    """How many were given: "two right L4-5 epidurals", "ESI x 3", "TFESIs 2023 x2, 2025 x1"."""
    ordinal = _ORDINAL.search(text[:start])
    if ordinal:
        return _ORDINALS[ordinal["o"]] - 1
    yearly = [int(found["n"]) for found in _YEARLY.finditer(text, end, right)]
    if yearly:
        return sum(yearly)
    asked = _COUNT_ASKED.match(text[end : end + 40])
    if asked:
        return int(asked["n"]) or None
    behind = _COUNT_AFTER.match(text[end : min(right, end + 24)])
    if behind:
        word = behind["n"] or behind["m"] or behind["b"] or behind["w"]
        return (
            int(word)
            if word.isdigit()
            else {"once": 1, "twice": 2, "thrice": 3, "three times": 3, "four times": 4}[word]
        )
    ahead = _COUNT_BEFORE.search(text[left:start])
    if not ahead:
        return None
    word = ahead["n"]
    number = float(word) if word.isdigit() else _COUNT_WORDS.get(word, NUMBERS.get(word, 0.0))
    return int(number) or None

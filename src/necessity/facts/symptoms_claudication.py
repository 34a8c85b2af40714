"""Neurogenic claudication told without its name: legs that fail on walking or standing and are eased by sitting or bending."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, Region, Symptom
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_meant import is_told
from necessity.values.patterns import pattern

_REACH = 2  # sentences that may tell it together
_EASED = pattern(
    r"\b(?:eas\w+|reliev\w+|relief|better|goes away|gone|resolv\w+|subsid\w+|improv\w+|has to|have to|must|needs to|need to|leans?|leaning|lets up|disappears?|helps?|abat\w+|alleviat\w+|stops? to|until (?:he|she)|before (?:he|she)|cart|fix(?:es|ed)?|forced to|until it|looks? for|finds? a|(?:can|able to) (?:go|walk|carry) (?:on|again)|good (?:to go|for another)|it (?:goes|passes|fades)|settles?|lets? go|comfortable|no (?:pain|symptoms)|free)\b|->"
)
_PROVOKED = pattern(
    r"\b(?:worse|worsen\w*|aggravat\w+|increas\w+|provok\w+|difficulty|cannot|can't|unable|pain with|limited)\b"
)
_STOPPED = pattern(
    r"\b(?:(?:after|within|minutes?|block|blocks|feet|ft|yards|metres|meters|distance|prolonged|comes? on|brought on|brings on|worse|increas\w+|provok\w+|aggravat\w+|when|with|only|at \d+|until|half|walks|w/ |on (?:standing|walking))|(?:pains?|ache|aching|cramp\w*|heaviness|symptoms?|sx|burns?|hurts?|numb) (?:standing|walking|upright)|standing/walking|walking/standing)\b"
)
_LEG_TROUBLE = pattern(
    r"\b(?:pain|pains|ach\w+|heav\w*|weak\w*|numb\w*|tired\w*|burn\w*|cramp\w*|symptoms?|rubbery|give out|fatigue\w*|it|legs?)\b"
)
# "Can get as far as her mailbox before both legs go heavy"
_WAY = pattern(
    r"\b(?:(?:get|gets|got|go|goes|make|makes|made)(?: it)?(?: only)? (?:as far as|to)|only as far as) (?:the |his |her |their )?[^.;,]{3,40}?\bbefore\b"
)
_UNLIMITED = pattern(
    r"\bwalking (?:distance|tolerance)? ?(?:is not|isn't|not) limited by (?:his|her|the) legs\b|\bno (?:leg )?(?:symptoms|pain|heaviness) (?:with|on) walking or standing\b"
)


def claudication_of(sentences: list[Sentence]) -> Iterator[Symptom]:
    """At most one statement a document, at the first place that tells all of it."""
    for index, sentence in enumerate(sentences):
        if not is_told(sentence) or not sentence.has("symptom"):
            continue
        denied = _UNLIMITED.search(sentence.text) if "walking" in sentence.text else None
        if denied:
            yield _fact(sentence, Assertion.ABSENT, denied.start(), denied.end())
            return
        way = _WAY.search(sentence.text)
        upright = _first(sentence, "upright") or (way.span() if way else None)
        if upright is None or not (way or _STOPPED.search(sentence.text)):
            continue
        around = [other for other in sentences[max(0, index - 1) : index + _REACH] if other.section is sentence.section]
        if _legs(around) and any(_eases(other) for other in around if other.index >= sentence.index):
            said = sentence.qualify(*upright)
            if (
                not said.not_patient
                and not said.historical
                and said.assertion in (Assertion.PRESENT, Assertion.ABSENT)
                and said.cue not in ("no", "denies")
            ):
                yield _fact(sentence, Assertion.PRESENT, 0, len(sentence.text))
                return


def _first(sentence: Sentence, kind: str) -> tuple[int, int] | None:
    return next(
        ((match.start, match.end) for match, concept in sentence.of("symptom") if concept.get("kind") == kind), None
    )


def _eases(sentence: Sentence) -> bool:
    for match, concept in sentence.of("symptom"):
        if (
            concept.get("kind") == "eased"
            and not _PROVOKED.search(sentence.text[max(0, match.start - 40) : match.start])
            and _EASED.search(sentence.text, max(0, match.start - 45), min(len(sentence.text), match.end + 40))
        ):
            return True
    return False


def _legs(sentences: list[Sentence]) -> bool:
    """Whether legs, thighs, buttocks or the groin are troubled in these sentences."""
    return any(
        concept.get("limb") == "leg" or concept.id == "groin"
        for sentence in sentences
        if not sentence.text.endswith("?")
        for _, concept in sentence.of("site")
        if _LEG_TROUBLE.search(sentence.text) and concept.id not in ("knee", "ankle", "hip")
    )


def _fact(sentence: Sentence, assertion: Assertion, start: int, end: int) -> Symptom:
    return Symptom(
        concept="claudication",
        assertion=assertion,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=Region.LUMBAR,
    )

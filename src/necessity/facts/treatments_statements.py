"""Statements on non-operative care as a whole: it failed, how long it lasted, that there was none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from necessity.facts.fact import Assertion, CareStatement, Fact, Treatment
from necessity.facts.reading import Sentence
from necessity.facts.treatments_mention import Mention
from necessity.facts.treatments_response import Response
from necessity.facts.treatments_time import timings_of
from necessity.values.patterns import pattern

_WHOLE = frozenset({"conservative_care"})
_VALUES = {
    "failed": "failed",
    "none": "failed",
    "partial": "failed",
    "temporary": "failed",
    "worse": "failed",
    "intolerance": "failed",
    "improved": "improving",
    "resolved": "resolved",
}
_NOTHING_HELPS = pattern(
    r"^(?:\W*)(?:nothing|none|no (?:treatment|modality|medication)|overall|she has failed|he has failed|(?:he|she)'s failed|failed everything|has failed everything)\b"
)
_FAILED_ALL = pattern(
    r"\bfail(?:ed|ing|s)?\s(?:to respond to\s)?(?:everything|all|multiple|the above|these measures|extensive)\b|\bnone of (?:this|these|it|the above|that) (?:has|have|had)?\s?(?:\w+\s)?(?:helped|held|worked|lasted)\b|\bnothing (?:has |seems to )?(?:\w+\s)?(?:helped|helps|worked|works|given|lasting)"
)
_OF_DRUGS = pattern(r"\W*(?:meds?|medications?|medicines?|drugs?|pills)\s?[-:]")
_THAT_IS_ALL = pattern(r"(?:and )?(?:that's|that is|that was) (?:all|it)\b")
_UNREAD = frozenset(
    {
        "procedure_details",
        "complications",
        "technique",
        "review_of_systems",
        "laboratory",
        "allergies",
        "consent",
        "family_history",
        "examination",
    }
)


def statements_of(
    sentence: Sentence,
    mentions: list[Mention],
    responses: list[Response],
    bound: dict[int, Response],
    told_before: Sequence[Fact] = (),
) -> Iterator[Fact]:
    """The statements on care as a whole that a sentence makes."""
    if sentence.section.kind in _UNREAD:
        return
    yield from _none(sentence, mentions)
    yield from _only(sentence, mentions, told_before)
    whole = [
        (number, mention)
        for number, mention in enumerate(mentions)
        if mention.kind in _WHOLE or (mention.kind == "medication" and mention.concept.id == "medication")
    ]
    told = False
    for number, mention in whole:
        response = bound.get(number)
        qualifier = sentence.qualify(mention.start, mention.end)
        if (
            response
            and not qualifier.not_patient
            and qualifier.assertion not in (Assertion.PLANNED, Assertion.POSSIBLE, Assertion.ADVISED)
        ):
            told = True
            yield CareStatement(
                concept="care_response",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(),),
                written=sentence.written,
                value=_VALUES[response.value],
            )
    if (
        not told
        and any(response.whole for response in responses)
        or not told
        and responses
        and _FAILED_ALL.search(sentence.text)
    ):
        yield CareStatement(
            concept="care_response",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            value="failed",
        )
    yield from _lengths(sentence, mentions)


def _lengths(sentence: Sentence, mentions: list[Mention]) -> Iterator[CareStatement]:
    for mention, timing in zip(mentions, timings_of(sentence, mentions) if mentions else [], strict=True):
        if (
            mention.kind in _WHOLE
            and timing.length is not None
            and not sentence.qualify(mention.start, mention.end).not_patient
        ):
            qualifier = sentence.qualify(mention.start, mention.end)
            if qualifier.assertion is Assertion.PRESENT:
                yield CareStatement(
                    concept="care_length",
                    assertion=Assertion.PRESENT,
                    evidence=(sentence.evidence(),),
                    written=sentence.written,
                    length=timing.length,
                )


def _only(sentence: Sentence, mentions: list[Mention], told_before: Sequence[Fact]) -> Iterator[CareStatement]:
    """ "Ibuprofen daily. This is the only thing he has tried": nothing beside what was named."""
    for match in sentence.matches:
        if not any(concept.group == "care" and concept.id == "only_that" for concept in match.concepts):
            continue
        if (
            _OF_DRUGS.match(sentence.text)
            or sentence.has("response")
            and _THAT_IS_ALL.match(sentence.text, match.start)
        ):
            continue  # "Meds - gabapentin, that is all", "it took the edge off and that's all"
        here = [
            mention.drug_class or mention.kind
            for mention in mentions
            if mention.end <= match.start
            and sentence.qualify(mention.start, mention.end).assertion is Assertion.PRESENT
        ]
        before = [
            fact.drug_class or fact.concept for fact in told_before if isinstance(fact, Treatment) and fact.present
        ]
        if named := here or before:
            yield CareStatement(
                concept="care_only",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(),),
                written=sentence.written,
                value=",".join(dict.fromkeys(named)),
            )


def _none(sentence: Sentence, mentions: list[Mention]) -> Iterator[Fact]:
    """ "Treatment: none other than ibuprofen", "takes nothing for this", "no treatment to date"."""
    for match in sentence.matches:
        if not any(concept.group == "care" and concept.id == "nothing" for concept in match.concepts):
            continue
        if sentence.has("uptake", "untreated"):
            continue  # "No treatment rendered": the therapist's, and no word on other care
        said = sentence.text[match.start : match.end]
        exceptions = [mention for mention in mentions if mention.start >= match.end]
        if said.startswith("nothing for"):
            yield Treatment(
                concept="medication",
                assertion=Assertion.ABSENT,
                evidence=(sentence.evidence(),),
                written=sentence.written,
            )
        elif ("other than" in said or "but" in said or "except" in said or "only" in said) and exceptions:
            yield CareStatement(
                concept="care_only" if said.startswith("only") else "care_none",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(),),
                written=sentence.written,
                value=",".join(mention.drug_class or mention.kind for mention in exceptions),
            )
        elif (
            not exceptions
            and re.match(r"(?:no|not)\b", said)
            and not any(
                concept.group == "response" and concept.get("kind") == "outcome"
                for other in sentence.matches
                for concept in other.concepts
            )
        ):
            yield CareStatement(
                concept="care_none",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(match.start, match.end),),
                written=sentence.written,
            )

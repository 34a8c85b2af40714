"""Complaints that are gone: a denial of the present day closes what the same note told before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from necessity.facts.fact import Assertion, Fact, Side, Symptom
from necessity.facts.reading import ReadDocument
from necessity.facts.symptoms_brief import GONE_WORD
from necessity.values.patterns import pattern

_NOW_GONE = pattern(
    r"\b(?:no longer|any ?more|any longer|at present|at this (?:time|point)|presently|currently|now|on discharge|today|since (?:the |his |her |that |then|surgery|operation|injection|procedure)\w*"
    r"|(?:has|have|had) (?:\w+ )?(?:resolved|gone|cleared|disappeared|subsided)|resolved|(?:is|are|was) gone|went (?:away|with (?:it|the|that|them))|symptom[- ]free|pain[- ]free|zero|quiet(?:ed|ened))\b"
)
# Gone only in a position or in a part, or told in the recovery room: then the complaint stands as it was.
_ONLY_PARTLY = pattern(
    r"\b(?:at rest|sitting|seated|lying|supine|at night|below|past|beyond|distal|knees?|feet|foot|when|while|if|unless|with rest|recovery|pacu|awoke|woke|awake\w*|extubat\w*|temporar\w*|for (?:a few|several|two|three|\d+) (?:days?|weeks?|hours?|months?)|came back|returned|recurred)\b"
)
_CLOSED = frozenset({"radicular_pain", "numbness"})
_OPERATIVE = frozenset({"procedure", "procedure_details", "technique", "disposition", "findings", "complications"})


def gone_marked(document: ReadDocument, facts: Sequence[tuple[str, Fact]]) -> list[Fact]:
    """The facts (each with the kind of its section) in their order: limb pain or numbness told before a denial of now is `historical`."""
    closing = [
        fact
        for kind, fact in facts
        if isinstance(fact, Symptom)
        and fact.concept in _CLOSED
        and fact.assertion is Assertion.ABSENT
        and kind not in _OPERATIVE
        and _is_of_now(document, fact)
    ]
    return [replace(fact, historical=True) if any(_closes(one, fact) for one in closing) else fact for _, fact in facts]


def _is_of_now(document: ReadDocument, fact: Symptom) -> bool:
    sentence = next((one for one in document.sentences if one.start <= fact.evidence[0].start < one.end), None)
    if sentence is None:
        return False
    low, high = sentence.clause(max(0, sentence.text.find(fact.evidence[0].quote.lower()[:12])))
    words = sentence.text[low:high]
    of_now = _NOW_GONE.search(words) or GONE_WORD.search(fact.evidence[0].quote.lower())
    return bool(of_now) and not _ONLY_PARTLY.search(words)


def _closes(denial: Symptom, fact: Fact) -> bool:
    """Whether a complaint stands before the denial and is of the same limb and side."""
    return (
        isinstance(fact, Symptom)
        and fact.concept == denial.concept
        and fact.assertion is Assertion.PRESENT
        and fact.evidence[0].start < denial.evidence[0].start
        and (fact.region is None or denial.region is None or fact.region is denial.region)
        and (_of_whole(denial) or bool(set(denial.sites) & set(fact.sites)))
        and (denial.side in (None, Side.BILATERAL) or fact.side in (None, denial.side))
    )


def _of_whole(denial: Symptom) -> bool:
    """Whether a denial names no part of a limb: a thigh without pain closes nothing that is told of the calf."""
    return all(site in ("leg", "arm", "limbs") for site in denial.sites)

"""Deficits that the chart puts down to something else than the spine: a stroke, polio, a nerve hurt in the limb, diabetes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from necessity.facts.fact import Assertion, ExamFinding
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern

_STEMS = (
    "polio",
    "stroke",
    "cva",
    "carpal",
    "cubital",
    "ulnar",
    "peroneal",
    "fibular",
    "neuropath",
    "charcot",
    "injur",
    "surg",
    "replace",
    "fusion",
    "fracture",
    "arthro",
    "gunshot",
    "laceration",
    "cuff",
    "amput",
    "palsy",
    "plexus",
    "multiple sclerosis",
    "tendon",
    "rupture",
)
_CAUSE = pattern(
    r"\b(?:(?:post-?)?polio\w*|(?:old |prior |previous |remote )?(?:stroke|cva)|(?:carpal|cubital|tarsal) tunnel(?: syndrome| release)?|"
    r"(?:ulnar|median|radial|peroneal|fibular|femoral|sural|tibial|axillary|lateral femoral cutaneous) (?:nerve |neuropathy|palsy|injury|entrapment|paresis)(?:\w+)?|"
    r"(?:achilles |patellar |quadriceps |biceps |tibialis \w+ |extensor )?tendon (?:rupture|tear|laceration|repair|transfer)|ruptured (?:\w+ )?tendon|"
    r"(?:diabetic |peripheral |alcoholic |length-dependent |chemotherapy[- ]induced |toxic |hereditary )(?:poly)?neuropathy|polyneuropathy|charcot[- ]marie[- ]tooth|cerebral palsy|brachial plexus\w*|multiple sclerosis|"
    r"rotator cuff(?: tear| repair| disease)?|gunshot\w*|laceration|"
    r"(?:knee|hip|ankle|foot|toe|hand|wrist|elbow|shoulder|bunion|achilles)(?: joint)? (?:surgery|operation|replacement|fusion|arthroplasty|arthrodesis|fracture|injury|arthritis|repair|reconstruction)|"
    r"(?:surgery|operation|injury|fracture) (?:of|on|to) (?:the |his |her )?(?:left |right )?(?:knee|hip|ankle|foot|toe|hand|wrist|elbow|shoulder))\b"
)
# What joins a deficit to its cause; "since" and "after" only before causes of the past.
_JOINT = pattern(
    r"[\s,(:-]*(?:(?:which|that|this|it|these|all|is|was|are|were|and|but|he|she|says|has|had|been|long-?standing|long|chronic|old|known|unchanged|stable|residual|baseline|since|from|due to|secondary to|because of|after|following|related to|common|deep|superficial|throughout|both|sides?|feet|ankles?|known|wasted|wasting|thin|atroph\w+|calf|thigh|shin|arm|leg|hemiparesis|spastic|attributed to|attributable to|"
    r"explained by|consistent with|in keeping with|on account of|owing to|limited by|of|his|her|the|an?|with|prior|previous|remote|childhood|left|right|bilateral|mild|severe|diabetic|status post|s/p|by|probably|likely|\d{4}|for|\d+|years?|many)\b[\s,(:-]*)*"
)
_NAMED = pattern(
    r"\b(?:from|due to|secondary to|because of|since|after|following|related to|attribut\w+ to|explained by|on account of|owing to|limited by|status post|s/p|residual|known|old|from an?|consistent with|of|childhood|remote)\b|\($"
)
_REACH = 60
_DEFICITS = frozenset({"strength", "sensation", "reflex", "heel_walk", "toe_walk"})


def with_cause(sentence: Sentence, found: Sequence[ExamFinding]) -> list[ExamFinding]:
    """The findings of a sentence, those marked that are said to come of something else."""
    if not any(stem in sentence.text for stem in _STEMS):
        return list(found)
    causes = [
        cause
        for cause in _CAUSE.finditer(sentence.text)
        if not sentence.qualify(cause.start(), cause.end()).not_patient
        and sentence.qualify(cause.start(), cause.end()).assertion is Assertion.PRESENT
    ]
    if not causes:
        return list(found)
    ends = [_end(sentence, finding) for finding in found]
    return [
        replace(finding, other_cause=True)
        if finding.concept in _DEFICITS
        and finding.assertion is Assertion.PRESENT
        and any(_joined(sentence.text, end, cause.start()) for cause in causes)
        else finding
        for finding, end in zip(found, ends, strict=True)
    ]


def _end(sentence: Sentence, finding: ExamFinding) -> int:
    """Where the words of a finding end, in the sentence's text."""
    words = " ".join(finding.evidence[0].quote.lower().split())
    place = sentence.text.find(words)
    return place + len(words) if place >= 0 else len(sentence.text)


def _joined(text: str, end: int, cause: int) -> bool:
    """Whether nothing but joining words stands between a deficit and the cause behind it, one of them a word of cause."""
    if not 0 <= cause - end <= _REACH:
        return False
    between = text[end:cause]
    return _JOINT.fullmatch(between) is not None and _NAMED.search(between) is not None

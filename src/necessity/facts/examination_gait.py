"""Gait and strength shown by what the patient can do: heel and toe walking, heel raise, rising from a chair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.examination_context import TOLD, region_of_roots
from necessity.facts.examination_results import Result, clause_of, is_finding, nearest, results_of
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Source
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_FUNCTIONAL = frozenset({"heel_walk", "toe_walk", "heel_toe_walk", "heel_raise", "leg_rise"})
_CANNOT = pattern(
    r"\b(?:can(?:no|')t|can not|could not|couldn't|unable(?: to)?|not able(?: to)?|inability|fail(?:s|ed)?|"
    r"difficult\w*|trouble|poor|weak\w*|impaired|lost|fatigu\w+|hard time|only (?:with|\d)|abnormal|limited)\b"
)
_CAN = pattern(
    r"\b(?:can|able(?: to)?|could|normal(?:ly)?|intact|performs?|performed|well|full|good|without|ok|okay|does|"
    r"did|easily|symmetric\w*|steady|strong|walks?|fine|within normal|wnl|incl)\b"
)
_NOT_ABLE = pattern(r"\b(?:unable to|could not|couldn't|cannot|can't|not able to) perform")
_GAIT_KINDS = (
    ("spastic", "spastic"),
    ("scissor", "spastic"),
    ("myelopathic", "spastic"),
    ("steppage", "steppage"),
    ("wide", "wide-based"),
    ("broad", "wide-based"),
    ("atax", "ataxic"),
    ("antalgic", "antalgic"),
    ("limp", "antalgic"),
    ("trendelenburg", "trendelenburg"),
    ("unstead", "unsteady"),
    ("unstable", "unsteady"),
)


def read_abilities(sentence: Sentence) -> Iterator[ExamFinding]:
    """Heel and toe walking, heel raise, rising from a chair: done, or not able."""
    for match, concept in sentence.of("examination"):
        if concept.id not in _FUNCTIONAL:
            continue
        low, high = clause_of(sentence.text, match.start, match.end)
        how = is_finding(sentence, match.start, match.end)
        words = sentence.text[max(low, match.start - 50) : min(high, match.end + 50)]
        assertion: Assertion
        cannot, can = _CANNOT.search(words), _CAN.search(words)
        if how is Assertion.UNEXAMINED and not _NOT_ABLE.search(words):
            assertion = how
        elif how is Assertion.UNEXAMINED:
            assertion = Assertion.PRESENT
        elif how not in (Assertion.PRESENT, Assertion.ABSENT):
            continue
        elif cannot and not re.search(r"(?:without|w/o|no) (?:any |much |significant )?$", words[: cannot.start()]):
            assertion = Assertion.PRESENT
        elif can or cannot:
            assertion = Assertion.ABSENT
        else:
            continue
        if concept.id == "leg_rise" and (assertion is Assertion.ABSENT or "pain" in words):
            continue
        yield from _functional_findings(sentence, match, concept, assertion)


def _functional_findings(
    sentence: Sentence, match: Match, concept: Concept, assertion: Assertion
) -> Iterator[ExamFinding]:
    when, earlier = dated(sentence, match.start, match.end)
    names = ("heel_walk", "toe_walk") if concept.id == "heel_toe_walk" else (concept.id,)
    for name in names:
        roots = tuple(sentence.reading.lexicon.concepts["examination", name].get("roots", ()))
        yield ExamFinding(
            concept=name if name in ("heel_walk", "toe_walk") else "strength",
            assertion=assertion,
            evidence=(sentence.evidence(match.start, match.end),),
            written=sentence.written,
            when=when,
            earlier=earlier,
            side=sentence.side_near(match.start, match.end),
            muscle=concept.get("muscle") or name,
            roots=roots,
            region=region_of_roots(roots, "leg"),
        )


def _kind(words: str) -> str | None:
    """The kind of an abnormal gait, unless it is denied ("without a limp")."""
    for stem, name in _GAIT_KINDS:
        place = words.find(stem)
        if place >= 0 and not re.search(r"(?:\bnon-?|\bno |\bwithout (?:an? |any )?|\bnot )$", words[:place]):
            return name
    return None


def _denied_from(text: str, position: int) -> int:
    return max(text.rfind(word, 0, position) for word in ("no ", "not ", "without ", "denies ", "negative for "))


def read_gait(sentence: Sentence) -> Iterator[ExamFinding]:
    """Gait, with its kind where it is abnormal."""
    results: list[Result] | None = None
    for match, concept in sentence.of("examination"):
        if concept.id != "gait":
            continue
        results = results_of(sentence) if results is None else results
        how = is_finding(sentence, match.start, match.end)
        low, high = clause_of(sentence.text, match.start, match.end)
        result = nearest(
            results, match.start, match.end, low, min(high, match.end + 60), ("normal", "abnormal", "impaired")
        )
        words = sentence.text[max(low, match.start - 30) : min(high, match.end + 60)]
        kind = _kind(words)
        if result is not None and "," in sentence.text[min(match.end, result.end) : max(match.start, result.start)]:
            result = None
        if how is Assertion.ABSENT and "," in sentence.text[_denied_from(sentence.text, match.start) : match.start]:
            how = Assertion.PRESENT  # "no tenderness, gait antalgic"
        verb = sentence.text[match.start : match.end] in ("walks", "ambulates", "ambulating", "ambulation", "station")
        if (
            how is None
            or (result is None and kind is None and how is not Assertion.UNEXAMINED)
            or verb
            and kind is None
            and result is None
        ):
            continue
        normal = kind is None and result is not None and (result.sense == "normal") is not result.negated
        assertion = (
            how
            if how in (Assertion.UNEXAMINED, Assertion.POSSIBLE)
            else Assertion.ABSENT
            if normal or how is Assertion.ABSENT
            else Assertion.PRESENT
        )
        when, earlier = dated(sentence, match.start, match.end)
        yield ExamFinding(
            concept="gait",
            assertion=assertion,
            evidence=(
                sentence.evidence(
                    min(match.start, result.start if result else match.start),
                    max(match.end, result.end if result else match.end),
                ),
            ),
            written=sentence.written,
            when=when,
            earlier=earlier,
            value=kind if assertion is Assertion.PRESENT else None,
            source=Source.PATIENT if sentence.section.kind in TOLD else Source.CLINICIAN,
        )
        return

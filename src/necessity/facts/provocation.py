"""Reader of the sacroiliac joint: the tests that provoke it, named or counted, and what was found of hip and lumbar spine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from necessity.facts.examination_results import Result, nearest, results_of
from necessity.facts.fact import Assertion, ExamFinding, Fact, PatientFact, Side
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import Sentence
from necessity.facts.times import NUMBERS
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_SYMBOL = pattern(
    r"^[\s:=(]{0,3}(?:(?:test|sign|maneuver|is|was|b/l|bilat\w*|left|right|l|r|lt|rt)[\s:=(]{1,2}){0,3}(?P<symbol>\+(?:ve)?|\(\+\)|\(-\)|-(?:ve)?)(?=[\s,.;)/]|$)(?!\s?\d)"
)
_SYMBOL_BEFORE = pattern(r"(?:^|[\s(,;:])(?P<symbol>\+|-)(?:ve)?\s?(?:(?:l|r|left|right|b/l)\s)?$")
_NUMBER = (
    r"(?:\d|"
    + "|".join(
        word
        for word in NUMBERS
        if word.isalpha() and NUMBERS[word] in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0) and word not in ("a", "an")
    )
    + r"|none|all|no)"
)
_COUNTED = pattern(
    rf"\b(?P<n>{_NUMBER})\s?(?:/|of|out of)\s?(?:the\s)?(?P<of>{_NUMBER})\b(?!\s?(?:/|lbs?|mg|weeks?|days?))"
)
_BARE_COUNT = pattern(
    rf"\b(?P<n>{_NUMBER})\s(?:positive\s)?(?:si|sij|sacroiliac|provocat\w+|stress)\b|\bpositive\s(?:x\s?)?(?P<m>\d)\b"
)
_GOOD = ("normal", "negative", "absent")
_BAD = ("positive", "abnormal", "impaired")
_SPLIT = pattern(r";|\.\s|,\s|\band\b|\bbut\b")
_JOINT = pattern(r"\bsij?\b|sacro|laslett")
_SKIPPED = frozenset({"family_history", "consent", "past_history", "surgical_history", "review_of_systems"})


def read(chart: ReadChart) -> Iterable[Fact]:
    """`faber` … `sacral_thrust`, `fortin`, `sacroiliac_tests` (counted) and `other_source`, where the joint is in question at all."""
    if not any(
        _concerns_joint(sentence)
        for document in chart.documents
        for sentence in document.having("sacroiliac", "procedure")
    ):
        return
    for sentence in (told for document in chart.documents for told in document.having("sacroiliac")):
        if sentence.section.kind in _SKIPPED:
            continue
        yield from _counted(sentence)
        yield from _tests(sentence)
        yield from _neighbours(sentence)


def _concerns_joint(sentence: Sentence) -> bool:
    return any(
        (concept.get("test") and not concept.get("shared"))
        or concept.get("finger")
        or (concept.get("all") and _JOINT.search(sentence.text))
        for _, concept in sentence.of("sacroiliac")
    ) or sentence.has("procedure", "si_fusion", "si_injection")


def _tests(sentence: Sentence) -> Iterator[ExamFinding]:
    """Each named test with its own result, or with the one that the list shares ("FABER, thigh thrust and Gaenslen positive")."""
    named = [(m, c) for m, c in sentence.of("sacroiliac") if c.get("test") or c.get("finger")]
    if not any(_is_sure(match, concept) for match, concept in named) and not (named and _beside_tests(sentence)):
        return
    results = results_of(sentence)
    told = [
        (match, concept, _own_result(sentence, named, number, results)) for number, (match, concept) in enumerate(named)
    ]
    for number, (match, concept, own) in enumerate(told):
        result = own if own is not None else _shared_result(sentence, told, number)
        if result is None and not concept.get("finger"):
            continue
        how = sentence.qualify(match.start, match.end)
        if how.not_patient or how.historical or how.assertion in (Assertion.PLANNED, Assertion.ADVISED):
            continue
        if how.assertion is Assertion.UNEXAMINED:
            result = None
        assertion = (
            Assertion.UNEXAMINED
            if how.assertion is Assertion.UNEXAMINED
            else (Assertion.PRESENT if result in (True, None) else Assertion.ABSENT)
        )
        if concept.get("finger") and result is None and how.assertion is Assertion.ABSENT:
            assertion = Assertion.ABSENT
        yield _emit(sentence, concept.id, assertion, *_reach(sentence, match), side=_side(sentence, match))


def _is_sure(match: Match, concept: Concept) -> bool:
    """A name of its own; "compression" alone is one only beside such a name."""
    return bool(concept.get("test") or concept.get("finger")) and (
        not concept.get("shared") or match.end - match.start > 16
    )


def _beside_tests(sentence: Sentence) -> bool:
    """Whether a sentence just before or behind names another such test ("Gaenslen: negative. Compression: negative.")."""
    near = [sentence.reading.before(sentence), sentence.reading.before(sentence, 2), sentence.reading.after(sentence)]
    return any(
        _is_sure(match, concept) for each in near if each is not None for match, concept in each.of("sacroiliac")
    )


def _own_result(
    sentence: Sentence, named: list[tuple[Match, Concept]], number: int, results: list[Result]
) -> bool | None:
    """True positive, False negative, by the sign or word between this test and its neighbours."""
    match = named[number][0]
    stop = named[number + 1][0].start if number + 1 < len(named) else len(sentence.text)
    start = named[number - 1][0].end if number else 0
    low, high = _bounds(sentence.text, match, start, stop)
    behind = _SYMBOL.match(sentence.text[match.end : high])
    if behind:
        return "+" in behind["symbol"]
    ahead = _SYMBOL_BEFORE.search(sentence.text[low : match.start])
    if ahead:
        return "+" in ahead["symbol"]
    found = nearest(results, match.start, match.end, low, high, (*_GOOD, *_BAD))
    if found is not None:
        return (found.sense in _BAD) is not found.negated
    painful = next(
        (c.get("outcome") for m, c in sentence.of("sacroiliac") if c.get("outcome") and match.end <= m.start < high),
        None,
    )
    return None if painful is None else painful == "bad"


def _bounds(text: str, match: Match, start: int, stop: int) -> tuple[int, int]:
    """The words that belong to one test: up to the next comma or test."""
    before = [edge.end() for edge in _SPLIT.finditer(text, start, match.start)]
    behind = next((edge.start() for edge in _SPLIT.finditer(text, match.end, stop)), stop)
    return (before[-1] if before else start), behind


def _shared_result(sentence: Sentence, told: list[tuple[Match, Concept, bool | None]], number: int) -> bool | None:
    """The result of a list: that of the last one behind it ("A, B and C positive"), or of the first before ("positive A, B, C")."""
    here = told[number][0]
    before = next((pair for pair in reversed(told[:number]) if pair[2] is not None), None)
    if before is not None and _is_list(sentence.text[before[0].end : here.start]) and _leads(sentence, before[0]):
        return before[2]
    behind = next((pair for pair in told[number + 1 :] if pair[2] is not None), None)
    if behind is not None and _is_list(sentence.text[here.end : behind[0].start]) and not _leads(sentence, behind[0]):
        return behind[2]
    if before is None and behind is None:
        overall = [r for r in results_of(sentence) if r.sense in ("positive", "negative")]
        if len({(r.sense, r.negated) for r in overall}) == 1:
            return (overall[0].sense == "positive") is not overall[0].negated
        if sentence.qualify(here.start, here.end).assertion is Assertion.ABSENT:
            return False
    return (
        before[2]
        if before is not None
        and behind is None
        and _is_list(sentence.text[before[0].end : here.start])
        and _leads(sentence, before[0])
        else None
    )


def _is_list(between: str) -> bool:
    return ";" not in between and ". " not in between


_LEADING = pattern(
    r"(?:\b(?:positive|pos\.?|negative|neg\.?|reproduc\w+)|\+)(?:\s(?:for|with|on|left|right|bilateral|l|r|si|sij))*\s?:?\s?$"
)


def _leads(sentence: Sentence, match: Match) -> bool:
    """Whether the result stands before the first test of its list ("positive FABER, Gaenslen")."""
    return bool(_LEADING.search(sentence.text[max(0, match.start - 40) : match.start]))


def _counted(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "3 of 5 provocative tests positive": `grade` is the number of positive tests, `value` the number done."""
    whole = [(m, c) for m, c in sentence.of("sacroiliac") if c.get("all")]
    named = [c for _, c in sentence.of("sacroiliac") if c.get("test")]
    if not whole and not named:
        return
    found = _COUNTED.search(sentence.text)
    if found is not None:
        total = _value(found["of"])
        positive = total if found["n"] == "all" else _value(found["n"])
        if 3 <= total <= 7 and positive <= total and not _strength(sentence, found.start()):
            if re.match(r"\s(?:\w+\s){0,5}(?:negative|neg)\b", sentence.text[found.end() :]):
                positive = total - positive
            yield _emit(
                sentence,
                "sacroiliac_tests",
                Assertion.PRESENT if positive else Assertion.ABSENT,
                0,
                len(sentence.text),
                grade=positive,
                value=f"{total:g}",
                side=sentence.side_near(found.start(), found.end()),
            )
        return
    if not whole or named:
        return
    match = whole[0][0]
    said = nearest(results_of(sentence), match.start, match.end, 0, len(sentence.text), (*_GOOD, *_BAD))
    bare = _BARE_COUNT.search(sentence.text)
    if bare is not None and (word := bare["n"] or bare["m"]) not in ("all", "no", "none") and said is not None:
        yield _emit(
            sentence,
            "sacroiliac_tests",
            Assertion.PRESENT,
            0,
            len(sentence.text),
            grade=_value(word),
            side=sentence.side_near(match.start, match.end),
        )
    elif (said is not None and (said.sense in _GOOD) is not said.negated) or sentence.qualify(
        match.start, match.end
    ).assertion is Assertion.ABSENT:
        yield _emit(sentence, "sacroiliac_tests", Assertion.ABSENT, 0, len(sentence.text), grade=0.0)
    elif said is not None:
        yield _emit(sentence, "sacroiliac_tests", Assertion.PRESENT, 0, len(sentence.text))


def _strength(sentence: Sentence, position: int) -> bool:
    """ "strength 5/5" is no count of tests."""
    return bool(
        re.search(
            r"(?:strength|motor|power|neuro|mmt)\W*(?:\w+\W+){0,3}$", sentence.text[max(0, position - 40) : position]
        )
    )


def _value(word: str) -> float:
    return float(word) if word.isdigit() else (0.0 if word in ("none", "no") else NUMBERS.get(word, 5.0))


def _neighbours(sentence: Sentence) -> Iterator[PatientFact]:
    """Hip or lumbar spine as another source of the pain: ABSENT where it is normal or ruled out, PRESENT where it is found."""
    found = list(sentence.of("sacroiliac"))
    for match, concept in found:
        if concept.get("all_sources"):
            # "No other" is one cue; what follows it is denied.
            how = sentence.qualify(sentence.text.find(" ", match.start, match.end) + 1, match.end)
            out = how.assertion is Assertion.ABSENT or any(
                c.get("outcome") == "good" and m.start >= match.end for m, c in found
            )
            if out and not how.not_patient:
                yield _source(sentence, "all", Assertion.ABSENT, match)
        neighbour = concept.get("neighbour")
        if not neighbour or sentence.qualify(match.start, match.end).not_patient:
            continue
        assertion = _state(sentence, match)
        if assertion is not None:
            yield _source(sentence, neighbour, assertion, match)


def _state(sentence: Sentence, match: Match) -> Assertion | None:
    """How a neighbour is found in its own clause."""
    text = sentence.text
    low = max((edge.end() for edge in re.finditer(r";|\.\s|\bbut\b", text[: match.start])), default=0)
    high = next((edge.start() + match.end for edge in re.finditer(r";|\.\s|\bbut\b", text[match.end :])), len(text))
    if any(c.get("test") for m, c in sentence.of("sacroiliac") if low <= m.start < high):
        return None
    words = [
        (m, c.get("outcome"))
        for m, c in sentence.of("sacroiliac")
        if c.get("outcome") and low <= m.start and m.end <= high
    ]
    if words:
        closest, outcome = min(words, key=lambda pair: abs(pair[0].start - match.end))
        denied = sentence.qualify(closest.start, closest.end).assertion is Assertion.ABSENT
        if outcome == "bad" and not denied:
            return Assertion.PRESENT
        if outcome == "good" or denied:
            return Assertion.ABSENT
    result = nearest(results_of(sentence), match.start, match.end, low, high, (*_GOOD, *_BAD))
    if result is not None:
        return Assertion.PRESENT if (result.sense in _BAD) is not result.negated else Assertion.ABSENT
    return None


def _source(sentence: Sentence, what: str, assertion: Assertion, match: Match) -> PatientFact:
    return PatientFact(
        concept="other_source",
        value=what,
        assertion=assertion,
        evidence=(sentence.evidence(),),
        written=sentence.written,
    )


def _reach(sentence: Sentence, match: Match) -> tuple[int, int]:
    """The test with the result behind it, up to the next comma."""
    edge = next((found.start() for found in _SPLIT.finditer(sentence.text, match.end)), len(sentence.text))
    return match.start, max(match.end, min(edge, match.end + 24))


def _side(sentence: Sentence, match: Match) -> Side | None:
    low, high = _bounds(sentence.text, match, 0, len(sentence.text))
    return sentence.side_near(match.start, match.end, (low, high)) or sentence.side_near(match.start, match.end)


def _emit(
    sentence: Sentence,
    concept: str,
    assertion: Assertion,
    start: int,
    end: int,
    *,
    side: Side | None = None,
    grade: float | None = None,
    value: str | None = None,
) -> ExamFinding:
    return ExamFinding(
        concept=concept,
        assertion=assertion,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        side=side,
        grade=grade,
        value=value,
    )

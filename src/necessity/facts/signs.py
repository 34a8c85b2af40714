"""Signs of root tension and of the cord, sphincter tone and residual urine, each found or ruled out, with its side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.examination_context import ExamContext
from necessity.facts.examination_results import Result, clause_of, is_finding, nearest, results_of
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Region, Side, Source
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_SYMBOL = pattern(
    r"^[\s:,(=]{0,3}(?:(?:test(?:ing|s)?|sign|is|was|were|b/l|bilat\w*|both|on|the|at|left|right|l|r|lt|rt|"
    r"\d{1,3}(?:\s?(?:deg(?:rees?)?|°))?)[\s:,(=]{1,2}){0,5}(?P<symbol>\+(?:ve)?|-(?:ve)?)(?=[\s,.;)]|$)(?!\s?\d)"
)
_SYMBOL_BEFORE = pattern(r"(?:^|[\s(])(?P<symbol>\+(?:ve)?|-)\s?(?:(?:l|r|left|right|b/l|bilateral)\s)?$")
# "Clonus 0 0", "clonus: 0 beats", "clonus none".
_NONE_FOUND = pattern(
    r"[\s:,=(-]{0,3}(?:(?:b/l|bilat\w*|both|left|right|l|r|lt|rt|ankles?|feet|is|was)[\s:,=]{1,2}){0,3}(?:0|zero|no|none|nil|not (?:elicited|found|seen|there))\b"
    r"(?!\s?-\s?[1-9])(?![.]\d)(?!\s?\d{2})(?!.{0,14}\b[1-9]\d? (?:beats?|on|left|right|l\b|r\b))"
)
_PLANTAR_WORD = pattern(
    r"[\s:,=()-]{0,3}(?:(?:b/l|bilat\w*|both|left|right|l|r|lt|rt|toes?|is|was|were|are|go|goes)[\s:,=]{1,2}){0,3}(?P<way>down|dn|↓|up|↑)(?!\w)(?! to\b)"
)
_SPLIT_RESULT = pattern(
    r"(?P<side1>left|right|l|r|lt|rt)[\s:]{1,2}(?P<one>neg\w*|pos\w*|absent|present|down\w*|up\w*|-|\+)[\s,/;]{1,3}(?:and )?"
    r"(?P<side2>left|right|l|r|lt|rt)[\s:]{1,2}(?P<two>neg\w*|pos\w*|absent|present|down\w*|up\w*|-|\+)(?![\w+-])"
)
_DOWN_WORDS = ("down", "normal", "negative", "absent")
_UP_WORDS = ("up", "positive", "brisk")
_ITEM_SENSES = ("normal", "abnormal", "absent", "impaired", "positive", "negative")
_MILLILITRES = pattern(
    r"(?:[\s:=~<>≈(]|was|is|it|before|after|that|this|then|prior|removal|placement|catheter|foley|of|in|ed\b|er\b|by|scan\w*|show(?:s|ed)|volume|residual|void|at|today|the|about|"
    r"approximately|only|with|check|us\b|ultrasound|urine|post|bladder){0,8}?(?:<|~|>|≈|of|was|is|=|"
    r":)?\s?(?P<ml>\d{1,4})(?:\s?-\s?\d+)?\s?(?:ml|cc|milliliters|mls|"
    r"millilitres)?\b(?!\s?(?:/|%|h\b|hours))"
)
_PAIRING = ("item", "saddle")
_PAIR = pattern(r"\s?(?:,|and|&|/|,\s?and)\s?(?:the |normal )?")
_LHERMITTE = pattern(
    r"\b(?:neck (?:flexion|extension|movement)|(?:flexing|bending|extending|moving|flexion of|extension of|bends|flexes) (?:his |her |the )?(?:neck|head)|chin to (?:the |his |her )?chest)\b"
    r"[^.;]{0,50}\b(?:electric\w*|shock\w*)\b[^.;]{0,40}\b(?:spine|back|waist|legs?|limbs|body|trunk|feet)\b"
)
_TOE_ALONE = pattern(r"toe|goin|going")


def read_signs(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """Cord signs, tone, tandem and Romberg, rectal tone and residual urine in a sentence."""
    found = list(sentence.of("sign"))
    results = results_of(sentence)
    for number, (match, concept) in enumerate(found):
        kind = concept.get("kind")
        stop = min(
            [
                m.start
                for m, c in found[number + 1 :]
                if m.start >= match.end
                and not (kind in _PAIRING and c.get("kind") in _PAIRING and _is_pair(sentence, match, m))
            ],
            default=len(sentence.text),
        )
        if kind in ("sign", "plantar"):
            yield from _sign(sentence, match, concept, results, stop)
        elif kind == "measure":
            yield from _measure(sentence, match, concept)
        elif concept.id == "romberg" and nearest(
            results, match.start, match.end, match.start - 20, stop, (*_DOWN_WORDS, *_UP_WORDS)
        ):
            yield from _sign(sentence, match, concept, results, stop)
        elif kind in ("item", "saddle"):
            yield from _item(sentence, match, concept, results, stop)
    yield from _toes(sentence, results, context)
    if "electric" in sentence.text or "shock" in sentence.text:
        yield from _lhermitte(sentence)


def _is_pair(sentence: Sentence, match: Match, other: Match) -> bool:
    """ "Perianal sensation and tone intact": one result for both."""
    return _PAIR.fullmatch(sentence.text, match.end, other.start) is not None


def _lhermitte(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "Neck flexion sends an electric shock down the spine": Lhermitte's sign without its name."""
    found = _LHERMITTE.search(sentence.text)
    if found is None or any(c.id == "lhermitte" for _, c in sentence.of("sign")):
        return
    how = is_finding(sentence, found.start(), found.end())
    if how in (Assertion.PRESENT, Assertion.ABSENT):
        yield _emit(sentence, "lhermitte", how, found.start(), found.end())


def _emit(
    sentence: Sentence,
    concept: str,
    assertion: Assertion,
    start: int,
    end: int,
    side: Side | None = None,
    grade: float | None = None,
    region: Region | None = None,
    value: str | None = None,
) -> ExamFinding:
    when, earlier = dated(sentence, start, end)
    return ExamFinding(
        concept=concept,
        assertion=assertion,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        when=when,
        earlier=earlier,
        side=side,
        grade=grade,
        region=region,
        value=value,
    )


def _sign(
    sentence: Sentence, match: Match, concept: Concept, results: list[Result], stop: int
) -> Iterator[ExamFinding]:
    """A sign is found where it is named, unless it is said to be negative, normal or down."""
    how = _meant(sentence, match)
    if how is None:
        return
    low, high = clause_of(sentence.text, match.start, match.end)
    high = min(high, stop)
    name = "babinski" if concept.id == "plantar" else concept.id
    split = (
        _SPLIT_RESULT.search(sentence.text, match.end, min(high, match.end + 30)) if how is Assertion.PRESENT else None
    )
    if split is not None:
        for side, shown in (("side1", "one"), ("side2", "two")):
            found = Assertion.PRESENT if split[shown].startswith(("pos", "pres", "up", "+")) else Assertion.ABSENT
            yield _emit(
                sentence, name, found, match.start, split.end(), Side.LEFT if split[side][0] == "l" else Side.RIGHT
            )
        return
    symbol = _SYMBOL.match(sentence.text[match.end : high])
    result = _sign_result(sentence.text, match, results, max(low, match.start - 24), high)
    way = _PLANTAR_WORD.match(sentence.text, match.end) if name == "babinski" else None
    if concept.get("kind") == "plantar" and result is None and symbol is None and way is None:
        return
    assertion = how
    if how is Assertion.PRESENT:
        if way is not None:
            assertion = Assertion.PRESENT if way["way"] in ("up", "↑") else Assertion.ABSENT
        elif symbol is not None:
            assertion = Assertion.PRESENT if symbol["symbol"][0] == "+" else Assertion.ABSENT
        elif result is not None and result.sense == "open":
            assertion = Assertion.POSSIBLE
        elif result is not None and result.sense in _DOWN_WORDS and not _is_present_word(sentence, result):
            assertion = Assertion.PRESENT if result.negated and result.sense == "normal" else Assertion.ABSENT
        elif _NONE_FOUND.match(sentence.text, match.end):
            assertion = Assertion.ABSENT
    end = max(match.end, result.end if result and result.end <= high else match.end)
    yield _emit(sentence, name, assertion, match.start, end, sentence.side_near(match.start, match.end, (low, high)))


def _meant(sentence: Sentence, match: Match) -> Assertion | None:
    """How a sign is meant. "No signs of myelopathy": the cue takes in the first words of the phrase."""
    how = is_finding(sentence, match.start, match.end)
    last = sentence.text.rfind(" ", match.start, match.end) + 1
    return is_finding(sentence, last, match.end) if how is Assertion.PRESENT and last else how


def _sign_result(text: str, match: Match, results: list[Result], low: int, high: int) -> Result | None:
    """The result nearest to a sign; one past a comma belongs to the next sign where there is one before ("positive A, negative B")."""
    senses = (*_DOWN_WORDS, *_UP_WORDS, "open")
    before = nearest(
        [
            r
            for r in results
            if r.end <= match.start and "," not in text[r.end : match.start] and ";" not in text[r.end : match.start]
        ],
        match.start,
        match.end,
        low,
        match.start,
        senses,
    )
    behind = nearest(
        [
            r
            for r in results
            if r.start >= match.end
            and ("," not in text[match.end : r.start] or before is None and not text[match.end : r.start].strip(" ,"))
            and (before is None or " and " not in text[match.end : r.start])
        ],
        match.start,
        match.end,
        match.end,
        high,
        senses,
    )
    return behind or before


def _is_present_word(sentence: Sentence, result: Result) -> bool:
    """ "Babinski signs were present": of a sign, present is no normal result."""
    return sentence.text[result.start : result.end] in (
        "present",
        "strong",
        "equal",
        "symmetric",
        "symmetrical",
        "active",
        "symmetrically",
        "stable",
        "full",
        "sym",
    )


def _toes(sentence: Sentence, results: list[Result], context: ExamContext) -> Iterator[ExamFinding]:
    """ "Toes down", "left toe up": the plantar response without its name."""
    if any(c.id in ("babinski", "plantar") for _, c in sentence.of("sign")):
        return
    for result in results:
        words = sentence.text[result.start : result.end]
        if (
            result.sense not in ("down", "up")
            or not _TOE_ALONE.search(words)
            or words == "going down"
            or words == "going up"
        ):
            continue
        if "toe" not in sentence.text and "plantar" not in sentence.text and not context.in_examination(sentence):
            continue
        if is_finding(sentence, result.start, result.end) is None:
            continue
        assertion = Assertion.ABSENT if (result.sense == "down") is not result.negated else Assertion.PRESENT
        yield _emit(
            sentence, "babinski", assertion, result.start, result.end, sentence.side_near(result.start, result.end)
        )


def _item(
    sentence: Sentence, match: Match, concept: Concept, results: list[Result], stop: int
) -> Iterator[ExamFinding]:
    """Tone, tandem gait, Romberg, the sphincter, the saddle: a finding only with a result."""
    low, high = clause_of(sentence.text, match.start, match.end)
    high = min(high, stop)
    if concept.id == "saddle_skin":
        return  # named in other examinations too
    if concept.get("kind") == "saddle" and any(
        c.id in ("sensation", "numbness_found") for _, c in sentence.of("examination")
    ):
        return  # read with sensation
    how = is_finding(sentence, match.start, match.end)
    if how is Assertion.UNEXAMINED:
        yield _emit(sentence, concept.id, how, match.start, match.end)
    symbol = _SYMBOL.match(sentence.text[match.end : high])
    result = nearest(results, match.start, match.end, max(low, match.start - 30), high, (*_ITEM_SENSES, "open"))
    if how not in (Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE) or (result is None and symbol is None):
        return
    if result is not None and result.end <= match.start and "," in sentence.text[result.end : match.start]:
        return
    denied = concept.get("kind") == "saddle" and sentence.qualify(match.start, match.end).cue.startswith("deni")
    if concept.get("kind") == "saddle" and sentence.section.kind in ("history", "review_of_systems", "chief_complaint"):
        return
    found = _emit(
        sentence,
        concept.id,
        _item_assertion(how, result, symbol),
        match.start,
        max(match.end, result.end if result else match.end),
        sentence.side_near(match.start, match.end, (low, high)),
    )
    # "Saddle numbness denied": told, though it stands in the examination.
    yield replace(found, source=Source.PATIENT) if denied else found


def _item_assertion(how: Assertion, result: Result | None, symbol: re.Match[str] | None) -> Assertion:
    if symbol is not None:
        return Assertion.PRESENT if symbol["symbol"][0] == "+" else Assertion.ABSENT
    if result is None or result.sense == "open" or how is Assertion.POSSIBLE:
        return Assertion.POSSIBLE
    if result.sense in ("normal", "negative"):
        return Assertion.PRESENT if result.negated else Assertion.ABSENT
    return (
        Assertion.ABSENT
        if result.negated or how is Assertion.ABSENT and result.sense not in ("absent",)
        else Assertion.PRESENT
    )


def _measure(sentence: Sentence, match: Match, concept: Concept) -> Iterator[ExamFinding]:
    """The residual urine in millilitres, judged by the limits of the lexicon."""
    how = is_finding(sentence, match.start, match.end)
    found = _MILLILITRES.match(sentence.text, match.end)
    if how is None or found is None and how is not Assertion.UNEXAMINED:
        return
    if found is None:
        yield _emit(sentence, concept.id, Assertion.UNEXAMINED, match.start, match.end)
        return
    amount = float(found["ml"])
    assertion = (
        Assertion.PRESENT
        if amount >= concept.attributes["raised_from"]
        else (Assertion.ABSENT if amount <= concept.attributes["normal_up_to"] else Assertion.POSSIBLE)
    )
    yield _emit(sentence, concept.id, assertion, match.start, found.end(), grade=amount)

"""Tests of root tension: straight leg raise and its kin, femoral stretch, slump, Spurling, each side with its result.

A test that gives back pain only is negative; a full range without a complaint is negative too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.examination_results import is_finding
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Region, Side
from necessity.facts.reading import Sentence
from necessity.facts.signs_manoeuvres import manoeuvres_of
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_PIECE = pattern(r"[,;]|\.\s|\band\b|\bbut\b|\bwhile\b|\bwith(?=\s(?:a\s)?(?:positive|negative))")
_LEG = (
    r"(?:leg|calf|foot|feet|buttock|thigh|radic|sciatic|\barm|hand|finger|forearm|shooting|tingling|"
    r"par(?:a)?esthesi|below (?:the )?knee|typical|concordant|usual|familiar|symptom|radiat|lower extremity|"
    r"electric|distal|toe|numb|ankle|heel|shin|sole|instep|(?:front of the|anterior) (?:thigh|knee))"
)
_PAIN_MADE = pattern(
    rf"(?:reproduc|elicit|produc|caus|provok|recreat|aggravat|exacerbat|trigger|brings? on|worsen|gives?|gave|hurt|lights? up|sets? off|fires?|sends?|zing|shock|"
    rf"creates?|pain (?:to|into|down|radiating)|with|for|limited by|shooting)\w*(?:\s\S+){{0,6}}?\s?(?:\S*{_LEG})"
    r"|(?:reproduc|elicit|provok|recreat)\w* (?:his|her|the|their) (?:(?!low|back|lumbar)\w+ )?pain\b"
)
_NO_PAIN = pattern(
    r"without (?:any )?(?:\w+ ){0,2}(?:pain|symptom|discomfort|radiat|reproduc|complaint|difficulty|radicular|"
    r"limitation)|\bno (?:\w+ ){0,3}(?:radicular|leg|radiating|radiation|pain|symptoms|reproduction|tension|"
    r"limitation|discomfort)|painless|pain[- ]free|"
    r"(?:causes?|elicits?|produces?|gives?) (?:him |her )?no|(?:does|did|do) not (?:\w+ ){0,2}(?:reproduce|"
    r"cause|elicit|produce|radiate|aggravate|bring)|w/o (?:any )?(?:\w+ )?(?:pain|radic|symptom)|unlimited|"
    r"no longer (?:\w+ )?(?:reproduc|provok|elicit|produc|caus|trigger|bring|hurt|posit)|"
    r"(?:reproduc|provok|elicit|produc|caus|trigger|bring|give)\w* (?:up |on |him |her )?(?:nothing|none)\b|not (?:\w+ )?(?:reproduc|provok|elicit|produc|painful)|"
    r"full bilaterally|(?:is|are|was|were) full|comfortabl[ey]|no complaints?\b|tolerated well|easily"
)
# What the stretch of the femoral nerve brings on lies in front.
_FRONT = pattern(
    r"(?:reproduc|elicit|produc|caus|provok|recreat|brings? on|gives?|pain)\w*(?:\s\S+){0,4}?\s(?:groin|thigh|knee)"
)
# "Spurling left": a test named with nothing but a side was positive there.
_SIDE_ALONE = pattern(r"\s?(?:on the )?\(?(?:left|right|l|r|lt|rt)\)?(?: side)?[\s.,;]*")
_BACK_ONLY = pattern(
    r"back (?:pain|discomfort)?\s?only|only (?:the |his |her |low |lower )*back|\b(?:low|"
    r"lower)? ?back pain (?:without|but no)|for (?:low |lower )?back pain\b(?! and)|hamstring|tightness|"
    r"causes (?:low |lower |some )*back pain|lumbosacral pain|(?:produces?|elicits?|reproduces?|provokes?|causes?|"
    r"with|gives?) (?:\w+ ){0,3}back (?:pain|discomfort)(?! (?:and|radiating|into|with))|axial pain only|"
    r"(?:neck pain|neck discomfort) only|only (?:\w+ )?neck pain|"
    r"back (?:pain )?but (?:not|no)\b|pain in the (?:low |lower )?back(?: only)?\s*$"
)
_POSITIVE = pattern(r"\bpos(?:itive(?:ly)?)?\b|(?<!not )\bpresent\b|\babnormal\b|\bmarkedly limited\b|\bstrongly\b")
_NEGATIVE = pattern(
    r"\bneg(?:ative)?\b\.?|\bnot present\b|\bnormal\b|\bunremarkable\b|\babsent\b|\bbenign\b|\bnon-?contributory\b|\bwnl\b|\bintact\b"
)
_OPEN = pattern(
    r"\bequivocal\b|\bquestionabl[ey]\b|\bborderline\b|\bindeterminate\b|\binconclusive\b|\bnot tested\b|"
    r"\bdeferred\b|\bunable\b|\bnot (?:done|performed|tolerated)\b|\bhip pain\b|\bcould not\b"
)
_SYMBOL = pattern(
    r"(?:^|[\s(:a-z])(?P<symbol>\+|-)(?:ve)?(?=[\s,.;:)]|$|(?:[lr]|lt|rt|left|right|b/l|bilat\w*)\b)(?!\s?>)"
)
_TENS = {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_DEGREES = pattern(
    r"(?:(?:at|to|about|of|@|approximately|only|limited to|beyond|past|from|until|is|was|"
    r"by)\s)?(?P<degrees>\d{2,3}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-five)?(?:\s?/\s?\d{2,3}(?!\d))?\s?(?:degrees?|deg\b|°|˚|º)?(?!\.?[\d/%-])"
)
_SIDED = pattern(
    r"(?<![a-z0-9/])(?:(?P<bilateral>bilateral(?:ly)?|b/l|both|either|bilat)|(?P<left>left|l|lt|lle)|"
    r"(?P<right>right|r|rt|rle))(?![a-z0-9/'])"
)
_ANOTHER = frozenset({"hip", "sacroiliac", "faber"})
_BEFORE = pattern(
    r"(?:positive|pos|negative|neg|\+|-|equivocal|normal|no|without)(?:\s(?:findings? (?:on|for)|for|bilateral|"
    r"left|right|l|r|b/l|seated|supine|sitting|ipsilateral|passive|a|an|sided|on|in|crossed|and|response to|"
    r"-sided)){0,4}\s?$"
)
_LISTED = pattern(
    r"(?:special|orthopedic|provocative|following|these) (?:\w+ )?tests? (?:were|was|are|is) (?P<word>positive|"
    r"negative)|(?P<lead>positive|negative)(?: findings)?:"
)


@dataclass(frozen=True, slots=True)
class _Outcome:
    start: int
    end: int
    assertion: Assertion
    side: Side | None
    degrees: float | None


def read_tension(sentence: Sentence) -> Iterator[ExamFinding]:
    """The tension tests of a sentence."""
    tests = [(m, c) for m, c in sentence.of("sign") if c.get("kind") == "test" and c.id != "romberg"]
    tests = tests or list(manoeuvres_of(sentence))
    signs = [m for m, _ in sentence.of("sign")] + [
        m for m, c in sentence.of("examination") if c.id in ("strength", "reflex", "sensation", "gait") or c.get("arc")
    ]
    for match, concept in tests:
        how = is_finding(sentence, match.start, match.end)
        if how is None:
            continue
        stop = min([m.start for m in signs if m.start >= match.end], default=len(sentence.text))
        if (
            how is Assertion.UNEXAMINED
            and not _DEGREES.search(sentence.text, match.end, stop)
            and "limited by" not in sentence.text
        ):
            yield _finding(sentence, match, concept, _Outcome(match.start, match.end, how, None, None))
            continue
        for outcome in _outcomes(sentence, match, concept, stop, tests):
            yield _finding(sentence, match, concept, outcome)


def _finding(sentence: Sentence, match: Match, concept: Concept, outcome: _Outcome) -> ExamFinding:
    when, earlier = dated(sentence, match.start, match.end)
    return ExamFinding(
        concept=concept.id,
        assertion=outcome.assertion,
        evidence=(sentence.evidence(min(match.start, outcome.start), max(match.end, outcome.end)),),
        written=sentence.written,
        when=when,
        earlier=earlier,
        side=outcome.side,
        grade=outcome.degrees,
        region=Region(concept.get("region")),
    )


def _outcomes(
    sentence: Sentence, match: Match, concept: Concept, stop: int, tests: list[tuple[Match, Concept]]
) -> list[_Outcome]:
    """What each part of the words behind the test says, else the words before it."""
    text = sentence.text
    pieces = _pieces(text, match.end, stop)
    found = [outcome for start, end in pieces if (outcome := _read(text, start, end, concept)) is not None]
    before = next(reversed([*_SIDED.finditer(text[max(0, match.start - 14) : match.start])]), None)
    side = (
        Side(before.lastgroup)
        if before and before.lastgroup
        else sentence.side_near(match.start, match.end)
        if not any(o.side for o in found)
        else None
    )
    leading = _before(text, match)
    if leading is not None and not any(o.assertion is not Assertion.POSSIBLE for o in found):
        return [_Outcome(match.start, match.end, leading, side or next((o.side for o in found if o.side), None), None)]
    if leading is not None and not (found and found[0].start <= match.end + 2):
        return [_Outcome(match.start, match.end, leading, side, found[0].degrees if found else None)]
    if not found:
        if (
            _SIDE_ALONE.fullmatch(text, match.end, stop)
            and sentence.qualify(match.start, match.end).assertion is Assertion.PRESENT
        ):
            side = sentence.side_near(match.start, match.end, (match.end, stop)) or side
            return [_Outcome(match.start, match.end, Assertion.PRESENT, side, None)]
        shared = _shared(sentence, match, tests)
        return [_Outcome(match.start, match.end, shared, side, None)] if shared else []
    return _merged(found, side)


def _merged(found: list[_Outcome], side: Side | None) -> list[_Outcome]:
    """A later part without a side of its own only explains the one before it."""
    kept: list[_Outcome] = []
    for outcome in found:
        sided = outcome.side or (side if not kept else None)
        if kept and outcome.side is None:
            if (
                outcome.assertion is Assertion.ABSENT
                and kept[-1].assertion is Assertion.PRESENT
                and kept[-1].degrees is not None
            ):
                kept[-1] = _Outcome(kept[-1].start, outcome.end, Assertion.ABSENT, kept[-1].side, kept[-1].degrees)
            continue
        kept.append(_Outcome(outcome.start, outcome.end, outcome.assertion, sided, outcome.degrees))
    return kept


def _pieces(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The words behind a test, cut at commas and conjunctions where a new side or result begins."""
    cuts = [start]
    for found in _PIECE.finditer(text, start, stop):
        if found[0] in (". ", ";") and not _SIDED.match(text[found.end() :].lstrip()):
            stop = found.start()
            break
        rest = text[found.end() : found.end() + 40].lstrip()
        if (
            _SIDED.match(rest)
            or _NEGATIVE.match(rest)
            or _POSITIVE.match(rest)
            or re.match(
                r"(?:\d{2,3}|(?:the )?(?:supine|sitting|seated)\b|on the (?:left|right)|at \d|causes|no\b|reproduc|without)",
                rest,
            )
        ):
            cuts.append(found.end())
    cuts.append(stop)
    return list(zip(cuts, cuts[1:], strict=False))


def _read(text: str, start: int, end: int, concept: Concept) -> _Outcome | None:
    """The result that a stretch of words gives."""
    words = text[start:end]
    sided = _SIDED.search(words)
    side = Side(sided.lastgroup) if sided and sided.lastgroup else None
    degrees_found = _DEGREES.search(words)
    degrees = _angle(degrees_found["degrees"]) if degrees_found else None
    assertion = _judged(words, degrees, concept)
    if assertion is None:
        return None
    return _Outcome(start, start + len(words.rstrip()), assertion, side, degrees)


def _angle(written: str) -> float | None:
    """Degrees in figures or words; what is above 120 is no angle of a leg."""
    value = float(_TENS.get(written, written))
    return value if value <= 120 else None


def _judged(words: str, degrees: float | None, concept: Concept) -> Assertion | None:
    no_pain, back_only, leg = _NO_PAIN.search(words), _BACK_ONLY.search(words), _PAIN_MADE.search(words)
    symbol = _SYMBOL.search(words)
    if _OPEN.search(words):
        return Assertion.POSSIBLE
    if _NEGATIVE.search(words) and not _POSITIVE.search(words):
        return Assertion.ABSENT
    if back_only and not (leg and not re.search(r"hamstring|only", words)):
        return Assertion.ABSENT
    if no_pain:
        return Assertion.ABSENT
    if concept.id == "femoral_stretch" and _FRONT.search(words):
        return Assertion.PRESENT
    if _POSITIVE.search(words) or leg:
        return Assertion.PRESENT
    if symbol is not None:
        return Assertion.PRESENT if symbol["symbol"] == "+" else Assertion.ABSENT
    if degrees is not None and concept.get("negative_from"):
        if degrees >= concept.attributes["negative_from"]:
            return Assertion.ABSENT
        if degrees < concept.attributes["positive_below"]:
            return Assertion.PRESENT
    return None


def _before(text: str, match: Match) -> Assertion | None:
    """ "Positive left SLR", "no tension signs"."""
    found = _BEFORE.search(text[max(0, match.start - 60) : match.start])
    if found is None:
        return None
    word = found[0].split()[0] if found[0].split() else ""
    if word in ("equivocal",):
        return Assertion.POSSIBLE
    return Assertion.PRESENT if word.startswith(("pos", "+")) else Assertion.ABSENT


def _shared(sentence: Sentence, match: Match, tests: list[tuple[Match, Concept]]) -> Assertion | None:
    """One result for a list of tests: "special tests were positive: …", "SLR and slump are negative"."""
    listed = _LISTED.search(sentence.text[: match.start])
    if listed is not None:
        return Assertion.PRESENT if (listed["word"] or listed["lead"]) == "positive" else Assertion.ABSENT
    following = [m for m, _ in tests if m.start >= match.end]
    if following and re.fullmatch(
        r"\s?(?:,|and|/|or|&|,\s?and)\s?(?:the )?", sentence.text[match.end : following[0].start]
    ):
        words = sentence.text[following[-1].end : following[-1].end + 40]
        if _NEGATIVE.search(words):
            return Assertion.ABSENT
        if _POSITIVE.search(words):
            return Assertion.PRESENT
    how = sentence.qualify(match.start, match.end).assertion
    return Assertion.ABSENT if how is Assertion.ABSENT else None

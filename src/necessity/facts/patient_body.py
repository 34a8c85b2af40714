"""Body mass index, as stated or computed from a height and a weight given close together; bone density, by score or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, PatientFact
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern

_BMI = pattern(
    r"\b(?:bmi|body mass index)(?: \(bmi\))?(?: of| is| was|:|=|,| at| now| today| currently| approximately| about| ~| calculated| down to| up to)*\s?(?P<bmi>\d{2}(?:\.\d{1,2})?)(?!\d|\s?%|\s?(?:th|st))"
)
_BMI_BEFORE = pattern(r"(?P<bmi>\d{2}(?:\.\d{1,2})?)\s?kg/m")
# "T-score -1.8", "T score at the femoral neck of minus 2.7", "L-spine T = -0.4"
_T_SCORE = pattern(
    r"\bt[ -]?scores?\b(?:\s?\([a-z0-9 -]{1,24}\))?(?:[\s:=,~]|of|is|was|at|in|the|for|lowest|worst|left|right|total|femoral|neck|hip|lumbar|l-?spine|spine|l1-l?4|forearm|radius|both|and|approximately|about){0,16}"
    r"(?P<sign>[-\u2212\u2013+]|minus |negative |plus )?\s?(?P<score>\d(?:\.\d{1,2})?)(?![\d/%])"
)
# "... hip -1.2, spine -2.6": the further scores of a list.
_NEXT_T = pattern(
    r"(?:[\s,;/]|and|at|the|of|left|right|total|femoral|neck|hip|lumbar|l-?spine|spine|l1-l?4|forearm|radius){1,14}"
    r"(?P<sign>[-\u2212\u2013]|minus |negative )\s?(?P<score>\d(?:\.\d{1,2})?)(?![\d/%])"
)
_DEEPEST_T = 7.0
_FEET = pattern(
    r"(?<![\d.])(?P<feet>[4-7])\s?(?:'|ft\.?|feet|foot|-foot)[ ,-]*(?:and )?(?:(?P<inches>1[01]|\d)(?:\.\d)?(?P<half> ?1/2)?\s?(?:\"|''|in\b|inch|in\.|-inch|(?=\s|,|\.|$)))?"
)
# "HT 6-0", "Ht 5-5": feet and inches behind the label.
_DASHED = pattern(
    r"\b(?:height|ht)\.?(?: is|:|=)?\s?(?P<feet>[4-7])-(?P<inches>1[01]|\d)\b(?!\s?(?:weeks|days|months|/))"
)
# "Ht 172 Wt 80": both without a unit; a height of three figures is in centimetres, and the weight then in kilograms.
_METRIC_PAIR = pattern(
    r"\b(?:height|ht)\.?(?: is|:|=)?\s?(?P<cm>1[4-9]\d|20\d)(?:\.\d)?[\s,;/|]{1,4}(?:weight|wt)\.?(?: is|:|=)?\s?(?P<kg>\d{2,3})(?:\.\d)?(?!\d|\s?(?:lb|pound|#|/|st\b|%))"
)
# "6'1\", 245": a number right behind the height is the weight in pounds.
_IMPERIAL_PAIR = pattern(
    r"(?P<feet>[4-7])\s?'\s?(?P<inches>1[01]|\d)\s?(?:\"|'')?\s?[,/]?\s?(?P<lb>[1-4]\d\d|[89]\d)(?!\d|\s?(?:kg|cm|mm|%|over|bp|beats|weeks|days|mg|lb|pound|#)|\s?/\s?\d|\.\d)"
)
_USUAL = (15, 45)  # a pair of bare numbers is believed within these
_INCHES = pattern(
    r"\b(?:height|ht)(?: is| of|:|=)?(?: today:?| now)?\s?(?P<inches>[5-7]\d(?:\.\d)?)\s?(?:\"|''|in\b|inches)"
)
_CENTIMETRES = pattern(r"(?<![\d.])(?P<cm>1[3-9]\d|2[01]\d)(?:\.\d)?\s?cm\b")
_METRES = pattern(r"(?<![\d.])(?P<m>1\.[3-9]\d?|2\.[01]\d?)\s?m\b")
_POUNDS = pattern(
    r"(?<![\d.])(?P<lb>\d{2,3})(?:\.\d)?\s?(?:-\s?)?(?:lbs?\b|pounds?\b|#)|\b(?:weight|wt|weighs|weighing)(?: is| of| was|:|=|\.| about| approximately| currently)*\s?(?P<bare>\d{2,3})(?:\.\d)?(?!\s?(?:kg|kilo|\d|st\b|%|years|months|weeks|loss))"
)
_KILOGRAMS = pattern(r"(?<![\d.])(?P<kg>\d{2,3}(?:\.\d)?)\s?(?:kg\b|kilograms?\b|kilos?\b)(?!/)")
_NOT_WEIGHT = pattern(
    r"\b(?:lost|gained|loss of|gain of|lose|lift\w*|carry\w*|push\w*|pull\w*|up to|over|than|losing|down|boxes?|per|mg/|limit of|restriction of)\s(?:\w+\s){0,2}$"
)
_HEIGHT_NEAR = pattern(r"(?:\b|\d)(?:tall|height|ht|weigh\w*|wt|lb|pounds|stands|lbs|kg|vital|bp)\b")
_HEIGHT_GATE = pattern(r"\d\s?(?:'|ft|-?foot|feet|cm|m\b)|\bheight|\bht\b")
_WINDOW = 3  # sentences


def bmi_of(document: ReadDocument) -> Iterator[PatientFact]:
    """The index stated in a document; where it states none, that of its height and weight."""
    stated = next((fact for sentence in document.sentences if (fact := _stated(sentence))), None)
    if stated:
        yield stated
        return
    computed = _computed(document)
    if computed:
        yield computed


def bone_density_of(sentence: Sentence) -> Iterator[PatientFact]:
    """T-scores as numbers, or a density called normal (`value` "normal")."""
    text = sentence.text
    if "t-score" in text or "t score" in text or "tscore" in text:
        for first in _T_SCORE.finditer(text):
            found: re.Match[str] | None = first
            while found is not None:
                size = float(found["score"])
                low = (found["sign"] or "").strip() not in ("+", "plus", "")
                if size <= _DEEPEST_T and not sentence.qualify(found.start(), found.end()).not_patient:
                    yield _bone(sentence, found.start(), found.end(), -size if low else size)
                found = _NEXT_T.match(text, found.end())
    for match, concept in sentence.of("patient"):
        if concept.id == "normal_bone":
            said = sentence.qualify(match.start, match.end)
            if said.assertion is Assertion.PRESENT and not said.not_patient:
                yield _bone(sentence, match.start, match.end, "normal")


def _bone(sentence: Sentence, start: int, end: int, value: float | str) -> PatientFact:
    return PatientFact(
        concept="bone_density",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        value=value,
    )


def _stated(sentence: Sentence) -> PatientFact | None:
    text = sentence.text
    if "bmi" not in text and "body mass" not in text and "kg/m" not in text:
        return None
    found = _BMI.search(text) or _BMI_BEFORE.search(text)
    if not found or not 12 <= float(found["bmi"]) <= 85 or sentence.qualify(found.start(), found.end()).not_patient:
        return None
    return PatientFact(
        concept="bmi",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(found.start(), found.end()),),
        written=sentence.written,
        value=float(found["bmi"]),
    )


def _computed(document: ReadDocument) -> PatientFact | None:
    read = [one for one in document.sentences if one.section.kind not in ("family_history", "imaging", "plan")]
    paired = next((pair for one in read if (pair := _paired(one))), None)
    if paired is not None:
        return paired
    heights = {one.index: found for one in read if (found := _height(one))}
    if not heights:
        return None
    height: tuple[float, int, Evidence] | None = None
    weight: tuple[float, int, Evidence] | None = None
    for sentence in read:
        height = heights.get(sentence.index) or height
        weight = _weight(sentence) or weight
        if height and weight and abs(height[1] - weight[1]) <= _WINDOW:
            value = weight[0] / height[0] ** 2
            if 12 <= value <= 85:
                return PatientFact(
                    concept="bmi",
                    assertion=Assertion.PRESENT,
                    evidence=(height[2], weight[2]),
                    written=sentence.written,
                    value=round(value, 1),
                )
    return None


def _paired(sentence: Sentence) -> PatientFact | None:
    """The index of a height and a weight that stand side by side without their units."""
    text = sentence.text
    if "'" not in text and "ht" not in text:
        return None
    metric = _METRIC_PAIR.search(text)
    found = metric or _IMPERIAL_PAIR.search(text)
    if not found:
        return None
    metres = float(found["cm"]) / 100 if metric else 0.3048 * int(found["feet"]) + 0.0254 * int(found["inches"])
    value = float(found["kg"] if metric else 0.45359 * float(found["lb"])) / metres**2
    if not _USUAL[0] <= value <= _USUAL[1] or sentence.qualify(found.start(), found.end()).not_patient:
        return None
    return PatientFact(
        concept="bmi",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(found.start(), found.end()),),
        written=sentence.written,
        value=round(value, 1),
    )


def _height(sentence: Sentence) -> tuple[float, int, Evidence] | None:
    """Metres, the sentence and the words of a height."""
    text = sentence.text
    if not _HEIGHT_GATE.search(text):
        return None
    for found in _FEET.finditer(text):
        if found["inches"] or _HEIGHT_NEAR.search(text[max(0, found.start() - 30) : found.end() + 40]):
            metres = 0.3048 * int(found["feet"]) + 0.0254 * (
                float(found["inches"] or 0) + (0.5 if found["half"] else 0)
            )
            return metres, sentence.index, sentence.evidence(found.start(), found.end())
    dashed = _DASHED.search(text)
    if dashed:
        metres = 0.3048 * int(dashed["feet"]) + 0.0254 * int(dashed["inches"])
        return metres, sentence.index, sentence.evidence(dashed.start(), dashed.end())
    for shape, name, factor in ((_INCHES, "inches", 0.0254), (_CENTIMETRES, "cm", 0.01), (_METRES, "m", 1.0)):
        other = shape.search(text)
        if other and (name == "inches" or _HEIGHT_NEAR.search(text)):
            return float(other[name]) * factor, sentence.index, sentence.evidence(other.start(), other.end())
    return None


def _weight(sentence: Sentence) -> tuple[float, int, Evidence] | None:
    """Kilograms, the sentence and the words of a weight."""
    text = sentence.text
    if not any(mark in text for mark in ("lb", "pound", "#", "wt", "weigh", "kg", "kilo")):
        return None
    for shape, factor in ((_KILOGRAMS, 1.0), (_POUNDS, 0.45359)):
        for found in shape.finditer(text):
            written = next(group for group in found.groups() if group)
            kilograms = float(written) * factor
            if 30 <= kilograms <= 300 and not _NOT_WEIGHT.search(text[max(0, found.start() - 30) : found.start()]):
                return kilograms, sentence.index, sentence.evidence(found.start(), found.end())
    return None

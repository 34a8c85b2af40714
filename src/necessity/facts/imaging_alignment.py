"""Alignment, motion, bone, hardware and normal readings: what a study shows beside discs and narrowing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts import imaging_motion
from necessity.facts.fact import Assertion, ImagingFinding
from necessity.facts.imaging_motion import OTHER_JOINT
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import SEGMENTS

_GRADE = pattern(
    r"\b(?:grade|gr\.?)[- ]?(?:(?P<roman>iv|iii|ii|i|v)|(?P<digit>[0-5])|(?P<word>one|two|three|four|five))\b"
)
_ROMAN = {
    "i": 1.0,
    "ii": 2.0,
    "iii": 3.0,
    "iv": 4.0,
    "v": 5.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
}
_MM = pattern(r"(\d{1,2}(?:\.\d+)?)\s?-?mm\b")
_NUMBER = pattern(r"(\d{1,2}(?:\.\d+)?)\s?-?$")
_SHARE = pattern(r"(\d{1,3})\s?%\s?(?:\w+\s)?$")
_HARDWARE = pattern(
    r"\b(?:hardware|construct|cage|cages|graft|screws?|plate|implant|implants|instrumentation|rods?|postop|post-op|postoperative|post-fixation)\b"
)
_NORMAL_WORD = pattern(
    r"normal|anatomic|maintained|preserved|satisfactory|good|excellent|unremarkable|well aligned|normally aligned|intact|adequate"
)
_SIMPLE = frozenset(
    {"cord_signal", "facet_arthropathy", "fused", "hardware", "pseudarthrosis", "deformity", "osteoporosis", "oedema"}
)
_WHOLE = pattern(
    r"\b(?:(?:study|studies|scan|scans|mri|mris|ct|exam|examination|imaging|films?|x-rays?|radiographs?|spine|results?|test|emg|ncs|ncv|myelogram|levels|discs|views|series)\b[^.;]{0,60}$)"
)


def read(scene: Scene) -> Iterator[ImagingFinding]:
    """Slip, motion, pars, and the rest, in the order of the words."""
    for word in scene.of("alignment"):
        if not scene.frame.spine:
            return
        if word.id in ("slip", "slipped", "subluxation"):
            yield from _slip(scene, word)
        elif word.id == "alignment":
            yield from _aligned(scene, word)
        elif word.id in ("instability", "stable"):
            yield from imaging_motion.said(scene, word)
        elif word.id == "pars_defect":
            yield from _pars(scene, word)
        elif word.id == "normal":
            yield from _normal(scene, word)
        elif word.id in _SIMPLE and (
            scene.frame.in_study or word.id == "osteoporosis" or scene.text[word.start : word.end] == "myelomalacia"
        ):
            yield from _simple(scene, word)


def _slip(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient or _chiropractic(scene, word):
        return
    if word.id == "slipped" and not (scene.frame.in_study or scene.places):
        return
    if word.id == "subluxation" and not (
        meant.assertion is Assertion.ABSENT
        and scene.frame.in_study
        and "dislocation" not in scene.text[word.start : word.end]
    ):
        return
    if meant.assertion is Assertion.ABSENT:
        yield scene.finding("slip", word, meant, grade=0.0)
        return
    levels = _slipped(scene.levels_of(word))
    graded = _GRADE.search(scene.text, max(0, word.start - 50), word.start) or _GRADE.search(
        scene.text, word.end, min(len(scene.text), word.end + 46)
    )
    share = _SHARE.search(scene.text, max(0, word.start - 14), word.start)
    grade = _meyerding(graded) if graded else _of_share(float(share[1])) if share else None
    size = _MM.search(scene.text, max(0, word.start - 24), word.start) or _MM.search(
        scene.text, word.end, min(len(scene.text), word.end + 40)
    )
    if scene.text.startswith("mm", word.start):
        size = _NUMBER.search(scene.text[: word.start])  # "5 mm forward on L5"
        if size is None:
            return
    yield scene.finding("slip", word, meant, grade=grade, millimetres=float(size[1]) if size else None, levels=levels)
    if meant.assertion is Assertion.PRESENT:
        yield from imaging_motion.of_slip(scene, word, levels)


def _slipped(levels: tuple[str, ...]) -> tuple[str, ...]:
    """A slip of L4 is one of L4 on L5."""
    return tuple(next((segment for segment in SEGMENTS if segment.split("-")[0] == level), level) for level in levels)


def _of_share(percent: float) -> float:
    """Meyerding grades are quarters of the vertebra."""
    return float(min(5, -(-percent // 25)))


def _meyerding(found: re.Match[str] | None) -> float | None:
    if found is None:
        return None
    return float(found["digit"]) if found["digit"] else _ROMAN[found["roman"] or found["word"]]


def _chiropractic(scene: Scene, word: Word) -> bool:
    return (
        bool(OTHER_JOINT.search(scene.text[max(0, word.start - 30) : word.end + 24]))
        or not scene.frame.in_study
        and word.concept.get("weak", False)
    )


def _aligned(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    """Alignment that is normal is no slip; that of a construct after surgery says nothing."""
    if not scene.frame.in_study or _HARDWARE.search(scene.text):
        return
    around = (
        scene.text[max(0, word.start - 30) : word.start]
        + " "
        + scene.text[word.start : min(len(scene.text), word.end + 40)]
    )
    meant = scene.meaning(word.start, word.end)
    if (
        _NORMAL_WORD.search(around)
        and meant.assertion is Assertion.PRESENT
        and not meant.not_patient
        and "abnormal" not in around
        and "lordo" not in around[:30]
    ):
        yield scene.finding("slip", word, replace(meant, assertion=Assertion.ABSENT), grade=0.0)


def _pars(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    text = scene.text[word.start : word.end]
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    if text == "pars":
        around = scene.text[max(0, word.start - 10) : word.end + 30]
        if scene.frame.in_study and re.search(
            r"intact pars|pars (?:is|are|interarticularis)? ?(?:is |are )?intact", around
        ):
            yield scene.finding("pars_defect", word, replace(meant, assertion=Assertion.ABSENT))
        elif scene.frame.in_study and re.search(r"pars (?:interarticularis )?(?:defect|fracture|lysis)", around):
            yield scene.finding("pars_defect", word, meant, side=scene.side_of(word))
        return
    if text == "lysis" and not scene.frame.in_study:
        return
    if (
        text == "isthmic"
        and not any(one.id == "slip" for one in scene.words)
        and not re.match(r"\s(?:spondylo|slip|antero|listh)", scene.text[word.end :])
    ):
        return
    if text == "lysis" and re.match(r"\s(?:of|was|were)\b", scene.text[word.end :]):
        return
    yield scene.finding("pars_defect", word, meant, side=scene.side_of(word), levels=_slipped(scene.levels_of(word)))


def _simple(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    text = scene.text[word.start : word.end]
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    if word.id == "cord_signal":
        if not _is_cord_signal(scene, word, text):
            return
        if re.match(
            r"(?:\s\w+){0,3}\s?(?:is |appears |are |remains )?(?:normal|unremarkable|nl\b|wnl|intact|preserved|clear|maintained)",
            scene.text[word.end :],
        ) or re.search(r"\bnormal (?:\w+ ){0,3}$", scene.text[: word.start]):
            meant = replace(meant, assertion=Assertion.ABSENT)
    if text.startswith("cord abnormalit") and meant.assertion is Assertion.ABSENT:
        # "No cord abnormality" says that the cord is not compressed either.
        yield scene.finding("compression", word, meant, structure="cord")
    if word.id == "oedema" and re.search(
        r"\b(?:dis[ck] o?edema|soft tissues?|legs?|ankles?|pedal|ext|prevertebral|lower extremit(?:y|ies))\b",
        scene.text,
    ):
        return
    grade = scene.grade_of(word) if word.concept.get("graded") else None
    if word.id == "osteoporosis" and not scene.frame.in_study:
        yield replace(
            scene.finding(word.id, word, meant, levels=()), historical=meant.historical
        )  # on the list of past illness, and still there
        return
    yield scene.finding(
        word.id, word, meant, grade=grade, side=scene.side_of(word) if word.id == "facet_arthropathy" else None
    )


def _is_cord_signal(scene: Scene, word: Word, text: str) -> bool:
    """Signal is of the cord where the cord or conus is named, or the word can mean nothing else."""
    if text.startswith(("myelomalacia", "cord", "intramedullary", "syrinx", "compressive myelopathy")):
        return True
    if text == "signal":
        return bool(
            re.search(r"\b(?:cord|conus)\b[^.;]{0,40}$", scene.text[: word.start])
            or re.match(r"\s(?:\w+\s){0,2}(?:within|in) the (?:cord|conus)", scene.text[word.end :])
        )
    return (
        any(one.id == "cord" for one in scene.of("structure"))
        or "t2" in text
        and not re.search(r"marrow|dis[ck]|facet|endplate|vertebra|fluid|muscle", scene.text)
    )


def _normal(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    """A level ("L5-S1: normal") or a whole study ("the MRI was unremarkable") read as normal."""
    text = scene.text[word.start : word.end]
    if not scene.frame.in_study or text in (
        "intact",
        "preserved",
        "maintained",
        "anatomic",
        "satisfactory",
        "good",
        "excellent",
        "near anatomic",
    ):
        return
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient or re.search(
        r"\b(?:not|non|conus|cord|alignment|marrow|signal|canal|strength|motor|limits)\b[^.;]{0,30}$",
        scene.text[: word.start],
    ):
        return
    parts = [concept for match, concept in scene.sentence.of("part") if match.end <= word.start]
    if parts and parts[-1].get("elsewhere"):
        return
    after = scene.text[word.end : word.end + 14]
    if re.match(r"\s?(?:for|except|apart|other)\b", after) and not after.startswith(
        (" for age", " for radic", " except")
    ):
        return
    place = next((place for place in reversed(scene.places) if place.end <= word.start), None)
    plain = Qualifier(Assertion.PRESENT, meant.historical)
    if place and re.fullmatch(
        r"\s?[:,-]?\s?(?:is |are |levels? |both |dis[ck]s? |level |was |were |otherwise )*(?:otherwise |essentially )?",
        scene.text[place.end : word.start],
    ):
        yield scene.finding("normal", word, plain, levels=place.levels)
    elif not scene.places and scene.frame.levels and len(scene.text) <= len(text) + 2:
        yield scene.finding("normal", word, plain, levels=scene.frame.levels)
    elif re.search(r"\b(?:other|remaining|rest|otherwise|upper|lower|remainder)\b", scene.text[: word.start]):
        return
    elif (
        not scene.places
        and _WHOLE.search(scene.text[: word.start])
        and not re.match(r"\s[a-z]+ (?:curv|lordo|align|height|signal|canal|disc)", scene.text[word.end :])
    ):
        if re.match(
            r"\s(?:alignment|lordosis|canal|cord|marrow|heights?|disc|vertebra|strength|signal|caliber|curvature|central|appear|motor|sensory|position|placement|bone)",
            scene.text[word.end :],
        ):
            return
        yield scene.finding("normal", word, plain, levels=())

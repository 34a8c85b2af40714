"""Alignment, motion, bone, hardware and normal readings: what a study shows beside discs and narrowing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.fact import Assertion, ImagingFinding, Region
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import SEGMENTS, region_of

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
_SHARE = pattern(r"(\d{1,3})\s?%\s?(?:\w+\s)?$")
_DEGREES = pattern(r"(\d{1,2}(?:\.\d+)?)\s?(?:degrees?|deg\b|°)")
_MOTION = frozenset({"motion", "movement", "translation", "widening"})
_HARDWARE = pattern(
    r"\b(?:hardware|construct|cage|cages|graft|screws?|plate|implant|implants|instrumentation|rods?|postop|post-op|postoperative|post-fixation)\b"
)
_NORMAL_WORD = pattern(
    r"normal|anatomic|maintained|preserved|satisfactory|good|excellent|unremarkable|well aligned|normally aligned|intact|adequate"
)
_OTHER_JOINT = pattern(
    r"\b(?:knee|shoulder|ankle|hip|gait|ambulat\w*|balance|walking|mood|emotional|vital|hemodynamic|joint line|ligament\w*|wrist|elbow|atlanto\w*|patella\w*|sternoclavicular|bowel|range of|arc of|eye|chiropractic|complex(?:es)?|weight|job|housing|financial)\b"
)
_INCREASE = pattern(
    r"\b(?:increas\w+|widen\w*|to) (?:\w+ )?(?:to )?\d{1,2}(?:\.\d+)?\s?mm (?:on|in|with) (?:flexion|extension)|increas\w+ (?:on|in|with) flexion"
)
_MOVED = pattern(
    r"\b(?:mov(?:es|ed|ing)|translat(?:es|ed|ing)|shift(?:s|ed))(?: by| of| about| approximately)? (\d{1,2}(?:\.\d+)?)\s?mm|(\d{1,2}(?:\.\d+)?)\s?mm (?:of )?(?:dynamic |abnormal )?(?:motion|translation|movement|instability)"
)
_POSED = pattern(
    r"\b(?:flexion|extension|flex|ext)\s?(?:is|of|:|=)?\s?(\d{1,2}(?:\.\d+)?)\s?mm|(\d{1,2}(?:\.\d+)?)\s?mm (?:in|on|with|at) (?:flexion|extension|neutral)"
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
        elif word.id == "instability":
            yield from _instability(scene, word)
        elif word.id == "stable":
            yield from _stable(scene, word)
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
    yield scene.finding("slip", word, meant, grade=grade, millimetres=float(size[1]) if size else None, levels=levels)
    if meant.assertion is Assertion.PRESENT:
        yield from _moves(scene, word, levels)


def _slipped(levels: tuple[str, ...]) -> tuple[str, ...]:
    """A slip of L4 is one of L4 on L5."""
    return tuple(next((segment for segment in SEGMENTS if segment.split("-")[0] == level), level) for level in levels)


def _moves(scene: Scene, word: Word, levels: tuple[str, ...]) -> Iterator[ImagingFinding]:
    """A slip measured in flexion and in extension tells of motion, whether or not it is called unstable."""
    increased = bool(_INCREASE.search(scene.text))
    sizes = [float(m[1] or m[2]) for m in _POSED.finditer(scene.text)]
    sizes = sizes if len(sizes) > 1 else [float(m[1]) for m in _MM.finditer(scene.text)]
    moved_by = _MOVED.search(scene.text)
    if moved_by:
        amount = float(moved_by[1] or moved_by[2])
        meant = Qualifier(
            Assertion.PRESENT if increased or _is_abnormal(scene, amount, None, levels) else Assertion.POSSIBLE
        )
        yield scene.finding("instability", word, meant, millimetres=amount, levels=levels)
        return
    if not increased and (
        len(sizes) < 2
        or not re.search(
            r"\bin (?:flexion|extension)|\bon (?:flexion|extension)|with (?:flexion|extension)", scene.text
        )
        and len(_POSED.findall(scene.text)) < 2
    ):
        return
    moved = max(sizes) - min(sizes) if len(sizes) > 1 else None
    meant = Qualifier(
        Assertion.PRESENT if increased or _is_abnormal(scene, moved, None, levels) else Assertion.POSSIBLE
    )
    yield scene.finding("instability", word, meant, millimetres=moved, levels=levels)


def _is_abnormal(scene: Scene, millimetres: float | None, degrees: float | None, levels: tuple[str, ...]) -> bool:
    """Whether motion reaches the limit that the lexicon gives for the region."""
    limits = scene.sentence.reading.lexicon.concepts["alignment", "instability"]
    prefix = (
        "cervical_" if levels and region_of(levels[0]) == "cervical" or scene.frame.region is Region.CERVICAL else ""
    )
    return (millimetres or 0.0) >= float(limits.get(prefix + "millimetres")) or (degrees or 0.0) >= float(
        limits.get(prefix + "degrees")
    )


def _of_share(percent: float) -> float:
    """Meyerding grades are quarters of the vertebra."""
    return float(min(5, -(-percent // 25)))


def _meyerding(found: re.Match[str] | None) -> float | None:
    if found is None:
        return None
    return float(found["digit"]) if found["digit"] else _ROMAN[found["roman"] or found["word"]]


def _chiropractic(scene: Scene, word: Word) -> bool:
    return (
        bool(_OTHER_JOINT.search(scene.text[max(0, word.start - 30) : word.end + 24]))
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


def _instability(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    text = scene.text[word.start : word.end]
    around = scene.text[max(0, word.start - 40) : min(len(scene.text), word.end + 40)]
    if _OTHER_JOINT.search(around) or not (scene.frame.in_study or _is_diagnosis(scene, text)):
        return
    weak = text in _MOTION
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    flexed = scene.frame.modality == "flexion_extension" or "flexion" in scene.text or "flex" in scene.text
    size, angle = _measure(scene, word)
    if weak and not flexed:
        return
    if weak and meant.assertion is not Assertion.ABSENT:
        if size is None and angle is None:
            return
        abnormal = _is_abnormal(scene, size, angle, scene.levels_of(word))
        meant = replace(meant, assertion=Assertion.PRESENT if abnormal else Assertion.POSSIBLE)
    if re.search(r"\bno (?:\w+ ){0,3}$|\bnot $", scene.text[max(0, word.start - 30) : word.start]):
        meant = replace(meant, assertion=Assertion.ABSENT)
    measured = _by_level(scene)
    for levels, amount in measured:
        yield scene.finding("instability", word, meant, millimetres=amount, levels=levels)
    if not measured:
        yield scene.finding("instability", word, meant, millimetres=size, degrees=angle)


def _stable(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    """ "Flexion-extension: stable" rules instability out."""
    if not scene.frame.in_study or scene.frame.modality != "flexion_extension" and "flex" not in scene.text:
        return
    meant = scene.meaning(word.start, word.end)
    if meant.assertion is Assertion.PRESENT and not meant.not_patient:
        yield scene.finding("instability", word, replace(meant, assertion=Assertion.ABSENT))


def _by_level(scene: Scene) -> list[tuple[tuple[str, ...], float]]:
    """ "1.5 mm at C4-5, 1 mm at C5-6": each level with its own millimetres; empty where not more than one."""
    pairs = [
        (place.levels, float(found[1]))
        for found in _MM.finditer(scene.text)
        for place in scene.places
        if re.fullmatch(
            r"\s?(?:of (?:motion|translation) )?at (?:the )?",
            scene.text[found.end() : place.start] if place.start >= found.end() else "-",
        )
    ]
    return pairs if len(pairs) > 1 else []


def _measure(scene: Scene, word: Word) -> tuple[float | None, float | None]:
    """Millimetres and degrees said in the sentence of motion."""
    size = _MM.search(scene.text)
    angle = _DEGREES.search(scene.text)
    return float(size[1]) if size else None, float(angle[1]) if angle else None


def _is_diagnosis(scene: Scene, text: str) -> bool:
    if scene.sentence.section.kind in (
        "consent",
        "examination",
        "review_of_systems",
        "procedure_details",
        "plan",
        "procedure",
        "function",
    ):
        return False
    if scene.sentence.section.kind == "diagnosis":
        return text not in _MOTION
    spine = "spinal" in text or "segmental" in text or bool(scene.places) or "spine" in scene.text
    return spine and text not in _MOTION


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

"""Motion of a segment: said in words, measured between flexion and extension, or told of a slip that changes or does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.fact import Assertion, ImagingFinding, Region
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of

MM = pattern(r"(\d{1,2}(?:\.\d+)?)\s?-?mm\b")
_DEGREES = pattern(r"(\d{1,2}(?:\.\d+)?)\s?-?(?:degrees?|deg\b|°)")
# Words that tell of motion, and of none in excess: how much decides.
_MOTION = frozenset({"motion", "movement", "translation", "widening", "angulation", "angular motion", "angular change"})
# Between the spinous processes of fused bones, or left at a fused level, any motion is too much.
_AT_FUSION = frozenset(
    {
        "interspinous motion",
        "interspinous widening",
        "splaying",
        "residual motion",
        "residual angular motion",
        "persistent motion",
        "gapping",
    }
)
OTHER_JOINT = pattern(
    r"\b(?:knee|shoulder|ankle|hip|gait|ambulat\w*|balance|walking|mood|emotional|vital|hemodynamic|joint line|ligament\w*|wrist|elbow|atlanto\w*|patella\w*|sternoclavicular|bowel|range of|arc of|eye|chiropractic|complex(?:es)?|weight|job|housing|financial)\b"
)
_POSED = pattern(
    r"\b(?:flexion|extension|flex|ext|neutral)\s?(?:is|of|:|=)?\s?(\d{1,2}(?:\.\d+)?)\s?mm|"
    r"(\d{1,2}(?:\.\d+)?)\s?mm (?:\w+ )?(?:in |on |with |w |w/ |at )?(?:full )?(?:flex|ext|neutral)"
)
_FLEXED = pattern(r"\bflex(?:ion|ed|/|-| |\b)|\bbending\b|\bdynamic (?:films?|views?|x-?rays?)|\bf/e\b|\bextension\b")
_CHANGED = pattern(
    r"\b(?:increas\w+|widen\w*|open\w*|progress\w*|worsen\w*|go(?:es|ing)|went|accentuat\w*|exaggerat\w*|reduc\w+|mov\w+|translat(?:es|ed|ing)|shift\w*|decreas\w+|correct\w*)\b"
)
_UNCHANGED = pattern(
    r"\b(?:(?:does|do|did|is|are|has|have|was) (?:not|n't)|doesn't|didn't|isn't|hasn't|not|no|without|never)(?: (?:any|appreciable|significant|abnormal|further|demonstrable))? "
    r"(?:chang\w*|mov\w+|motion|increas\w+|progress\w*|translat\w*|shift\w*|open\w*|budg\w+|reduc\w+|var\w+|mobile|unstable|alter\w*)|"
    r"\b(?:unchanged|fixed|rigid|immobile|constant|same)\b"
)
_MOVED_BY = pattern(
    r"\b(?:mov(?:es|ed|ing)|translat(?:es|ed|ing)|shift(?:s|ed)|increas\w+|open\w*|chang\w+|widen\w*|worsen\w*|progress\w*)(?: this| it| the slip)? (?:an additional |another |by |of |about |approximately )+(\d{1,2}(?:\.\d+)?)\s?-?mm|"
    r"(\d{1,2}(?:\.\d+)?)\s?-?mm (?:of )?(?:dynamic |abnormal |further |additional )?(?:motion|translation|movement|instability|excursion|increase|change)"
)
# "Opens up to 9 mm", "goes to twelve", "increasing to 15": the slip as it is then, in the unit said before.
_MOVED_TO = pattern(
    r"\b(?:increas\w+|open\w*|go(?:es|ing)|went|mov\w+|progress\w*|widen\w*|reduc\w+|decreas\w+|correct\w*|back|down|up)(?: up| down| back| out)? (?:to|at) (?:about )?(\d{1,2}(?:\.\d+)?)\b(?! ?(?:degrees|deg|°|%))"
)
_MOBILE = pattern(r"\b(?:mobile|dynamic|unstable|hypermobile)(?: [\w.-]+){0,4} $")
_OTHER_SIZE = pattern(
    r"\b(?:cyst|protrusion|extrusion|herniation|bulge|canal|sac|fragment|spur|osteophyte|retropulsion)\b"
)
_UNSAID = frozenset(
    {"consent", "examination", "review_of_systems", "procedure_details", "plan", "procedure", "function"}
)


def of_slip(scene: Scene, word: Word, levels: tuple[str, ...]) -> Iterator[ImagingFinding]:
    """A slip measured in flexion and in extension, said to change or not to, or called mobile."""
    text = scene.text
    if _MOBILE.search(text[: word.start]) or "mobile" in text[word.start : word.end]:
        yield scene.finding("instability", word, Qualifier(Assertion.PRESENT), levels=levels)
        return
    flexed = bool(_FLEXED.search(text)) or scene.frame.modality == "flexion_extension"
    if not flexed:
        return
    sizes = _sizes(scene, word)
    moved_by = _MOVED_BY.search(text)
    if moved_by:
        amount = float(moved_by[1] or moved_by[2])
        yield _moved(scene, word, amount, levels, told=bool(_CHANGED.search(moved_by[0])))
    elif len(sizes) > 1:
        told = bool(_MOVED_TO.search(text)) and "reduc" not in text
        yield _moved(scene, word, max(sizes) - min(sizes), levels, told=told)
    elif _UNCHANGED.search(text, max(0, word.start - 12)):
        yield scene.finding("instability", word, Qualifier(Assertion.ABSENT), millimetres=None, levels=levels)
    elif re.search(
        r"\b(?:increas\w+|worsen\w*|open\w*) (?:\w+ ){0,2}(?:on|in|with) flexion|\bwith motion (?:on|in|with|between)",
        text,
    ):
        yield scene.finding("instability", word, Qualifier(Assertion.PRESENT), levels=levels)


def _moved(scene: Scene, word: Word, amount: float, levels: tuple[str, ...], *, told: bool) -> ImagingFinding:
    """Motion of so many millimetres: none is none; a change told as such, or beyond the limit, is abnormal."""
    if amount < _LEAST:
        assertion = Assertion.ABSENT
    elif told or _is_abnormal(scene, amount, None, levels):
        assertion = Assertion.PRESENT
    else:
        assertion = Assertion.POSSIBLE
    return scene.finding("instability", word, Qualifier(assertion), millimetres=amount, levels=levels)


_BESIDE = pattern(r"(?<!no )(?<!not )(?<!<)(?<!< )(?<!than )\b[1-9]\d?(?:\.\d+)?\s?(?:mm|degrees?|deg) (?:of )?$")
# Less than a film can measure.
_LEAST = 1.0


def _sizes(scene: Scene, word: Word) -> list[float]:
    """The slip in each pose: as posed in words, or as it "goes to" another size."""
    posed = [float(m[1] or m[2]) for m in _POSED.finditer(scene.text)]
    later = [float(m[1]) for m in _MOVED_TO.finditer(scene.text)]
    first = [
        float(m[1])
        for m in MM.finditer(scene.text)
        if abs(m.start() - word.end) < 40 and not _OTHER_SIZE.search(scene.text, max(0, m.start() - 24), m.start())
    ]
    if len(posed) > 1:
        return posed
    if later and first:
        return [first[0], *later]
    return [*first[:1], *posed] if posed and first and first[0] not in posed else []


def _is_abnormal(scene: Scene, millimetres: float | None, degrees: float | None, levels: tuple[str, ...]) -> bool:
    """Whether motion reaches the limit that the lexicon gives for the region; of the neck it must exceed it."""
    limits = scene.sentence.reading.lexicon.concepts["alignment", "instability"]
    cervical = bool(levels) and region_of(levels[0]) == "cervical" or scene.frame.region is Region.CERVICAL
    if cervical:
        most, widest = float(limits.get("cervical_millimetres")), float(limits.get("cervical_degrees"))
        return (millimetres or 0.0) > most or (degrees or 0.0) > widest
    return (millimetres or 0.0) >= float(limits.get("millimetres")) or (degrees or 0.0) >= float(limits.get("degrees"))


def said(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    """Instability, motion and stability in words."""
    yield from _stable(scene, word) if word.id == "stable" else _instability(scene, word)


def _instability(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    text = scene.text[word.start : word.end]
    around = scene.text[max(0, word.start - 40) : min(len(scene.text), word.end + 40)]
    if OTHER_JOINT.search(around) or not (scene.frame.in_study or _is_diagnosis(scene, text)):
        return
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    size, angle = _measure(scene)
    if meant.assertion is Assertion.ABSENT and _BESIDE.search(scene.text[: word.start]):
        meant = replace(meant, assertion=Assertion.PRESENT)  # "no loosening, 2 mm interspinous motion"
    if text in _MOTION:
        weighed = _weighed(scene, word, meant, size, angle)
        if weighed is None:
            return
        meant = weighed
    elif text in _AT_FUSION and size is None and angle is None and not _at_fusion(scene):
        return
    if re.search(r"\bno (?:\w+ ){0,3}$|\bnot $", scene.text[max(0, word.start - 30) : word.start]):
        meant = replace(meant, assertion=Assertion.ABSENT)
    measured = _by_level(scene)
    for levels, amount in measured:
        yield scene.finding("instability", word, meant, millimetres=amount, levels=levels)
    if not measured:
        yield scene.finding("instability", word, meant, millimetres=size, degrees=angle)


def _weighed(scene: Scene, word: Word, meant: Qualifier, size: float | None, angle: float | None) -> Qualifier | None:
    """How bare "motion" is meant: denied, normal, measured, or told beside a slip; None where it says nothing."""
    before = scene.text[max(0, word.start - 40) : word.start]
    if not (scene.frame.modality == "flexion_extension" or _FLEXED.search(scene.text)):
        return None
    if meant.assertion is Assertion.ABSENT:
        return meant
    if re.search(r"\b(?:normal|physiologic|appropriate|symmetric|expected)(?: [\w-]+){0,3} $", before):
        return replace(meant, assertion=Assertion.ABSENT)
    if size is None and angle is None:
        told = any(one.id == "slip" for one in scene.words) and re.search(
            r"\b(?:with|has|shows|demonstrat\w+) $", before
        )
        return replace(meant, assertion=Assertion.PRESENT) if told or _at_fusion(scene) else None
    if size is not None and size < _LEAST and angle is None:
        return replace(meant, assertion=Assertion.ABSENT)
    abnormal = _is_abnormal(scene, size, angle, scene.levels_of(word))
    return replace(meant, assertion=Assertion.PRESENT if abnormal else Assertion.POSSIBLE)


def _at_fusion(scene: Scene) -> bool:
    """Whether the motion is that of a level meant to be fused."""
    return bool(
        re.search(
            r"\bmotion (?:across|through|at) (?:the )?(?:fusion|graft|fused|nonunion|construct|arthrodesis)|spinous processes|pseudo?arthrosis|non-?union",
            scene.text,
        )
    )


def _stable(scene: Scene, word: Word) -> Iterator[ImagingFinding]:
    """ "Flexion-extension: stable" rules instability out."""
    if not scene.frame.in_study or scene.frame.modality != "flexion_extension" and not _FLEXED.search(scene.text):
        return
    meant = scene.meaning(word.start, word.end)
    if meant.assertion is Assertion.PRESENT and not meant.not_patient:
        yield scene.finding("instability", word, replace(meant, assertion=Assertion.ABSENT))


def _by_level(scene: Scene) -> list[tuple[tuple[str, ...], float]]:
    """ "1.5 mm at C4-5, 1 mm at C5-6": each level with its own millimetres; empty where not more than one."""
    pairs = [
        (place.levels, float(found[1]))
        for found in MM.finditer(scene.text)
        for place in scene.places
        if re.fullmatch(
            r"\s?(?:of (?:motion|translation) )?at (?:the )?",
            scene.text[found.end() : place.start] if place.start >= found.end() else "-",
        )
    ]
    return pairs if len(pairs) > 1 else []


def _measure(scene: Scene) -> tuple[float | None, float | None]:
    """Millimetres and degrees said in the sentence of motion; of two poses the difference; "<1 mm" is below one."""
    posed = [float(m[1] or m[2]) for m in _POSED.finditer(scene.text)]
    size = MM.search(scene.text)
    angle = _DEGREES.search(scene.text)
    first = float(size[1]) if size else None
    if size and first is not None and re.search(r"(?:<|less than|under|below|sub)\s?$", scene.text[: size.start()]):
        first = max(0.0, first - 0.5)
    later = [float(m[1]) for m in _MOVED_TO.finditer(scene.text)]
    if len(posed) > 1:
        first = max(posed) - min(posed)
    elif later and first is not None:
        first = max(first, *later) - min(first, *later)
    return first, float(angle[1]) if angle else None


def _is_diagnosis(scene: Scene, text: str) -> bool:
    if scene.sentence.section.kind in _UNSAID:
        return False
    if scene.sentence.section.kind == "diagnosis":
        return text not in _MOTION
    spine = "spinal" in text or "segmental" in text or bool(scene.places) or "spine" in scene.text
    return spine and text not in _MOTION

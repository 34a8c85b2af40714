"""Stenosis: each narrowing with its grade, zone and side, and each space said to be open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, ImagingFinding, Side
from necessity.facts.imaging_scene import Scene, items_before
from necessity.facts.imaging_words import Word
from necessity.facts.qualifier import PLAIN, Qualifier
from necessity.values.patterns import pattern

GRADES = ("none", "mild", "mild_to_moderate", "moderate", "moderate_to_severe", "severe")
_ZONES = {"canal": "canal", "lateral_recess": "lateral_recess", "foramen": "foramen", "far_lateral": "far_lateral"}
_BARE = pattern(r"^\s?:?\s?(?:is |are |shows? |has )?$")
_SIDE_ONLY = pattern(r"\s(?:(?:left|right|l|r|bilateral|bilat|b/l|both|central)\s)*")
_POINTED = pattern(r"\b(?:below|above|near|adjacent to|level of|site of|caudal to|cranial to|behind) the $")
_DEGREE = pattern(r"\b(mild|moderate|severe|marked) in (?:degree|severity|nature|extent)")
# "Encroachment by osteophyte, called moderate": the grade that a reader gives it.
_CALLED = pattern(
    r"[^.;]{0,50}?\b(?:called|graded|read as|deemed|described as|considered|judged|said to be|rated|felt to be|classified as|categori[sz]ed as|which is|which are|that is)(?: to be| as)? (?:only |at least |quite )?(mild|moderate|severe|marked)(?![- ]to)\b"
)
_PLURAL = pattern(r"\b(?:foramina|foramens|recesses|neuroforamina)\b")


@dataclass(frozen=True, slots=True)
class _Item:
    """One grade, zone and side of a list ("severe right, moderate left foraminal stenosis" has two)."""

    grade: str | None
    zone: str | None
    side: Side | None
    significant: bool = False


def read(scene: Scene) -> Iterator[ImagingFinding]:
    """Every stenosis that a sentence grades, names or rules out."""
    done: list[tuple[int, int]] = []
    for word in scene.of("stenosis"):
        if word.concept.get("kind") == "narrow":
            yield from _narrow(scene, word, done)
        elif word.concept.get("kind") == "open":
            yield from _open(scene, word, done)
    yield from _bare_zones(scene, done)
    yield from _bare_levels(scene)
    yield from _schizas(scene)


def _narrow(scene: Scene, word: Word, done: list[tuple[int, int]]) -> Iterator[ImagingFinding]:
    items = _items(scene, word)
    if _POINTED.search(scene.text[: word.start]) and not any(item.zone or item.grade for item in items):
        return  # "just below the stenosis" points at one told before
    own_zone = word.concept.get("zone")
    if not own_zone and not any(item.zone for item in items) and not _speaks_of_spine(scene, word):
        return
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient:
        return
    low, high = scene.bounds(word)
    done.append((low, high))
    own = word.concept.get("grade")
    if meant.assertion is Assertion.ABSENT and any(
        item.grade in ("severe", "moderate_to_severe") or item.grade == "moderate" and "signif" not in scene.text
        for item in items
    ):
        return  # "no high-grade stenosis" leaves the lesser grades open
    levels = scene.levels_of(word)
    paired = "respectively" in scene.text and len(items) == len(levels)
    for number, item in enumerate(items):
        if own and item.zone is None:
            continue
        grade = "none" if meant.assertion is Assertion.ABSENT else item.grade or own
        side = item.side or (
            _cause_side(scene, word)
            if item.zone in ("foramen", "lateral_recess") and meant.assertion is Assertion.PRESENT
            else None
        )
        yield scene.finding(
            "stenosis",
            word,
            meant,
            zone=own_zone or item.zone,
            grade=grade,
            side=side,
            levels=levels[number : number + 1] if paired else levels,
        )


def _cause_side(scene: Scene, word: Word) -> Side | None:
    """ "A cyst on the left causing recess stenosis": what lies to one side narrows that side."""
    if not re.search(
        r"\b(?:caus\w+|result\w*|produc\w+|creat\w+|lead\w*|narrow\w+|with|contribut\w+)\b[^.;,]{0,60}$",
        scene.text[: word.start],
    ):
        return None
    low = max([place.end for place in scene.places if scene.leads and place.end <= word.start], default=0)
    return scene.side_in(low, word.start)


def _speaks_of_spine(scene: Scene, word: Word) -> bool:
    """ "Stenosis" alone is of the spine in a study of it, at a level, or beside a part of it; "compromised" alone is not,
    nor is the narrowing of a disc space, which films show."""
    narrowed = scene.text[word.start : word.end].startswith("narrow")
    _, high = scene.bounds(word)
    if narrowed and (
        scene.frame.modality in ("radiograph", "flexion_extension")
        or re.search(r"\b(?:dis[ck]s?|joints?|interspaces?)\b", scene.text[word.end : high])
    ):
        return False
    if word.id != "stenosis" or not scene.text[word.start : word.end].startswith(
        ("stenos", "stenot", "spinal", "narrow")
    ):
        return False
    return (
        scene.frame.in_study
        or bool(scene.places)
        or "spinal" in scene.text[word.start : word.end]
        or "part"
        in {concept.group for match in scene.sentence.matches for concept in match.concepts if concept.get("region")}
    )


def _items(scene: Scene, word: Word) -> list[_Item]:
    low, high = scene.bounds(word)
    low = scene._floor(low, word)
    spans = items_before(scene, low, word.start)
    items = [_item(scene, start, end) for start, end in spans]
    kept: list[_Item] = []
    for item, (_, end) in zip(reversed(items), reversed(spans), strict=True):
        alone = item is not None and item.grade is None and item.zone is None and scene.text[end : end + 1] == ","
        if kept and item is None or alone:
            break
        if item is not None:
            kept.insert(0, item)
    called = _CALLED.match(scene.text, word.end)
    if called and not any(item and item.grade for item in items):
        zone = next((item.zone for item in reversed(items) if item and item.zone), None)
        side = next((item.side for item in reversed(items) if item and item.side), None)
        return [_Item("severe" if called[1] == "marked" else called[1], zone, side)]
    later = _graded_later(scene, word)
    if later and not any(item and item.grade for item in items):
        zone = next((item.zone for item in reversed(items) if item and item.zone), None)
        return [_Item(item.grade, item.zone or zone, item.side) for item in later]
    after = _item(scene, word.end, min(high, word.end + 60))
    spaces = [
        item
        for part in items_before(scene, word.end, min(high, word.end + 60))
        if (item := _item(scene, *part)) and item.zone
    ]
    if len(spaces) > 1 and not any(item.zone for item in kept):
        grade = next((item.grade for item in reversed(kept) if item.grade), None)
        return [_Item(item.grade or grade, item.zone, item.side) for item in spaces]
    degree = _DEGREE.search(scene.text)
    if (
        degree
        and kept
        and not any(item.grade for item in kept)
        and len([one for one in scene.of("stenosis") if one.concept.get("kind") == "narrow"]) == 1
    ):
        kept = [_Item("severe" if degree[1] == "marked" else degree[1], item.zone, item.side) for item in kept]
    if not kept:
        return [after] if after else [_Item(None, None, scene.side_in(word.end, high))]
    zones = [item.zone for item in kept]
    if not any(zones) and after and after.zone:
        kept = [_Item(item.grade or after.grade, after.zone, item.side or after.side) for item in kept]
    elif after and after.grade and not any(item.grade for item in kept):
        kept = [_Item(after.grade, item.zone, item.side or after.side) for item in kept]
    elif after and after.side and not any(item.side for item in kept):
        kept = [_Item(item.grade, item.zone, after.side) for item in kept]
    return _filled(kept)


def _graded_later(scene: Scene, word: Word) -> list[_Item]:
    """ "Foraminal narrowing bilaterally, moderate on the left, severe on the right": a grade for each side behind the noun."""
    found = re.match(
        r"(?:\s\w+)?,?\s?(?:which is |is )?((?:mild|moderate|severe|marked)[^.;]*?\b(?:left|right)\b[^.;]*?(?:mild|moderate|severe|marked)[^.;]*?\b(?:left|right)\b)",
        scene.text[word.end :],
    )
    if not found or scene.between(word.end + found.start(1), word.end + found.end(1), "stenosis", "disc", "zone"):
        return []
    start, end = word.end + found.start(1), word.end + found.end(1)
    return [item for part in items_before(scene, start, end) if (item := _item(scene, *part)) and item.grade]


def _filled(items: list[_Item]) -> list[_Item]:
    """A missing zone is that of a later item, a missing grade that of the item before."""
    zone: str | None = None
    backward: list[_Item] = []
    for item in reversed(items):
        zone = item.zone or zone
        backward.insert(0, _Item(item.grade, zone, item.side))
    grade: str | None = None
    filled: list[_Item] = []
    for item in backward:
        grade = item.grade or grade
        filled.append(_Item(grade, item.zone, item.side))
    if len(filled) > 1 and filled[0].side is None and filled[0].grade is None:
        filled = [_Item(filled[0].grade or filled[1].grade, filled[0].zone, filled[0].side), *filled[1:]]
    return list(dict.fromkeys(filled))


def _item(scene: Scene, start: int, end: int) -> _Item | None:
    """The grade, zone and side in a stretch, None where it has none of them."""
    grades = [
        word for word in scene.between(start, end, "grade") if word.concept.get("grade") and not _is_size(scene, word)
    ]
    zones = [word for word in scene.between(start, end, "zone") if word.id in _ZONES]
    side = scene.side_in(start, end)
    if not grades and not zones and side is None:
        return None
    if side is None and zones and _PLURAL.search(scene.text[start:end]) and "both" in scene.text[start:end]:
        side = Side.BILATERAL
    return _Item(str(grades[-1].concept.get("grade")) if grades else None, zones[-1].id if zones else None, side)


def _is_size(scene: Scene, word: Word) -> bool:
    """ "small", "large", "early" grade a disc, not a stenosis."""
    return scene.text[word.start : word.end] in ("small", "early", "advanced", "bad", "complete", "shallow")


def _open(scene: Scene, word: Word, done: list[tuple[int, int]]) -> Iterator[ImagingFinding]:
    """ "The foramina are patent", "canal capacious": no stenosis of each space named."""
    low, high = scene.bounds(word)
    if word.start < low:
        return
    begin = max([low, *(end for start, end in done if end <= word.start)])
    zones = [zone for zone in scene.between(begin, word.start, "zone") if zone.id in _ZONES]
    if not zones:
        zones = [zone for zone in scene.between(word.end, min(high, word.end + 50), "zone") if zone.id in _ZONES]
    meant = scene.meaning(word.start, word.end)
    if not zones or meant.not_patient or meant.assertion is Assertion.ABSENT:
        return
    done.append((begin, word.end))
    for zone in zones:
        side = scene.side_in(max(begin, zone.start - 24), zone.start)
        yield scene.finding(
            "stenosis", word, Qualifier(Assertion.ABSENT, meant.historical), zone=zone.id, grade="none", side=side
        )


def _bare_zones(scene: Scene, done: list[tuple[int, int]]) -> Iterator[ImagingFinding]:
    """ "Central canal mild.", "canal normal", "normal central canal and left neural foramen": a space with its grade and no noun."""
    if not scene.frame.in_study:
        return
    for zone in scene.of("zone"):
        if not zone.concept.get("space") or any(start <= zone.start < end for start, end in done):
            continue
        before, after = scene.text[max(0, zone.start - 48) : zone.start], scene.text[zone.end : zone.end + 26]
        if re.search(
            r"\b(?:normal|unremarkable) (?:central |spinal |left |right |both |the )*(?:[a-z ]{0,18} and (?:the )?(?:left |right |both )?(?:[a-z]+ )?)?$",
            before,
        ) or re.match(
            r":? (?:at [clt]\d[\w/-]* )?(?:is |are |appears? |remains? )?(?:normal|unremarkable|clear)\b", after
        ):
            yield scene.finding(
                "stenosis",
                zone,
                Qualifier(Assertion.ABSENT),
                zone=zone.id,
                grade="none",
                side=scene.side_in(max(0, zone.start - 12), zone.start),
            )
            continue
        ahead = [
            g
            for g in scene.of("grade")
            if g.concept.get("grade") and g.end <= zone.start and _SIDE_ONLY.fullmatch(scene.text[g.end : zone.start])
        ]
        if ahead and re.match(r"\s?(?:$|[.,;)]|and\b)", scene.text[zone.end :]) and not _is_size(scene, ahead[-1]):
            yield scene.finding(
                "stenosis",
                zone,
                PLAIN,
                zone=zone.id,
                grade=ahead[-1].concept.get("grade"),
                side=scene.side_in(ahead[-1].end, zone.start + 1),
            )
            continue
        grade = next(
            (g for g in scene.of("grade") if g.concept.get("grade") and zone.end <= g.start <= zone.end + 5), None
        )
        behind = _SIDE_BEHIND.match(scene.text, grade.end) if grade else None
        if grade and behind and not _is_size(scene, grade):
            yield scene.finding(
                "stenosis",
                zone,
                PLAIN,
                zone=zone.id,
                grade=grade.concept.get("grade"),
                side=scene.side_in(max(0, zone.start - 12), zone.start) or scene.side_in(grade.end, behind.end()),
            )


def _schizas(scene: Scene) -> Iterator[ImagingFinding]:
    """ "Schizas C": the shape of the sac in the canal, A to D, as a grade of stenosis."""
    for found in _SCHIZAS.finditer(scene.text) if "schizas" in scene.text else ():
        concept = scene.sentence.reading.lexicon.concepts["stenosis", "stenosis"]
        word = Word("stenosis", "schizas", found.start(), found.end(), concept)
        worst = (found[2] or found[1])[0]
        yield scene.finding("stenosis", word, PLAIN, zone="canal", grade=_SCHIZAS_GRADES[worst])


_SCHIZAS = pattern(r"\bschizas(?:'s?)?(?: (?:grade|type|class|score))?:? ?([abcd])\d?(?:\s?[-/]\s?([abcd]))?\b")
_SCHIZAS_GRADES = {"a": "mild", "b": "moderate", "c": "severe", "d": "severe"}
_SIDE_BEHIND = pattern(r"(?:,? (?:on the )?(?:left|right|bilateral(?:ly)?|b/l|bilat|l|r))?\s?(?:$|[.,;)])")


def _bare_levels(scene: Scene) -> Iterator[ImagingFinding]:
    """ "L5-S1 mild." and "L2-3 mild, L3-4 mild to moderate central stenosis": the noun stands elsewhere."""
    heads = [word for word in scene.of("stenosis") if word.concept.get("kind") == "narrow"]
    if not scene.frame.in_study or not (scene.frame.after_stenosis or heads):
        return
    for grade in scene.of("grade"):
        place = next(
            (
                place
                for place in scene.places
                if place.end <= grade.start and _BARE.match(scene.text[place.end : grade.start])
            ),
            None,
        )
        if (
            place
            and grade.concept.get("grade")
            and not _is_size(scene, grade)
            and re.match(r"\s?(?:$|[.,;)]|or none|and )", scene.text[grade.end :])
        ):
            yield scene.finding("stenosis", grade, PLAIN, grade=grade.concept.get("grade"), levels=place.levels)

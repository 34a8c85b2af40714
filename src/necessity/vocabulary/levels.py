"""The grammar of spinal levels: how they are written, ordered, and what a range covers.

Anatomy is fixed (C1 to S1); clinical knowledge about roots and muscles is data, see `anatomy.py`.
A motion segment is written C5-6, C7-T1, T12-L1, L4-5, L5-S1; a vertebra or root L5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.values.patterns import pattern

VERTEBRAE = tuple(
    [f"C{n}" for n in range(1, 8)] + [f"T{n}" for n in range(1, 13)] + [f"L{n}" for n in range(1, 6)] + ["S1"]
)
_INDEX = {vertebra: index for index, vertebra in enumerate(VERTEBRAE)}
_V = r"(?:c[1-8]|t(?:1[0-2]|[1-9])|d(?:1[0-2]|[1-9])|l[1-6]|s[1-5])"
_SECOND = r"(?:[ctdls]?\s?(?:1[0-2]|[1-9]))"
LEVEL = pattern(
    rf"(?<![a-z0-9.]){_V}"
    rf"(?:\s?(?:[-/]+|–|—|to|through|thru|and|&|,)\s?(?:the\s)?{_SECOND}(?![a-z0-9]|/\d|\.\d|\s?(?:mm|cm|%|mg|weeks?|months?|years?|days?)\b))*"
    rf"(?![a-z0-9])|(?<![a-z0-9.])l(?:12|23|34|45)(?![a-z0-9])|(?<![a-z0-9.])(?:l5s1|c7t1|t12l1)(?![a-z0-9])"
)
# Discs named in words; a text without one of these has none.
_WORDED = (
    "lumbosacral",
    "lumbar inter",
    "lumbar dis",
    "lumbar space",
    "cervical inter",
    "cervical dis",
    "thoracic inter",
    "thoracic dis",
)
_NAMED = pattern(
    r"\b(?:the|at|of) lumbosacral (?:dis[ck](?: space)?|interspace|junction|level|segment|interval)\b(?! (?:disease|degenerat))|"
    r"\blumbosacral (?:dis[ck] (?:space|herniation|protrusion|extrusion)|interspace)\b|"
    r"\b(?P<nth>first|second|third|fourth|fifth|sixth|seventh|last|1st|2nd|3rd|4th|5th|6th|7th) (?P<part>lumbar|cervical|thoracic) (?:inter(?:space|vertebral dis[ck])|dis[ck](?: space)?)\b"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th"), start=1
    )
    for word in words.split()
}
_PART = pattern(rf"({_V})|([-/]+|–|—|to|through|thru|and|&|,)|([ctdls]?\s?(?:1[0-2]|[1-9]))")


def segment(upper: str, lower: str) -> str:
    """The name of the motion segment between two neighbouring vertebrae."""
    return f"{upper}-{lower[1:]}" if upper[0] == lower[0] else f"{upper}-{lower}"


SEGMENTS = tuple(segment(VERTEBRAE[i], VERTEBRAE[i + 1]) for i in range(1, len(VERTEBRAE) - 1))
_SEGMENT_INDEX = {name: index for index, name in enumerate(SEGMENTS)}


def order(level: str) -> float:
    """Position of a segment or vertebra from above, for sorting; vertebrae stand just above their lower disc."""
    if level in _SEGMENT_INDEX:
        return _SEGMENT_INDEX[level] + 1.5
    return float(_INDEX.get(level, 99))


def segments_between(upper: str, lower: str) -> tuple[str, ...]:
    """The motion segments from one vertebra down to another: L3 to S1 is L3-4, L4-5, L5-S1. Empty when not downward."""
    if upper not in _INDEX or lower not in _INDEX:
        return ()
    first, last = _INDEX[upper], _INDEX[lower]
    return tuple(segment(VERTEBRAE[i], VERTEBRAE[i + 1]) for i in range(first, last))


def vertebrae_of(level: str) -> tuple[str, ...]:
    """The two vertebrae of a segment, or the vertebra itself."""
    if "-" not in level:
        return (level,)
    upper, lower = level.split("-")
    return upper, lower if lower[0].isalpha() else upper[0] + lower


def exiting_root(segment_name: str) -> str:
    """The root that leaves through the foramen: C6 at C5-6, C8 at C7-T1, L4 at L4-5."""
    upper = vertebrae_of(segment_name)[0]
    return f"C{int(upper[1:]) + 1}" if upper[0] == "C" else upper


def traversing_root(segment_name: str) -> str:
    """The root that crosses the disc to leave one level below: L5 at L4-5. In the neck it is the exiting one."""
    return exiting_root(segment_name) if region_of(segment_name) == "cervical" else vertebrae_of(segment_name)[-1]


def region_of(level: str) -> str:
    """cervical (C1 to C7-T1), thoracic (T1-2 to T12-L1) or lumbar."""
    letter = level[0].upper()
    return {"C": "cervical", "T": "thoracic"}.get(letter, "lumbar")


@dataclass(frozen=True, slots=True)
class LevelMention:
    """Levels written at `start` up to `end`. `segments` are discs; `vertebrae` are single bones or roots, written alone.

    A range (`is_range`, "L3 to S1") lists every segment within it.
    """

    start: int
    end: int
    segments: tuple[str, ...]
    vertebrae: tuple[str, ...]
    is_range: bool = False


def find_levels(text: str) -> list[LevelMention]:
    """Every mention of a level in lower-case text, in order."""
    written = [mention for found in LEVEL.finditer(text) if (mention := _mention(found)) is not None]
    if not any(word in text for word in _WORDED):
        return written
    named = [mention for found in _NAMED.finditer(text) if (mention := _named(found)) is not None]
    return sorted([*written, *named], key=lambda mention: mention.start) if named else written


def _named(found: re.Match[str]) -> LevelMention | None:
    """A disc named in words: "the lumbosacral disc", "the fourth lumbar interspace"."""
    if found["part"] is None:
        return LevelMention(found.start(), found.end(), ("L5-S1",), ())
    letter = found["part"][0].upper()
    number = _NUMBERS.get(found["nth"], 5 if letter == "L" else 0)
    upper = f"{letter}{number}"
    if upper not in _INDEX or upper == "C1":
        return None
    return LevelMention(found.start(), found.end(), segments_between(upper, VERTEBRAE[_INDEX[upper] + 1]), ())


def normalise_level(written: str) -> str | None:
    """One level as the product writes it ("L4/L5" is L4-5), or None where it is none or several."""
    mentions = find_levels(written.strip().lower())
    if len(mentions) != 1:
        return None
    names = mentions[0].segments + mentions[0].vertebrae
    return names[0] if len(names) == 1 else None


def _mention(found: re.Match[str]) -> LevelMention | None:
    written = found[0]
    squeezed = re.fullmatch(r"([ctl])(1?\d)([ls]?)(\d)", written)
    if squeezed and written not in _LOWER:
        tokens = [(squeezed[1] + squeezed[2], ""), ("", "-"), ((squeezed[3] or squeezed[1]) + squeezed[4], "")]
    else:
        tokens = [(m[1] or m[3] or "", m[2] or "") for m in _PART.finditer(written)]
    points: list[tuple[str, str]] = []  # (vertebra, joiner before it)
    joiner, letter = "", ""
    for name, between in tokens:
        if between:
            joiner = between
            continue
        name = name.replace(" ", "").upper().replace("D", "T")
        if not name[0].isalpha():
            name = _with_letter(name, letter, points[-1][0] if points else "")
        letter = name[0]
        points.append((name, joiner))
        joiner = ""
    return _assemble(found.start(), found.end(), points)


_LOWER = frozenset(vertebra.lower() for vertebra in VERTEBRAE)


def _with_letter(number: str, letter: str, before: str) -> str:
    """The vertebra that a bare number means after another ("L5-1" is L5-S1, "T12-1" is T12-L1)."""
    value = int(number)
    last = int(before[1:]) if before else 0
    if value == 1 and last > 1:
        return {"C": "T1", "T": "L1", "L": "S1"}.get(letter, letter + number)
    return letter + number


def _assemble(start: int, end: int, points: list[tuple[str, str]]) -> LevelMention | None:
    """Read the points as chains ("L3-4-5") and chains joined by "to" ("L1-2 to L3-4") as ranges."""
    segments: list[str] = []
    alone: list[str] = []
    is_range = False
    chains = _chains(points)
    index = 0
    while index < len(chains):
        chain, joiner = chains[index][0], chains[index + 1][1] if index + 1 < len(chains) else ""
        if joiner in ("to", "through", "thru"):
            between = segments_between(chain[0], _bone(chains[index + 1][0][-1]))
            if between:
                segments.extend(between)
                is_range = True
                index += 2
                continue
        found = [
            s for upper, lower in zip(chain, chain[1:], strict=False) for s in segments_between(upper, _bone(lower))
        ]
        segments.extend(found)
        is_range = is_range or len(found) > len(chain) - 1
        if not found:
            alone.extend(chain)
        index += 1
    names = tuple(dict.fromkeys(segments)), tuple(dict.fromkeys(alone))
    return LevelMention(start, end, *names, is_range) if any(names) else None


def _chains(points: list[tuple[str, str]]) -> list[tuple[list[str], str]]:
    """Points held together by a hyphen or slash, each chain with the joiner before it."""
    chains: list[tuple[list[str], str]] = []
    for name, joiner in points:
        if chains and joiner and joiner[0] in "-/–—" and segments_between(chains[-1][0][-1], _bone(name)):
            chains[-1][0].append(name)
        else:
            chains.append(([name], joiner))
    return chains


def _bone(name: str) -> str:
    """The sacrum is one bone here: S2 is written for the lower end of a construct."""
    return "S1" if name.startswith("S") else name

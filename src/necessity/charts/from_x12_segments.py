"""X12 segments: the separators that an interchange declares, its segments, and the hierarchy of its levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST_SEGMENTS = 100_000
_ISA_ELEMENTS = 17
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `number` counts in the file from 1; elements from 1 as in the standard's own numbering."""

    number: int
    name: str
    elements: tuple[str, ...]
    component: str

    def at(self, place: int) -> str:
        """An element on one line, without characters that cannot be seen; empty where it was left out."""
        value = self.elements[place - 1] if 0 < place <= len(self.elements) else ""
        return " ".join("".join(c if c.isprintable() else " " for c in value[:_LONGEST]).split())

    def parts(self, place: int) -> tuple[str, ...]:
        """The components of a composite element."""
        return tuple(part.strip() for part in self.at(place).split(self.component))


@dataclass(slots=True)
class Level:
    """A level of the hierarchy: who or what (`20` reviewer, `21` requester, `22` subscriber, `23` dependent, `EV` the
    event, `SS` a service), and its segments."""

    code: str
    segments: list[Segment] = field(default_factory=list)

    def all(self, name: str, qualifier: str = "") -> Iterator[Segment]:
        for segment in self.segments:
            if segment.name == name and (not qualifier or segment.at(1) == qualifier):
                yield segment

    def first(self, name: str, qualifier: str = "") -> Segment | None:
        return next(self.all(name, qualifier), None)


def segments_of(text: str) -> list[Segment] | str:
    """The segments of an interchange, or in plain words why there are none."""
    body = text.lstrip("\ufeff \t\r\n")
    if len(body) < 106 or not body.startswith("ISA"):
        return "it does not begin with a whole ISA segment"
    separator = body[3]
    head = body.split(separator, _ISA_ELEMENTS - 1)
    if len(head) < _ISA_ELEMENTS or separator.isalnum() or len(head[-1]) < 2:
        return "its ISA segment has too few elements"
    component, terminator = head[-1][0], head[-1][1]
    if component.isalnum() or terminator.isalnum() or len({separator, component, terminator}) < 3:
        return "its ISA segment declares no separators"
    written = [part.strip("\r\n\t ") for part in body.split(terminator)]
    if len(written) > MOST_SEGMENTS:
        return f"it has more than {MOST_SEGMENTS} segments"
    found = []
    for number, segment in enumerate(filter(None, written), 1):
        name, *elements = segment.split(separator)
        found.append(Segment(number, name.strip().upper(), tuple(elements), component))
    return found


def levels_of(segments: Sequence[Segment]) -> list[Level]:
    """The segments parted by HL; what stands before the first is the head, with the code "head"."""
    levels = [Level("head")]
    for segment in segments:
        if segment.name == "HL":
            levels.append(Level(segment.at(3)))
        elif segment.name not in ("SE", "GE", "IEA"):
            levels[-1].segments.append(segment)
    return levels


def is_cut_off(segments: Sequence[Segment]) -> bool:
    """Whether the end is missing: no SE for the ST, or a count that is not that of the segments."""
    start = next((place for place, one in enumerate(segments) if one.name == "ST"), None)
    end = next((place for place, one in enumerate(segments) if one.name == "SE"), None)
    if start is None or end is None:
        return True
    return segments[end].at(1) != str(end - start + 1)

"""Text that a note carries forward from an earlier one and says so: it was written on that earlier day."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from necessity.facts.times import find_times

_CARRIED = re.compile(
    r"\b(?:carried|copied|pulled|brought|pasted|imported) (?:over |forward )?(?:from|forward)\b|\bcopy[- ]forward(?:ed)?\b|\bc/f from\b"
    r"|\b(?:hpi|history|exam(?:ination)?|pe|physical exam(?:ination)?|ros|text|below|note|section) (?:\w+ )?(?:is |was |are )?(?:taken |unchanged )?from (?:my |the |his |her |our )?(?:last |prior |previous )?(?:note|visit|exam)?"
    r"(?= ?(?:of|on|dated)? ?\d)",
    re.IGNORECASE,
)
# What ends it: its own closing mark, or words of the present visit.
_ENDS = re.compile(
    r"\[? ?end (?:of )?(?:the )?(?:carried|copied|copy|pasted|imported|prior|previous|pulled)[^\n\]]{0,30}\]?"
    r"|^[ \t>*#-]*(?:today|interval|update|current visit|this visit|now|new today)\b[^\n]{0,24}?[:\-]",
    re.IGNORECASE | re.MULTILINE,
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class CarriedText:
    """The stretch of a document that was `written` earlier than the document itself."""

    start: int
    end: int
    written: date


def carried_of(text: str, written: date | None, section_ends: list[int]) -> tuple[CarriedText, ...]:
    """All such stretches, in order. One ends at its closing mark, else where the section does that it stands in (`section_ends`)."""
    found: list[CarriedText] = []
    for mark in _CARRIED.finditer(text):
        if found and mark.start() < found[-1].end:
            continue
        line_end = text.find("\n", mark.end())
        near = text[mark.start() : min(mark.end() + _NEAR, line_end if line_end >= 0 else len(text))].lower()
        times = [time.date for time in find_times(near, written) if time.date]
        if not times or written is not None and times[0].latest >= written:
            continue
        closed = _ENDS.search(text, mark.end())
        place = bisect_right(section_ends, mark.start())
        end = closed.start() if closed else section_ends[place] if place < len(section_ends) else len(text)
        start = text.rfind("\n", 0, mark.start()) + 1
        if not text[start : mark.start()].strip(" \t[(*>#-"):
            found.append(CarriedText(start, end, times[0].latest))
    return tuple(found)

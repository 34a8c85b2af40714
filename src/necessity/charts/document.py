"""A document of the chart: its text kept to the character, and what is known about it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from necessity.charts.entry import Entry, Origin
from necessity.charts.layout import Layout
from necessity.charts.span import Evidence


class Kind(StrEnum):
    """What sort of document it is."""

    CLINIC_NOTE = "clinic_note"
    OPERATIVE_NOTE = "operative_note"
    RADIOLOGY_REPORT = "radiology_report"
    THERAPY_NOTE = "therapy_note"
    INJECTION_NOTE = "injection_note"
    HOSPITAL_NOTE = "hospital_note"
    ELECTRODIAGNOSTIC_REPORT = "electrodiagnostic_report"
    AUTHORIZATION_FORM = "authorization_form"
    LETTER = "letter"
    CHIROPRACTIC_NOTE = "chiropractic_note"
    INDEPENDENT_EXAMINATION = "independent_examination"
    STRUCTURED = "structured"  # lines made of the entries of a structured record; its facts come from the entries
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it arrived.

    `text` is never changed; every span points into it. `page_starts` are offsets of the first character of each
    page. `written` is the document's own date, given with it or read from it; None where it has none. `layout` says
    where on a page each word stands, for a document that came as pages (PDF, scan). `entries` are the statements of a
    structured record, and `origins` say, in order, which part of the record each stretch of the text shows.
    """

    id: str
    name: str
    text: str
    kind: Kind = Kind.OTHER
    written: date | None = None
    author_role: str | None = None
    page_starts: tuple[int, ...] = (0,)
    sha256: str = field(default="")
    layout: Layout | None = field(default=None, repr=False, compare=False)
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    origins: tuple[Origin, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest())

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from `start` up to `end`. ValueError where the document has no such characters."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{self.id} has no characters {start} to {end}")
        quote, page = self.text[start:end], self.page_of(start)
        if self.layout is None:
            return Evidence(self.id, start, end, quote, page, origin=self.origin_of(start, end))
        boxes, confidence = self.layout.boxes(start, end), self.layout.confidence(start, end)
        doubtful = confidence is not None and self.layout.is_doubtful(start, end)
        return Evidence(self.id, start, end, quote, page, boxes, confidence, doubtful)

    def page_of(self, offset: int) -> int:
        """The page on which a character stands, from 1."""
        return bisect_right(self.page_starts, offset)

    def origin_of(self, start: int, end: int) -> str:
        """The parts of the record that a passage shows: "Condition/c1 code, onset"; empty for other documents."""
        if not self.origins:
            return ""
        elements: dict[str, list[str]] = {}
        first = bisect_right(self.origins, start, key=lambda origin: origin.end)
        for origin in self.origins[first:]:
            if origin.start >= end:
                break
            resource, _, element = origin.name.partition(" ")
            elements.setdefault(resource, []).append(element)
        named = (f"{resource} {', '.join(dict.fromkeys(filter(None, parts)))}" for resource, parts in elements.items())
        return "; ".join(name.strip() for name in named)

    @property
    def pages(self) -> int:
        return len(self.page_starts)

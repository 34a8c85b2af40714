"""What a document is: its kind, its date and who wrote it, told by its own first lines, headings and name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind

_TOP = 400
_HEADER = 900
_TITLE_WEIGHT = 3
_FULL = re.compile(
    r"(?<![\d/.-])(?:(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4}|\d{2})|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))(?![\d/-])"
)
_NAMED = re.compile(
    r"(?i)\b(?P<d1>\d{1,2})?(?:st|nd|rd|th)?\s?(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s)?(?P<y>\d{4})\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A date in a heading ends its line or is followed by a wide gap or a clock time; one inside a statement is about something else.
_STANDS_ALONE = re.compile(r"[.)]?[ \t]*(?:\r?\n|$|[ ]{2,}|\t|,? ?\d{1,2}:\d{2})")
# Dates that are no date of the document.
_OTHER = re.compile(
    r"(?i)(?:dob|birth|born|injury|doi|onset|surgery|comparison|prior|since|expires?|authorized|last seen|procedure date|soc|start|s/p|quit|eval)\W*(?:date)?\W*(?:\w+\W+)?$"
)
# "Date of injury: CT 08/01/08 - 10/15/10": the last day of a stretch is its own no more than the first.
_OF_INJURY = re.compile(r"(?i)\b(?:injury|doi|loss|accident|birth|dob)\b")
_LABEL = re.compile(
    r"(?i)(?:date of (?:this |today's |the )?(?:service|visit|exam(?:ination)?|consult(?:ation)?|evaluation|procedure|operation|study|report|admission|discharge)|visit date|exam date|eval(?:uation)? date|study date|today(?:'s date)?|date seen|seen on|dos|date sent|date|dictated|service date|report date)[\s:]*$"
)


class DocumentKinds:
    """The words by which kinds and roles are known. Built from library/vocabulary/document_kinds.yaml."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self._kinds = [
            (Kind(kind), entry.get("name", {}), entry.get("top", {}), entry.get("body", {}))
            for kind, entry in vocabulary["kinds"].items()
        ]
        self._roles = [
            (role, tuple(word.lstrip("=").lower() for word in words)) for role, words in vocabulary["roles"].items()
        ]

    def describe(self, chart: Chart) -> Chart:
        """The chart with kind, date and role of each document filled in where they were not given; order and ids stay."""
        return replace(chart, documents=tuple(self._described(document) for document in chart.documents))

    def _described(self, document: Document) -> Document:
        kind = self.kind_of(document) if document.kind is Kind.OTHER else document.kind
        return replace(
            document,
            kind=kind,
            written=document.written or date_of(document.text),
            author_role=document.author_role or self._role_of(document),
        )

    def kind_of(self, document: Document) -> Kind:
        """The kind with most weight; OTHER where nothing speaks."""
        name, top, body = document.name.lower(), document.text[:_TOP].lower(), document.text.lower()
        best, most = Kind.OTHER, 1.9
        for kind, names, tops, bodies in self._kinds:
            weight = sum(w for word, w in names.items() if word in name) + sum(
                w for word, w in tops.items() if _stands_in(word, top)
            )
            weight += sum(w for word, w in bodies.items() if word in body)
            if weight > most:
                best, most = kind, weight
        return best

    def title_kind(self, line: str) -> Kind:
        """The kind that a line names as a title; OTHER where it names none for certain."""
        words = f"{line.lower()}\n"
        weights = [
            (sum(w for word, w in tops.items() if _stands_in(word, words)), kind) for kind, _, tops, _ in self._kinds
        ]
        most, kind = max(weights, key=lambda pair: pair[0])
        return kind if most >= _TITLE_WEIGHT else Kind.OTHER

    def _role_of(self, document: Document) -> str | None:
        places = (document.text[:_TOP] + "\n" + document.text[-200:]).lower()
        return next((role for role, words in self._roles if any(word in places for word in words)), None)


def _stands_in(word: str, top: str) -> bool:
    """A word with `^` before it must begin a line: "physical therapy" as a title, not as what a patient did."""
    if not word.startswith("^"):
        return word in top
    return any(line.lstrip(" \t#*-").startswith(word[1:]) for line in top.splitlines())


def date_of(text: str) -> date | None:
    """The date that the header gives the document: a labelled one first, else the first full date of the first lines."""
    header = text[:_HEADER]
    first: date | None = None
    for found in sorted([*_FULL.finditer(header), *_NAMED.finditer(header)], key=lambda m: m.start()):
        day = _date(found)
        before = header[max(0, found.start() - 40) : found.start()]
        if day is None or _OTHER.search(before.split("\n")[-1]):
            continue
        if _LABEL.search(before) or not header[: found.start()].strip():
            return day
        if (
            first is None
            and header.count("\n", 0, found.start()) <= 4
            and found.start() < 300
            and _STANDS_ALONE.match(header, found.end())
            and not _OF_INJURY.search(before.split("\n")[-1])
        ):
            first = day
    return first


def _date(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    try:
        if parts.get("iy"):
            return date(int(parts["iy"]), int(parts["im"]), int(parts["id"]))
        if parts.get("mon"):
            day = parts["d1"] or parts["d2"]
            return date(int(parts["y"]), _MONTHS.index(parts["mon"].lower()) + 1, int(day)) if day else None
        year = int(parts["y"])
        return date(year if year > 99 else 2000 + year if year < 50 else 1900 + year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None

"""The small shapes of C-CDA, read without trust: whatever is not of the expected shape is as if it were absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from necessity.charts.entry import Coding
from necessity.charts.from_fhir_values import number, system_of, words
from necessity.values.dates import PartialDate

Element = etree._Element
NS = "urn:hl7-org:v3"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TIME = re.compile(r"(\d{4})(?:(\d{2})(?:(\d{2})\d*(?:\.\d+)?(?:[+-]\d{4})?)?)?$")


def first(element: Element | None, path: str) -> Element | None:
    """The first element on a path of names."""
    return next(all_of(element, path), None)


def all_of(element: Element | None, path: str) -> Iterator[Element]:
    """Every element on a path of names ("participant/participantRole/code")."""
    if element is None:
        return
    name, _, rest = path.partition("/")
    for child in element.iterchildren(f"{{{NS}}}{name}"):
        if rest:
            yield from all_of(child, rest)
        else:
            yield child


def attribute(element: Element | None, name: str) -> str:
    return words(element.get(name)) if element is not None else ""


def said(element: Element | str | None) -> str:
    """The words inside an element, on one line."""
    if isinstance(element, str) or element is None:
        return element or ""
    return words("".join(str(part) for part in element.itertext()))


def tag_of(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def templates(element: Element) -> frozenset[str]:
    """The templates that an entry says it follows."""
    return frozenset(attribute(one, "root") for one in all_of(element, "templateId"))


def codings_of(element: Element | None, section_text: Element | None = None) -> tuple[Coding, ...]:
    """The code of an element and its translations."""
    if element is None:
        return ()
    found = []
    for one in (element, *all_of(element, "translation"), *all_of(element, "value")):
        code = attribute(one, "code")
        if code:
            found.append(Coding(system_of(attribute(one, "codeSystem")), code, attribute(one, "displayName")))
    return tuple(found)


def words_of(element: Element | None, referred: dict[str, str]) -> str:
    """What a code is called: its display, its original text, or the narrative it refers to."""
    if element is None:
        return ""
    shown = attribute(element, "displayName")
    original = first(element, "originalText")
    reference = attribute(first(original, "reference"), "value").removeprefix("#")
    display = next((one.display for one in codings_of(element) if one.display), "")
    return shown or said(original) or referred.get(reference, "") or display


def day_of(element: Element | None) -> PartialDate | None:
    """A time or the beginning of an interval, to the precision that was written."""
    if element is None:
        return None
    return _day(attribute(element, "value")) or _day(attribute(first(element, "low"), "value"))


def end_of(element: Element | None) -> PartialDate | None:
    return _day(attribute(first(element, "high"), "value"))


def quantity(element: Element | None) -> float | None:
    """The number of a physical quantity or integer; None for what is none."""
    try:
        return number(float(attribute(element, "value")))
    except ValueError:
        return None


def _day(written: str) -> PartialDate | None:
    found = _TIME.match(written)
    if not found:
        return None
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        if not year or not 1800 <= year <= 2200:
            return None
        if month is None:
            return PartialDate.year(year)
        return PartialDate.month(year, month) if day is None else PartialDate.day(date(year, month, day))
    except ValueError:
        return None

"""The outline of a report: sections of items with sentences and quotations, before any format.

`sections.outline_of` makes it from a determination; every human-readable writer renders the same outline, so that
two formats never say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.charts.span import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and the numbers of the references that it cites."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The chart's own words. `anchor` names the passage: the same words cited twice share it. `name` and `page` are those
    of the file as a person would open it, `pages` how many pages the document has."""

    evidence: Evidence
    anchor: str
    name: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A status or outcome: `key` is its id, `label` what the reader sees."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A labelled value ("Send", "the films"). An empty value is a blank to fill in."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding, exception, deficiency or statement. `link` is the id of the part that its heading leads to."""

    id: str
    heading: str = ""
    link: str = ""
    tag: str = ""
    chip: Chip | None = None
    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sought: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that belong together, such as the criteria of one line. `listed` items are points of a list."""

    id: str = ""
    title: str = ""
    lead: str = ""
    listed: bool = False
    chip: Chip | None = None
    notes: tuple[Note, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`numbered` where the items are numbered from 1 (the references)."""

    id: str
    title: str
    lead: str = ""
    groups: tuple[Group, ...] = ()
    numbered: bool = False

    @property
    def items(self) -> Iterator[Item]:
        return (item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole report: what was asked, the outcome, and the sections in reading order."""

    title: str
    request: str
    outcome: Chip
    urgent: bool
    adverse: bool
    sections: tuple[Section, ...]

    @property
    def items(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    @property
    def quotes(self) -> Iterator[Quote]:
        return (quote for item in self.items for quote in item.quotes)


def anchor_of(*parts: str) -> str:
    """An id that is safe in a page and a link: small letters, digits and hyphens."""
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)


def shown(text: str) -> str:
    """Text fit for a page: control characters (a chart may hold terminal escapes) and broken Unicode made visible."""
    return _UNSHOWABLE.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """A quotation run on, its line breaks and indents as single spaces."""
    return " ".join(shown(text).split())


_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

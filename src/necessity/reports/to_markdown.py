"""Markdown: the report for a ticket, a wiki page or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.determinations.determination import Determination
from necessity.reports import wording
from necessity.reports.outline import Chip, Group, Item, Note, Outline, Quote, Section, Sentence, on_one_line
from necessity.reports.sections import outline_of


def to_markdown(determination: Determination) -> bytes:
    """The report as CommonMark. Everything that comes from the chart or the request is escaped."""
    text = "\n".join(_outline(outline_of(determination)))
    return (re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n").encode("utf-8", "replace")


def _outline(outline: Outline) -> Iterator[str]:
    yield f"# {outline.title}"
    yield ""
    yield f"{_escape(outline.request)}"
    yield ""
    yield f"**{outline.outcome.label}**"
    for section in outline.sections:
        yield ""
        yield f"## {section.title}"
        if section.lead:
            yield from ("", f"*{section.lead}*")
        for group in section.groups:
            yield ""
            yield from _group(group, section)


def _group(group: Group, section: Section) -> Iterator[str]:
    if group.title:
        yield from (f"### {_escape(group.title)}{_chip(group.chip)}", "")
    elif group.chip:
        yield from (f"**{group.chip.label}**", "")
    if group.lead:
        yield from (group.lead, "")
    for number, item in enumerate(group.items, 1):
        plain = not (item.heading or group.listed)
        yield from _item(item, f"{number}." if section.numbered else "" if plain else "-")
    if group.notes and group.items:
        yield ""
    for note in group.notes:
        yield f"- {_note(note)}"


def _item(item: Item, marker: str) -> Iterator[str]:
    pad = " " * (len(marker) + 1) if marker else ""
    heading = f"**{_escape(item.heading)}**" if item.heading else ""
    tag = f" ({_escape(item.tag)})" if item.tag else ""
    text = " ".join(_sentence(sentence) for sentence in item.sentences)
    title = f"{heading}{tag}{_chip(item.chip)}".removeprefix(" — ")
    yield f"{marker} {title or text}".lstrip()
    if title and text:
        yield f"\n{pad}{text}"
    for quote in item.quotes:
        yield f"\n{pad}> {_quote(quote)}"
    if item.sought:
        yield f"\n{pad}{wording.SOUGHT}: {_escape('; '.join(item.sought))}"
    for note in item.notes:
        yield f"\n{pad}{_note(note)}"
    if not marker:
        yield ""


def _note(note: Note) -> str:
    return f"{note.label}: {_escape(note.text) or _BLANK}"


def _chip(chip: Chip | None) -> str:
    return f" — {chip.label}" if chip else ""


def _sentence(sentence: Sentence) -> str:
    numbers = "".join(rf" \[{number}\]" for number in sentence.numbers)
    return f"{_escape(sentence.text)}{numbers}"


def _quote(quote: Quote) -> str:
    evidence = quote.evidence
    place = f"{evidence.document} {_escape(quote.name)}, page {quote.page}{_escape(wording.how_read(evidence))}"
    return f"“{_escape(evidence.quote)}” — {place}"


def _escape(text: str) -> str:
    """One line, with nothing in it that Markdown or the HTML inside Markdown would read as a mark."""
    return _MARKS.sub(r"\\\g<0>", on_one_line(text))


# Marks anywhere, and what would start a list or a heading at the head of a line ("1." and "1)" too).
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~!&]|^[+-](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_BLANK = r"\_" * 20

"""Plain text for the terminal: as wide as it is told, in colour only when it is told, readable without."""

from __future__ import annotations

import io

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from necessity.determinations.determination import Determination
from necessity.reports import wording
from necessity.reports.brief import brief_outline_of
from necessity.reports.outline import Chip, Group, Item, Note, Outline, Quote, Section, Sentence, on_one_line, shown
from necessity.reports.sections import outline_of

DEFAULT_WIDTH = 100
INDENT = 2
_STYLES = {
    "medically_necessary": "bold green",
    "needs_documentation": "bold yellow",
    "not_medically_necessary": "bold red",
    "out_of_scope": "bold",
    "met": "green",
    "not_met": "bold red",
    "undocumented": "yellow",
    "conflicting": "bold magenta",
    "waived": "cyan",
    "not_applicable": "dim",
}


def to_terminal(determination: Determination, *, width: int = DEFAULT_WIDTH, colour: bool = False) -> bytes:
    """The report as UTF-8 text. The caller knows whether there is a terminal, how wide, and whether it has colour."""
    return _written(outline_of(determination), width, colour)


def to_brief(determination: Determination, *, width: int = DEFAULT_WIDTH, colour: bool = False) -> bytes:
    """The short answer, about a screen of it."""
    return _written(brief_outline_of(determination), width, colour)


def _written(outline: Outline, width: int, colour: bool) -> bytes:
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 20),
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        _environ={},
    )
    _print_outline(console, outline)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _print_outline(console: Console, outline: Outline) -> None:
    console.print(Text(outline.title.upper(), style="bold"))
    console.print(Text(shown(outline.request)))
    console.print(_chip(outline.outcome))
    for section in outline.sections:
        _print_section(console, section)


def _print_section(console: Console, section: Section) -> None:
    console.print()
    style = "bold red" if section.id == "urgent" else "bold"
    if section.title:
        console.print(Rule(Text(section.title, style=style), align="left", characters="─", style="dim"))
    if section.lead:
        console.print(Text(section.lead, style="italic"))
    for group in section.groups:
        _print_group(console, group, section)


def _print_group(console: Console, group: Group, section: Section) -> None:
    if group.title or group.chip:
        heading = Text(shown(group.title), style="bold")
        console.print()
        console.print(Text("  ").join(part for part in (heading, _chip(group.chip)) if part.plain))
    if group.lead:
        console.print(Text(group.lead))
    for number, item in enumerate(group.items, 1):
        _print_item(console, item, f"{number}. " if section.numbered else "- " if group.listed else "")
    if group.items and group.notes:
        console.print()
    for note in group.notes:
        _print_note(console, note, 0)


def _print_item(console: Console, item: Item, marker: str) -> None:
    heading = Text("  ").join(
        part
        for part in (_chip(item.chip), Text(shown(item.heading), style="bold"), Text(shown(item.tag), style="dim"))
        if part.plain
    )
    if heading.plain:
        if item.sentences or item.quotes or item.notes:
            console.print()
        console.print(heading)
    indent = INDENT if heading.plain else 0
    for text in item.sentences:
        _print_indented(console, Text(marker) + _sentence(text), indent, hang=len(marker))
        marker = " " * len(marker)
    for quote in item.quotes:
        _print_indented(console, _quote(quote), indent + INDENT)
    if item.sought:
        _print_indented(console, Text(f"{wording.SOUGHT}: {shown('; '.join(item.sought))}", style="dim"), indent)
    for note in item.notes:
        _print_note(console, note, indent)


def _print_note(console: Console, note: Note, indent: int) -> None:
    _print_indented(console, Text.assemble((f"{note.label}: ", "dim"), shown(note.text) or "_" * 30), indent)


def _print_indented(console: Console, text: Text, indent: int, hang: int = 0) -> None:
    """Wrapped to the width; a list marker of `hang` characters stands out to the left of the lines after it."""
    inner = max(console.width - indent - hang, 10)
    if not hang:
        console.print(Padding(text, (0, 0, 0, indent)))
        return
    marker, body = text[:hang], text[hang:]
    for number, line in enumerate(body.wrap(console, inner)):
        console.print(Padding((marker if number == 0 else Text(" " * hang)) + line, (0, 0, 0, indent)))


def _chip(chip: Chip | None) -> Text:
    return Text(f"[{chip.label.upper()}]", style=_STYLES.get(chip.key, "bold")) if chip else Text()


def _sentence(sentence: Sentence) -> Text:
    numbers = "".join(f"[{number}]" for number in sentence.numbers)
    return Text(f"{shown(sentence.text)} {numbers}".strip())


def _quote(quote: Quote) -> Text:
    evidence = quote.evidence
    place = f" ({evidence.document} {shown(quote.name)}, page\u00a0{quote.page}{wording.how_read(evidence)})"
    return Text.assemble(f"“{on_one_line(evidence.quote)}”", (place, "dim"))

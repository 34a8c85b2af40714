"""A letter as it was sent, whatever program wrote it: its head, its words, and the files that came with it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field

from necessity.charts.container import Unpacked
from necessity.charts.narrative import text_of_html
from necessity.values.problem import Problem

# A picture within the words that is smaller than this is a logo or a signature, and no page of a chart.
SMALLEST_PICTURE = 30_000
MOST_PARTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that came with a letter, or a letter within it. `is_inline` where it stands within the words."""

    name: str = ""
    kind: str = ""
    data: bytes = b""
    is_inline: bool = False
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter. `html` counts where there is no `body`; `has_rtf_alone` where its words may stand in a form that is not read."""

    sender: str = ""
    to: str = ""
    date: str = ""
    subject: str = ""
    body: str = ""
    html: str = ""
    has_rtf_alone: bool = False
    parts: tuple[Part, ...] = field(default=())


def unpacked(name: str, letter: Letter) -> Unpacked:
    """The letter as `<name>/letter.txt`, and each of its files under its own name; of letters within it likewise."""
    members: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    words = letter.body if letter.body.strip() else text_of_html(letter.html)
    if words.strip():
        members.append((f"{name}/letter.txt", f"{_head(letter)}\n{words}".encode("utf-8", "surrogatepass")))
    elif letter.has_rtf_alone:
        problems.append(Problem(name, "the words of the letter are in a form that is not read", "send it as .eml"))
    if len(letter.parts) > MOST_PARTS:
        problems.append(Problem(name, f"of its {len(letter.parts)} attachments {MOST_PARTS} were read"))
    seen: set[str] = set()
    for number, part in enumerate(letter.parts[:MOST_PARTS], 1):
        called = _once(_file_name(part, number), number, seen)
        if part.letter is not None:
            inner = unpacked(f"{name}/{called}", part.letter)
            members += inner.members
            problems += inner.problems
            notes += inner.notes
        elif part.is_inline and part.kind.startswith("image/") and len(part.data) < SMALLEST_PICTURE:
            notes.append(Problem(f"{name}/{called}", "a small picture within the letter, not read"))
        else:
            members.append((f"{name}/{called}", part.data))
    if not (members or problems or notes):
        problems.append(Problem(name, "this message holds nothing"))
    return Unpacked(members=tuple(members), problems=tuple(problems), notes=tuple(notes))


def _head(letter: Letter) -> str:
    told = (("From", letter.sender), ("To", letter.to), ("Date", letter.date), ("Subject", letter.subject))
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in told if value.strip())


def _file_name(part: Part, number: int) -> str:
    """The attachment's own name without any path, and with an ending that tells what it is."""
    bare = "".join(c for c in part.name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(" .")
    ending = mimetypes.guess_extension(part.kind.split(";")[0].strip()) if part.kind else None
    if not bare:
        bare = f"attachment-{number}"
    return bare if "." in bare or not ending else f"{bare}{ending}"


def _once(called: str, number: int, seen: set[str]) -> str:
    """Two attachments of one name stay two."""
    while called in seen:
        stem, dot, ending = called.rpartition(".")
        called = f"{stem}-{number}{dot}{ending}" if dot else f"{called}-{number}"
    seen.add(called)
    return called

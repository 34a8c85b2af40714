"""A file of pages into its documents: where each begins, and which pages were sent twice.

One fax often holds a cover sheet, a note, a report and therapy records. A page begins a document when enough speaks for it:
a title, "page 1 of 3", another patient, another date of service, a signature on the page before; and little against it: a
page count that goes on, a running head in common, a sentence that crosses the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from necessity.charts.describe import DocumentKinds, date_of
from necessity.charts.document import Document, Kind
from necessity.charts.entry import Asked
from necessity.charts.identities import Identity, contradiction, identities
from necessity.charts.layout import How
from necessity.charts.layout_pages import Page, PagedFile, document_of, is_stamp, running_lines
from necessity.values.problem import Problem

_COUNTER = re.compile(
    r"(?i)\b(?:page|pg|p)\.?\s*:?\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})\b|^\W*(\d{1,4})\s+of\s+(\d{1,4})\W*$"
)
_SIGNED = re.compile(
    r"(?i)\b(?:electronically signed|signed by|e-signed|dictated (?:by|and)|authenticated|verified by|cosigned)\b|"
    r"(?:,|\s)(?:M\.?D|D\.?O|PA-?C|N\.?P|DPT|PT|D\.?C)\.?(?:,|\s|$)"
)
_TITLE_LINES, _TITLE_LENGTH = 6, 70
# What must speak for a page before it begins a document, and the weight of each sign.
_ENOUGH = 3.4
_FIRST_OF, _NEXT_OF = 5.0, -6.0
_OTHER_PATIENT, _TITLE, _OTHER_DATE, _SIGNED_BEFORE, _SHORT_BEFORE = 20.0, 3.0, 2.0, 1.5, 0.5
_OTHER_VISIT = 4.0
_SAME_HEAD, _SENTENCE_GOES_ON = -3.0, -3.0
# Text carried forward keeps its lines, or, where another program set them anew, its sentences.
_LINE_ENDS, _SENTENCE_ENDS = re.compile(r"\n"), re.compile(r"(?<=[.!?;])\s+|\n\s*\n|:\s*\n")
_CARRIED, _LEAST_SAID, _FEWEST_PARTS = 0.7, 25, 5
# Pages with fewer letters are not told apart from one another.
_LEAST_LETTERS = 80


@dataclass(frozen=True, slots=True)
class Assembled:
    """The documents of a file, what a reader should know of how they came to be, and what the file asks for."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a page shows of where it belongs."""

    counter: tuple[int, int] | None
    title: bool
    date: object
    heads: tuple[str, ...]
    who: tuple[Identity, ...]
    signed: bool
    short: bool
    page: Page


def assemble(file: PagedFile, kinds: DocumentKinds | None = None) -> Assembled:
    """The documents of a file, in the order of its pages. Pages that were sent twice are left out, and that is said.
    Without the words for kinds of documents the file stays whole."""
    pages, notes = _once(file)
    runs, moved = _runs(pages, kinds) if kinds else ([pages], ())
    documents = []
    for run in runs:
        name = file.name if len(runs) == 1 else f"{file.name}, {_page_numbers(run, len(str(len(file.pages))))}"
        document = document_of(file, run, name)
        if document is not None:
            documents.append(document)
    problems = file.problems
    if not documents and not problems:
        problems = (Problem(file.name, "its pages hold no words"),)
    told = tuple(
        Problem(file.name, f"pages {one} were not in the order of their own count, and are put in it") for one in moved
    )
    return Assembled(tuple(documents), problems, (*notes, *told))


def without_copies(documents: Iterable[Document]) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents, each once: a later one with the same words as an earlier is left out, and that is said."""
    seen: dict[str, str] = {}
    kept, notes = [], []
    for document in documents:
        key = _words_of(document.text)
        earlier = seen.get(key)
        if earlier is not None and len(key) >= _LEAST_LETTERS:
            notes.append(Problem(document.name, f"the same words as {earlier}, read once"))
            continue
        seen.setdefault(key, document.name)
        kept.append(document)
    return tuple(kept), tuple(notes)


def copied_forward(documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Documents most of whose lines stand word for word in an earlier one: text carried forward from visit to visit."""
    dated = sorted((one for one in documents if one.written), key=lambda one: (one.written, one.name))
    notes: list[Problem] = []
    earlier: list[tuple[Document, tuple[frozenset[str], ...]]] = []
    for document in dated:
        parts = (_parts_of(document.text, _LINE_ENDS), _parts_of(document.text, _SENTENCE_ENDS))
        for other, others in reversed(earlier):
            share = max(_share(mine, theirs) for mine, theirs in zip(parts, others, strict=True))
            if share >= _CARRIED and other.written != document.written:
                told = f"{round(100 * share)} % of its lines are carried forward from {other.name}"
                notes.append(Problem(document.name, told))
                break
        earlier.append((document, parts))
    return tuple(notes)


def _parts_of(text: str, ends: re.Pattern[str]) -> frozenset[str]:
    return frozenset(key for part in ends.split(text) if len(key := _words_of(part)) >= _LEAST_SAID)


def _share(parts: frozenset[str], others: frozenset[str]) -> float:
    return len(parts & others) / len(parts) if len(parts) >= _FEWEST_PARTS else 0.0


def _once(file: PagedFile) -> tuple[list[Page], tuple[Problem, ...]]:
    seen: dict[str, int] = {}
    kept: list[Page] = []
    notes: list[Problem] = []
    for page in file.pages:
        key = _words_of(_without_stamps(page))
        if page.reading.how in (How.TEXT, How.OCR) and len(key) >= _LEAST_LETTERS:
            if key in seen:
                where = f"{file.name}, page {page.reading.number}"
                notes.append(Problem(where, f"the same words as page {seen[key]}, read once"))
                continue
            seen[key] = page.reading.number
        kept.append(page)
    return kept, tuple(notes)


def _without_stamps(page: Page) -> str:
    """The words of a page without what a fax machine or printer puts at its head and foot."""
    return "\n".join(line.text for line in page.lines if not (_COUNTER.search(line.text) or is_stamp(line.text)))


def _words_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _runs(pages: Sequence[Page], kinds: DocumentKinds) -> tuple[list[list[Page]], tuple[str, ...]]:
    """The pages of each document, and which pages were moved."""
    signs, moved = _ordered(_telling([_signs(page, kinds) for page in pages]))
    runs: list[list[Page]] = []
    for place, sign in enumerate(signs):
        if place == 0 or _begins(signs, place):
            runs.append([])
        runs[-1].append(sign.page)
    return runs, moved


def _ordered(signs: list[_Signs]) -> tuple[list[_Signs], tuple[str, ...]]:
    """The pages with those put in order that came in another: side by side, of one patient, and together just the pages
    1 to n of n. A fax tray turns a document round; a page that is missing or stands elsewhere is left where it is."""
    ordered, moved, place = list(signs), [], 0
    while place < len(ordered):
        counter = ordered[place].counter
        total = counter[1] if counter else 0
        run = ordered[place : place + total]
        numbers = [sign.counter[0] for sign in run if sign.counter is not None and sign.counter[1] == total]
        if total < 2 or sorted(numbers) != list(range(1, total + 1)) or _of_two(run):
            place += 1
            continue
        if numbers != sorted(numbers):
            moved.append(f"{min(_number(sign) for sign in run)}-{max(_number(sign) for sign in run)}")
            ordered[place : place + total] = sorted(run, key=lambda sign: sign.counter or (0, 0))
        place += total
    return ordered, tuple(moved)


def _of_two(run: Sequence[_Signs]) -> bool:
    return any(contradiction(run[0].who, sign.who) is not None for sign in run[1:])


def _number(sign: _Signs) -> int:
    return sign.page.reading.number


def _telling(signs: list[_Signs]) -> list[_Signs]:
    """The signs without those that stand on most pages of the file alike: a count and a head of the whole fax or print."""
    if len(signs) < 3:
        return signs
    counted = [(sign.counter[0] - place) for place, sign in enumerate(signs) if sign.counter]
    whole = counted and max(counted.count(one) for one in set(counted)) >= 0.8 * len(signs)
    heads = [head for sign in signs for head in set(sign.heads)]
    common = {head for head in heads if heads.count(head) >= 0.8 * len(signs)}
    return [
        replace(
            sign,
            counter=None if whole else sign.counter,
            heads=tuple(head for head in sign.heads if head not in common),
        )
        for sign in signs
    ]


def _signs(page: Page, kinds: DocumentKinds) -> _Signs:
    lines = [line.text.strip() for line in page.lines if not is_stamp(line.text)]
    text = "\n".join(lines)
    edge = [*lines[:4], *lines[-4:]]
    found = next((match for line in edge if (match := _COUNTER.search(line))), None)
    counter = None
    if found:
        number, total = (int(one) for one in found.groups() if one is not None)
        counter = (number, total) if 1 <= number <= total else None
    bottom = max((line.bottom for line in page.lines), default=0.0)
    return _Signs(
        counter=counter,
        title=any(_is_title(line, kinds) for line in lines[:_TITLE_LINES]),
        date=date_of(text),
        heads=tuple(running_lines(page, head=True)),
        who=identities(Document(id="", name="", text=text)) if text.strip() else (),
        signed=bool(_SIGNED.search("\n".join(lines[-6:]))),
        short=bottom < 0.6 * page.reading.height,
        page=page,
    )


def _is_title(line: str, kinds: DocumentKinds) -> bool:
    """A short line, set as a heading, that names a kind of document."""
    if not 4 <= len(line) <= _TITLE_LENGTH or line.endswith((".", ",", ";")) or line[0].islower():
        return False
    letters = [c for c in line if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) >= 0.7 * len(letters)
    headed = capitals or all(word[0].isupper() or len(word) < 4 for word in re.findall(r"[A-Za-z]+", line))
    return headed and ":" not in line[:-1] and kinds.title_kind(line) is not Kind.OTHER


def _begins(signs: Sequence[_Signs], place: int) -> bool:
    before, here = signs[place - 1], signs[place]
    if here.page.reading.how in (How.BLANK, How.UNREAD):
        return False
    weight = _by_count(before, here)
    if contradiction(before.who, here.who) is not None:
        weight += _OTHER_PATIENT
    weight += _TITLE * here.title + _SIGNED_BEFORE * before.signed + _SHORT_BEFORE * before.short
    if here.date and here.date not in (before.date, None):
        # Notes of one course of therapy have one letterhead and one title, and each its own day.
        weight += _OTHER_VISIT if here.title and before.title else _OTHER_DATE
    if any(len(head) > 10 and head in before.heads for head in here.heads):
        weight += _SAME_HEAD
    if _goes_on(before.page, here.page):
        weight += _SENTENCE_GOES_ON
    return weight >= _ENOUGH


def _by_count(before: _Signs, here: _Signs) -> float:
    if here.counter is None:
        return 0.0
    number, total = here.counter
    if number == 1:
        return _FIRST_OF
    return _NEXT_OF if before.counter in (None, (number - 1, total)) else 0.0


def _goes_on(before: Page, page: Page) -> bool:
    """Whether the last sentence of a page ends on the next."""
    if not before.lines or not page.lines:
        return False
    last = before.lines[-1].text.rstrip()
    return page.lines[0].text[:1].islower() and not last.endswith((".", ":", ";", "!", "?"))


def _page_numbers(pages: Sequence[Page], width: int) -> str:
    """ "page 4" or "pages 04-11", at one width in a file, so that names sort as the pages stand."""
    numbers = sorted(page.reading.number for page in pages)
    first, last = (f"{number:0{width}}" for number in (numbers[0], numbers[-1]))
    return f"page {first}" if len(pages) == 1 else f"pages {first}-{last}"

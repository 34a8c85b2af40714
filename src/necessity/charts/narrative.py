"""Marked-up narrative (HTML, the narrative of C-CDA) into text: every word once or more, never fewer.

Paragraphs and items end lines. A row of a table becomes one line that repeats its headings ("Problem: sciatica; Status:
active"), since a cell alone does not say what it is about.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    [
        "p",
        "div",
        "paragraph",
        "br",
        "li",
        "item",
        "caption",
        "title",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "hr",
        "section",
        "article",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "list",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "footnote",
    ]
)
_ITEMS = frozenset({"li", "item"})
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style", "head", "template"})
_SHORT_HEADING = 60


class NarrativeText:
    """Text as it grows from the events of a parser: `open`, `words`, `close`, then `text`."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._tables: list[_Table] = []
        self._silent = 0

    def open(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._break()
            self._tables.append(_Table())
        elif self._tables and tag in _CELLS | {"tr", "thead", "tbody", "tfoot"}:
            self._tables[-1].open(tag)
        elif self._tables and self._tables[-1].in_cell:
            self._tables[-1].words(" - " if tag in _ITEMS else " " if tag in BLOCKS else "")
        elif tag == "br":
            # Two breaks in a row leave a line empty, which ends a statement.
            self._break(keep_empty=True)
        elif tag in BLOCKS:
            self._break()
            if tag in _ITEMS:
                self._line.append("- ")

    def words(self, words: str) -> None:
        if self._silent:
            return
        if self._tables and self._tables[-1].in_cell:
            self._tables[-1].words(words)
        elif words.strip() or self._line:
            self._line.append(words)

    def close(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._tables:
            self._finish_table()
        elif self._tables and tag in _CELLS | {"tr", "thead", "tbody", "tfoot"}:
            self._tables[-1].close(tag)
        elif self._tables and self._tables[-1].in_cell:
            self._tables[-1].words("; " if tag in _ITEMS else " " if tag in BLOCKS else "")
        elif tag in BLOCKS and tag != "br":
            self._break()

    def text(self) -> str:
        while self._tables:
            self._finish_table()
        self._break()
        return "\n".join(self._lines).strip("\n")

    def _finish_table(self) -> None:
        rows = self._tables.pop().rows()
        if self._tables and self._tables[-1].in_cell:
            self._tables[-1].words(" " + "; ".join(rows) + " ")
            return
        self._break()
        self._lines.extend(rows)

    def _break(self, keep_empty: bool = False) -> None:
        line = squeezed("".join(self._line))
        self._line = []
        if line.strip("- ") or keep_empty:
            self._lines.append(line)


class _Table:
    """A table as it is read. Rows of a head, or a first row made of `th` alone, give the headings."""

    def __init__(self) -> None:
        self._rows: list[tuple[bool, list[str]]] = []
        self._cell: list[str] | None = None
        self._in_head = False
        self._all_th = True

    @property
    def in_cell(self) -> bool:
        return self._cell is not None

    def open(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self.close("tr")
            self._rows.append((self._in_head, []))
            self._all_th = True
        elif tag in _CELLS:
            self.close(tag)
            self._cell = []
            self._all_th = self._all_th and tag == "th"

    def words(self, words: str) -> None:
        if self._cell is not None:
            self._cell.append(words)

    def close(self, tag: str) -> None:
        if self._cell is not None:
            if not self._rows:
                self._rows.append((self._in_head, []))
            self._rows[-1][1].append(squeezed("".join(self._cell)).strip("; "))
            self._cell = None
        if tag == "thead":
            self._in_head = False
        elif tag == "tr" and self._rows and len(self._rows) == 1 and self._all_th and len(self._rows[0][1]) > 1:
            self._rows[0] = (True, self._rows[0][1])

    def rows(self) -> list[str]:
        """The lines of the table; headings that go with no row stand as a line of their own."""
        self.close("td")
        headings: list[str] = []
        lines: list[str] = []
        used = True
        for is_head, cells in self._rows:
            if is_head:
                lines += [] if used else [" | ".join(filter(None, headings))]
                headings, used = cells, False
                continue
            fits = len(headings) == len(cells) and all(len(one) <= _SHORT_HEADING for one in headings)
            if (
                fits
                and not _is_answer(headings, cells)
                and all(cells[place] or not heading for place, heading in enumerate(headings))
            ):
                used = True
            elif not used:
                lines.append(" | ".join(filter(None, headings)))
                used = True
            lines.append(_row(headings if fits else [], cells))
        if not used:
            lines.append(" | ".join(filter(None, headings)))
        return [line for line in lines if line]


# A column of questions beside one of their answers: the cell itself is the label of the next ("Smoking status: never").
_ASKS = re.compile(r"(?i)\b(?:observation|element|question|item|measure|vital sign)s?$")
_ANSWERS = re.compile(r"(?i)^(?:description|value|answer|response|finding|reading|observation value)s?$")


def _is_answer(headings: list[str], cells: list[str]) -> bool:
    if len(cells) < 2 or not cells[0] or not cells[1]:
        return False
    return bool(_ASKS.search(headings[0]) and _ANSWERS.search(headings[1]))


def _row(headings: list[str], cells: list[str]) -> str:
    if not headings:
        return " | ".join(cell for cell in cells if cell)
    if _is_answer(headings, cells):
        rest = _row(headings[2:], cells[2:])
        return f"{cells[0].rstrip(':')}: {cells[1]}" + (f"; {rest}" if rest else "")
    pairs = zip(headings, cells, strict=True)
    return "; ".join(f"{heading.rstrip(':')}: {cell}" if heading else cell for heading, cell in pairs if cell)


def squeezed(words: str) -> str:
    """White space that holds a line break as one blank, for it only lays out the markup; columns within a line stay."""
    return re.sub(r"[ \t]*[\r\n\f]+[ \t\r\n\f]*", " ", words.replace("\u00a0", " ")).strip()


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.narrative = NarrativeText()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.narrative.open(tag)

    def handle_endtag(self, tag: str) -> None:
        self.narrative.close(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.narrative.open(tag)
        self.narrative.close(tag)

    def handle_data(self, data: str) -> None:
        self.narrative.words(data)


def text_of_html(markup: str) -> str:
    """The words of an HTML page or of a FHIR narrative, as text. Nothing of it is run or fetched."""
    parser = _Html()
    parser.feed(markup)
    parser.close()
    return parser.narrative.text()

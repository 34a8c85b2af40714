"""Word documents: running heads, paragraphs, lists, tables, text boxes, forms and footnotes in their order, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from necessity.charts.container import bomb
from necessity.charts.document import Document
from necessity.charts.limits import too_long
from necessity.values.problem import Problem

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _RUN, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:r"), qn("w:noBreakHyphen")
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})
_BOX, _TICK = qn("w:txbxContent"), qn("w:checkBox")
_NUMBERED, _STYLE, _VALUE = qn("w:numPr"), qn("w:pStyle"), qn("w:val")
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved text is not of the document as it stands; of two forms of one drawing the first is enough.
_LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), f"{_CHOICES}Fallback"})
_HEADS, _FEET, _NOTES = ("/header",), ("/footer",), ("/footnotes", "/endnotes")
# A damaged archive or part makes the libraries of ZIP, inflate, XML and Word fail in a dozen ways.
_DAMAGED = (Exception,)
Styles = Mapping[str, str]


def document_from_docx(name: str, data: bytes) -> Document | Problem:
    """The document that a Word file holds. Deleted text of tracked changes is left out, inserted text is in."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if reason := bomb(archive.infolist()):
                return Problem(name, f"the Word file was not opened: {reason}")
            if "word/document.xml" not in archive.namelist():
                return Problem(name, "this is no Word document")
        text = _text_of(open_docx(BytesIO(data)))
    except _DAMAGED:
        return Problem(name, "this Word file is damaged", "save it again, or send it as text")
    if not text.strip():
        return Problem(name, "this Word file holds no text", "a scan inside it has to be sent as a PDF")
    return too_long(name, len(text)) or Document(id="", name=name, text=text)


def _text_of(word: Any) -> str:
    """What stands at the head of the pages first, for it names the patient, and what stands at the foot last."""
    styles = {style.style_id: str(style.name) for style in word.styles}
    lines = [*_beside(word, _HEADS, styles), *_lines(word.element.body, styles)]
    lines += [*_beside(word, _NOTES, styles), *_beside(word, _FEET, styles)]
    return "\n".join(lines)


def _beside(word: Any, kinds: tuple[str, ...], styles: Styles) -> Iterator[str]:
    """The lines of parts beside the body, each distinct line once: first, odd and even pages often have the same head."""
    seen: set[str] = set()
    for _, relation in sorted(word.part.rels.items(), key=lambda pair: str(pair[0])):
        if relation.is_external or not relation.reltype.endswith(kinds):
            continue
        for line in _lines(parse_xml(relation.target_part.blob), styles):
            if line.strip() and line not in seen:
                seen.add(line)
                yield line


def _lines(element: Any, styles: Styles) -> Iterator[str]:
    """The lines of a body, a cell or a part: those of forms and other wrappings too."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield _paragraph(child, styles)
        elif child.tag == _TABLE:
            yield from _rows(child, styles)
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _lines(child, styles)


def _rows(table: Any, styles: Styles) -> Iterator[str]:
    """A row is a line, its cells parted by tabs; a table within a cell runs on."""
    for row in _within(table, _ROW, (_TABLE,)):
        cells = (" ".join(filter(None, _lines(cell, styles))) for cell in _within(row, _CELL, (_CELL, _TABLE)))
        yield "\t".join(cell.replace("\n", " ") for cell in cells)


def _within(element: Any, wanted: str, inner: Iterable[str]) -> Iterator[Any]:
    """The elements of a name, through wrappings of forms and changes, but not through inner tables."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in inner and child.tag not in _LEFT_OUT:
            yield from _within(child, wanted, inner)


def _paragraph(element: Any, styles: Styles) -> str:
    pieces: list[str] = []
    boxes: list[str] = []
    _run_on(element, pieces, boxes, styles)
    text = "".join(pieces)
    style = next((one.get(_VALUE, "") for one in element.iter(_STYLE)), "")
    listed = element.find(f".//{_NUMBERED}") is not None or "List" in styles.get(style, "")
    line = f"- {text}" if listed and text.strip() else text
    return "\n".join([line, *boxes]) if line.strip() or not boxes else "\n".join(boxes)


def _run_on(element: Any, pieces: list[str], boxes: list[str], styles: Styles) -> None:
    """The words of a paragraph; text boxes drawn beside it are lines of their own."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag == _TAB and element.tag == _RUN:
            pieces.append("\t")
        elif child.tag in _BREAKS:
            pieces.append("\n")
        elif child.tag == _HYPHEN:
            pieces.append("-")
        elif child.tag == _TICK:
            pieces.append("[x] " if _is_ticked(child) else "[ ] ")
        elif child.tag == _BOX:
            boxes += [line for line in _lines(child, styles) if line.strip()]
        elif isinstance(child.tag, str):
            _run_on(child, pieces, boxes, styles)


def _is_ticked(box: Any) -> bool:
    """Whether a box of an old form is ticked: as filled in, else as it came."""
    for name in ("w:checked", "w:default"):
        found = box.find(qn(name))
        if found is not None:
            return found.get(_VALUE, "1") not in ("0", "false", "off")
    return False

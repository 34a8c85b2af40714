"""Word documents: paragraphs, lists and tables in their order, as text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from necessity.charts.container import bomb
from necessity.charts.document import Document
from necessity.values.problem import Problem

_TEXT, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
_DELETED = qn("w:del")
_NUMBERED = qn("w:numPr")


def document_from_docx(name: str, data: bytes) -> Document | Problem:
    """The document that a Word file holds. Deleted text of tracked changes is left out, inserted text is in."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if reason := bomb(archive.infolist()):
                return Problem(name, reason)
            if "word/document.xml" not in archive.namelist():
                return Problem(name, "this is no Word document")
        content = open_docx(BytesIO(data)).iter_inner_content()
        text = "\n".join(line for block in content for line in _lines(block))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, RecursionError):
        return Problem(name, "this Word file is damaged", "save it again, or send it as text")
    if not text.strip():
        return Problem(name, "this Word file holds no text", "a scan inside it has to be sent as a PDF")
    return Document(id="", name=name, text=text)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
        return
    for row in block.rows:
        cells = [" ".join(_paragraph(part) for part in cell.paragraphs) for cell in _distinct(row.cells)]
        yield "\t".join(cells)


def _distinct(cells: tuple[_Cell, ...]) -> Iterator[_Cell]:
    """A merged cell stands in a row once."""
    seen: list[int] = []
    for cell in cells:
        if id(getattr(cell, "_tc", cell)) not in seen:
            seen.append(id(getattr(cell, "_tc", cell)))
            yield cell


def _paragraph(paragraph: Paragraph) -> str:
    element = paragraph._p
    pieces = []
    for node in element.iter():
        if any(ancestor.tag == _DELETED for ancestor in node.iterancestors()):
            continue
        if node.tag == _TEXT:
            pieces.append(node.text or "")
        elif node.tag == _TAB and next(node.iterancestors()).tag == qn("w:r"):
            pieces.append("\t")
        elif node.tag in _BREAKS:
            pieces.append("\n")
    text = "".join(pieces)
    listed = element.find(f".//{_NUMBERED}") is not None or (
        paragraph.style is not None and "List" in str(paragraph.style.name)
    )
    return f"- {text}" if listed and text.strip() else text

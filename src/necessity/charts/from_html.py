"""HTML pages, as portals and mail programs export notes: the visible text, block by block and row by row."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from necessity.charts import limits
from necessity.charts.document import Document
from necessity.charts.from_text import decode
from necessity.charts.limits import too_large, too_long
from necessity.charts.narrative import text_of_html as plain_text_of_html
from necessity.values.problem import Problem

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
        "caption",
    ]
)
_CELLS = frozenset({"td", "th"})
_MOST_DEPTH = 400
_GAVE_UP = "ERR_RESOURCE_LIMIT"


def document_from_html(name: str, data: bytes) -> Document | Problem:
    """The text that a reader of the page would see."""
    if large := too_large(name, "the HTML", len(data), limits.MOST_HTML_BYTES):
        return large
    text = text_of_html(data)
    if text is None:
        return Problem(name, "this HTML file could not be read", "save it again, or send it as text")
    if not text:
        return Problem(name, "this HTML file holds no text")
    return too_long(name, len(text)) or Document(id="", name=name, text=text)


def text_of_html(data: bytes) -> str | None:
    """Visible text, None where nothing could be parsed. No network, no entities from outside.

    The parser gives up on what is nested or long beyond its measure; the words of such a page are taken by a plainer one.
    """
    parser = html.HTMLParser(no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, UnicodeError):
        return None
    if any(error.level_name == "FATAL" or error.type_name == _GAVE_UP for error in parser.error_log):
        markup = decode(data)
        return plain_text_of_html(markup) if markup is not None else None
    pieces: list[str] = []
    _walk(root, pieces, 0)
    lines = (re.sub(r"[ \u00a0]{2,}", " ", line).strip(" \u00a0") for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _walk(element: Any, pieces: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _HIDDEN:
        return
    if depth > _MOST_DEPTH:
        pieces.append(" ".join(" ".join(element.itertext()).split()))
        return
    if tag in _BLOCKS or tag == "br":
        pieces.append("\n")
    if tag == "li":
        pieces.append("- ")
    if element.text:
        pieces.append(re.sub(r"\s+", " ", element.text))
    for child in element:
        _walk(child, pieces, depth + 1)
        if child.tail:
            pieces.append(re.sub(r"\s+", " ", child.tail))
    if tag in _CELLS:
        pieces.append("\t")
    elif tag in _BLOCKS:
        pieces.append("\n")

"""Spans and evidence: where in which document a fact stands, and the very words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A place on a page of a file: points (1/72 inch) from the top left corner of the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The chart's own words. Made by `Document.evidence` and nowhere else, so a quote cannot differ from its source.

    `start` and `end` count characters of the document's text; `page` counts from 1. Where the document has pages that
    can be shown, `boxes` say where on them the words stand (their `page` counts in the file). `confidence`, 0 to 100, is
    that of the least certain word of a passage that was recognised in a picture; None for text. `doubtful` where one of
    its words may be misread. `origin` names the part of a structured record that the words show ("Condition/c1 code").
    """

    document: str
    start: int
    end: int
    quote: str
    page: int = 1
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None
    doubtful: bool = False
    origin: str = ""

"""Spans and evidence: where in which document a fact stands, and the very words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The chart's own words. Made by `Document.evidence` and nowhere else, so a quote cannot differ from its source.

    `start` and `end` count characters of the document's text; `page` counts from 1.
    """

    document: str
    start: int
    end: int
    quote: str
    page: int = 1

"""Pages of PDFs in the report: the cited ones, with the passages marked where they stand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from made_pages import case, paged, pdf_of

from necessity import pipeline
from necessity.charts.assemble import assemble
from necessity.charts.chart import chart_of
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_pdf import pages_from_pdf
from necessity.charts.layout_pages import PagedFile
from necessity.determinations.determination import Determination
from necessity.library import open_library
from necessity.reports import page_images
from necessity.reports.page_images import shown_pages
from necessity.reports.sections import outline_of
from necessity.reports.to_html import to_html


def by_pdf(name: str = "dev-004") -> Determination:
    """A case whose documents were sent as PDF."""
    knowledge, labelled = open_library(), case(name)
    documents = []
    for one in labelled["documents"]:
        file = pages_from_pdf(one["name"], pdf_of(paged(one["text"])))
        assert isinstance(file, PagedFile)
        documents += [replace(each, written=date.fromisoformat(str(one["date"]))) for each in assemble(file).documents]
    whole = case_from_mapping(labelled, name, knowledge.form_words(), default_id=name)
    return pipeline.review(replace(whole, chart=chart_of(documents)), knowledge)


def test_every_box_of_a_cited_passage_is_framed_on_its_page():
    determination = by_pdf()
    outline = outline_of(determination)
    shown = shown_pages(determination.chart, outline)
    frames = {frame.anchor for pages in shown.values() for page in pages.pages for frame in page.frames}
    assert frames == {quote.anchor for quote in outline.quotes}


def test_a_frame_surrounds_its_words():
    determination = by_pdf()
    shown = shown_pages(determination.chart, outline_of(determination))
    for pages in shown.values():
        for page in pages.pages:
            assert all(0 < f.x < f.x + f.width < page.width and 8 < f.height < 20 for f in page.frames)


def test_the_page_holds_the_pictures_and_fetches_nothing():
    html = to_html(by_pdf()).decode()
    assert "img-src data:" in html
    assert re.search(r'<image href="data:image/png;base64,iVBOR', html)
    assert not re.search(r'(?:src|href)="https?:', html)
    assert re.search(r'<rect data-passages="p-d\d', html)


def test_pages_beyond_the_room_of_a_report_are_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_images, "MOST_PAGES", 1)
    monkeypatch.setattr(page_images._Room.__init__, "__defaults__", (1, 8_000_000))
    determination = by_pdf()
    shown = shown_pages(determination.chart, outline_of(determination))
    assert sum(len(pages.pages) for pages in shown.values()) == 1
    assert sum(pages.left_out for pages in shown.values()) >= 1


def test_a_chart_of_text_shows_no_pictures():
    knowledge = open_library()
    whole = case_from_mapping(case("dev-004"), "dev-004", knowledge.form_words(), default_id="dev-004")
    html = to_html(pipeline.review(whole, knowledge)).decode()
    assert "<image" not in html

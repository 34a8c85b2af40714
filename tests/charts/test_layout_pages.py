"""Pages into text: running lines aside, broken words joined, sentences that cross a page break whole."""

from __future__ import annotations

import pytest
from made_pages import paged, pdf_of

from necessity.charts.document import Document
from necessity.charts.from_pdf import pages_from_pdf
from necessity.charts.layout_pages import PagedFile, document_of, mask_of

LONG = "\n".join(
    f"Paragraph {number}: the patient has had pain in the left leg for many weeks and it has not become better with "
    f"therapy, drugs or rest number {number}."
    for number in range(40)
)


def read(pdf: bytes) -> Document:
    file = pages_from_pdf("note.pdf", pdf)
    assert isinstance(file, PagedFile)
    document = document_of(file, file.pages, "note.pdf")
    assert document is not None
    return document


def test_a_running_head_stands_in_the_text_once():
    document = read(pdf_of(paged(LONG, head="SPINE CLINIC  Patient: Jane Roe  Page {page} of {pages}")))
    assert document.pages == 2
    assert document.text.count("SPINE CLINIC") == 1
    assert document.layout is not None and document.layout.pages[1].aside == (
        "SPINE CLINIC Patient: Jane Roe Page 2 of 2",
    )


def test_a_running_foot_stands_at_the_end():
    document = read(pdf_of(paged(LONG, foot="Electronically signed by A. Surgeon, MD")))
    assert document.text.count("Electronically signed") == 1
    assert document.text.rstrip().endswith("Surgeon, MD")


def test_a_date_that_changes_from_page_to_page_is_no_running_line():
    pages = [
        [(54, 30, f"Date of visit: 01/0{day}/2026"), (54, 80, "Exercises were done. Pain is less.")] for day in (2, 9)
    ]
    assert read(pdf_of(pages)).text.count("Date of visit") == 2


def test_a_sentence_reads_on_over_the_page_break():
    pages = [
        [
            (54, 24, "SPINE CLINIC, Jane Roe"),
            (54, 700, "She has tried physical therapy for eight weeks, and the pain in"),
            (54, 760, "Page 1"),
        ],
        [(54, 24, "SPINE CLINIC, Jane Roe"), (54, 60, "her left leg has not improved."), (54, 760, "Page 2")],
    ]
    assert "the pain in\nher left leg has not improved." in read(pdf_of(pages)).text


def test_a_statement_that_ends_with_the_page_is_parted_from_the_next():
    pages = [[(54, 60, "No weakness was found.")], [(54, 60, "Bladder: retention since Monday.")]]
    document = read(pdf_of(pages))
    assert document.text == "No weakness was found.\n\fBladder: retention since Monday."
    assert document.page_of(document.text.index("Bladder")) == 2


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (("a left microdiscec-", "tomy is planned"), "microdiscectomy"),
        (("she had a follow-", "up in May"), "follow-up"),
        (("all non-", "operative care"), "non-operative"),
        (("stenosis at L4-", "5 on the left"), "L4-5"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole_again(broken: tuple[str, str], whole: str):
    first, second = broken
    assert whole in read(pdf_of([[(54, 60, first), (54, 73, second)]])).text


def test_page_numbers_and_clocks_are_masked_and_dates_are_not():
    assert mask_of("01/12/2026 10:23 FROM: CLINIC P. 004/012") == mask_of("01/12/2026 10:24 FROM: CLINIC P. 005/012")
    assert mask_of("Date of visit: 01/05/2026") != mask_of("Date of visit: 01/12/2026")

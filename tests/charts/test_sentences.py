"""Sections and sentences of every style of note: prose, bullets, broken lines, forms."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from necessity.charts.sections import Headings
from necessity.charts.sentences import split

HEADINGS = Headings(
    yaml.safe_load((Path(__file__).parents[2] / "library" / "vocabulary" / "sections.yaml").read_text())
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He saw Dr. Smith on Jan. 5. Pain is 7.5 of 10.", 2),
        ("Pain is worse approx. two weeks. No numbness.", 2),
        ("- naproxen 500 mg BID\n- gabapentin 300 mg TID\n- PT", 3),
        ("1. Laminectomy L4-5.\n2. Foraminotomy.", 2),
        ("1) MRI of the spine 2) physical therapy", 2),
        ("Denies weakness.\n\nDenies numbness", 2),
        ("Age: 39          Sex: M", 2),
        ("The pain radiates from the low back down the left\nleg to the foot and is worse when he walks.", 1),
        ("EHL 4/5 on the L. He walks well.", 2),
        ("Pain persists.No numbness", 2),
        ("Cervical MRI (1/15/2001). There is no stenosis.", 2),
        ("Mod. foraminal stenosis at L5-S1.", 1),
        ("Injections (fluoroscopy):\n  07/22/2025 left block, 90% for three hours\n  08/19/2025 left block, 100%", 3),
        ("PAIN CLINIC PROCEDURE HISTORY, printed for the chart\n10/20/2025 IL ESI\n12/08/2025 caudal ESI", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_number_that_closes_a_bracket_opens_no_item() -> None:
    assert sentences("On Black Friday (November 28) she woke.") == ["On Black Friday (November 28) she woke."]


def test_an_item_number_belongs_to_its_item() -> None:
    assert sentences("1. Right L4-5 laminotomy.") == ["1. Right L4-5 laminotomy."]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("HPI: pain.\nPE: normal.\nA/P: plan.", ["history", "examination", "assessment"]),
        ("HISTORY. This is a man.\n\nEXAM. Gait normal.", ["history", "examination"]),
        (
            "He fell. PAST MEDICAL HISTORY: none. FAMILY HISTORY: cancer.",
            ["preamble", "past_history", "family_history"],
        ),
        ("EXAM\nGait normal.\nIMPRESSION:\nStenosis.", ["examination", "impression"]),
        ("SH: former smoker\nFH: father CAD", ["social_history", "family_history"]),
        ("EXAM: normal.\nPlan staged:\n(1) anterior", ["examination", "plan"]),
        ("BRIEF HISTORY AND INDICATION FOR OPERATION: pain", ["indication"]),
    ],
)
def test_headings_of_all_styles_open_their_section(text: str, kinds: list[str]) -> None:
    assert [section.kind for section in HEADINGS.split(text)] == kinds


def test_sections_cover_the_text_whole() -> None:
    text = "Note\n\nHPI: pain\nPLAN: rest"
    sections = HEADINGS.split(text)
    assert sections[0].start == 0 and sections[-1].end == len(text)
    assert all(before.end == after.start for before, after in zip(sections, sections[1:], strict=False))


def test_the_account_of_an_operation_is_no_list_of_procedures() -> None:
    told = (
        "PROCEDURE: The patient was brought to the operating room and prepped and draped. "
        + "The incision was made. " * 20
    )
    assert [section.kind for section in HEADINGS.split(told)] == ["procedure_details"]


def test_rows_of_a_table_set_with_blanks_stay_apart():
    table = "Belbuca 300 mcg buccal q12     current, helps some\nSavella 50 BID                 current"
    assert len(sentences(table)) == 2


def test_a_list_that_answers_its_own_labels_is_read_line_by_line():
    form = "Please list everything you tried for this problem:\n  Physical therapy  - went once\n  Chiropractor  - no"
    assert len(sentences(form)) == 3

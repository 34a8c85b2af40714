from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from report_examples import ALL, adverse, said

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.reports.passages import marked_documents
from necessity.reports.sections import outline_of

TEXT = "Left leg pain for eight weeks. Strength 4/5.\fSecond page: gait steady."
DOCUMENT = Document(id="d1", name="note.txt", text=TEXT, page_starts=(0, TEXT.index("\f") + 1))


def marked(*spans):
    quoted = tuple(DOCUMENT.evidence(start, end) for start, end in spans)
    determination = replace(
        ALL["approval"](),
        chart=Chart(documents=(DOCUMENT,)),
        lines=(),
        worst_line=None,
        timeline=(),
        answer=(said("answer", "A sentence.", "policy", *quoted),),
    )
    return marked_documents(determination.chart, outline_of(determination))[0]


def test_pieces_make_the_whole_text():
    for make in ALL.values():
        for one in marked_documents(make().chart, outline_of(make())):
            assert "".join(piece.text for piece in one.pieces) == one.document.text


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 30)), max_size=6))
def test_overlapping_passages_lose_no_text_and_each_is_whole(drawn):
    spans = {(start, min(start + length, len(TEXT))) for start, length in drawn}
    pieces = marked(*sorted(spans)).pieces
    assert "".join(piece.text for piece in pieces) == TEXT.replace("\f", "\ufffd")
    for start, end in spans:
        anchor = f"p-d1-{start}-{end}"
        covered = "".join(piece.text for piece in pieces if anchor in piece.covers)
        assert covered == TEXT[start:end].replace("\f", "\ufffd")
        assert sum(anchor in piece.opens for piece in pieces) == 1


def test_a_new_page_begins_a_piece():
    pages = [(piece.page, piece.text[:11]) for piece in marked((0, 8)).pieces if piece.page]
    assert pages == [(2, "Second page")]


def test_a_passage_knows_the_items_that_cite_it():
    (admission, *_) = marked_documents(adverse().chart, outline_of(adverse()))
    closing = [passage for piece in admission.pieces for passage in piece.closes]
    onset = next(one for one in closing if admission.document.text[one.start :].startswith("Began about ten days"))
    assert onset.cited_by == "answer-2"
    assert "Six weeks of active non-operative treatment" in onset.titles

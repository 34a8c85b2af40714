"""One fax into its documents: where each begins, pages sent twice, text carried forward, and two patients."""

from __future__ import annotations

from datetime import date

import pytest
from made_pages import lines_at, pdf_of

from necessity.charts.assemble import Assembled, assemble, copied_forward, without_copies
from necessity.charts.chart import chart_of
from necessity.charts.document import Document, Kind
from necessity.charts.from_pdf import pages_from_pdf
from necessity.charts.layout_pages import PagedFile, is_stamp
from necessity.library import open_library

KINDS = open_library().kinds
FILL = "\n".join(
    f"The patient tells of pain in the left leg that has not become better with rest or drugs, item {n}."
    for n in range(44)
)
COVER = "FAX COVER SHEET\nTo: Utilization Review\nFrom: Spine Clinic\nPages: 6\nPrior authorization request, clinicals attached."
NOTE = (
    "OFFICE VISIT\nPatient: Jane Roe   DOB: 03/04/1961\nDate of service: 01/12/2026\nCHIEF COMPLAINT: left leg pain.\n"
    + FILL
)
NOTE_END = "She agrees with the plan.\nElectronically signed by A. Surgeon, MD"
MRI = "MRI LUMBAR SPINE WITHOUT CONTRAST\nPatient: ROE, JANE   DOB: 03/04/1961\nExam date: 01/05/2026\nFINDINGS: L4-5 extrusion.\nIMPRESSION: Left L4-5 extrusion.\nB. Reader, MD"
THERAPY = "PHYSICAL THERAPY DAILY NOTE\nPatient: Jane Roe\nDate: {day}\nTherapeutic exercise, visit {visit}. Pain {pain} of 10.\nC. Therapist, PT, DPT"


def parted(*pages: str) -> Assembled:
    file = pages_from_pdf("fax.pdf", pdf_of([lines_at(page) for page in pages]))
    assert isinstance(file, PagedFile)
    return assemble(file, KINDS)


def test_a_fax_is_parted_into_its_documents_and_each_is_known_by_kind():
    visits = [THERAPY.format(day=f"12/0{day}/2025", visit=day, pain=8 - day) for day in (1, 3)]
    found = parted(COVER, NOTE, NOTE_END, MRI, *visits)
    assert [document.name for document in found.documents] == [
        "fax.pdf, page 1",
        "fax.pdf, pages 2-3",
        "fax.pdf, page 4",
        "fax.pdf, page 5",
        "fax.pdf, page 6",
    ]
    assert [KINDS.kind_of(document) for document in found.documents] == [
        Kind.AUTHORIZATION_FORM,
        Kind.CLINIC_NOTE,
        Kind.RADIOLOGY_REPORT,
        Kind.THERAPY_NOTE,
        Kind.THERAPY_NOTE,
    ]


def test_pages_of_one_note_stay_together_where_the_count_goes_on():
    pages = [f"Spine Clinic   Jane Roe   Page {number} of 3\n{FILL[:900]} part {number}" for number in (1, 2, 3)]
    assert len(parted(*pages).documents) == 1


def test_page_one_of_begins_a_document():
    pages = [
        "Spine Clinic   Page 1 of 2\nLeft leg pain.",
        "Spine Clinic   Page 2 of 2\nNo weakness.",
        "City Imaging   Page 1 of 1\nL4-5 extrusion.",
    ]
    assert [document.pages for document in parted(*pages).documents] == [2, 1]


def test_a_count_of_the_whole_fax_does_not_hold_its_documents_together():
    pages = [
        f"01/20/2026 10:2{at}  FROM: CLINIC  Page {at} of 3\n{page}" for at, page in enumerate((COVER, MRI, THERAPY), 1)
    ]
    assert len(parted(*pages).documents) == 3


def test_a_heading_of_a_note_that_goes_on_begins_nothing():
    assert (
        len(
            parted(NOTE, "MRI LUMBAR SPINE\nreviewed with the patient today: extrusion at L4-5, as reported.").documents
        )
        == 1
    )


def test_another_patient_always_begins_a_document():
    assert len(parted("Patient: Jane Roe\n" + FILL, "Patient: Mark Stone\n" + FILL).documents) == 2


def test_a_page_sent_twice_is_read_once_and_that_is_said():
    found = parted(NOTE, NOTE_END, NOTE, MRI)
    assert [document.pages for document in found.documents] == [2, 1]
    assert [str(note) for note in found.notes] == ["fax.pdf, page 3: the same words as page 1, read once"]


def document(name: str, text: str, written: date | None = None) -> Document:
    return Document(id=name, name=name, text=text, written=written)


def test_a_document_sent_in_two_files_is_read_once():
    kept, notes = without_copies([document("a.pdf", NOTE), document("b.pdf", NOTE.replace("\n", "\n\n"))])
    assert [one.name for one in kept] == ["a.pdf"]
    assert [str(note) for note in notes] == ["b.pdf: the same words as a.pdf, read once"]


def test_text_carried_forward_from_an_earlier_visit_is_told():
    first, second = date(2025, 11, 3), date(2026, 1, 12)
    notes = copied_forward([document("new", NOTE + "\nPain is worse.", second), document("old", NOTE, first)])
    assert [note.message for note in notes] == ["100 % of its lines are carried forward from old"]


STAMPS = (
    "01/14/2026 09:3{n} AM  FROM: 555-010-3000  TO: 555-010-2000  P.0{n}/04",
    "Jan 14 2026 9:3{n}   VALLEY SPINE   5550103000   to 5550102000   page {n} of 4",
    "From: Valley Spine  To: 5550102000  Page: {n}/4  Date: 1/14/2026 9:3{n}:22 AM",
)


@pytest.mark.parametrize("stamp", STAMPS)
def test_what_the_fax_machine_prints_dates_and_parts_nothing(stamp):
    visits = [THERAPY.format(day=f"12/0{day}/2025", visit=day, pain=8 - day) for day in (1, 3)]
    pages = [f"{stamp.format(n=number)}\n\n{page}" for number, page in enumerate((COVER, MRI, *visits), 1)]
    found = parted(*pages)
    described = KINDS.describe(chart_of(found.documents)).documents
    assert [str(one.written) for one in described][1:] == ["2026-01-05", "2025-12-01", "2025-12-03"]
    assert not any("9:3" in one.text for one in found.documents)


@pytest.mark.parametrize(
    "line",
    [
        "Seen at 10:30, referred from Dr. A",
        "Date: 01/14/2026 Time: 9:30 Fax: 555-010-2000",
        "Patient: Jane Roe 10:30 from 555-010-3000",
    ],
)
def test_a_line_of_the_chart_is_no_fax_stamp(line):
    assert not is_stamp(line)


def test_pages_that_were_turned_round_are_put_in_the_order_of_their_own_count():
    first, last = (f"Spine Clinic  Jane Roe  Page {n} of 2\n{words}" for n, words in ((1, NOTE[:900]), (2, NOTE_END)))
    found = parted(MRI, last, first)
    assert [one.name for one in found.documents] == ["fax.pdf, page 1", "fax.pdf, pages 2-3"]
    assert found.documents[1].text.index("OFFICE VISIT") < found.documents[1].text.index("She agrees")
    assert found.documents[1].layout and [one.number for one in found.documents[1].layout.pages] == [3, 2]
    assert [note.message for note in found.notes] == [
        "pages 2-3 were not in the order of their own count, and are put in it"
    ]


def test_pages_of_two_patients_are_not_put_in_one_order():
    pages = [f"Jane Roe\nPatient: {who}   DOB: {born}\nPage {n} of 2\n{FILL[:600]}" for n, who, born in (
        (2, "Jane Roe", "03/04/1961"), (1, "John Doe", "07/08/1970"))]  # fmt: skip
    assert not parted(*pages).notes


def test_text_carried_forward_is_seen_though_another_program_set_its_lines_anew():
    said = [f"She tells of pain in the left leg that has not become better, item {n}." for n in range(8)]
    notes = [
        Document(id="a", name="a", text="\n".join(said), written=date(2025, 11, 3)),
        Document(id="b", name="b", text=" ".join(said).replace(" that", "\nthat"), written=date(2025, 12, 3)),
    ]
    assert [str(note) for note in copied_forward(notes)] == ["b: 100 % of its lines are carried forward from a"]

"""Word, RTF, HTML, mail and archives: the same determination as from the text, and clear refusals."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from docx import Document as WordDocument
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from necessity import pipeline
from necessity.charts.container import Unpacked
from necessity.charts.document import Document
from necessity.charts.sources import read_document, unpack
from necessity.intake import case_of
from necessity.library import open_library
from necessity.values.errors import InputError
from necessity.values.problem import Problem

KNOWLEDGE = open_library()
CASES = Path(__file__).parents[1] / "data" / "cases"
NAMES = ["seed-t12l1-days", "seed-l45-revision-complete", "dev-001", "dev-004", "dev-010", "dev-022"]


def docx(text: str) -> bytes:
    document = WordDocument()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in escaped).replace("\n", "\\par\n")
    return b"{\\rtf1\\ansi\\deff0 " + body.encode("ascii") + b"}"


def html(text: str) -> bytes:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    paragraphs = "".join(f"<p>{line}</p>" for line in escaped.split("\n"))
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{paragraphs}</body></html>".encode()


def eml(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "records"
    message.set_content("See attached.")
    message.add_attachment(text.encode(), maintype="text", subtype="plain", filename="note.txt")
    return bytes(message)


def zipped(text: str, name: str = "note.txt") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


MORE = ["dev-002", "dev-006", "dev-008", "dev-012", "dev-014", "dev-018"]
FORMATS: dict[str, Callable[[str], bytes]] = {"docx": docx, "rtf": rtf, "html": html, "eml": eml, "zip": zipped}


@pytest.mark.parametrize(
    ("name", "ending"), [*((name, ending) for name in NAMES for ending in FORMATS), *((name, "docx") for name in MORE)]
)
def test_a_case_in_another_format_is_decided_the_same(name: str, ending: str, tmp_path: Path) -> None:
    raw = yaml.safe_load((CASES / f"{name}.yaml").read_text())
    for folder, write in (("text", None), ("other", FORMATS[ending])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "request.yaml").write_text(yaml.safe_dump({**raw["request"], "as_of": raw["as_of"]}))
        for document in raw["documents"]:
            text = f"Date of visit: {document['date']:%m/%d/%Y}\n\n{document['text']}"
            path = tmp_path / folder / document["name"]
            path.write_text(text) if write is None else path.with_suffix(f".{ending}").write_bytes(write(text))
    found = [
        pipeline.review(case_of([tmp_path / folder], KNOWLEDGE.form_words()), KNOWLEDGE) for folder in ("text", "other")
    ]
    statuses = [{finding.criterion: finding.status for finding in one.findings} for one in found]
    assert statuses[0] == statuses[1]
    assert (found[0].outcome, found[0].urgent) == (found[1].outcome, found[1].urgent)


def test_tables_and_lists_of_a_word_file_keep_their_rows() -> None:
    document = WordDocument()
    document.add_paragraph("left EHL 4/5", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "EHL", "4/5"
    out = BytesIO()
    document.save(out)
    read = read_document("note.docx", out.getvalue())
    assert isinstance(read, Document) and read.text == "- left EHL 4/5\nEHL\t4/5"


@pytest.mark.parametrize("ending", ["docx", "rtf", "html", "zip", "msg", "eml"])
@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_bytes_make_a_reader_fall_over(ending: str, data: bytes) -> None:
    starts = {
        "docx": b"PK\x03\x04",
        "zip": b"PK\x03\x04",
        "rtf": b"{\\rtf1",
        "html": b"<html>",
        "msg": b"\xd0\xcf\x11\xe0",
        "eml": b"From: a\n\n",
    }
    held = unpack(f"x.{ending}", starts[ending] + data)
    assert held is None or isinstance(held, Unpacked)
    if held is None:
        assert isinstance(read_document(f"x.{ending}", starts[ending] + data), (Document, Problem))


def test_a_bomb_is_refused_by_what_the_archive_says_of_itself() -> None:
    held = unpack("bomb.zip", zipped("0" * 20_000_000))
    assert held is not None and not held.members and "bomb" in held.problems[0].message


def test_a_path_that_leaves_the_archive_is_not_read() -> None:
    held = unpack("trick.zip", zipped("text", "../../etc/passwd"))
    assert held is not None and not held.members and "path" in held.problems[0].message


def test_containers_within_containers_end_at_three(tmp_path: Path) -> None:
    data = zipped("left leg pain")
    for number in range(5):
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            archive.writestr(f"inner-{number}.zip", data)
        data = out.getvalue()
    (tmp_path / "outer.zip").write_bytes(data)
    with pytest.raises(InputError, match="three deep"):
        case_of([tmp_path / "outer.zip"], KNOWLEDGE.form_words())


def word(*blocks: str, header: str = "") -> str:
    """The text of a Word file whose body holds blocks of its own markup before its first paragraph."""
    document = WordDocument()
    document.sections[0].header.paragraphs[0].text = header
    for place, block in enumerate(blocks):
        named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
        document.element.body.insert(place, parse_xml(block.replace(">", f"{named}>", 1)))
    out = BytesIO()
    document.save(out)
    read = read_document("note.docx", out.getvalue())
    assert isinstance(read, Document), read
    return read.text


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
BOX = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
CELL = "<w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a form</w:t></w:r></w:p></w:sdtContent></w:sdt>", "In a form"),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "In a box",
        ),
        (
            "<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>Therapy</w:t></w:r></w:p>",
            "[x] Therapy",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>outer</w:t></w:r></w:p><w:tbl><w:tr>{CELL}</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
            "outer inner",
        ),
        (
            "<w:p><w:del><w:r><w:delText>right</w:delText></w:r></w:del><w:ins><w:r><w:t>left leg pain</w:t></w:r></w:ins></w:p>",
            "left leg pain",
        ),
    ],
)
def test_no_words_of_a_word_file_are_lost_and_none_are_read_twice(block: str, text: str) -> None:
    assert word(block).strip() == text


def test_the_head_of_a_word_file_s_pages_names_the_patient_first() -> None:
    assert word("<w:p><w:r><w:t>Leg pain.</w:t></w:r></w:p>", header="Patient: Pat Example").split("\n")[:2] == [
        "Patient: Pat Example",
        "Leg pain.",
    ]

"""Files beyond measure are refused by a named limit; files made to harm are refused by name, and the rest is read."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from subprocess import run
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from records import bundle, ccda, condition, note, patient, section

from necessity.charts import limits
from necessity.charts.assemble import Assembled
from necessity.charts.document import Document
from necessity.charts.engine import NO_TOOLS
from necessity.charts.from_ccda import documents_from_ccda
from necessity.charts.sources import read_document, read_records
from necessity.intake import read_bytes
from necessity.values.errors import InputError
from necessity.values.problem import Problem

SMALL = limits.MEGABYTE
FILLING = b"x" * (SMALL + 1)


def problem(name: str, data: bytes) -> Problem:
    read = read_records(name, data, NO_TOOLS, None) or read_document(name, data)
    assert isinstance(read, Problem), name
    return read


@pytest.mark.parametrize(
    ("limit", "name", "start"),
    [
        ("MOST_JSON_BYTES", "bundle.json", b"{"),
        ("MOST_XML_BYTES", "note.xml", b"<?xml version='1.0'?>"),
        ("MOST_HTML_BYTES", "note.html", b"<html>"),
        ("MOST_RTF_BYTES", "note.rtf", b"{\\rtf1 "),
        ("MOST_X12_BYTES", "request.x12", b"ISA*"),
    ],
)
def test_a_file_beyond_the_limit_of_its_format_is_refused(monkeypatch, limit, name, start):
    monkeypatch.setattr(limits, limit, SMALL)
    told = problem(name, start + FILLING)
    assert "larger than 1 MB, the most that is read" in told.message and told.hint == "send it in parts"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("note.txt", b"leg pain " * 200),
        ("note.html", b"<html><p>" + b"leg pain " * 200 + b"</p></html>"),
        ("note.rtf", b"{\\rtf1 " + b"leg pain " * 600 + b"}"),
    ],
)
def test_a_document_beyond_the_limit_of_words_is_refused(monkeypatch, name, data):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 1000)
    assert "longer than 1,000 characters" in problem(name, data).message


def test_a_file_beyond_the_limit_of_the_disk_is_not_opened(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "MOST_FILE_BYTES", SMALL)
    (tmp_path / "note.txt").write_bytes(FILLING)
    with pytest.raises(InputError, match="the file is larger than 1 MB"):
        read_bytes(tmp_path / "note.txt")


def test_json_nested_too_deep_says_so():
    deep = b'{"resourceType": "Patient", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert "nested too deep" in problem("bundle.json", deep).message


@pytest.mark.parametrize("depth", [300, 5_000])
def test_html_nested_beyond_what_its_parser_takes_loses_no_words(depth):
    page = "<html><body>" + "<div>" * depth + "leg pain" + "</div>" * depth + "<p>after it</p></body></html>"
    read = read_document("note.html", page.encode())
    assert isinstance(read, Document) and read.text.split() == ["leg", "pain", "after", "it"]


def test_html_longer_than_its_parser_takes_loses_no_words():
    page = "<html><body><img src='data:image/png;base64," + "A" * 11_000_000 + "'><p>leg pain</p></body></html>"
    read = read_document("note.html", page.encode())
    assert isinstance(read, Document) and read.text == "leg pain"


def test_a_page_image_longer_than_a_text_may_be_is_read_from_a_clinical_document():
    body = f"<component><nonXMLBody><text mediaType='text/plain' representation='B64'>{'TGVn' * 2_600_000}</text></nonXMLBody></component>"
    whole = ccda("").decode().split("<component>")[0] + body + "</ClinicalDocument>"
    read = documents_from_ccda("scan.xml", whole.encode())
    assert isinstance(read, Assembled) and len(read.documents[0].text) == 3 * 2_600_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!doctype a SYSTEM "http://example.invalid/a.dtd">',
    ],
)
def test_entities_are_refused_unread(encoding, bomb):
    written = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}<a>&c;</a>'.encode(encoding)
    assert "not safe to read" in problem("note.xml", written).message


def test_running_heads_of_rtf_are_read_and_its_pictures_are_not():
    written = (
        rb"{\rtf1{\header Patient: Pat Example\par}Leg pain.{\pict\wmetafile8 "
        + b"0a" * 3000
        + rb"}{\footnote Since May.}}"
    )
    read = read_document("note.rtf", written)
    assert isinstance(read, Document)
    assert " ".join(read.text.split()) == "Patient: Pat Example Leg pain. Since May."


def zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_one_folder_of_harmful_files_ends_with_status_3_and_the_note_among_them_is_reviewed(tmp_path: Path):
    harmful = {
        "deep.json": b"[" * 200_000,
        "cut.json": bundle(patient(), condition(), note("Leg pain."))[:-40],
        "entities.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        "deep.xml": b'<?xml version="1.0"?>' + b"<a>" * 5000,
        "bomb.zip": zipped({"zeros.txt": b"0" * 30_000_000}),
        "path.zip": zipped({"../../outside.txt": b"words"}),
        "bomb.docx": zipped({"word/document.xml": b"0" * 30_000_000}),
        "binary.txt": bytes(range(256)) * 20,
        "cut.msg": (Path(__file__).parent / "data" / "letter.msg").read_bytes()[:2000],
        "cut.x12": b"ISA*00*",
        "cut.pdf": b"%PDF-1.7 cut off",
        "empty.txt": b"",
    }
    for name, data in harmful.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "note.txt").write_text("Date of visit: 01/10/2026\n\nLeft leg pain.")
    (tmp_path / "clinical.xml").write_bytes(ccda(section("Problems", "Sciatica on the left.")))
    done = run(
        [sys.executable, "-m", "necessity", "review", str(tmp_path), "--format", "json"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3 and b"Traceback" not in done.stderr
    report = json.loads(done.stdout)
    named = {one["where"].split("/")[0].split(":")[0] for one in report["left_out"]}
    assert named == set(harmful)
    assert [document["name"] for document in report["documents"]] == ["Clinic note", "note.txt"]
    assert not (tmp_path.parent / "outside.txt").exists()

"""Every reader of files as one that takes any bytes, with true files to begin from and what must hold of whatever is read.

Used by `test_readers.py` for a short run that is the same each time, and by `benchmarks/fuzz/run.py` for long ones.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from docx import Document as WordDocument
from made_pages import case, faxed, lines_at, paged, pdf_of, pdf_of_stream, scanned_pdf, tiff_of

from necessity import batch
from necessity.charts.assemble import Assembled, assemble
from necessity.charts.container import Unpacked
from necessity.charts.document import Document
from necessity.charts.engine import Picture, Tools
from necessity.charts.from_case import case_from_mapping, is_case
from necessity.charts.from_form import form_from_mapping
from necessity.charts.layout_lines import Word
from necessity.charts.layout_pages import PagedFile
from necessity.charts.sources import read_document, read_pages, read_records, unpack
from necessity.charts.structured import parse_json, parse_yaml
from necessity.library import open_library
from necessity.values.errors import InputError
from necessity.values.problem import Problem

TESTS = Path(__file__).parents[1]
CHART_DATA = TESTS / "charts" / "data"
CASE = "dev-022"
# More than any input of these sizes may grow to.
MOST_CHARACTERS = 50_000_000


class Fixed:
    """An engine that reads the same words in every picture, so that pictures are fuzzed and not Tesseract."""

    name = "fixed"

    def words(self, picture: Picture) -> list[Word] | str:
        assert len(picture.pixels) == picture.width * picture.height
        return [
            Word("left", 10, 10, 60, 30, 95.0),
            Word("L4-5", 70, 10, 130, 30, 50.0),
            Word("pain", 140, 10, 180, 30, 9),
        ]


TOOLS = Tools(ocr=Fixed())
KNOWLEDGE = open_library()
Read = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, true files that it reads, and the words by which mutations are made cleverer."""

    name: str
    read: Read
    seeds: Callable[[], list[bytes]]
    words: tuple[bytes, ...] = ()


def read_file(name: str, data: bytes, depth: int = 0) -> None:
    """A file as intake reads it: container, record, pages or document; containers within containers too."""
    held = unpack(name, data)
    if held is not None:
        check_unpacked(held, name)
        for inner, content in held.members if depth < 2 else ():
            read_file(inner, content, depth + 1)
        return
    record = read_records(name, data, TOOLS, KNOWLEDGE.kinds)
    if record is not None:
        check(record, name)
        return
    pages = read_pages(name, data, TOOLS)
    if isinstance(pages, PagedFile):
        check(assemble(pages, KNOWLEDGE.kinds), name)
        return
    check(pages or read_document(name, data), name)


def check(read: Assembled | Document | Problem, name: str) -> None:
    """What holds of every reading: spans are exact, and what was refused is named with a reason."""
    if isinstance(read, Problem):
        check_problem(read)
    elif isinstance(read, Document):
        check_document(read)
    else:
        for document in read.documents:
            check_document(document)
        for problem in (*read.problems, *read.notes):
            check_problem(problem)
        assert read.documents or read.problems or read.notes or read.asked, f"{name}: lost without a word"


def check_problem(problem: Problem) -> None:
    assert problem.where and problem.message.strip(), "a refusal without its place or reason"
    assert "Traceback" not in problem.message and "\n" not in problem.message


def check_document(document: Document) -> None:
    length = len(document.text)
    assert document.text.strip() and length < MOST_CHARACTERS
    document.text.encode("utf-8")
    assert list(document.page_starts) == sorted(set(document.page_starts)) and document.page_starts[0] == 0
    for place in (*document.entries, *document.origins):
        assert document.evidence(place.start, place.end).quote == document.text[place.start : place.end]
    last = 0
    for word in document.layout.words(0, length) if document.layout else ():
        assert last <= word.start < word.end <= length, "a word stands outside its text"
        assert not any(c in " \n\t" for c in document.text[word.start : word.end])
        last = word.end


def check_unpacked(held: Unpacked, name: str) -> None:
    for problem in held.problems:
        check_problem(problem)
    assert held.members or held.problems, f"{name}: lost without a word"
    assert sum(len(content) for _, content in held.members) < 600_000_000


def _refusing(read: Read) -> Read:
    """Readers at the gate raise InputError, whose problems are refusals like others."""

    def reading(data: bytes) -> None:
        try:
            read(data)
        except InputError as error:
            assert error.problems
            for problem in error.problems:
                check_problem(problem)

    return reading


def _yaml(data: bytes) -> None:
    raw = parse_yaml("case.yaml", data.decode("utf-8", "replace"))
    if is_case(raw):
        case_from_mapping(raw, "case.yaml", KNOWLEDGE.form_words(), default_id="case")
    else:
        form_from_mapping(raw, "request.yaml", KNOWLEDGE.form_words())


def _json_case(data: bytes) -> None:
    raw = parse_json("case.json", data.decode("utf-8", "replace"))
    case_from_mapping(raw, "case.json", KNOWLEDGE.form_words(), default_id="case")


def _lines(data: bytes) -> None:
    for item in batch.items_of_lines(data):
        assert item


def text() -> str:
    found: str = case(CASE)["documents"][0]["text"]
    return found


def _pdfs() -> list[bytes]:
    plain = pdf_of(paged(text(), head="Spine Center  page {page} of {pages}")[:2])
    fax = [
        frame.crop((20, 20, 180, 100)) for frame in faxed(pdf_of([lines_at("Left leg pain.\nL4-5 extrusion.")]), dpi=50)
    ]
    locked = pdf_of(
        [lines_at("x")], extra=b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (a) /U (b) >> /ID [(a) (a)]"
    )
    return [plain, scanned_pdf(fax, 300), locked, pdf_of_stream(b"BT /F1 10 Tf (pain) Tj ET", "[]")]


def _content_streams() -> list[bytes]:
    return [
        b"BT /F1 10 Tf 1 0 0 1 54 700 Tm (Left leg pain) Tj 0 -13 Td (for eight weeks) Tj ET",
        b"q 1 0 0 1 10 10 cm 0 0 100 100 re f Q BT 3 Tr /F1 8 Tf [(L4) -200 (5)] TJ T* <4142> ' ET",
        b"q 612 0 0 792 0 0 cm BI /W 8 /H 8 /BPC 1 /CS /G ID \x00\x01\x02\x03\x04\x05\x06\x07 EI Q",
    ]


def _images() -> list[bytes]:
    from PIL import Image

    frames = faxed(pdf_of([lines_at("Left leg pain.\nL4-5 extrusion.")] * 2), dpi=50)
    frames = [frame.crop((20, 20, 180, 100)) for frame in frames]
    seeds = [tiff_of(frames, (300, 300))]
    grey = frames[0].convert("L")
    pictures = {"PNG": grey, "JPEG": grey.convert("RGB"), "GIF": grey.convert("P"), "BMP": grey, "WEBP": grey}
    for kind, picture in pictures.items():
        out = io.BytesIO()
        picture.save(out, kind)
        seeds.append(out.getvalue())
    for packing in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "raw"):
        out = io.BytesIO()
        (grey if packing != "raw" else Image.new("I;16", (40, 40), 300)).save(
            out, "TIFF", compression=None if packing == "raw" else packing
        )
        seeds.append(out.getvalue())
    return seeds


def _docx() -> bytes:
    document = WordDocument()
    document.add_heading("Office visit", 1)
    document.add_paragraph("Left leg pain for eight weeks.")
    document.add_paragraph("naproxen", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "EHL", "4/5"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "gait normal"
    document.sections[0].header.paragraphs[0].text = "Spine Center"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_parts() -> list[bytes]:
    with ZipFile(io.BytesIO(_docx())) as archive:
        return [archive.read("word/document.xml")]


def _with_document_xml(part: bytes) -> bytes:
    """A sound Word file whose main part is this."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(_docx())) as whole, ZipFile(out, "w", ZIP_STORED) as made:
        for name in whole.namelist():
            made.writestr(name, part if name == "word/document.xml" else whole.read(name))
    return out.getvalue()


def _zips() -> list[bytes]:
    made = []
    for packing in (ZIP_STORED, ZIP_DEFLATED):
        out = io.BytesIO()
        with ZipFile(out, "w", packing) as archive:
            archive.writestr("a/note.txt", "Left leg pain.")
            archive.writestr("letter.rtf", rb"{\rtf1 Left leg pain.}")
        made.append(out.getvalue())
    return made


def _mails() -> list[bytes]:
    message = EmailMessage()
    message["From"], message["Subject"] = "clinic@example.org", "records"
    message.set_content("See the note.")
    message.add_alternative("<p>See the note.</p>", subtype="html")
    message.add_attachment(text().encode(), maintype="text", subtype="plain", filename="note.txt")
    inner = EmailMessage()
    inner.set_content("forwarded")
    message.add_attachment(inner)
    return [bytes(message), b"From: a\nSubject: =?utf-8?q?b?=\n\nLeft leg pain.\n"]


def _rtfs() -> list[bytes]:
    table = (
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\trowd\cellx100 EHL\cell 4/5\cell\row\pard Left \b leg\b0  pain\par}"
    )
    return [table, rb"{\rtf1\ansicpg1252\u8211?{\*\generator x;}{\pict\pngblip 00ff}caf\'e9\line\tab end}"]


def _htmls() -> list[bytes]:
    page = b"<!DOCTYPE html><html><head><style>p{}</style></head><body><h1>Visit</h1><p>Left leg&nbsp;pain<br>x</p>"
    return [page + b"<ul><li>naproxen</ul><table><tr><td>EHL<td>4/5</table></body></html>"]


def _ccdas() -> list[bytes]:
    names = ("Procedure_Note.xml", "Progress_Note.xml", "CCD.xml")
    return [path.read_bytes() for name in names if (path := CHART_DATA / "ccda" / name).exists()]


def _fhirs() -> list[bytes]:
    small = (
        b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p",'
        b'"birthDate":"1970-01-01","name":[{"family":"X"}]}},{"resource":{"resourceType":"Condition","id":"c",'
        b'"code":{"text":"Sciatica"},"onsetDateTime":"2025-01"}},{"resource":{"resourceType":"DocumentReference",'
        b'"content":[{"attachment":{"contentType":"text/plain","data":"TGVmdCBsZWcgcGFpbi4="}}]}}]}'
    )
    lines = b'{"resourceType":"Patient","id":"p"}\n{"resourceType":"Observation","status":"final","code":{"text":"BMI"},"valueQuantity":{"value":31}}\n'
    return [small, lines, (CHART_DATA / "stu3_conditions.json").read_bytes()]


def _cases() -> list[bytes]:
    whole = (TESTS / "data" / "cases" / f"{CASE}.yaml").read_bytes()
    form = b"as_of: 2025-12-02\nrequest:\n  procedures: [discectomy]\n  levels: [L4-5]\n  side: left\n"
    return [whole, form, b"documents:\n- {name: a.txt, text: Left leg pain.}\n"]


def _json_cases() -> list[bytes]:
    return [
        b'{"id": "a", "as_of": "2025-01-02", "request": {"levels": ["L4-5"]}, "documents": [{"name": "n", "text": "Pain."}]}'
    ]


def _texts() -> list[bytes]:
    return [text().encode(), text().encode("utf-16"), "naïve – 4/5".encode("cp1252"), b"\xef\xbb\xbfpage\x0cpage"]


def _x12s() -> list[bytes]:
    return [(CHART_DATA / "request_278.x12").read_bytes()]


def _messages() -> list[bytes]:
    """An Outlook message in its shell alone: the compound file's header, an allocation table and the root's entry."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    head += b"\x01\x00\x00\x00\x01\x00\x00\x00" + bytes(4) + b"\x00\x10\x00\x00\xfe\xff\xff\xff" + bytes(4)
    head += b"\xfe\xff\xff\xff" + bytes(4) + bytes(4) + b"\xff\xff\xff\xff" * 108
    table = b"\xfd\xff\xff\xff\xfe\xff\xff\xff" + b"\xff\xff\xff\xff" * 126
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\x00") + b"\x16\x00\x05\x01" + b"\xff" * 12 + bytes(36)
    root += b"\xfe\xff\xff\xff" + bytes(8)
    return [head[:512].ljust(512, b"\xff") + table + root.ljust(512, b"\x00")]


def _any() -> list[bytes]:
    """A file of each format, read by what its bytes say."""
    return [reader.seeds()[0] for reader in READERS if reader.name not in ("anything", "case", "json case", "rows")]


def _file(name: str) -> Read:
    return lambda data: read_file(name, data) if data else None


READERS: tuple[Reader, ...] = (
    Reader(
        "pdf", _file("f.pdf"), _pdfs, (b"/Filter", b"/Length", b"obj", b"stream", b"/Kids", b"/Rotate", b"/MediaBox")
    ),
    Reader(
        "pdf page",
        lambda data: read_file("f.pdf", pdf_of_stream(data, "[]")),
        _content_streams,
        (b"BT", b"ET", b"Tj", b"Tm", b"Tr", b"cm", b"re", b"BI", b"ID", b"EI"),
    ),
    Reader("image", _file("f.tif"), _images),
    Reader("docx", _file("f.docx"), lambda: [_docx()]),
    Reader(
        "docx text", lambda data: read_file("f.docx", _with_document_xml(data)), _word_parts, (b"<w:tbl>", b"<w:del>")
    ),
    Reader("zip", _file("f.zip"), _zips),
    Reader("mail", _file("f.eml"), _mails, (b"Content-Type: ", b"multipart/mixed", b"base64", b"charset=")),
    Reader("outlook", _file("f.msg"), _messages),
    Reader("rtf", _file("f.rtf"), _rtfs, (b"\\u", b"\\'", b"\\*", b"\\bin", b"\\uc", b"{\\", b"\\ansicpg")),
    Reader("html", _file("f.html"), _htmls, (b"<td>", b"<li>", b"<!--", b"&#", b"<script>")),
    Reader("ccda", _file("f.xml"), _ccdas, (b"<text>", b"<td>", b"nullFlavor", b"<!DOCTYPE", b"&#x")),
    Reader("fhir", _file("f.json"), _fhirs, (b'"resourceType"', b'"entry"', b'"data"', b"Claim", b"DocumentReference")),
    Reader("x12", _file("f.x12"), _x12s, (b"ISA*", b"HI*", b"DTP*", b"PWK*", b"~", b"UM*", b"HL*")),
    Reader("text", _file("f.txt"), _texts),
    Reader("case", _refusing(_yaml), _cases, (b"documents:", b"request:", b"as_of:", b"? ", b"!!", b"<<: ")),
    Reader("json case", _refusing(_json_case), _json_cases, (b'"documents"', b'"request"', b"\\ud800")),
    Reader("rows", _refusing(_lines), _json_cases),
    Reader("anything", _file("f"), lambda: _any()),
)


def by_name(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)

"""PDF and scans through the command line: what a folder holds, what is said of it, and what stops nothing."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from made_pages import faxed, lines_at, pdf_of, scanned_pdf, tiff_of

from necessity import ocr
from necessity.cli import main

NOTE = "OFFICE VISIT\nPatient: Jane Roe   DOB: 03/04/1961\nDate of visit: 01/20/2026\nLeft leg pain to the foot for eight weeks."
MRI = "MRI LUMBAR SPINE WITHOUT CONTRAST\nPatient: ROE, JANE   DOB: 03/04/1961\nExam date: 01/05/2026\nFINDINGS: L4-5 extrusion.\nB. Reader, MD"
OTHER = MRI.replace("03/04/1961", "09/09/1970")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "chart"
    made.mkdir()
    (made / "fax.pdf").write_bytes(pdf_of([lines_at(NOTE), lines_at(MRI), lines_at(MRI)]))
    return made


def call(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    output = capfd.readouterr()
    return int(left.value.code or 0), output.out, output.err


def listed(capfd: pytest.CaptureFixture[str], folder: Path, status: int = 0) -> dict[str, Any]:
    code, out, _ = call(capfd, "intake", folder, "--format", "json")
    assert code == status
    found: dict[str, Any] = json.loads(out)
    return found


def test_documents_of_a_fax_are_listed_with_kind_date_and_pages(folder: Path, capfd: pytest.CaptureFixture[str]):
    found = listed(capfd, folder)
    told = {(one["name"], one["kind"], one["written"], one["pages"]) for one in found["documents"]}
    assert told == {
        ("fax.pdf, page 1", "clinic_note", "2026-01-20", 1),
        ("fax.pdf, page 2", "radiology_report", "2026-01-05", 1),
    }
    assert found["notes"][0]["message"] == "the same words as page 2, read once"


def test_a_page_of_another_patient_is_named(folder: Path, capfd: pytest.CaptureFixture[str]):
    (folder / "other.pdf").write_bytes(pdf_of([lines_at(OTHER)]))
    _, out, _ = call(capfd, "intake", folder)
    assert "May be of another patient\n  birth date: “03/04/1961” in" in out


def test_a_pdf_that_cannot_be_read_is_named_and_the_rest_is_reviewed(folder: Path, capfd: pytest.CaptureFixture[str]):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    code, out, err = call(capfd, "review", "--full", folder)
    assert code == 3 and "fax.pdf, page 1" in out
    assert "broken.pdf: the PDF is damaged (print or export it again)" in err


def test_a_scan_without_tesseract_says_how_to_install_it(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    (folder / "scan.tif").write_bytes(tiff_of(faxed(pdf_of([lines_at(NOTE)]))))
    left_out = listed(capfd, folder, status=3)["left_out"]
    assert "apt-get install tesseract-ocr" in left_out[0]["message"]


def test_pdf_without_its_extra_names_the_extra(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "necessity.charts.from_pdf", None)
    code, _, err = call(capfd, "review", folder)
    assert code == 3 and "reading a PDF needs the extra `pdf` (pip install 'medical-necessity[pdf]')" in err


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")
def test_how_each_page_of_a_scan_was_read_is_listed(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ocr, "_has", lambda *modules: "ocrust" not in modules)
    (folder / "fax.pdf").write_bytes(scanned_pdf(faxed(pdf_of([lines_at(NOTE), []]))))
    (scan,) = listed(capfd, folder)["documents"]
    assert [page["how"] for page in scan["read"]] == ["ocr", "blank"]
    assert scan["read"][0]["confidence"] > 80

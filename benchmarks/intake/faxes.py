"""Labelled cases sent as faxes, reviewed again: the outcome must be that of the plain text, and every quotation what stands on the page.

    python benchmarks/intake/faxes.py [CASE...] [--kept FOLDER] [--seed NUMBER] [--harsh]

Each document is printed, made black and white at 200 dpi, tilted and strewn with specks, sent as a TIFF or as a PDF of
pictures, read by Tesseract, and judged as of the same day. Cases kept for measuring are left out. A quotation is wrong where
it does not stand in the document's text, or has a figure, side or negation that the printed page does not have there and
that was not marked as doubtful. `--kept` keeps what was recognised, so that a second run reads nothing anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "charts"), str(ROOT / "benchmarks" / "intake")]

from made_pages import CASES, case, faxed, paged, pdf_of, scanned_pdf, tiff_of  # noqa: E402  after the path is set
from measure import plain  # noqa: E402

from necessity import pipeline  # noqa: E402
from necessity.charts.assemble import assemble  # noqa: E402
from necessity.charts.chart import Case, chart_of  # noqa: E402
from necessity.charts.document import Document  # noqa: E402
from necessity.charts.doubt import is_deciding  # noqa: E402
from necessity.charts.from_case import case_from_mapping  # noqa: E402
from necessity.charts.from_image import pages_from_image  # noqa: E402
from necessity.charts.from_pdf import pages_from_pdf  # noqa: E402
from necessity.charts.layout_pages import PagedFile  # noqa: E402
from necessity.charts.span import Evidence  # noqa: E402
from necessity.determinations.determination import Determination  # noqa: E402
from necessity.library import open_library  # noqa: E402
from necessity.ocr import tools  # noqa: E402

ANGLES = (0.8, -1.3, 0.2)
HARSHER = 0.006


def names() -> list[str]:
    return [path.stem for path in sorted(CASES.glob("*.yaml"))]


def fax_of(text: str, number: int, harsh: bool) -> tuple[str, bytes]:
    """A text as a fax machine brings it; every other document as a PDF of pictures."""
    angle = ANGLES[number % len(ANGLES)]
    frames = faxed(pdf_of(paged(text)), seed=number, angle=angle, noise=HARSHER if harsh else 0.003)
    return ("fax.pdf", scanned_pdf(frames)) if number % 2 else ("fax.tif", tiff_of(frames))


def read(name: str, data: bytes, kept: Path | None) -> PagedFile:
    place = kept / f"{hashlib.sha256(data).hexdigest()}.pickle" if kept else None
    if place and place.exists():
        pages, sha256, original = pickle.loads(place.read_bytes())  # noqa: S301  our own file
        return PagedFile(name=name, sha256=sha256, pages=pages, original=original)
    read_by = pages_from_pdf if name.endswith(".pdf") else pages_from_image
    file = read_by(name, data, replace(tools(second=False), jobs=1))
    assert isinstance(file, PagedFile), file
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps((file.pages, file.sha256, file.original)))
    return file


def by_fax(name: str, harsh: bool, seed: int, kept: Path | None) -> tuple[Case, list[Document], Mapping[str, str]]:
    """A case with its documents as they were recognised, and what was printed, by document."""
    labelled, knowledge = case(name), open_library()
    plain_case = case_from_mapping(labelled, name, knowledge.form_words(), default_id=name)
    seed += int(hashlib.sha256(name.encode()).hexdigest()[:6], 16)
    documents = []
    for number, one in enumerate(labelled["documents"]):
        file = read(*fax_of(one["text"], seed + number, harsh), kept)
        (document,) = assemble(file).documents
        written = date.fromisoformat(str(one["date"])) if one.get("date") else None
        documents.append(replace(document, name=one["name"], written=written))
    return plain_case, documents, {one["name"]: one["text"] for one in labelled["documents"]}


def quotations(told: Determination) -> list[Evidence]:
    found = [one for finding in told.findings for one in finding.evidence]
    return list(dict.fromkeys(found))


def wrong_quotations(told: Determination, printed: Mapping[str, str]) -> list[str]:
    """Quotations that differ from the page in what decides, and do not say that they are in doubt."""
    texts = {document.id: document for document in told.chart.documents}
    wrong = []
    for one in quotations(told):
        document = texts[one.document]
        if document.text[one.start : one.end] != one.quote:
            wrong.append(f"not in the text: {one.quote!r}")
        elif not one.doubtful and not _stands(one.quote, printed[document.name]):
            wrong.append(f"not on the page: {one.quote!r}")
    return wrong


def _stands(quote: str, page: str) -> bool:
    """Whether the deciding words of a quotation stand on the page in one run, with its other words about them."""
    words, there = ([plain(word) for word in text.split()] for text in (quote, page))
    matcher = SequenceMatcher(None, there, words, autojunk=False)
    best = max(range(len(there)), key=lambda at: _alike(there[at : at + len(words)], words))
    run = there[max(0, best - 2) : best + len(words) + 2]
    matcher.set_seq1(run)
    right = {block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}
    whole = {"".join(run[first:last]) for first in range(len(run)) for last in range(first + 1, first + 4)}
    return all(at in right or word in whole for at, word in enumerate(words) if is_deciding(word))


def _alike(there: list[str], words: list[str]) -> int:
    return sum(one == other for one, other in zip(there, words, strict=False)) + len(set(there) & set(words))


def judged(name: str, harsh: bool, seed: int, kept: Path | None) -> tuple[bool, list[str]]:
    """Whether the outcome is that of the text, and what is to be told of the case."""
    plain_case, documents, printed = by_fax(name, harsh, seed, kept)
    knowledge = open_library()
    by_text = pipeline.review(plain_case, knowledge)
    told = pipeline.review(replace(plain_case, chart=chart_of(documents)), knowledge)
    lines = [f"WRONG QUOTATION {one}" for one in wrong_quotations(told, printed)]
    if told.outcome is not by_text.outcome:
        lines.append(f"outcome {by_text.outcome} -> {told.outcome}")
    here = {(finding.criterion, at): finding for at, finding in enumerate(by_text.findings)}
    for at, finding in enumerate(told.findings):
        before = here.get((finding.criterion, at))
        if before is None or before.status is not finding.status:
            status = before.status if before else "none"
            lines.append(f"{finding.criterion}: {status} -> {finding.status}")
    return told.outcome is by_text.outcome, lines


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--kept", type=Path, help="a folder for what was recognised")
    parser.add_argument("--seed", type=int, default=0, help="other specks and other tilts")
    parser.add_argument("--harsh", action="store_true", help="twice as many specks")
    asked = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    same = wrong = 0
    chosen = asked.cases or names()
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:  # PDFium knows one thread only
        told = pool.map(partial(judged, harsh=asked.harsh, seed=asked.seed, kept=asked.kept), chosen)
        for name, (alike, lines) in zip(chosen, told, strict=True):
            same += alike
            wrong += sum(line.startswith("WRONG") for line in lines)
            print(f"{name}: {'same outcome' if alike else 'DIFFERENT'}", *lines, sep="\n    ", flush=True)
    print(f"{same} of {len(chosen)} with the outcome of the text; {wrong} wrong quotations")
    return 0 if same == len(chosen) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())

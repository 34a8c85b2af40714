"""Speed of reading PDF and scans beside the bare library on the same pages in the same run, and what comes out right.

    python benchmarks/intake/measure.py            text PDF, 1,000 pages and 40 fax pages
    python benchmarks/intake/measure.py --pages 200 --faxes 8 --second

Every figure of README.md beside this file comes from here. Pages are made of the labelled cases of tests/data.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "charts"))

import numpy as np  # noqa: E402  after the path is set
import pypdfium2 as pdfium  # noqa: E402
from made_pages import CASES, case, faxed, paged, pdf_of  # noqa: E402

from necessity.charts.document import Document  # noqa: E402
from necessity.charts.doubt import is_deciding  # noqa: E402
from necessity.charts.engine import Picture  # noqa: E402
from necessity.charts.from_image import page_from_pixels  # noqa: E402
from necessity.charts.from_pdf import pages_from_pdf  # noqa: E402
from necessity.charts.layout_pages import PagedFile, document_of  # noqa: E402
from necessity.ocr import tools  # noqa: E402

# What the place of a word takes in a document's layout, and as much again while its page is put together.
WORD_BYTES = 4 + 4 + 2 + 16 + 4 + 1


def texts() -> list[str]:
    names = [path.stem for path in sorted(CASES.glob("*.yaml"))]
    return [document["text"] for name in names for document in case(name)["documents"]]


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare_text(data: bytes) -> None:
    pdf = pdfium.PdfDocument(data)
    for page in pdf:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    pdf.close()


def our_text(data: bytes) -> Document:
    file = pages_from_pdf("speed.pdf", data)
    assert isinstance(file, PagedFile)
    document = document_of(file, file.pages, "speed.pdf")
    assert document is not None
    return document


def text_pdf(count: int) -> None:
    pages = [page for text in texts() for page in paged(text)]
    many = [pages[at % len(pages)] for at in range(count)]
    data = pdf_of(many)
    bare_text(pdf_of(many[:20]))
    our_text(pdf_of(many[:20]))
    before = peak_mb()
    bare = min(seconds(lambda: bare_text(data)) for _ in range(3))
    between = peak_mb()
    document = our_text(data)
    after = peak_mb()
    ours = min(seconds(lambda: our_text(data)) for _ in range(3))
    print(
        f"text PDF, {count} pages: bare pypdfium2 {count / bare:.0f} pages/s, ours with words, boxes, order and text ",
        end="",
    )
    print(f"{count / ours:.0f} pages/s, ratio {ours / bare:.1f}")
    assert document.layout is not None
    kept = (len(document.text), len(document.layout) * WORD_BYTES, len(data))
    text, places, file = (size / 1_000_000 for size in kept)
    print(
        f"memory over {count} pages: {before:.0f} MB before, {between:.0f} after bare pypdfium2, {after:.0f} after ours; "
        f"kept for good: text {text:.1f} MB, places of {len(document.layout):,} words {places:.1f} MB, the file {file:.1f} MB"
    )


def scans(count: int, second: bool) -> None:
    found = tools(second=second)
    if found.ocr is None:
        print(f"scans: {found.missing}")
        return
    pages = [page for text in texts() for page in paged(text)[:1]][:count]
    frames = [
        np.asarray(faxed(pdf_of([page]), seed=at, angle=(0.8, -1.3, 0.2)[at % 3])[0].convert("L"))
        for at, page in enumerate(pages)
    ]
    bare_words: list[list[str]] = []
    engine = found.ocr

    def bare() -> None:
        for frame in frames:
            read = engine.words(Picture(frame.tobytes(), frame.shape[1], frame.shape[0], 200))
            bare_words.append([] if isinstance(read, str) else [word.text for word in read])

    read_pages: list[Any] = []
    bare_time = seconds(bare)
    ours = seconds(lambda: read_pages.extend(page_from_pixels(frame, 1, 200, found) for frame in frames))
    name = "Tesseract and ocrust" if found.second else "Tesseract"
    print(f"fax pages, {len(frames)}, one at a time: bare Tesseract {len(frames) / bare_time:.2f} pages/s, ", end="")
    print(
        f"ours ({name}, cleaned, straightened, boxes, doubt) {len(frames) / ours:.2f} pages/s, ratio {ours / bare_time:.2f}"
    )
    truths = [" ".join(text for *_, text in page).split() for page in pages]
    ours_words = [page.text.split() for page in read_pages]
    print(f"words wrong: bare {share_wrong(truths, bare_words):.2%}, ours {share_wrong(truths, ours_words):.2%}")
    by_confidence(truths, read_pages)


def share_wrong(truths: list[list[str]], read: list[list[str]]) -> float:
    wrong = sum(len(truth) - len(right(truth, words)) for truth, words in zip(truths, read, strict=True))
    return wrong / sum(len(truth) for truth in truths)


def right(truth: list[str], words: list[str]) -> set[int]:
    matcher = difflib.SequenceMatcher(None, truth, words, autojunk=False)
    return {block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def plain(word: str) -> str:
    return re.sub(r"[^\w/+.-]", "", word.lower()).rstrip(".")


def by_confidence(truths: list[list[str]], pages: list[Any]) -> None:
    """Words with a figure, side or negation: how many are wrong, by confidence, and what doubt finds of them."""
    seen: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    caught = missed = false_alarm = sure = 0
    for truth, page in zip(truths, pages, strict=True):
        spots = [
            (line.text[int(s[0]) : int(s[1])], s[6], s[7] > 0)
            for line in page.lines
            for s in (line.spots[at : at + 8] for at in range(0, len(line.spots), 8))
        ]
        # Commas and quotation marks change no figure, side or negation.
        good = right([plain(word) for word in truth], [plain(text) for text, *_ in spots])
        for place, (text, confidence, doubtful) in enumerate(spots):
            if not is_deciding(text):
                continue
            step = min(95, int(confidence) // 5 * 5)
            seen[step] += 1
            wrong[step] += place not in good
            caught += doubtful and place not in good
            missed += not doubtful and place not in good
            false_alarm += doubtful and place in good
            sure += not doubtful and place in good
    print("deciding words by confidence (wrong/all):", end=" ")
    print(", ".join(f"{step}: {wrong[step]}/{seen[step]}" for step in sorted(seen)))
    print(
        f"doubt: {caught} of {caught + missed} wrong ones marked; {false_alarm} of {false_alarm + sure} right ones too"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--faxes", type=int, default=40)
    parser.add_argument("--second", action="store_true", help="with the second engine, where it is installed")
    asked = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    text_pdf(asked.pages)
    scans(asked.faxes, asked.second)


if __name__ == "__main__":
    main()

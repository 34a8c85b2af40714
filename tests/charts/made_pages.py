"""Pages made for tests and benchmarks: PDFs written by hand, and the same pages as a fax machine would send them."""

from __future__ import annotations

import io
import textwrap
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parents[1] / "data" / "cases"
WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 612, 792, 54, 10, 13
# A line of text and where it stands: points from the left and from the top of the page.
Placed = tuple[float, float, str]


def pdf_of(pages: Sequence[Iterable[Placed]], *, extra: bytes = b"", rotate: int = 0) -> bytes:
    """A PDF whose pages have these lines in Helvetica. `extra` goes into the trailer."""
    contents = [zlib.compress(_drawn(page)) for page in pages]
    turned = f" /Rotate {rotate}" if rotate else ""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]{turned} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        head = f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode()
        objects += [page.encode(), head + content + b"\nendstream"]
    return _file(objects, extra)


def _drawn(page: Iterable[Placed]) -> bytes:
    parts = [f"BT /F1 {SIZE} Tf"]
    for left, top, text in page:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        parts.append(f"1 0 0 1 {left:g} {HEIGHT - top - SIZE:g} Tm ({escaped}) Tj")
    return "\n".join([*parts, "ET"]).encode("cp1252", "replace")


def pdf_of_stream(content: bytes, filters: str) -> bytes:
    """A PDF of one page with this very content, packed as `filters` says."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
    head = f"<< /Length {len(content)} /Filter {filters} >>\nstream\n".encode()
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, head + content + b"\nendstream"], b"")


def pdf_of_objects(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    return _file(objects, b"")


def _file(objects: list[bytes], extra: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R " % (len(objects) + 1) + extra + b" >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def lines_at(text: str, *, left: float = MARGIN, top: float = MARGIN, columns: int = 92) -> list[Placed]:
    """A text as lines one below the other, wrapped as a printer would."""
    lines = [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, columns) or [""]]
    return [(left, top + LEADING * at, line) for at, line in enumerate(lines) if line]


def paged(text: str, *, head: str = "", foot: str = "") -> list[list[Placed]]:
    """A text over as many pages as it needs; `head` and `foot` stand on each, with its number for `{page}`."""
    top = MARGIN + (2 * LEADING if head else 0)
    lines = lines_at(text, top=0)
    room = HEIGHT - top - MARGIN - 2 * LEADING
    pages: list[list[Placed]] = []
    for left, down, line in lines:
        at = int(down // room)
        while len(pages) <= at:
            pages.append([])
        pages[at].append((left, top + down - at * room, line))
    total = len(pages)
    for number, page in enumerate(pages, 1):
        if head:
            page.insert(0, (MARGIN, 24, head.format(page=number, pages=total)))
        if foot:
            page.append((MARGIN, HEIGHT - 34, foot.format(page=number, pages=total)))
    return pages


def case(name: str) -> dict[str, Any]:
    """A labelled case."""
    loaded: dict[str, Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    return loaded


def faxed(
    pdf: bytes, *, dpi: int = 200, angle: float = 0.8, noise: float = 0.003, turned: int = 0, seed: int = 1
) -> list[Any]:
    """The pages of a PDF as a fax brings them: black and white, askew, with salt and pepper; `turned` clockwise."""
    import numpy as np
    import pypdfium2 as pdfium
    from PIL import Image

    random = np.random.default_rng(seed)
    frames = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        ink = np.asarray(image, dtype=np.float64) + random.normal(0, 25, image.size[::-1]) < 150
        specks = random.random(ink.shape)
        ink[specks < noise] = True
        ink[specks > 1 - noise / 2] = False
        frames.append(Image.fromarray(np.rot90(~ink, -(turned // 90)).copy()).convert("1"))
    document.close()
    return frames


def tiff_of(frames: Sequence[Any], dpi: tuple[int, int] = (200, 200)) -> bytes:
    """A fax as it is stored: a TIFF of several frames, packed as Group 4."""
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=list(frames[1:]), compression="group4", dpi=dpi)
    return out.getvalue()


def scanned_pdf(frames: Sequence[Any], dpi: int = 200) -> bytes:
    """A PDF that holds nothing but pictures."""
    out = io.BytesIO()
    frames[0].save(out, "PDF", save_all=True, append_images=list(frames[1:]), resolution=dpi)
    return out.getvalue()

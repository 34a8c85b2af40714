"""A page of a PDF or scan as a picture for a report: grey, small, PNG."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from necessity.charts.layout import Original

DPI = 96
_MOST_PIXELS = 6_000_000
# Sixteen greys are enough to read by, and pack to a third.
_GREYS = bytes(min(255, (value + 8) // 17 * 17) for value in range(256))


@dataclass(frozen=True, slots=True)
class PageImage:
    """A PNG and its size in pixels."""

    png: bytes
    width: int
    height: int


def page_image(original: Original, page: int, dpi: int = DPI) -> PageImage | None:
    """A page (from 1, in the file) as it came; None where what draws it is not installed or the page cannot be drawn."""
    try:
        return _of_pdf(original.data, page, dpi) if original.is_pdf else _of_scan(original.data, page, dpi)
    except (ImportError, OSError, ValueError, IndexError, EOFError, SyntaxError, TypeError, ArithmeticError):
        return None


def _of_pdf(data: bytes, number: int, dpi: int) -> PageImage | None:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return None
    try:
        pdf.init_forms()
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        stride = bitmap.stride
        pixels = b"".join(rows[at * stride : at * stride + bitmap.width] for at in range(bitmap.height))
        return _png(pixels, bitmap.width, bitmap.height)
    except pdfium.PdfiumError:
        return None
    finally:
        pdf.close()


def _of_scan(data: bytes, number: int, dpi: int) -> PageImage:
    from PIL import Image

    from necessity.charts.from_image import frame_of

    with Image.open(io.BytesIO(data)) as image:
        pixels, from_dpi = frame_of(image, number)
    grey = Image.fromarray(pixels)
    scale = min(dpi / from_dpi, (_MOST_PIXELS / (grey.width * grey.height)) ** 0.5)
    grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), Image.Resampling.BOX)
    return _png(grey.tobytes(), grey.width, grey.height)


def _png(pixels: bytes, width: int, height: int) -> PageImage:
    """An 8 bit grey PNG; written here so that a PDF's pages can be shown without an imaging library."""
    few = pixels.translate(_GREYS)
    rows = b"".join(b"\x00" + few[at * width : (at + 1) * width] for at in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )
    return PageImage(png, width, height)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

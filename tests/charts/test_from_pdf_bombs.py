"""PDFs that are hostile by what they would unpack to, and their streams unpacked as PDFium would."""

from __future__ import annotations

import base64
import io
import zlib

import pytest
from made_pages import lines_at, pdf_of, pdf_of_objects, pdf_of_stream
from PIL import Image

from necessity.charts.from_pdf_bombs import MOST_UNPACKED, bomb_in
from necessity.charts.from_pdf_streams import streams_of, unpacked

WORDS = b"BT /F1 10 Tf (Left leg pain for eight weeks) Tj ET " * 40


def lzw(content: bytes) -> bytes:
    """The content packed as LZW, by the library that writes TIFF."""
    out = io.BytesIO()
    Image.frombytes("L", (len(content), 1), content).save(out, "TIFF", compression="tiff_lzw")
    with Image.open(out) as image:
        (start,), (length,) = image.tag_v2[273], image.tag_v2[279]
    return out.getvalue()[start : start + length]


PACKED = {
    "/FlateDecode": zlib.compress(WORDS),
    "[ /FlateDecode /FlateDecode ]": zlib.compress(zlib.compress(WORDS)),
    "/LZWDecode": lzw(WORDS),
    "/ASCIIHexDecode": WORDS.hex().encode() + b">",
    "[/ASCII85Decode /FlateDecode]": base64.a85encode(zlib.compress(WORDS)).replace(b"z", b"!!!!!"),
}


@pytest.mark.parametrize("filters", sorted(PACKED))
def test_a_stream_is_unpacked_through_all_its_filters(filters: str):
    data = pdf_of_stream(PACKED[filters], filters)
    (stream,) = streams_of(data)
    assert b"".join(unpacked(data, stream)).startswith(WORDS)
    assert bomb_in(data) is None


def zeros_as_lzw(rounds: int) -> bytes:
    """Seven million zeros a round: each code stands for one more zero than the code before it."""
    value = bits = 0
    out = bytearray()
    for _ in range(rounds):
        for place, code in enumerate([256, 0, *range(258, 258 + 3700)]):
            entries = max(0, place - 2)
            width = 9 + (entries > 252) + (entries > 764) + (entries > 1788)
            value, bits = value << width | code, bits + width
            while bits >= 8:
                bits -= 8
                out.append(value >> bits & 255)
                value &= (1 << bits) - 1
        # The next round begins with the code that clears the table, at the width reached.
        value, bits = value << 12 | 256, bits + 12
    return bytes(out)


def test_a_run_of_zeros_is_unpacked_whole():
    data = pdf_of_stream(zeros_as_lzw(1), "/LZWDecode")
    (stream,) = streams_of(data)
    assert sum(map(len, unpacked(data, stream))) > 6_800_000


def test_an_lzw_bomb_is_refused():
    packed = zeros_as_lzw(MOST_UNPACKED // 6_800_000 + 2)
    assert len(packed) < 300_000
    assert "unpack" in str(bomb_in(pdf_of_stream(packed, "/LZWDecode")))


def nested(deep: int, times: int) -> bytes:
    """A page with a drawing that calls another so many times, and so on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for level in range(deep):
        inner = b"" if level == deep - 1 else b"/XObject << /X %d 0 R >>" % (6 + level)
        content = b"0 0 1 1 re f" if level == deep - 1 else b"/X Do " * times
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length %d >>" % (
            inner,
            len(content),
        )
        objects.append(head + b"\nstream\n" + content + b"\nendstream")
    return pdf_of_objects(objects)


@pytest.mark.parametrize(("deep", "times"), [(9, 10), (25, 2), (300, 2)])
def test_drawings_that_call_each_other_a_million_times_are_refused(deep: int, times: int):
    assert "drawings within drawings" in str(bomb_in(nested(deep, times)))


@pytest.mark.parametrize(("deep", "times"), [(2, 400), (4, 5), (200, 1)])
def test_forms_as_programs_write_them_are_not(deep: int, times: int):
    assert bomb_in(nested(deep, times)) is None


def test_a_page_of_text_is_no_bomb():
    assert bomb_in(pdf_of([lines_at("Left leg pain.")] * 20)) is None

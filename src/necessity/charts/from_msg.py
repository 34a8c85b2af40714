"""Outlook messages (.msg): the letter and its attachments, messages within the message included.

A message is a file of storages and streams, one stream for each property; [MS-OXMSG] names them by number and type.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO

import olefile

from necessity.charts.mail_letter import Letter, Part

_SUBJECT, _BODY, _HTML, _HEADERS, _SENDER, _ADDRESS, _SMTP = 0x0037, 0x1000, 0x1013, 0x007D, 0x0C1A, 0x0C1F, 0x5D01
_TO, _SENT, _DELIVERED, _CODE_PAGE, _BODY_PAGE = 0x0E04, 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_DATA, _LONG_NAME, _NAME, _SHOWN_NAME, _MIME, _CONTENT_ID, _HIDDEN = (
    0x3701,
    0x3707,
    0x3704,
    0x3001,
    0x370E,
    0x3712,
    0x7FFE,
)
_COMPRESSED_RTF = 0x1009
_WIDE, _NARROW, _BINARY, _TIME, _OBJECT = "001F", "001E", "0102", 0x0040, "000D"
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
# Where the properties begin in their stream, for the message itself, a message within it, and an attachment.
_TOP, _WITHIN, _ATTACHED = 32, 24, 8
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
MOST_DEPTH = 3
# What a broken file of this kind makes its library raise.
DAMAGED = (OSError, ValueError, struct.error, LookupError, TypeError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Storage:
    """A storage of the file: its streams by name, its fixed properties, and the storages in it."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, _Storage] = field(default_factory=dict)


def letter_from_msg(data: bytes, most_bytes: int) -> Letter | None:
    """The letter that an Outlook message holds; None where the file is damaged or swells beyond `most_bytes`."""
    try:
        with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as file:
            root = _root(file, most_bytes)
        return None if root is None else _letter(root, _TOP, 0)
    except DAMAGED:
        return None


def _root(file: olefile.OleFileIO, most_bytes: int) -> _Storage | None:
    root, whole = _Storage(), 0
    for path in sorted(file.listdir(streams=True, storages=False)):
        whole += file.get_size(path)
        if whole > most_bytes:
            return None
        place = root
        for part in path[:-1]:
            place = place.storages.setdefault(part, _Storage())
        place.streams[path[-1]] = file.openstream(path).read()
    return root


def _letter(storage: _Storage, begins: int, depth: int) -> Letter:
    fixed = _fixed(storage, begins)
    page = _page(fixed)
    sent = _moment(fixed.get(_SENT)) or _moment(fixed.get(_DELIVERED))
    name, address = _text(storage, _SENDER, page), _text(storage, _SMTP, page) or _text(storage, _ADDRESS, page)
    sender = f"{name} <{address}>" if name and "@" in address and address != name else name or address
    return Letter(
        sender=sender,
        to=_text(storage, _TO, page),
        date=f"{sent:%a, %d %b %Y %H:%M}" if sent else "",
        subject=_text(storage, _SUBJECT, page),
        body=_text(storage, _BODY, page),
        html=_html(storage, fixed, page),
        has_rtf_alone=f"__substg1.0_{_COMPRESSED_RTF:04X}{_BINARY}" in storage.streams,
        parts=tuple(_parts(storage, page, depth)),
    )


def _parts(storage: _Storage, page: str, depth: int) -> Iterator[Part]:
    for name in sorted(one for one in storage.storages if one.startswith(_ATTACHMENT)):
        held = storage.storages[name]
        called = next((said for key in (_LONG_NAME, _NAME, _SHOWN_NAME) if (said := _text(held, key, page))), "")
        kind, fixed = _text(held, _MIME, page).lower(), _fixed(held, _ATTACHED)
        inner = held.storages.get(f"__substg1.0_{_DATA:04X}{_OBJECT}")
        if inner is not None and depth < MOST_DEPTH:
            yield Part(name=called or "message", kind="message/rfc822", letter=_letter(inner, _WITHIN, depth + 1))
            continue
        is_inline = bool(fixed.get(_HIDDEN, b"\0")[0]) or bool(_text(held, _CONTENT_ID, page))
        data = held.streams.get(f"__substg1.0_{_DATA:04X}{_BINARY}", b"")
        yield Part(name=called, kind=kind, data=data, is_inline=is_inline)


def _text(storage: _Storage, number: int, page: str) -> str:
    """A property of text: in UTF-16, or in the code page of an older message."""
    wide = storage.streams.get(f"__substg1.0_{number:04X}{_WIDE}")
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = storage.streams.get(f"__substg1.0_{number:04X}{_NARROW}", b"")
    return narrow.decode(page, "replace").rstrip("\0")


def _html(storage: _Storage, fixed: dict[int, bytes], page: str) -> str:
    markup = storage.streams.get(f"__substg1.0_{_HTML:04X}{_BINARY}")
    if markup is None:
        return _text(storage, _HTML, page)
    return markup.decode(_codec(fixed.get(_BODY_PAGE)) or "utf-8", "replace")


def _fixed(storage: _Storage, begins: int) -> dict[int, bytes]:
    """The eight bytes of each property that has a fixed length, by number."""
    stream = storage.streams.get(_PROPERTIES, b"")[begins:]
    entries = (stream[at : at + 16] for at in range(0, len(stream) - 15, 16))
    return {struct.unpack_from("<H", entry, 2)[0]: entry[8:16] for entry in entries}


def _moment(value: bytes | None) -> datetime | None:
    if value is None:
        return None
    ticks = struct.unpack("<Q", value)[0]
    found = _EPOCH + timedelta(microseconds=ticks // 10) if ticks < 3 * 10**17 else None
    return found if found and found.year > 1980 else None


def _page(fixed: dict[int, bytes]) -> str:
    return _codec(fixed.get(_CODE_PAGE)) or _codec(fixed.get(_BODY_PAGE)) or "cp1252"


def _codec(value: bytes | None) -> str | None:
    """The codec of a Windows code page."""
    if value is None:
        return None
    number = struct.unpack_from("<I", value)[0]
    name = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 1200: "utf-16-le"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None

"""Mail, as .eml or .msg: the letter itself as a document, and its attachments as files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from typing import Any

from necessity.charts import limits
from necessity.charts.container import MOST_BYTES, Unpacked
from necessity.charts.limits import too_large
from necessity.charts.mail_letter import Letter, Part, unpacked
from necessity.values.problem import Problem

_DEEPEST = 10
# The bytes that every file of storages and streams begins with.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the standard library raises on letters that keep no rule.
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


def unpack_eml(name: str, data: bytes) -> Unpacked:
    """The letter as `<name>/letter.txt` and each attachment under its own name; letters within it likewise."""
    if large := too_large(name, "the mail", len(data), limits.MOST_MAIL_BYTES):
        return Unpacked(problems=(large,))
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not isinstance(message, EmailMessage) or not (message.keys() or message.get_payload()):
            return Unpacked(problems=(Problem(name, "this is no mail"),))
        letter = _letter(message, 0)
    except _BROKEN:
        return Unpacked(problems=(Problem(name, "this mail is damaged", "send its attachments as files"),))
    return unpacked(name, letter)


def unpack_msg(name: str, data: bytes) -> Unpacked:
    """The same of an Outlook message."""
    from necessity.charts.from_msg import letter_from_msg

    if large := too_large(name, "the mail", len(data), limits.MOST_MAIL_BYTES):
        return Unpacked(problems=(large,))
    if not data.startswith(_COMPOUND):
        return Unpacked(problems=(Problem(name, "this is no Outlook message", "send it as .eml or as text"),))
    letter = letter_from_msg(data, MOST_BYTES)
    if letter is None:
        return Unpacked(problems=(Problem(name, "this Outlook message is damaged", "send it as .eml"),))
    return unpacked(name, letter)


def _letter(message: EmailMessage, depth: int) -> Letter:
    body = message.get_body(preferencelist=("plain", "html"))
    content = _text(body) if body is not None else ""
    is_html = body is not None and body.get_content_subtype() == "html"
    return Letter(
        sender=_header(message, "From"),
        to=_header(message, "To"),
        date=_header(message, "Date"),
        subject=_header(message, "Subject"),
        body="" if is_html else content,
        html=content if is_html else "",
        parts=tuple(_parts(message, body, depth)),
    )


def _parts(message: Any, body: Any, depth: int, is_form: bool = False) -> Iterator[Part]:
    """Every file of a letter, pictures within its words too. Of several forms of one text (`is_form`) the one that was
    read is enough."""
    if depth > _DEEPEST:
        return
    kind = message.get_content_type()
    if kind == "message/rfc822":
        inner = next((one for one in message.get_payload() if isinstance(one, EmailMessage)), None)
        if inner is not None:
            yield Part(name=message.get_filename() or "message", kind=kind, letter=_letter(inner, depth + 1))
        return
    if message.is_multipart():
        parts = list(message.iter_parts()) if hasattr(message, "iter_parts") else []
        for part in parts:
            yield from _parts(part, body, depth + 1, is_form or kind == "multipart/alternative")
        return
    is_spare = is_form and message.get_content_maintype() == "text" and not message.is_attachment()
    if message is not body and not is_spare:
        is_inline = not message.is_attachment() and bool(message.get("Content-ID"))
        yield Part(name=message.get_filename() or "", kind=kind, data=_bytes(message), is_inline=is_inline)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except _BROKEN:
        return ""


def _text(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError, UnicodeError):
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return bytes(payload) if payload is not None else b""

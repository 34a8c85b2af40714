"""Mail, as .eml or .msg: the letter itself as a document, and its attachments as files of their own."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from necessity.charts.container import Unpacked
from necessity.values.problem import Problem

_HEADERS = ("From", "To", "Date", "Subject")


def unpack_eml(name: str, data: bytes) -> Unpacked:
    """The letter as `<name>/letter.txt` (or .html) and each attachment under its own name."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message.keys() or message.get_payload()):
        return Unpacked(problems=(Problem(name, "this is no mail"),))
    members: list[tuple[str, bytes]] = []
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        ending = "html" if body.get_content_subtype() == "html" else "txt"
        heading = "".join(f"{header}: {message[header]}\n" for header in _HEADERS if message[header])
        content = _text(body)
        letter = content if ending == "html" else f"{heading}\n{content}"
        members.append((f"{name}/letter.{ending}", letter.encode("utf-8")))
    for number, part in enumerate(message.iter_attachments(), 1):
        members.append((f"{name}/{_file_name(part.get_filename(), number)}", _bytes(part)))
    return Unpacked(members=tuple(members), problems=() if members else (Problem(name, "this mail holds nothing"),))


def unpack_msg(name: str, data: bytes) -> Unpacked:
    """The same of an Outlook message."""
    from oxmsg import Message

    try:
        message = Message.load(BytesIO(data))
        body = message.body or ""
        heading = "".join(
            f"{label}: {value}\n"
            for label, value in (("From", message.sender), ("Date", message.sent_date), ("Subject", message.subject))
            if value
        )
        members = [(f"{name}/letter.txt", f"{heading}\n{body}".encode())] if body.strip() else []
        if not members and message.html_body:
            members = [(f"{name}/letter.html", message.html_body.encode())]
        for number, attachment in enumerate(message.attachments, 1):
            content = attachment.file_bytes
            if content:
                members.append((f"{name}/{_file_name(attachment.file_name, number)}", content))
    except Exception as error:  # the reader of this old format fails in many ways on a damaged file
        return Unpacked(problems=(Problem(name, "this Outlook message is damaged", type(error).__name__),))
    return Unpacked(members=tuple(members), problems=() if members else (Problem(name, "this message holds nothing"),))


def _text(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError, UnicodeError):
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    if payload is None:
        # A mail attached to a mail.
        return (
            b"".join(bytes(inner) for inner in part.get_payload() or () if hasattr(inner, "as_bytes"))
            if part.is_multipart()
            else b""
        )
    return bytes(payload)


def _file_name(given: str | None, number: int) -> str:
    """The attachment's own name without any path."""
    name = (given or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
    return name or f"attachment-{number}"

"""Letters and what came with them: Outlook messages and plain mail, letters within letters, pictures, tricks."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necessity.charts import limits
from necessity.charts.container import Unpacked
from necessity.charts.from_msg import letter_from_msg
from necessity.charts.mail_letter import SMALLEST_PICTURE
from necessity.charts.sources import read_document, source_of, unpack
from necessity.values.problem import Problem

# Written by a library for Outlook messages: a letter, a note, a logo in the words, and a forwarded message with a file.
OUTLOOK = (Path(__file__).parent / "data" / "letter.msg").read_bytes()


def opened(message: EmailMessage | bytes, name: str = "mail.eml") -> Unpacked:
    held = unpack(name, bytes(message))
    assert held is not None
    return held


def letter(text: str = "See attached.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    for header, value in {"From": "records@clinic.example", "Subject": "Records", **headers}.items():
        message[header] = value
    message.set_content(text)
    return message


def names(held: Unpacked) -> list[str]:
    return [name.partition("/")[2] for name, _ in held.members]


def test_an_outlook_message_gives_its_letter_its_files_and_the_messages_within():
    held = opened(OUTLOOK, "letter.msg")
    assert names(held) == [
        "letter.txt",
        "clinic note.txt",
        "FW MRI report.msg/letter.txt",
        "FW MRI report.msg/therapy.txt",
    ]
    assert dict(held.members)["letter.msg/clinic note.txt"].startswith(b"Patient: Pat Example\r\n")


def test_the_head_of_an_outlook_message_says_who_wrote_when():
    head = dict(opened(OUTLOOK, "letter.msg").members)["letter.msg/letter.txt"].decode().split("\n\n")[0]
    assert head.split("\n") == [
        "From: Spine Clinic <records@clinic.example>",
        "To: Utilization Management <um@plan.example>",
        "Date: Mon, 12 Jan 2026 10:30",
        "Subject: Records for authorization, Pat Example",
    ]


def test_an_outlook_message_is_known_without_its_ending():
    assert source_of("attachment-1", OUTLOOK).title == "an Outlook message"


def test_an_outlook_message_that_swells_is_refused():
    assert letter_from_msg(OUTLOOK, most_bytes=1000) is None


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(OUTLOOK)), st.binary(max_size=8))
def test_an_outlook_message_damaged_anywhere_is_refused_or_read(place, junk):
    held = opened(OUTLOOK[:place] + junk + OUTLOOK[place + len(junk) :], "letter.msg")
    assert held.members or held.problems


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(OUTLOOK)))
def test_an_outlook_message_cut_off_anywhere_is_refused_or_read(place):
    held = opened(OUTLOOK[:place] or b"\xd0", "letter.msg")
    assert held.members or held.problems


def test_a_letter_in_html_alone_is_read_with_its_head():
    message = letter()
    message.set_content("<p>Left <b>foot drop</b></p><p>since May</p>", subtype="html")
    text = opened(message).members[0][1].decode()
    assert text.startswith("From: records@clinic.example\n") and text.endswith("Left foot drop\nsince May")


def test_the_same_words_in_two_forms_are_read_once():
    message = letter("Left leg pain.")
    message.add_alternative("<p>Left leg pain.</p>", subtype="html")
    message.add_attachment(b"MRI", maintype="text", subtype="plain", filename="mri.txt")
    assert names(opened(message)) == ["letter.txt", "mri.txt"]


def test_a_forwarded_letter_and_its_files_are_read():
    inner = letter("The MRI of 12/20/2025.", Subject="MRI")
    inner.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="mri.pdf")
    message = letter()
    message.add_attachment(inner)
    assert names(opened(message)) == ["letter.txt", "message.eml/letter.txt", "message.eml/mri.pdf"]


def test_an_attachment_without_a_name_gets_the_ending_of_its_kind():
    message = letter()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf")
    assert names(opened(message)) == ["letter.txt", "attachment-1.pdf"]


def test_two_attachments_of_one_name_stay_two():
    message = letter()
    for words in (b"page one", b"page two"):
        message.add_attachment(words, maintype="text", subtype="plain", filename="scan.txt")
    assert names(opened(message)) == ["letter.txt", "scan.txt", "scan-2.txt"]


@pytest.mark.parametrize(
    "tricky", ["../../etc/passwd.txt", "C:\\windows\\passwd.txt", "/etc/passwd.txt", "a\x00b/passwd.txt"]
)
def test_a_name_that_leads_elsewhere_is_only_a_name(tricky):
    message = letter()
    message.add_attachment(b"words", maintype="text", subtype="plain", filename=tricky)
    assert names(opened(message))[1].endswith("passwd.txt") and ".." not in names(opened(message))[1]


@pytest.mark.parametrize(("size", "read"), [(200, False), (SMALLEST_PICTURE, True)])
def test_a_logo_within_the_words_is_left_aside_and_a_page_is_not(size, read):
    message = letter()
    message.add_attachment(
        b"\x89PNG" + b"0" * size, maintype="image", subtype="png", cid="<logo>", disposition="inline", filename="a.png"
    )
    held = opened(message)
    assert (names(held) == ["letter.txt", "a.png"]) is read and bool(held.notes) is not read


def test_letters_within_letters_end():
    message = letter("the innermost")
    for _ in range(30):
        outer = letter()
        outer.add_attachment(message)
        message = outer
    assert opened(message).members


def test_a_mail_beyond_the_limit_is_refused_by_its_size(monkeypatch):
    monkeypatch.setattr(limits, "MOST_MAIL_BYTES", 1024 * 1024)
    for name in ("mail.eml", "mail.msg"):
        held = opened(b"From: a\n\n" + b"x" * 1024 * 1024, name)
        assert not held.members and "larger than 1 MB" in held.problems[0].message


@pytest.mark.parametrize(("name", "data", "called"), [
    ("winmail.dat", b"\x78\x9f\x3e\x22\x00\x01", "winmail.dat"), ("smime.p7m", b"0\x80\x06\x09", "encrypted or signed mail"),
])  # fmt: skip
def test_what_only_a_mail_program_opens_is_refused_by_name(name, data, called):
    problem = read_document(name, data)
    assert isinstance(problem, Problem) and called in problem.message


def test_words_under_the_name_of_an_outlook_message_are_none():
    held = opened(b"left leg pain", "note.msg")
    assert [problem.message for problem in held.problems] == ["this is no Outlook message"]

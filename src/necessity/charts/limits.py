"""How much of one thing is read: beyond these, a file is no chart that somebody kept, and reading it would stop all others.

Each is far above what charts are. A refusal names the size and what to do.
"""

from __future__ import annotations

from necessity.values.problem import Problem

MEGABYTE = 1024 * 1024
# A file as it lies on disk, whatever it is.
MOST_FILE_BYTES = 1024 * MEGABYTE
# The words of one document: 2,000 close pages.
MOST_CHARACTERS = 8_000_000
# Files of one format. Those that hold others (FHIR, C-CDA, mail) may be larger for what they hold.
MOST_JSON_BYTES = 256 * MEGABYTE
MOST_XML_BYTES = 256 * MEGABYTE
MOST_HTML_BYTES = 64 * MEGABYTE
MOST_RTF_BYTES = 128 * MEGABYTE
MOST_X12_BYTES = 32 * MEGABYTE
MOST_MAIL_BYTES = 256 * MEGABYTE


def too_large(where: str, what: str, size: int, most: int) -> Problem | None:
    """Why bytes are refused by their number; None where they may be read."""
    if size <= most:
        return None
    return Problem(where, f"{what} is larger than {most // MEGABYTE} MB, the most that is read", "send it in parts")


def too_long(where: str, characters: int) -> Problem | None:
    """Why a document is refused by its length; None where it may be read."""
    if characters <= MOST_CHARACTERS:
        return None
    return Problem(
        where, f"the document is longer than {MOST_CHARACTERS:,} characters, the most that is read", "send it in parts"
    )

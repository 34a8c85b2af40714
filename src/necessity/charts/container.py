"""Files that hold files: archives and letters with attachments, with limits against bombs and tricks with paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from necessity.values.problem import Problem

MOST_MEMBERS = 2_000
MOST_BYTES = 512 * 1024 * 1024
MOST_MEMBER_BYTES = 128 * 1024 * 1024
# Text squeezes to a tenth, a bomb to a thousandth; small files may squeeze well without harm.
MOST_SQUEEZE = 200
SMALL = 1024 * 1024
MOST_DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What a container holds: names and bytes, what of it could not be taken out, and what was left aside on purpose."""

    members: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def bomb(members: Iterable[ZipInfo]) -> str | None:
    """Why the members must not be unpacked, judged by what the archive says of them; None where they may."""
    listed = list(members)
    if len(listed) > MOST_MEMBERS:
        return f"it holds {len(listed)} files; the most is {MOST_MEMBERS}"
    whole = sum(member.file_size for member in listed)
    if whole > MOST_BYTES or any(member.file_size > MOST_MEMBER_BYTES for member in listed):
        return "unpacked it would be too large"
    squeezed = max(1, sum(member.compress_size for member in listed))
    if whole > SMALL and whole / squeezed > MOST_SQUEEZE:
        return "it is squeezed far more than documents are, as a bomb would be"
    return None


def unsafe(path: str) -> bool:
    """A path that would leave its folder."""
    parts = PurePosixPath(path.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or (len(path) > 1 and path[1] == ":")

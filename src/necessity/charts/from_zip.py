"""ZIP archives: the files within, read in memory; nothing is written to disk."""

from __future__ import annotations

from io import BytesIO
from struct import error as StructError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from necessity.charts.container import MOST_MEMBER_BYTES, Unpacked, bomb, unsafe
from necessity.values.problem import Problem

_HIDDEN = ("__MACOSX/", ".DS_Store")


def unpack_zip(name: str, data: bytes) -> Unpacked:
    """The members of an archive, in order of their names. Encrypted and unsafe ones are named as problems."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if reason := bomb(archive.infolist()):
                return Unpacked(problems=(Problem(name, f"the archive was not opened: {reason}"),))
            return _members(name, archive)
    except (BadZipFile, NotImplementedError, OSError, ValueError, IndexError, StructError):
        return Unpacked(problems=(Problem(name, "this archive is damaged", "pack it again"),))


def _members(name: str, archive: ZipFile) -> Unpacked:
    members, problems = [], []
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        inside = f"{name}/{info.filename}"
        if info.filename.endswith("/") or any(mark in info.filename for mark in _HIDDEN):
            continue
        if unsafe(info.filename):
            problems.append(Problem(name, "a file in the archive has a path that leaves it, and was not read"))
        elif info.flag_bits & 0x1:
            problems.append(Problem(inside, "the file is encrypted", "send it without a password"))
        else:
            try:
                with archive.open(info) as member:
                    members.append((inside, member.read(MOST_MEMBER_BYTES)))
            except (
                BadZipFile,
                ZlibError,
                OSError,
                EOFError,
                NotImplementedError,
                RuntimeError,
                ValueError,
                StructError,
            ):
                problems.append(Problem(inside, "the file within the archive is damaged"))
    if not members and not problems:
        problems.append(Problem(name, "this archive holds no files"))
    return Unpacked(members=tuple(members), problems=tuple(problems))

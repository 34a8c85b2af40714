"""Policy files on disk: found by pack, id, date or path, and read with the place of every part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from necessity.charts.from_form import parse_date
from necessity.findings.question import Question
from necessity.findings.questions import QUESTIONS
from necessity.library import library_folder, open_citations, open_packs
from necessity.policies.from_yaml import load
from necessity.policies.pack import Pack
from necessity.policies.policy import Policy
from necessity.policies.source import Source, read
from necessity.values.errors import LibraryError, UsageError
from necessity.values.problem import Problem

QUESTIONS_FILE = "questions.yaml"


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One dated file of a policy. `policy` is None where the loader refused it; `problems` say why."""

    path: Path
    source: Source
    policy: Policy | None
    problems: tuple[Problem, ...] = ()


def policies_folder() -> Path:
    return library_folder() / "policies"


@lru_cache(maxsize=1)
def _citations() -> frozenset[str]:
    return frozenset(open_citations(library_folder()).ids)


def questions() -> Mapping[str, Question]:
    return QUESTIONS


def read_file(path: Path) -> PolicyFile:
    """A policy file with its places. UsageError where there is none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(Problem(str(path), "there is no policy file to read")) from None
    source = read(text, _where(path))
    loaded = load(text, source.name, QUESTIONS, _citations())
    return PolicyFile(path, source, loaded) if isinstance(loaded, Policy) else PolicyFile(path, source, None, loaded)


def _where(path: Path) -> str:
    folder = library_folder()
    inside = path.resolve().is_relative_to(folder.resolve())
    return path.resolve().relative_to(folder.resolve()).as_posix() if inside else str(path)


def files_of(named: str | None) -> list[PolicyFile]:
    """The files of everything, of a pack, of a policy (`house/lumbar-discectomy`, or its id alone), of a folder or file."""
    paths = list(_paths(named))
    if not paths:
        hint = f"packs: {', '.join(pack_names())}"
        raise UsageError(Problem(named or "policies", "there is no such pack, policy or file", hint))
    return [read_file(path) for path in paths]


def _paths(named: str | None) -> Iterator[Path]:
    root = policies_folder()
    if named is None:
        yield from dated(root)
    elif Path(named).is_file():
        yield Path(named)
    elif (root / named).is_dir():
        yield from dated(root / named)
    elif Path(named).is_dir():
        yield from sorted(Path(named).glob("*.yaml")) or dated(Path(named))
    else:
        yield from (path for path in dated(root) if path.parent.name == named)


def dated(folder: Path) -> Iterator[Path]:
    """The dated files under a folder; those of `cases/` are stories."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.stem[:4].isdigit() and "cases" not in path.relative_to(folder).parts:
            yield path


def pack_names() -> list[str]:
    return sorted(path.name for path in policies_folder().iterdir() if path.is_dir())


def one_policy(named: str) -> PolicyFile:
    """One policy by file, or by `pack/id`, `id` and `id@date`; the newest where no date is given. UsageError otherwise."""
    name, _, written = named.partition("@")
    files = files_of(name)
    day = _day(written) if written else date.max
    found = [file for file in files if file.policy is None or file.policy.effective <= day]
    wrong = [problem for file in found for problem in file.problems]
    if wrong:
        raise LibraryError(*wrong)
    ids = sorted({f"{file.policy.pack}/{file.policy.id}" for file in found if file.policy})
    if len(ids) != 1:
        message = "more than one policy goes by this name" if ids else "no file of it was in force by then"
        raise UsageError(Problem(named, message, ", ".join(ids)))
    return max(found, key=lambda file: file.policy.effective if file.policy else date.min)


def _day(written: str) -> date:
    found = parse_date(written)
    if found is None:
        raise UsageError(Problem(f"@{written}", "this is no date", "write it as 2026-01-23"))
    return found


def packs() -> dict[str, Pack]:
    """Every pack by name. LibraryError names what is wrong with a `pack.yaml`."""
    return open_packs(policies_folder())

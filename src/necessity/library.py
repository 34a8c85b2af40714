"""The library, opened: words, anatomy, codes, policies and evidence from their files, checked, once per process.

The files stand in `library/` of a checkout and in `necessity/data` of an installed package.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from necessity.abstracts.looked import ReviewQuestion, questions_from
from necessity.charts.describe import DocumentKinds
from necessity.charts.sections import Headings
from necessity.findings.questions import QUESTIONS
from necessity.knowledge import Knowledge
from necessity.policies.from_yaml import load
from necessity.policies.pack import Pack, pack_from
from necessity.policies.policy import Policy
from necessity.policies.scope import in_force
from necessity.policies.source import read
from necessity.values.errors import LibraryError, UsageError
from necessity.values.problem import Problem
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.citations import Citations, citations_from
from necessity.vocabulary.codes import Codes
from necessity.vocabulary.lexicon import Lexicon
from necessity.vocabulary.procedures import Procedures

DISAGREEMENTS = "disagreements.yaml"
PACK_FILE = "pack.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def library_folder() -> Path:
    """Where the library stands: in the package where it is installed, beside `src` in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "data", package.parents[1] / "library"):
        if (folder / "vocabulary").is_dir():
            return folder
    raise LibraryError(Problem("library", "the folder is missing", "install the package again"))


@lru_cache(maxsize=4)
def open_library(folder: Path | None = None) -> Knowledge:
    """Everything in the library. LibraryError names every problem of every file."""
    folder = folder or library_folder()
    vocabulary = folder / "vocabulary"
    citations = open_citations(folder)
    procedures = _procedures(vocabulary / "procedures.yaml")
    return Knowledge(
        lexicon=Lexicon([_yaml(path) for path in _yaml_files(vocabulary / "lexicon")]),
        sections=Headings(_yaml(vocabulary / "sections.yaml")),
        kinds=DocumentKinds(_yaml(vocabulary / "document_kinds.yaml")),
        anatomy=_anatomy(vocabulary / "anatomy.yaml"),
        procedures=procedures,
        codes=_codes(vocabulary / "codes.yaml", procedures),
        policies=open_policies(folder, citations),
        citations=citations,
        packs=tuple(open_packs(folder / "policies").values()),
        review_questions=_review_questions(vocabulary / "review_questions.yaml"),
    )


def _review_questions(path: Path) -> tuple[ReviewQuestion, ...]:
    return questions_from(_yaml(path), path.name)


def open_citations(folder: Path) -> Citations:
    """The findings that may be cited."""
    evidence = folder / "evidence"
    entries = [(path.name, _yaml(path)) for path in _yaml_files(evidence) if path.name != DISAGREEMENTS]
    topics = evidence / DISAGREEMENTS
    return citations_from(entries, (topics.name, _yaml(topics)) if topics.exists() else None)


def open_policies(folder: Path, citations: Citations) -> tuple[Policy, ...]:
    """All policies of all packs and dates: `policies/<pack>/<policy>/<date>.yaml`."""
    known = frozenset(citations.ids)
    problems: list[Problem] = []
    policies: list[Policy] = []
    for path in _policy_files(folder / "policies"):
        where = path.relative_to(folder).as_posix()
        loaded = load(path.read_text("utf-8"), where, QUESTIONS, known)
        if isinstance(loaded, Policy):
            policies.append(loaded)
        else:
            problems.extend(loaded)
    if problems:
        raise LibraryError(*problems)
    return tuple(policies)


def open_packs(policies: Path) -> dict[str, Pack]:
    """Every pack by name, of its `pack.yaml` where it has one. LibraryError names what is wrong with any."""
    found: dict[str, Pack] = {}
    problems: list[Problem] = []
    for folder in sorted(path for path in policies.iterdir() if path.is_dir()):
        path = folder / PACK_FILE
        found[folder.name] = Pack(id=folder.name)
        if path.is_file():
            where = path.relative_to(policies.parent).as_posix()
            found[folder.name], wrong = pack_from(read(path.read_text("utf-8"), where), folder.name)
            problems += wrong
    if problems:
        raise LibraryError(*problems)
    return found


def packs(knowledge: Knowledge) -> tuple[str, ...]:
    """The names of all packs, sorted."""
    return tuple(sorted({policy.pack for policy in knowledge.policies}))


def check_asked(knowledge: Knowledge, pack: str, policy: str | None) -> None:
    """UsageError where the pack, or the policy within it, does not exist."""
    if pack not in packs(knowledge):
        raise UsageError(Problem("--pack", f"there is no pack `{pack}`", "one of " + ", ".join(packs(knowledge))))
    ids = sorted({each.id for each in knowledge.policies if each.pack == pack})
    if policy is not None and policy not in ids:
        raise UsageError(Problem("--policy", f"pack `{pack}` has no policy `{policy}`", "one of " + ", ".join(ids)))


def policies_in_force(knowledge: Knowledge, pack: str, day: date) -> tuple[Policy, ...]:
    """The policies of a pack that are in force on a day, by id."""
    return in_force((policy for policy in knowledge.policies if policy.pack == pack), day)


def _policy_files(folder: Path) -> Iterator[Path]:
    """Dated policy files; the cases that tell a policy's stories stand in folders of their own."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.stem[:4].isdigit() and "cases" not in path.relative_to(folder).parts:
            yield path


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  a safe loader, the C one where built
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}:{mark.line + 1}" if mark else path.name
        raise LibraryError(Problem(place, "the file cannot be read")) from error


def _anatomy(path: Path) -> Anatomy:
    try:
        return Anatomy.from_mapping(_yaml(path))
    except (KeyError, TypeError, ValueError) as error:
        raise LibraryError(Problem(path.name, str(error))) from error


def _procedures(path: Path) -> Procedures:
    try:
        return Procedures.from_mapping(_yaml(path))
    except (KeyError, TypeError, ValueError) as error:
        raise LibraryError(Problem(path.name, str(error))) from error


def _codes(path: Path, procedures: Procedures) -> Codes:
    try:
        return Codes.from_mapping(_yaml(path), procedures)
    except (KeyError, TypeError, ValueError) as error:
        raise LibraryError(Problem(path.name, str(error))) from error

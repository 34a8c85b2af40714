"""Citations: the published findings that a report may print, read from library/evidence.

Only findings that were compared with their source are kept; what awaits a check is dropped when the library is
opened, so that nothing later can print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from necessity.values.errors import LibraryError
from necessity.values.problem import Problem

_KEYS = {"id", "citation", "doi", "pmid", "pmcid", "study", "level", "topics", "checked", "limits"}
_KEYS |= {"findings", "awaiting_check"}
_CHECKED = "abstract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A guideline, trial, review or society document. `authors` and `volume` are empty where they were not checked."""

    id: str
    authors: str
    title: str
    journal: str
    year: int
    volume: str
    doi: str
    pmid: str
    study: str
    level: str
    topics: tuple[str, ...]
    limits: str

    @property
    def citation(self) -> str:
        """One line, with the identifiers by which a reader finds it."""
        place = f"{self.journal} {self.year}" + (f";{self.volume}" if self.volume else "")
        parts = [self.authors.rstrip("."), self.title.rstrip("."), place]
        parts += [f"doi:{self.doi}"] if self.doi else []
        parts += [f"PMID {self.pmid}"] if self.pmid else []
        return ". ".join(part for part in parts if part) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFinding:
    """One statement of one source, in our own words."""

    id: str
    text: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A question on which findings differ; `supports` and `opposes` are finding ids."""

    id: str
    statement: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    reading: str


class Citations:
    """All findings that may be printed, and the disagreements between them."""

    def __init__(self, findings: Iterable[CitedFinding], disagreements: Iterable[Disagreement] = ()) -> None:
        self._findings = {finding.id: finding for finding in findings}
        self.disagreements = tuple(disagreements)

    def __contains__(self, finding_id: object) -> bool:
        return finding_id in self._findings

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all findings that may be printed, sorted."""
        return tuple(sorted(self._findings))

    def finding(self, finding_id: str) -> CitedFinding:
        """The finding, or KeyError where there is none that may be printed."""
        return self._findings[finding_id]

    def other_side(self, finding_id: str) -> tuple[Disagreement, ...]:
        """The disagreements in which a finding stands on one side: whoever prints it shows the other too."""
        return tuple(d for d in self.disagreements if finding_id in d.supports + d.opposes)


def citations_from(entries: Iterable[tuple[str, Any]], topics: tuple[str, Any] | None = None) -> Citations:
    """Citations from the parsed files of library/evidence, each with its name; all problems are raised together."""
    problems: list[Problem] = []
    findings: list[CitedFinding] = []
    for where, raw in entries:
        findings.extend(_findings_of(where, raw, problems))
    known = {finding.id for finding in findings}
    disagreements = list(_disagreements_of(*topics, known, problems)) if topics else []
    if problems:
        raise LibraryError(*problems)
    return Citations(findings, disagreements)


def _findings_of(where: str, raw: Any, problems: list[Problem]) -> Iterable[CitedFinding]:
    if not isinstance(raw, Mapping) or not {"id", "citation", "checked"} <= set(raw):
        problems.append(Problem(where, "an entry needs `id`, `citation` and `checked`"))
        return
    problems.extend(Problem(where, f"unknown key `{key}`") for key in raw if key not in _KEYS)
    if raw["checked"] not in (_CHECKED, "citation"):
        problems.append(Problem(where, "`checked` is `abstract` or `citation`"))
    if raw.get("findings") and raw["checked"] != _CHECKED:
        problems.append(Problem(where, "findings that were not checked stand under `awaiting_check`"))
        return
    entry = _entry(raw)
    for finding in raw.get("findings", ()):
        if not str(finding["id"]).startswith(entry.id + "."):
            problems.append(Problem(where, f"the finding `{finding['id']}` should be named after its entry"))
        yield CitedFinding(id=finding["id"], text=finding["text"], entry=entry)


def _entry(raw: Mapping[str, Any]) -> Entry:
    cited = raw["citation"]
    return Entry(
        id=raw["id"],
        authors=cited.get("authors", ""),
        title=cited["title"],
        journal=cited["journal"],
        year=int(cited["year"]),
        volume=str(cited.get("volume", "")),
        doi=raw.get("doi", ""),
        pmid=str(raw.get("pmid", "")),
        study=raw.get("study", ""),
        level=str(raw.get("level", "")),
        topics=tuple(raw.get("topics", ())),
        limits=raw.get("limits", ""),
    )


def _disagreements_of(where: str, raw: Any, known: set[str], problems: list[Problem]) -> Iterable[Disagreement]:
    for topic in raw["topics"]:
        sides = tuple(topic["for"]), tuple(topic["against"])
        for finding in sides[0] + sides[1]:
            if finding not in known:
                problems.append(Problem(where, f"`{topic['id']}` cites `{finding}`, which may not be printed"))
        yield Disagreement(
            id=topic["id"],
            statement=topic["statement"],
            supports=sides[0],
            opposes=sides[1],
            reading=topic["reading"].strip(),
        )

"""The stories of a policy: short charts that say what must come of them, with the passages marked that findings must cite.

    story: A red flag excuses the patient from six weeks of treatment
    as_of: 2026-03-10
    request: {procedures: [discectomy], levels: [L4-5], side: left}
    note: |
      [Pain down the left leg|radicular-pain] for ten days, with [new urinary retention|cauda-equina].
    expect:
      outcome: medically_necessary
      findings: {radicular-pain: met, conservative-duration: waived}
      decided_by: [radicular-pain, cauda-equina]

A mark names the criteria or waivers, one or more with commas between, whose finding must cite something of the marked words.
`note` may be one text, or several under `documents` as in a case file, with marks in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from necessity import pipeline
from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.charts.span import Evidence
from necessity.determinations.determination import Determination, LineDetermination
from necessity.findings.finding import Finding, WaiverFinding
from necessity.knowledge import Knowledge
from necessity.policies.hints import did_you_mean
from necessity.policies.policy import Policy
from necessity.policies.source import Source, read
from necessity.values.problem import Problem
from necessity.values.status import Outcome, Status

_MARK = re.compile(r"\[([^\[\]|]+)\|([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)\]")
_KEYS = ("story", "as_of", "record", "request", "note", "documents", "expect")
_EXPECTED = ("outcome", "findings", "decided_by", "urgent", "line", "policy")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a document that the finding of a criterion, or a waiver, must cite."""

    document: str
    start: int
    end: int
    about: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story: the case without its marks, the marks, and what must come of it."""

    source: Source
    title: str
    case: Mapping[str, Any]
    marks: tuple[Mark, ...]
    expect: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def has_documents(self) -> bool:
        return isinstance(self.source.data, dict) and "documents" in self.source.data

    @property
    def names(self) -> list[str]:
        return [str(each["name"]) for each in self.case["documents"]]


def read_story(path: Path, where: str) -> Story:
    """A story of a file, with the marks taken out of its texts."""
    source = read(path.read_text("utf-8"), where)
    raw: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
    problems = [*source.problems, *_unknown(source, raw, (), _KEYS)]
    problems += [
        Problem(source.where(()), f"`{key}` is missing") for key in ("story", "as_of", "expect") if key not in raw
    ]
    expect = raw.get("expect")
    expect = expect if isinstance(expect, dict) else {}
    problems += _unknown(source, expect, ("expect",), _EXPECTED)
    documents, marks = _unmarked(raw)
    case = {key: raw[key] for key in ("as_of", "record", "request") if key in raw}
    case |= {"id": path.stem, "documents": documents}
    return Story(source, str(raw.get("story", path.stem)), case, tuple(marks), expect, tuple(problems))


def _unknown(
    source: Source, raw: Mapping[str, Any], path: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[Problem]:
    for key in raw:
        if key not in known:
            yield Problem(source.where((*path, key)), f"`{key}` is not a key here", did_you_mean(str(key), known))


def _unmarked(raw: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[Mark]]:
    entries = raw.get("documents") or [{"name": "note", "text": raw.get("note", "")}]
    documents: list[dict[str, Any]] = []
    marks: list[Mark] = []
    for number, entry in enumerate(entries, 1):
        name = str(entry.get("name") or f"document {number}")
        text, found = without_marks(str(entry.get("text", "")))
        documents.append({**entry, "name": name, "text": text})
        marks += [Mark(name, start, end, about) for start, end, about in found]
    return documents, marks


def without_marks(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text as a chart has it, and where its marked passages stand."""
    plain, found, last = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        names = [name.strip() for name in mark[2].split(",")]
        found += [(len(plain), len(plain) + len(mark[1]), name) for name in names]
        plain += mark[1]
        last = mark.end()
    return plain + text[last:], found


def tell(story: Story, policy: Policy, knowledge: Knowledge) -> tuple[Problem, ...]:
    """What comes out otherwise than the story says."""
    if story.problems:
        return story.problems
    case = case_from_mapping(dict(story.case), story.source.name, knowledge.form_words(), default_id="story")
    named = None if policy.decides == "level_of_care" else str(story.expect.get("policy") or policy.id)
    told = pipeline.review(case, knowledge, pack=policy.pack, policy=named)
    decided = _setting(told) if named is None else _line(told, story)
    if decided is None:
        return (Problem(story.source.where(("expect",)), "the request has no such line", "see `line`"),)
    return (
        *_outcome(told, decided, story),
        *_statuses(decided, story),
        *_unshown(decided, story, case),
        *_deciding(decided, story),
    )


def _setting(told: Determination) -> LineDetermination | None:
    """The level of care, judged apart, in the place of a line."""
    care, line = told.level_of_care, told.worst_line
    if care is None or line is None:
        return None
    return replace(line, policy=care.policy, outcome=care.outcome, findings=care.findings, waivers=())


def _line(told: Determination, story: Story) -> LineDetermination | None:
    """The line that the story speaks of: the one it names, else the one that speaks for the case."""
    named = story.expect.get("line")
    if named is None:
        return told.worst_line
    return next((each for each in told.lines if each.line.id == named), None)


def _outcome(told: Determination, decided: LineDetermination, story: Story) -> Iterator[Problem]:
    for key, got in (("outcome", decided.outcome.value), ("urgent", told.urgent)):
        wanted = story.expect.get(key, got)
        if wanted != got:
            yield Problem(story.source.where(("expect", key)), f"{key} is `{got}`, expected `{wanted}`")


def _by_id(decided: LineDetermination) -> dict[str, Finding | WaiverFinding]:
    return {each.id: each for each in decided.waivers} | {each.criterion: each for each in decided.findings}


def _statuses(decided: LineDetermination, story: Story) -> Iterator[Problem]:
    found = _by_id(decided)
    for name, wanted in (story.expect.get("findings") or {}).items():
        where = story.source.where(("expect", "findings", name))
        if name not in found:
            yield Problem(where, f"`{name}` is no criterion of this line", did_you_mean(name, found))
        elif found[name].status.value != wanted:
            got = found[name]
            yield Problem(where, f"`{name}` is `{got.status.value}`, expected `{wanted}`", got.reason)


def _unshown(decided: LineDetermination, story: Story, case: Case) -> Iterator[Problem]:
    found = _by_id(decided)
    for mark in story.marks:
        where = story.source.where(
            ("documents", story.names.index(mark.document)) if story.has_documents else ("note",)
        )
        if mark.about not in found:
            yield Problem(where, f"`{mark.about}` is no criterion of this line", did_you_mean(mark.about, found))
        elif not any(_touches(passage, mark, case) for passage in found[mark.about].evidence):
            text = story.case["documents"][story.names.index(mark.document)]["text"]
            words = " ".join(text[mark.start : mark.end].split())
            yield Problem(where, f"the finding of `{mark.about}` does not cite the marked words `{words}`")


def _touches(passage: Evidence, mark: Mark, case: Case) -> bool:
    """The chart orders its documents for itself, so that they are told apart by name."""
    named = [document.id for document in case.chart.documents if document.name == mark.document]
    return passage.document in named and passage.start < mark.end and mark.start < passage.end


def _deciding(decided: LineDetermination, story: Story) -> Iterator[Problem]:
    """What the story says decides it must bear on the outcome: it fails, is open, is met, or waives."""
    wanted = story.expect.get("decided_by")
    got = decided_by(decided)
    for name in wanted or ():
        if name not in got:
            where = story.source.where(("expect", "decided_by"))
            yield Problem(where, f"`{name}` does not decide the line", f"decided by {', '.join(got)}")


def decided_by(decided: LineDetermination) -> list[str]:
    """What made the outcome: what fails, else what is open; for an approval all that is met, and the waivers that are."""
    waivers = [each.id for each in decided.waivers if each.status in (Status.MET, Status.UNDOCUMENTED)]
    if decided.outcome is Outcome.NOT_MEDICALLY_NECESSARY:
        failed = [each.criterion for each in decided.findings if each.status is Status.NOT_MET]
        return failed or [each.criterion for each in decided.findings if each.status.is_open]
    if decided.outcome is Outcome.NEEDS_DOCUMENTATION:
        return [each.criterion for each in decided.findings if each.status.is_open] + waivers
    return [each.criterion for each in decided.findings if each.status is Status.MET] + waivers

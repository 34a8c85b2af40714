"""The lint of lexicons: entries that a clinician would be surprised by, each named with its file.

Ambiguous: one phrase of two concepts of a group, unless the file names the pair under `together:` (both are then found,
as "unlikely" denies what is before it and behind it). Shadowed: an `=` phrase whose words stand in the same concept without their case, so that
it never decides. Unsourced: a file that does not say where its words come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from necessity.values.problem import Problem
from necessity.vocabulary.lexicon import CUES
from necessity.vocabulary.phrases import expand

Files = Mapping[str, Mapping[str, Any]]


def lint(files: Files) -> tuple[Problem, ...]:
    """Every problem of the lexicon files, by file. `files` are parsed YAML by file name."""
    return tuple(problem for name in sorted(files) for problem in _of_file(name, files[name]))


def shared_phrases(files: Files) -> dict[str, tuple[str, ...]]:
    """Phrases that two groups of one lane claim: both concepts are found, which may be wanted; the author decides."""
    owners: dict[tuple[str, str], dict[str, None]] = {}
    for _, file in sorted(files.items()):
        lane = CUES if file["group"] == CUES else str(file.get("lane", ""))
        for concept, phrase in _phrases(file):
            owners.setdefault((lane, phrase), {})[f"{file['group']}.{concept}"] = None
    return {phrase: tuple(names) for (_, phrase), names in owners.items() if len({n.split(".")[0] for n in names}) > 1}


def _of_file(name: str, file: Mapping[str, Any]) -> Iterator[Problem]:
    if not file.get("source"):
        yield Problem(name, "the file does not say where its words come from", "add `source:`")
    together = {frozenset(map(str, pair)) for pair in file.get("together", ())}
    owners: dict[str, str] = {}
    for concept, entry in file["concepts"].items():
        words = entry if isinstance(entry, list) else entry.get("words", [])
        if not words:
            yield Problem(name, f"concept `{concept}` has no words", "add a phrase or take it out")
        yield from _of_words(name, str(concept), words, owners, together)


def _of_words(
    name: str, concept: str, words: list[str], owners: dict[str, str], together: set[frozenset[str]]
) -> Iterator[Problem]:
    plain = {phrase.lower() for written in words if not written.startswith("=") for phrase in _readings(written)}
    for written in words:
        phrases = _readings(written)
        if not phrases:
            yield Problem(name, f"`{written}` in `{concept}` stands for nothing", "look at its brackets")
        for phrase in phrases:
            exact = written.startswith("=")
            other = owners.setdefault(f"={phrase}" if exact else phrase.lower(), concept)
            if other != concept and frozenset((other, concept)) not in together:
                hint = "keep it in one of them, or name the pair under `together:`"
                yield Problem(name, f"`{phrase}` belongs to `{other}` and to `{concept}`", hint)
            if exact and phrase.lower() in plain:
                yield Problem(name, f"`={phrase}` in `{concept}` is shadowed by the same words without their case")
            if len(phrase) == 1 and phrase.isalpha() and not exact:
                yield Problem(name, f"`{phrase}` in `{concept}` is one letter and will match everywhere")


def _readings(written: str) -> tuple[str, ...]:
    """The phrases that a written one stands for; none where its brackets are wrong."""
    try:
        return expand(written.removeprefix("="))
    except ValueError:
        return ()


def _phrases(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for concept, entry in file["concepts"].items():
        for written in entry if isinstance(entry, list) else entry.get("words", []):
            if not written.startswith("="):
                for phrase in expand(written):
                    yield str(concept), phrase.lower()

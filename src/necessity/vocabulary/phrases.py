"""Phrases: the notation that clinicians write, what each phrase stands for, and where phrases stand in a text.

Some written phrases have so many choices that they stand for thousands of plain ones, of which few charts hold any. Such a phrase is
written out only when a text holds what all its readings need: what is found is the same, and the start is several times faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, TypeVar

import ahocorasick_rs

_PLAIN = re.compile(r"[^()\[\]|]+")
_BRACKET = re.compile(r"[()\[\]]")
_INNERMOST = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CHOICES = 12  # bars and square brackets from which on a phrase waits until it is needed
_REBUILT = 4  # times that phrases are added as they are needed; then all the rest is
Meaning = TypeVar("Meaning")


def expand(phrase: str) -> tuple[str, ...]:
    """The plain phrases that a written phrase stands for, without repeats. ValueError where a bracket has no partner."""
    phrase = " ".join(phrase.split())
    if not _BRACKET.search(phrase):
        return (phrase,) if phrase else ()
    texts, rest = _sequence(phrase, 0, "")
    if rest != len(phrase):
        raise ValueError(f"a bracket without its partner in `{phrase}`")
    if " " in phrase:  # what is left out may leave its blank
        texts = [" ".join(text.split()) for text in texts]
    return tuple(text for text in dict.fromkeys(texts) if text)


def _sequence(phrase: str, start: int, closer: str) -> tuple[list[str], int]:
    """All readings from `start` up to the closing bracket, and where that stands."""
    whole: list[str] = []
    texts = [""]
    position = start
    choices = False
    while position < len(phrase) and phrase[position] != closer:
        character = phrase[position]
        if character in "([":
            inner, position = _sequence(phrase, position + 1, ")" if character == "(" else "]")
            # A bracket with no choice in it, and every square bracket, may be left out.
            options = inner if character == "(" and len(inner) > 1 else [*inner, ""]
            texts = [text + option for text in texts for option in options]
        elif character == "|" and closer:
            choices = True
            whole, texts = whole + texts, [""]
        elif character in ")]":
            raise ValueError(f"a bracket without its partner in `{phrase}`")
        else:
            run = _PLAIN.match(phrase, position)
            piece = run[0] if run else character
            texts = [text + piece for text in texts]
            position += len(piece) - 1
        position += 1
    if closer and position >= len(phrase):
        raise ValueError(f"a bracket without its partner in `{phrase}`")
    return (whole + texts if choices else texts), position


def needed_parts(phrase: str) -> list[tuple[str, ...]]:
    """What every reading of a phrase holds: one string of each part, the rarest part first. For brackets that stand in pairs."""
    parts: list[tuple[str, ...]] = []
    depth = start = 0
    for position, character in enumerate(phrase + "("):
        if character in "([":
            if depth == 0:
                parts.append((phrase[start:position].strip(),))
                start = position + 1
            depth += 1
        elif character in ")]":
            depth -= 1
            if depth == 0:
                parts.append(_choices(phrase[start:position]) if character == ")" else ())
                start = position + 1
    return sorted((part for part in parts if part and all(part)), key=lambda part: (len(part), -min(map(len, part))))


def _choices(inner: str) -> tuple[str, ...]:
    """How the choices within round brackets begin; none where they may be left out."""
    while _INNERMOST.search(inner):
        inner = _INNERMOST.sub("\0", inner)
    options = inner.split("|")
    return tuple(option.split("\0")[0].strip() for option in options) if len(options) > 1 else ()


class Phrases(Generic[Meaning]):
    """Phrases with their meanings, found in a text in one pass. `rank` orders the meanings of one phrase."""

    def __init__(self, rank: Callable[[Meaning], int]) -> None:
        self.meanings: list[tuple[Meaning, ...]] = []  # by the number of the phrase
        self._rank = rank
        self._numbers: dict[str, int] = {}
        self._waiting: list[tuple[str, tuple[Meaning, ...], list[tuple[str, ...]]]] = []
        self._rebuilt = 0
        self._first = self._later = _automaton([])
        self._in_first = self._in_both = 0  # how many phrases the first automaton holds, and the two together

    def add(self, phrase: str, meanings: tuple[Meaning, ...]) -> None:
        """A plain phrase in lower case."""
        number = self._numbers.setdefault(phrase, len(self.meanings))
        if number == len(self.meanings):
            self.meanings.append(meanings)
        else:
            self.meanings[number] = tuple(sorted(self.meanings[number] + meanings, key=self._rank))

    def add_written(self, written: str, meanings: tuple[Meaning, ...]) -> None:
        """A phrase with its brackets. ValueError where one has no partner."""
        written = " ".join(written.lower().split())
        paired = written.count("(") == written.count(")") and written.count("[") == written.count("]")
        if paired and written.count("|") + written.count("[") >= _CHOICES:
            self._waiting.append((written, meanings, needed_parts(written)))
            return
        for phrase in expand(written):
            self.add(phrase, meanings)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of every phrase in a text of lower case, wherever it stands."""
        self._call_up(text)
        found = self._first.find_matches_as_indexes(text, overlapping=True)
        later = self._later.find_matches_as_indexes(text, overlapping=True)
        return found + [(self._in_first + number, start, end) for number, start, end in later]

    def _call_up(self, text: str) -> None:
        """Writes out the waiting phrases that a text may hold, and builds what is not built."""
        needed = [one for one in self._waiting if all(any(string in text for string in part) for part in one[2])]
        if self._in_first and needed:
            self._rebuilt += 1
            needed = needed if self._rebuilt <= _REBUILT else self._waiting
        if not self._in_first:
            self._first, self._in_first = _automaton(list(self._numbers)), len(self._numbers)
            self._in_both = self._in_first
        for written, meanings, _ in needed:
            for phrase in expand(written):
                self.add(phrase, meanings)
        if needed:
            called = {id(one) for one in needed}
            self._waiting = [one for one in self._waiting if id(one) not in called]
        if self._in_both < len(self._numbers):
            self._later, self._in_both = _automaton(list(self._numbers)[self._in_first :]), len(self._numbers)


def _automaton(phrases: list[str]) -> ahocorasick_rs.AhoCorasick:
    # Of the kinds of automaton this is the one that is quickly built; the others search a page a little faster.
    return ahocorasick_rs.AhoCorasick(phrases, implementation=ahocorasick_rs.Implementation.NoncontiguousNFA)

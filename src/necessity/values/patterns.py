"""Regular expressions for readers of sentences: compiled when first used, and not run where they cannot match.

Most patterns match few sentences, and looking for a short string is far cheaper than trying a pattern at every character. So the
strings of which every match holds one ("smok" or "tobacco") are derived from the pattern itself, and looked for first. What
is found is what the plain pattern finds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]  # the parse tree of a pattern has no public name
from re import _parser  # type: ignore[attr-defined]  # likewise
from typing import Any

# How likely a sentence is to hold a string of so many characters, and what looking for one more costs: a gate that stands
# open for most sentences, or is long to check, is worse than none.
_LIKELY = {0: 1.0, 1: 0.4, 2: 0.2, 3: 0.06, 4: 0.03}
_RARE = 0.01
_PRICE = 0.03
_DEAREST = 0.5
_NO_GATE = ("",)


class Pattern:
    """A pattern with the methods of `re.Pattern`; `search` and `finditer` look for the strings that it needs first."""

    __slots__ = (
        "pattern",
        "flags",
        "needed",
        "digit",
        "_search",
        "_finditer",
        "match",
        "fullmatch",
        "findall",
        "sub",
        "split",
    )

    needed: tuple[str, ...]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    findall: Callable[..., list[Any]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]
    _search: Callable[..., re.Match[str] | None]
    _finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compiles the pattern: only its text is set before the first use."""
        if name not in Pattern.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.needed = needed_strings(self.pattern, self.flags)
        self._search, self._finditer = compiled.search, compiled.finditer
        self.match, self.fullmatch = compiled.match, compiled.fullmatch
        self.findall, self.sub, self.split = compiled.findall, compiled.sub, compiled.split
        return getattr(self, name)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        for string in self.needed:
            if string in text:
                return self._search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        for string in self.needed:
            if string in text:
                return self._finditer(text, start, end)
        return iter(())


def pattern(written: str, flags: int = 0) -> Pattern:
    """A pattern, not yet compiled."""
    return Pattern(written, flags)


def needed_strings(written: str, flags: int = 0) -> tuple[str, ...]:
    """Strings of which every match holds at least one; the empty one where no such gate is worth its price."""
    tree = _parser.parse(written, flags)
    needed = None if tree.state.flags & re.IGNORECASE else _of_sequence(tree)
    return _NO_GATE if needed is None else tuple(needed)


def _of_sequence(tree: Iterable[tuple[Any, Any]]) -> Sequence[str] | None:
    """The cheapest of what the parts of a sequence need and of the strings that its letters make."""
    offers: list[Sequence[str]] = []
    letters = ""
    for kind, value in (*tree, (None, None)):
        if kind is op.LITERAL:
            letters += chr(value)
            continue
        offers.append((letters,))
        letters = ""
        if (own := _of_part(kind, value)) is not None:
            offers.append(own)
    best = min(offers, key=_dearness)
    return best if _dearness(best) <= _DEAREST else None


def _of_part(kind: Any, value: Any) -> Sequence[str] | None:
    if kind is op.SUBPATTERN:
        _, added, removed, tree = value
        return None if added or removed else _of_sequence(tree)
    if kind is op.ATOMIC_GROUP:
        return _of_sequence(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, _, tree = value
        return _of_sequence(tree) if least else None
    if kind is op.IN:
        return _of_set(value)
    if kind is op.BRANCH:
        return _of_choice(value[1])
    return None


def _of_choice(branches: list[Any]) -> Sequence[str] | None:
    """What any of the branches needs; a string within another stands for both ("current" for "currently")."""
    needed: dict[str, None] = {}
    for branch in branches:
        offer = _of_sequence(branch)
        if offer is None:
            return None
        needed.update(dict.fromkeys(offer))
    return tuple(long for long in needed if not any(short in long and short != long for short in needed))


def _of_set(value: list[tuple[Any, Any]]) -> Sequence[str] | None:
    return tuple(chr(letter) for _, letter in value) if all(kind is op.LITERAL for kind, _ in value) else None


def _dearness(needed: Sequence[str]) -> float:
    return sum(_LIKELY.get(len(string), _RARE) + _PRICE for string in needed)

"""Suggestions for a word that an author may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?` where something near is known, else the list where it is short, else nothing."""
    options = list(known)
    near = get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known here: {', '.join(options)}" if 0 < len(options) <= 20 else ""

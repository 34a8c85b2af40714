"""Gated patterns: the strings that a pattern needs are derived from it, and what is found is what the plain pattern finds."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest

import necessity.facts
from necessity.values.patterns import Pattern, needed_strings, pattern

NOTES = Path(__file__).resolve().parents[1] / "data" / "mtsamples" / "tuning.jsonl"


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        (r"\b(?:smok\w*|tobacco)\b", ("smok", "tobacco")),
        (r"\bunable to (?:walk|stand)", ("unable to ",)),
        (r"(?:currently|current|now)\b", ("current", "now")),
        (r"grade \d|meyerding", ("grade ", "meyerding")),
        (r"(?:very )?(?:well)+ (?=done)", ("well",)),
        (r"\d+/\d+", ("/",)),
    ],
)
def test_every_match_holds_a_needed_string(written: str, needed: tuple[str, ...]) -> None:
    assert needed_strings(written) == needed


@pytest.mark.parametrize(
    "written", [r"\d+", r"\b(?:is|a|x|i|o)\b", r"(?i)smoker", r"(?:tobacco)?", r"[a-z]+", r"(?=smoke)\w+"]
)
def test_a_pattern_that_needs_nothing_rare_is_not_gated(written: str) -> None:
    assert needed_strings(written) == ("",)


def test_a_gated_pattern_finds_nothing_without_its_string() -> None:
    smokes = pattern(r"\bsmok\w*")
    assert smokes.search("he never drank") is None
    assert list(smokes.finditer("he never drank")) == []


def test_a_gated_pattern_finds_what_it_should_within_its_bounds() -> None:
    smokes = pattern(r"\bsmok\w*")
    text = "smoked once, smokes now"
    assert [found[0] for found in smokes.finditer(text)] == ["smoked", "smokes"]
    assert smokes.search(text, 5) is not None
    assert smokes.search(text, 8, 15) is None


def test_an_unknown_attribute_is_refused() -> None:
    assert not hasattr(pattern("x"), "nothing")


def _patterns() -> list[Pattern]:
    names = [found.name for found in pkgutil.iter_modules(necessity.facts.__path__, "necessity.facts.")]
    found = [each for name in names for each in vars(importlib.import_module(name)).values()]
    return list({id(each): each for each in found if isinstance(each, Pattern)}.values())


def test_all_patterns_of_the_readers_find_what_the_plain_ones_find() -> None:
    notes = [json.loads(line)["text"].lower() for line in NOTES.read_text("utf-8").splitlines()[:24]]
    pieces = [piece for note in notes for piece in re.split(r"(?<=[.\n])", note) if piece.strip()][::12]
    for gated in _patterns():
        plain = re.compile(gated.pattern, gated.flags)
        for piece in pieces:
            assert [m.span() for m in gated.finditer(piece)] == [m.span() for m in plain.finditer(piece)]
            assert bool(gated.search(piece, 4)) == bool(plain.search(piece, 4))

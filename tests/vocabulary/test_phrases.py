"""Phrases with many choices wait until a text may hold them; what is found is the same."""

import json
from pathlib import Path

import pytest
import yaml

from necessity.vocabulary.phrases import Phrases, expand, needed_parts

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "library" / "vocabulary" / "lexicon"
NOTES = ROOT / "tests" / "data" / "mtsamples" / "tuning.jsonl"
MANY = "nothing [else |more |so far |to date ](has |have |)(helped|worked|eased|done (much|a lot|any good))"


def phrases_of(*written: str) -> Phrases[str]:
    found: Phrases[str] = Phrases(rank=written.index)
    for one in written:
        found.add_written(one, (one,))
    return found


def words(found: Phrases[str], text: str) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((text[start:end], found.meanings[number]) for number, start, end in found.find(text))


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("(old|prior) [lumbar |low ]fusion(s)", [("fusion",), ("old", "prior")]),
        ("no (relief|lasting (benefit|help)) from", [("from",), ("no",), ("relief", "lasting")]),
        ("a (|b)", [("a",)]),
        ("(x[y]|[z])", []),
    ],
)
def test_every_reading_holds_a_string_of_each_part(phrase: str, parts: list[tuple[str, ...]]) -> None:
    assert needed_parts(phrase) == parts
    assert all(any(string in reading for string in part) for reading in expand(phrase) for part in parts)


def test_a_phrase_with_many_choices_is_found_when_a_text_holds_it() -> None:
    found = phrases_of("helped", MANY)
    assert words(found, "heat helped") == [("helped", ("helped",))]
    assert words(found, "nothing else has helped") == [
        ("helped", ("helped",)),
        ("nothing else has helped", (MANY,)),
    ]
    assert words(found, "heat helped") == [("helped", ("helped",))]


def test_meanings_of_one_phrase_keep_their_order_whenever_they_come() -> None:
    found = phrases_of(MANY, "nothing helped")
    assert words(found, "nothing helped") == [("nothing helped", (MANY, "nothing helped"))]


def test_in_the_end_all_phrases_are_written_out() -> None:
    many = [MANY.replace("nothing", f"nothing{number}") for number in range(9)]
    found = phrases_of("one", *many)
    for number in range(9):
        assert words(found, f"nothing{number} helped") == [(f"nothing{number} helped", (many[number],))]


def test_a_bracket_without_its_partner_is_refused_in_a_long_phrase_too() -> None:
    with pytest.raises(ValueError, match="partner"):
        phrases_of(MANY + ")")


def test_what_waits_is_never_missed_in_the_notes() -> None:
    entries = [
        e for file in sorted(LEXICON.glob("*.yaml")) for e in yaml.safe_load(file.read_text())["concepts"].values()
    ]
    written = [w for entry in entries for w in (entry if isinstance(entry, list) else entry["words"])]
    many = [w for w in written if w.count("|") + w.count("[") >= 12 and len(expand(w)) < 3000]
    texts = [json.loads(line)["text"].lower() for line in NOTES.read_text("utf-8").splitlines()[:20]]
    for one in many[:80]:
        parts, readings = needed_parts(one.lower()), expand(one.lower())
        held = [text for text in texts if any(reading in text for reading in readings)]
        assert all(any(string in text for string in part) for text in held for part in parts)

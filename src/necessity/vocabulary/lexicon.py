"""The lexicon: concepts and their phrases, compiled once, found in one pass over a text.

A lexicon file is data that a clinician reads and extends:

    source: where the words come from
    group: site
    concepts:
      great_toe: {words: ["(great|big) toe", "hallux"], limb: leg, roots: [L5]}

In a phrase `(a|b)` is either word; `[word]`, `[a|b]` and `word(s)` may be left out; a phrase that starts with `=` is
matched with its very case ("=PT" is therapy, "pt" a patient). Keys beside `words` are attributes
of the concept that readers of facts use.

Of overlapping phrases the longest from the left counts, and hides what lies in it: that is how "pain clinic" is no pain. This holds
within a lane: files that name the same `lane` (none: the common one) hide each other's phrases, and no others'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick_rs

CUES = "cues"
_PLAIN = re.compile(r"[^()\[\]|]+")


@dataclass(frozen=True, eq=False, slots=True)
class Concept:
    """A thing that the product knows words for. `attributes` are the extra keys of its entry."""

    id: str
    group: str
    attributes: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.group}.{self.id}"

    def get(self, key: str, default: Any = None) -> Any:
        return self.attributes.get(key, default)


class Match(NamedTuple):
    """Concepts found at `start` up to `end` of the text that was searched."""

    start: int
    end: int
    concepts: tuple[Concept, ...]


# Content matches and cue matches, each in order.
Found = tuple[list[Match], list[Match]]
# A concept, and the very letters that it must be written in, if any.
_Meaning = tuple[Concept, str | None]


def expand(phrase: str) -> tuple[str, ...]:
    """The plain phrases that a written phrase stands for, without repeats. ValueError where a bracket has no partner."""
    texts, rest = _sequence(phrase, 0, "")
    if rest != len(phrase):
        raise ValueError(f"a bracket without its partner in `{phrase}`")
    return tuple(dict.fromkeys(plain for text in texts if (plain := " ".join(text.split()))))


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


class Lexicon:
    """All phrases of all groups, with one automaton for content and cues together."""

    def __init__(self, files: Iterable[Mapping[str, Any]]) -> None:
        files = list(files)
        phrases: dict[str, list[_Meaning]] = {}
        self.concepts: dict[tuple[str, str], Concept] = {}
        for file in files:
            self._take(file, phrases)
        self._lanes = self._lanes_of(files)
        self._phrases = list(phrases)
        self._meanings = [tuple(phrases[phrase]) for phrase in self._phrases]
        self._simple = [self._simple_of(meanings) for meanings in self._meanings]
        # Whether a phrase begins and ends with a letter or figure, so that none may stand beside it.
        self._opens = [phrase[0].isalnum() for phrase in self._phrases]
        self._closes = [phrase[-1].isalnum() for phrase in self._phrases]
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases) if self._phrases else None

    @staticmethod
    def _lanes_of(files: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """The lane of each group: `cues`, what the file names as its `lane`, or the common one."""
        return {file["group"]: CUES if file["group"] == CUES else file.get("lane", "") for file in files}

    def _simple_of(self, meanings: tuple[_Meaning, ...]) -> tuple[str, tuple[Concept, ...]] | None:
        """The lane and the concepts of a phrase, where all are in one lane and count in any case."""
        lanes = {self._lanes[concept.group] for concept, _ in meanings}
        if len(lanes) > 1 or any(exact for _, exact in meanings):
            return None
        return lanes.pop(), tuple(concept for concept, _ in meanings)

    def _take(self, file: Mapping[str, Any], phrases: dict[str, list[_Meaning]]) -> None:
        group = file["group"]
        for concept_id, entry in file["concepts"].items():
            entry = {"words": entry} if isinstance(entry, list) else entry
            concept = Concept(str(concept_id), group, {k: v for k, v in entry.items() if k != "words"})
            self.concepts[group, concept.id] = concept
            for written in entry["words"]:
                exact = written[1:] if written.startswith("=") else None
                for phrase in expand(exact or written):
                    phrases.setdefault(phrase.lower(), []).append((concept, phrase if exact else None))

    def of_group(self, group: str) -> list[Concept]:
        """The concepts of a group, in the order of the file."""
        return [concept for (its_group, _), concept in self.concepts.items() if its_group == group]

    def phrases_of_concepts(self) -> list[tuple[str, str]]:
        """(concept id, one phrase of it) for every concept that is no cue, in the order of the files."""
        first: dict[tuple[str, str], str] = {}
        for phrase, meanings in zip(self._phrases, self._meanings, strict=True):
            for concept, _ in meanings:
                if concept.group != CUES:
                    first.setdefault((concept.group, concept.id), phrase)
        return [(concept_id, phrase) for (_, concept_id), phrase in first.items()]

    def matches(self, text: str, cased: str) -> Found:
        """What one text holds; see `matches_in`."""
        return self.matches_in([text], [cased])[0]

    def matches_in(self, texts: Sequence[str], cased: Sequence[str]) -> list[Found]:
        """Content matches and cue matches of each text, each the longest from the left in its lane, at word boundaries.

        `texts` are in lower case with single blanks; `cased` are the same texts in their own case, for `=` phrases. All are
        searched in one call, for a call costs as much as searching a page; a line break between them keeps them apart.
        """
        found: list[Found] = [([], []) for _ in texts]
        joined = "\n" + "\n".join(texts) + "\n"
        ends = dict.fromkeys(self._lanes.values(), 0)
        place, base, limit = -1, 0, 1
        content: list[Match] = []
        cues: list[Match] = []
        for start, minus_end, number in self._bounded(joined):
            while start >= limit:
                place, base = place + 1, limit
                limit = base + len(texts[place]) + 1
                content, cues = found[place]
            end = -minus_end
            simple = self._simple[number]
            if simple is not None:
                lane, concepts = simple
                if start >= ends[lane]:
                    ends[lane] = end
                    (cues if lane == CUES else content).append(Match(start - base, end - base, concepts))
                continue
            written = cased[place][start - base : end - base]
            kept = [
                (concept, self._lanes[concept.group])
                for concept, exact in self._meanings[number]
                if start >= ends[self._lanes[concept.group]] and (exact is None or exact == written)
            ]
            ends.update((lane, end) for _, lane in kept)
            if own := tuple(concept for concept, lane in kept if lane != CUES):
                content.append(Match(start - base, end - base, own))
            if len(own) < len(kept):
                cues.append(Match(start - base, end - base, tuple(concept for concept, lane in kept if lane == CUES)))
        return found

    def _bounded(self, text: str) -> list[tuple[int, int, int]]:
        """(start, minus end, number) of every phrase that stands as a word in a text between line breaks; longest from the left first."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton else []
        bounded = [
            (start, -end, number)
            for number, start, end in found
            if not (self._opens[number] and text[start - 1].isalnum())
            and not (self._closes[number] and text[end].isalnum())
        ]
        bounded.sort()
        return bounded

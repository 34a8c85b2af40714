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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from necessity.vocabulary.phrases import Phrases, expand

CUES = "cues"


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
# The lane and the concepts of a phrase that counts in any case.
_Simple = tuple[str, tuple[Concept, ...]]


class Lexicon:
    """All phrases of all groups, with one automaton for content and cues together."""

    def __init__(self, files: Iterable[Mapping[str, Any]]) -> None:
        files = list(files)
        self.concepts: dict[tuple[str, str], Concept] = {}
        self._lanes = self._lanes_of(files)
        self._ranks: dict[Concept, int] = {}
        self._phrases: Phrases[_Meaning] = Phrases(lambda meaning: self._ranks[meaning[0]])
        self._written: list[tuple[Concept, str]] = []
        self._simple: dict[tuple[_Meaning, ...], _Simple | None] = {}
        for file in files:
            self._take(file)

    @staticmethod
    def _lanes_of(files: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """The lane of each group: `cues`, what the file names as its `lane`, or the common one."""
        return {file["group"]: CUES if file["group"] == CUES else file.get("lane", "") for file in files}

    def _take(self, file: Mapping[str, Any]) -> None:
        group = file["group"]
        for concept_id, entry in file["concepts"].items():
            entry = {"words": entry} if isinstance(entry, list) else entry
            concept = Concept(str(concept_id), group, {k: v for k, v in entry.items() if k != "words"})
            self.concepts[group, concept.id] = concept
            self._ranks[concept] = len(self._ranks)
            in_any_case: tuple[_Meaning, ...] = ((concept, None),)
            for written in entry["words"]:
                self._written.append((concept, written))
                if not written.startswith("="):
                    self._phrases.add_written(written, in_any_case)
                    continue
                for phrase in expand(written[1:]):
                    self._phrases.add(phrase.lower(), ((concept, phrase),))

    def _simple_of(self, meanings: tuple[_Meaning, ...]) -> _Simple | None:
        """The lane and the concepts of a phrase, where all are in one lane and count in any case."""
        lanes = {self._lanes[concept.group] for concept, _ in meanings}
        if len(lanes) > 1 or any(exact for _, exact in meanings):
            return None
        return lanes.pop(), tuple(concept for concept, _ in meanings)

    def of_group(self, group: str) -> list[Concept]:
        """The concepts of a group, in the order of the file."""
        return [concept for (its_group, _), concept in self.concepts.items() if its_group == group]

    def phrases_of_concepts(self) -> list[tuple[str, str]]:
        """(concept id, one phrase of it) for every concept that is no cue, in the order of the files."""
        first: dict[tuple[str, str], str] = {}
        for concept, written in self._written:
            if concept.group != CUES:
                first.setdefault((concept.group, concept.id), next(iter(expand(written.removeprefix("="))), "").lower())
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
            meanings = self._phrases.meanings[number]
            if meanings not in self._simple:
                self._simple[meanings] = self._simple_of(meanings)
            simple = self._simple[meanings]
            if simple is not None:
                lane, concepts = simple
                if start >= ends[lane]:
                    ends[lane] = end
                    (cues if lane == CUES else content).append(Match(start - base, end - base, concepts))
                continue
            written = cased[place][start - base : end - base]
            kept = [
                (concept, self._lanes[concept.group])
                for concept, exact in meanings
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
        bounded = [
            (start, -end, number)
            for number, start, end in self._phrases.find(text)
            if not (text[start - 1].isalnum() and text[start].isalnum())
            and not (text[end].isalnum() and text[end - 1].isalnum())
        ]
        bounded.sort()
        return bounded

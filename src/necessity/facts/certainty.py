"""Which facts rest on words that were recognised in a picture without certainty.

Such a fact is kept, with its passage, and marked; it decides nothing, for one misread word turns "no weakness" into
"weakness" or L4 into L1. What counts are the words that decide a statement: its concept, figures (level, date, strength,
dose), side and negation, in the passage itself or in the sentence around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from necessity.charts.doubt import is_deciding, is_level, is_short
from necessity.charts.layout import PlacedWord
from necessity.charts.span import Evidence
from necessity.facts.fact import Fact
from necessity.facts.reading import ReadDocument, Sentence


def marked(facts: Iterable[Fact], documents: Iterable[ReadDocument]) -> list[Fact]:
    """The facts, those in doubt marked `doubtful`."""
    doubts = {read.document.id: doubt for read in documents if (doubt := _Doubt(read)).words}
    if not doubts:
        return list(facts)
    return [replace(fact, doubtful=True) if _is_doubtful(fact, doubts) else fact for fact in facts]


def _is_doubtful(fact: Fact, doubts: dict[str, _Doubt]) -> bool:
    return any(doubts[one.document].touches(one) for one in fact.evidence if one.document in doubts)


class _Doubt:
    """The doubtful words of a document, in order."""

    def __init__(self, read: ReadDocument) -> None:
        self._read = read
        layout, text = read.document.layout, read.document.text
        everything = layout.words(0, len(text)) if layout and layout.has_recognised else ()
        self.words: list[PlacedWord] = [
            word for word in everything if word.doubtful and re.search(r"[^\W_]", text[word.start : word.end])
        ]
        self._ends = [word.end for word in self.words]
        self._sentences = [sentence.start for sentence in read.sentences]

    def touches(self, evidence: Evidence) -> bool:
        """Whether a word that decides what the passage says is in doubt."""
        sentence = self._sentence(evidence.start)
        start, end = evidence.start, evidence.end
        clause = (start, end)
        if sentence is not None:
            start, end = min(start, sentence.start), max(end, sentence.end)
            clause = _clause(sentence, evidence)
        for word in self.words[bisect_right(self._ends, start) :]:
            if word.start >= end:
                return False
            if self._decides(word, evidence, clause, sentence):
                return True
        return False

    def _decides(
        self, word: PlacedWord, evidence: Evidence, clause: tuple[int, int], sentence: Sentence | None
    ) -> bool:
        letters = self._read.document.text[word.start : word.end]
        if evidence.start < word.end and word.start < evidence.end:
            return is_deciding(letters) or is_short(letters) or sentence is None or _is_concept(word, sentence)
        if is_level(letters):
            return True
        # Another figure of the sentence is about something else; a side or a "no" beside the passage is about it.
        beside = clause[0] < word.end and word.start < clause[1]
        return beside and (is_short(letters) or (is_deciding(letters) and not any(c.isdigit() for c in letters)))

    def _sentence(self, offset: int) -> Sentence | None:
        place = bisect_right(self._sentences, offset) - 1
        return self._read.sentences[place] if place >= 0 else None


def _clause(sentence: Sentence, evidence: Evidence) -> tuple[int, int]:
    """Offsets in the document of the clause in which a passage begins."""
    position = min(max(0, evidence.start - sentence.start), len(sentence.text) - 1)
    low, high = sentence.clause(position)
    if low >= high:
        return evidence.start, evidence.end
    around = sentence.evidence(low, high)
    return around.start, around.end


def _is_concept(word: PlacedWord, sentence: Sentence) -> bool:
    """Whether the word is part of a concept that the sentence was matched for."""
    for match in sentence.matches:
        passage = sentence.evidence(match.start, match.end)
        if passage.start < word.end and word.start < passage.end:
            return True
    return False

"""The words of a statement about imaging, in order, with what the sentence inherits and where each phrase ends.

`imaging_places` adds the levels, `imaging_scene` the questions that the readers of findings ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from necessity.facts.fact import Region, Source
from necessity.facts.reading import Sentence
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept

GROUPS = ("disc", "stenosis", "zone", "grade", "compression", "structure", "alignment", "redflag")
HEADS = frozenset({"disc", "stenosis", "compression", "alignment", "redflag"})
_BREAK = pattern(
    r";|(?<!mod)(?<!sev)(?<!lat)\.\s|\s-{1,2}\s|\bw/\s|\b(?:with|causing|cause|causes|resulting|results|result|producing|produces|due to|from|secondary to|superimposed|which|that|but|however|while|results|creating|leading|because|plus)\b"
)
COMMA = pattern(r",|\band\b|&|\bor\b|\bplus\b|\s/\s|\bas well as\b|\(|\)")
_STILL = pattern(
    r"\s?(?:(?:which is|that is|and|but)\s)?(?:(?:called|graded|read as|deemed|described as|considered|judged|said to be|rated|felt to be|estimated as|which is|it is)\s(?:as )?(?:\w+ )?(?:mild|moderate|severe)\w*|worse|greater|more|most|mild\w*|moderate\w*|severe\w*|marked\w*|left|right|bilateral\w*|on the|on (?:left|right)|especially|particularly|predominantly|asymmetric\w*|eccentric|measuring|\d+(?:\.\d+)?\s?(?:mm|x)|central|paracentral|foraminal|predominately|mainly)\b(?!\s(?:[lcst]\d+ (?:nerve|root|ganglion)|s\d|root|nerve|lateral recess (?:obl|st|n)|\w+ (?:root|nerve|canal|recess|foram)))"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sentence inherits from the report or paragraph that it stands in.

    `levels` govern the sentence until it names its own; `spine` is False where another part of the body is looked at.
    """

    modality: str | None = None
    when: PartialDate | None = None
    region: Region | None = None
    levels: tuple[str, ...] = ()
    source: Source = Source.CLINICIAN
    in_study: bool = False  # inside a report, an imaging section or a sentence on a study
    in_report: bool = False
    spine: bool = True
    after_stenosis: bool = False  # the sentence before graded a stenosis
    historical: bool = False
    studies: tuple[tuple[int, str], ...] = ()  # studies named in this very sentence: where, which


@dataclass(frozen=True, slots=True)
class Word:
    """One concept (or more of one group) found in the sentence."""

    group: str
    id: str
    start: int
    end: int
    concept: Concept


@dataclass
class Statement:
    """A sentence with its words in order and its frame."""

    sentence: Sentence
    frame: Frame
    words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = [
            Word(concept.group, concept.id, match.start, match.end, concept)
            for match, concept in self.sentence.of(*GROUPS)
        ]
        self.words = list(dict.fromkeys(found))

    @property
    def text(self) -> str:
        return self.sentence.text

    def of(self, *groups: str) -> list[Word]:
        return [word for word in self.words if word.group in groups]

    def between(self, start: int, end: int, *groups: str) -> list[Word]:
        return [word for word in self.words if start <= word.start and word.end <= end and word.group in groups]

    @cached_property
    def breaks(self) -> list[tuple[int, int]]:
        return [found.span() for found in _BREAK.finditer(self.text)]

    def has_head(self) -> bool:
        return any(word.group in ("disc", "stenosis", "compression") for word in self.words)

    def bounds(self, word: Word) -> tuple[int, int]:
        """The stretch of text around a head up to the heads, breaks and governing levels beside it."""
        low, high = 0, len(self.text)
        for start, end in self.breaks:
            if end <= word.start:
                low = max(low, end)
            elif start >= word.end:
                high = min(high, start)
        following: Word | None = None
        for other in self.words:
            if other.group not in HEADS or other.concept.get("adjective"):
                continue
            if other.end <= word.start:
                low = max(low, other.end)
            elif other.start >= word.end and other.start < high:
                high, following = other.start, other
        if following is not None and following.group != "compression":
            # What stands right before the next noun is said of that noun.
            comma = COMMA.search(self.text, word.end, high)
            high = comma.start() if comma else word.end
        return low, self._reach(word, high)

    def _reach(self, word: Word, high: int) -> int:
        """Behind a comma only "worse on the left" and the like still speaks of the head."""
        for comma in re.finditer(r",", self.text[word.end : high]):
            at = word.end + comma.end()
            if not _STILL.match(self.text[at:high]):
                return word.end + comma.start()
        return high

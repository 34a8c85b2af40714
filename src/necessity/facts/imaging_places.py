"""The levels in a statement about imaging: which are levels and which roots, and at which level a word stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from necessity.facts.imaging_words import HEADS, Statement, Word
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import SEGMENTS, LevelMention

_LINKED = pattern(
    r"[\s(:-]*(?:(?:at|of|in|involving|affecting|on|between|from|the|level|levels|both|and|disc|disk|discs|space|interspace|left|right|l|r|also|noted|seen|is|are|present|identified|found|bilateral|bilaterally|greater|more|most|pronounced|worst|severe|diffusely|which|was|were|again|observed|side|sided|spinal|cervical|lumbar|thoracic|spine|demonstrated|evident|pulposus|region|area|his|her|mainly|especially|particularly|predominantly|-)[\s(:-]+)*"
)
_EVERYWHERE = pattern(
    r"[\s\w]{0,30}\b(?:at|of) (?:every|all|each|any)(?: of the)?(?: other| lumbar| cervical| thoracic| these| visuali[sz]ed)? levels?\b"
)
# "And the C5-6 fusion solid below": a place that opens another statement.
_OF_ANOTHER = pattern(
    r"\s(?:level |segment )?(?:fusion|acdf|arthrodesis|hardware|cage|construct|graft|plate|fused|is|was|are|were|looks?|appears?|solid)\b"
)
_ROOT_AFTER = pattern(
    r"^'?s?\s?(?:and [lcst]\d+ )?(?:exiting |traversing |descending |existing |transiting )?(?:spinal )?(?:nerve|root|ganglion|drg|dermatom|distribution|radicul|myotom|sleeve|(?:compression|impingement|irritation|displacement|entrapment|contact)(?!\s(?:fracture|deformit|fx)))"
)
_ROOT_BEFORE = pattern(
    r"(?:nerve roots?|roots?|exiting|traversing|descending|on the(?: left| right)?|(?<!cord )compress\w*|entrap\w*|contact\w*|displac\w*|abut\w*|imping\w*(?: on)?(?: the)?(?: left| right)?)(?: of| and| or| the)? (?:left |right |l |r )?(?:the )?$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A level as written: its segments, and vertebrae that are not roots."""

    start: int
    end: int
    segments: tuple[str, ...]
    vertebrae: tuple[str, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        return self.segments or self.vertebrae


class PlacedStatement(Statement):
    """A statement with its levels."""

    @cached_property
    def places(self) -> list[Place]:
        """Levels that are no roots. A single vertebra before "root" is a root."""
        places = []
        for mention in self.sentence.levels:
            if not mention.segments and self._is_root(mention):
                continue
            places.append(Place(mention.start, mention.end, mention.segments, mention.vertebrae))
        return [place for place in (self._joined(place) for place in places) if place.levels]

    def _joined(self, place: Place) -> Place:
        """ "L5 on S1", "L4 over L5" is the segment between; "T12 inferior endplate" stays a vertebra."""
        found = re.match(
            r"^\s?(?:over|on|upon|with respect to|relative to|in relation to|vs)\s(?:the )?([ctls]?\d{1,2})\b(?![/.]\d|\s?(?:mm|cm|%|degrees|weeks|months|days|occasions))",
            self.text[place.end :],
        )
        if not place.segments and len(place.vertebrae) == 1 and found:
            joined = [segment for segment in SEGMENTS if segment.split("-")[0] == place.vertebrae[0]]
            return Place(place.start, place.end + found.end(), tuple(joined), ())
        before = re.search(
            r"([ctls]\d{1,2})\s?(?:over|on|upon|with respect to|relative to|in relation to)\s(?:the )?$",
            self.text[: place.start],
        )
        if before and not place.segments:
            return Place(place.start, place.end, (), ())
        return place

    def _is_root(self, mention: LevelMention) -> bool:
        return bool(
            _ROOT_AFTER.match(self.text[mention.end :].lstrip(" ")) or _ROOT_BEFORE.search(self.text[: mention.start])
        )

    @cached_property
    def roots(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Roots named: (start, end, names)."""
        return [
            (m.start, m.end, m.vertebrae)
            for m in self.sentence.levels
            if m.vertebrae and not m.segments and self._is_root(m)
        ]

    @cached_property
    def leads(self) -> bool:
        """Whether the sentence opens with its level ("L4-5: …"), so that each level governs what follows it."""
        return bool(self.places) and not re.search(
            r"[a-z]{3,}",
            re.sub(
                r"\b(?:at|the|level|of|disc|disk|space|cervical|thoracic|lumbar|and|findings|in|also|levels|for|on)\b",
                "",
                self.text[: self.places[0].start],
            ),
        )

    def levels_of(self, word: Word) -> tuple[str, ...]:
        """The levels that a head is at: said right behind it, before it, anywhere in the sentence, or inherited."""
        if self.is_everywhere(word):
            return ()
        place = self.place_of(word)
        return place.levels if place else self.frame.levels

    def is_everywhere(self, word: Word) -> bool:
        """ "The canal is wide open at every level" is of no one level, whatever was told before."""
        return "level" in self.text and bool(_EVERYWHERE.match(self.text, word.end))

    def place_of(self, word: Word) -> Place | None:
        """Discs, narrowing and compression are at a segment; a slip or a fracture may be of a vertebra."""
        segments = [place for place in self.places if place.segments]
        places = self.places if word.group == "redflag" or word.group == "alignment" and not segments else segments
        if not places:
            return None
        before = [place for place in places if place.end <= word.start]
        after = [place for place in places if place.start >= word.end]
        linked = (
            bool(after)
            and bool(_LINKED.fullmatch(self.text[word.end : after[0].start]))
            and not (before and _OF_ANOTHER.match(self.text[after[0].end :]))
        )
        if linked and (not before or not self.leads):
            return self._with_list(after)
        if after and not before and self._is_near(word, after[0]):
            return self._with_list(after)
        if (
            after
            and before
            and self.leads
            and re.fullmatch(r"[\w\s]{0,24}?\b(?:at|of)\s(?:the )?", self.text[word.end : after[0].start])
            and not self._heads_between(word.end, after[0].start)
        ):
            return after[0]
        if before:
            return self._with_list_before(before)
        return self._with_list(after) if after and not self.leads else (after[0] if after else None)

    def _is_near(self, word: Word, place: Place) -> bool:
        between = self.text[word.end : place.start]
        return len(between) < 90 and not re.search(r"[;]|\. ", between)

    def _heads_between(self, start: int, end: int) -> bool:
        return bool(self.between(start, end, *HEADS))

    def _with_list(self, places: list[Place]) -> Place:
        """ "at C3-4, C4-5 and C5-6" is one place."""
        first = places[0]
        for place in places[1:]:
            if not re.fullmatch(
                r"(?:,|\s|and|&|or|/|to a lesser (?:degree|extent)|as well as|at|also|levels?|greater than|>|the)*",
                self.text[first.end : place.start],
            ):
                break
            first = _merged(first, place)
        return first

    def _with_list_before(self, places: list[Place]) -> Place:
        last = places[-1]
        for place in reversed(places[:-1]):
            if not re.fullmatch(
                r"(?:,|\s|and|&|or|/|greater than|>|the|as well as)*", self.text[place.end : last.start]
            ):
                break
            last = _merged(place, last)
        return last


def _merged(first: Place, second: Place) -> Place:
    return Place(
        min(first.start, second.start),
        max(first.end, second.end),
        tuple(dict.fromkeys(first.segments + second.segments)),
        tuple(dict.fromkeys(first.vertebrae + second.vertebrae)),
    )

"""The words of a statement about imaging, in order: heads, grades, zones, sides, levels, and where each statement ends.

The readers of discs, stenosis, compression and alignment all work on a `Statement`: one sentence with what it inherits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, ImagingFinding, Region, Side, Source
from necessity.facts.qualifier import Qualifier
from necessity.facts.reading import Sentence
from necessity.values.dates import PartialDate
from necessity.vocabulary.levels import SEGMENTS, LevelMention, region_of
from necessity.vocabulary.lexicon import Concept

GROUPS = ("disc", "stenosis", "zone", "grade", "compression", "structure", "alignment", "redflag")
HEADS = frozenset({"disc", "stenosis", "compression", "alignment", "redflag"})
_BREAK = re.compile(r";|(?<!mod)(?<!sev)(?<!lat)\.\s|\s-{1,2}\s|\bw/\s|\b(?:with|causing|cause|causes|resulting|results|result|producing|produces|due to|from|secondary to|superimposed|which|that|but|however|while|results|creating|leading|because|plus)\b")
_COMMA = re.compile(r",|\band\b|&|\bor\b|\bplus\b|(?<!\bb)/(?!l\b)|\bas well as\b|\(|\)")
_STILL = re.compile(r"\s?(?:(?:which is|that is|and|but)\s)?(?:worse|greater|more|most|mild\w*|moderate\w*|severe\w*|marked\w*|left|right|bilateral\w*|on the|on (?:left|right)|especially|particularly|predominantly|asymmetric\w*|eccentric|measuring|\d+(?:\.\d+)?\s?(?:mm|x)|central|paracentral|foraminal|predominately|mainly)\b(?!\s(?:[lcst]\d+ (?:nerve|root|ganglion)|s\d|root|nerve|lateral recess (?:obl|st|n)|\w+ (?:root|nerve|canal|recess|foram)))")
_GRADED = re.compile(r"\s?(?:and |but |with |there is )?(?:only )?(?:mild|moderate|severe|minimal|marked|slight)")
_OPERATED_FOR = re.compile(r"\b(?:surger\w+|operat\w+|fusions?|laminectom\w+|dis[ck]ectom\w+|decompressions?) (?:done |performed )?for (?:a |an |the |his |her )?(?:[\w-]+ ){0,3}$")
_LINKED = re.compile(r"[\s(:-]*(?:(?:at|of|in|involving|affecting|on|between|from|the|level|levels|both|and|disc|disk|discs|space|interspace|left|right|l|r|also|noted|seen|is|are|present|identified|found|bilateral|bilaterally|greater|more|most|pronounced|worst|severe|diffusely|which|was|were|again|observed|side|sided|spinal|cervical|lumbar|thoracic|spine|demonstrated|evident|pulposus|region|area|his|her|mainly|especially|particularly|predominantly|-)[\s(:-]+)*")
_ROOT_AFTER = re.compile(r"^'?s?\s?(?:and [lcst]\d+ )?(?:exiting |traversing |descending |existing |transiting )?(?:spinal )?(?:nerve|root|ganglion|drg|dermatom|distribution|radicul|myotom|sleeve)")
_ROOT_BEFORE = re.compile(r"(?:nerve roots?|roots?|exiting|traversing|descending|on the(?: left| right)?|compress\w*|contact\w*|displac\w*|abut\w*|imping\w*(?: on)?(?: the)?(?: left| right)?)(?: of| and| or| the)? (?:left |right |l |r )?(?:the )?$")
_BODY_AFTER = re.compile(r"^ (?:vertebral )?(?:body|vertebra|lamina|pedicle|pars|inferior endplate|superior endplate|hemangioma|level of the pedicle)")
_JOINED = re.compile(r"^\s?(?:>|<|>>|greater than|more than|worse than|and|/|&|\+|or|is greater than|side greater than|side more than|\(?greater\)? than)\s?(?:the )?$")


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
    in_study: bool = False           # inside a report, an imaging section or a sentence on a study
    in_report: bool = False
    spine: bool = True
    after_stenosis: bool = False     # the sentence before graded a stenosis
    historical: bool = False
    studies: tuple[tuple[int, str], ...] = ()   # studies named in this very sentence: where, which


@dataclass(frozen=True, slots=True)
class Word:
    """One concept (or more of one group) found in the sentence."""

    group: str
    id: str
    start: int
    end: int
    concept: Concept


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


@dataclass(slots=True)
class Statement:
    """A sentence with its words in order and its frame."""

    sentence: Sentence
    frame: Frame
    words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = [Word(concept.group, concept.id, match.start, match.end, concept) for match, concept in self.sentence.of(*GROUPS)]
        self.words = list(dict.fromkeys(found))

    @property
    def text(self) -> str:
        return self.sentence.text

    def of(self, *groups: str) -> list[Word]:
        return [word for word in self.words if word.group in groups]

    def between(self, start: int, end: int, *groups: str) -> list[Word]:
        return [word for word in self.words if start <= word.start and word.end <= end and word.group in groups]


class Scene(Statement):
    """A statement with the questions that its readers ask of it."""

    @cached_property
    def breaks(self) -> list[tuple[int, int]]:
        return [found.span() for found in _BREAK.finditer(self.text)]

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
        """"L5 on S1", "L4 over L5" is the segment between; "T12 inferior endplate" stays a vertebra."""
        found = re.match(r"^\s?(?:over|on|upon|with respect to|relative to|in relation to|vs)\s(?:the )?([ctls]\d{1,2})\b", self.text[place.end:])
        if not place.segments and len(place.vertebrae) == 1 and found:
            joined = [segment for segment in SEGMENTS if segment.split("-")[0] == place.vertebrae[0]]
            return Place(place.start, place.end + found.end(), tuple(joined), ())
        before = re.search(r"([ctls]\d{1,2})\s?(?:over|on|upon|with respect to|relative to|in relation to)\s(?:the )?$", self.text[:place.start])
        if before and not place.segments:
            return Place(place.start, place.end, (), ())
        return place

    def _is_root(self, mention: LevelMention) -> bool:
        return bool(_ROOT_AFTER.match(self.text[mention.end:].lstrip(" ")) or _ROOT_BEFORE.search(self.text[:mention.start]))

    @cached_property
    def roots(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Roots named: (start, end, names)."""
        return [(m.start, m.end, m.vertebrae) for m in self.sentence.levels if m.vertebrae and not m.segments and self._is_root(m)]

    @cached_property
    def leads(self) -> bool:
        """Whether the sentence opens with its level ("L4-5: …"), so that each level governs what follows it."""
        return bool(self.places) and not re.search(r"[a-z]{3,}", re.sub(r"\b(?:at|the|level|of|disc|disk|space|cervical|thoracic|lumbar|and|findings|in|also|levels|for|on)\b", "", self.text[:self.places[0].start]))

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
            comma = _COMMA.search(self.text, word.end, high)
            high = comma.start() if comma else word.end
        return low, self._reach(word, high)

    def _reach(self, word: Word, high: int) -> int:
        """Behind a comma only "worse on the left" and the like still speaks of the head."""
        for comma in re.finditer(r",", self.text[word.end:high]):
            at = word.end + comma.end()
            if not _STILL.match(self.text[at:high]):
                return word.end + comma.start()
        return high

    def levels_of(self, word: Word) -> tuple[str, ...]:
        """The levels that a head is at: said right behind it, before it, anywhere in the sentence, or inherited."""
        place = self.place_of(word)
        return place.levels if place else self.frame.levels

    def place_of(self, word: Word) -> Place | None:
        """Discs, narrowing and compression are at a segment; a slip or a fracture may be of a vertebra."""
        segments = [place for place in self.places if place.segments]
        places = self.places if word.group == "redflag" or word.group == "alignment" and not segments else segments
        if not places:
            return None
        before = [place for place in places if place.end <= word.start]
        after = [place for place in places if place.start >= word.end]
        linked = bool(after) and bool(_LINKED.fullmatch(self.text[word.end:after[0].start]))
        if linked and (not before or not self.leads):
            return self._with_list(after)
        if after and not before and self._is_near(word, after[0]):
            return self._with_list(after)
        if after and before and self.leads and re.fullmatch(r"[\w\s]{0,24}?\b(?:at|of)\s(?:the )?", self.text[word.end:after[0].start]) and not self._heads_between(word.end, after[0].start):
            return after[0]
        if before:
            return self._with_list_before(before)
        return self._with_list(after) if after and not self.leads else (after[0] if after else None)

    def _is_near(self, word: Word, place: Place) -> bool:
        between = self.text[word.end:place.start]
        return len(between) < 90 and not re.search(r"[;]|\. ", between)

    def _heads_between(self, start: int, end: int) -> bool:
        return bool(self.between(start, end, *HEADS))

    def _with_list(self, places: list[Place]) -> Place:
        """"at C3-4, C4-5 and C5-6" is one place."""
        first = places[0]
        for place in places[1:]:
            if not re.fullmatch(r"(?:,|\s|and|&|or|/|to a lesser (?:degree|extent)|as well as|at|also|levels?|greater than|>|the)*", self.text[first.end:place.start]):
                break
            first = _merged(first, place)
        return first

    def _with_list_before(self, places: list[Place]) -> Place:
        last = places[-1]
        for place in reversed(places[:-1]):
            if not re.fullmatch(r"(?:,|\s|and|&|or|/|greater than|>|the|as well as)*", self.text[place.end:last.start]):
                break
            last = _merged(place, last)
        return last

    def side_in(self, start: int, end: int) -> Side | None:
        """The side said between two offsets; both sides joined are bilateral. The midline is no side here."""
        sides = [m for m in self.sentence.sides if start <= m.start and m.end <= end and m.side is not Side.CENTRAL]
        if not sides:
            return None
        kinds = {mention.side for mention in sides}
        if Side.BILATERAL in kinds:
            return Side.BILATERAL
        if len(kinds) == 2:
            return Side.BILATERAL
        return sides[0].side

    def side_of(self, word: Word) -> Side | None:
        """The side of a head: in its own phrase before it, else right behind it."""
        low, high = self.bounds(word)
        low = max(low, self.text.rfind(", ", 0, word.start) + 1) if word.group == "disc" else low
        return self.side_in(self._floor(low, word), word.end) or self.side_in(word.end, min(high, word.end + 60))

    def _floor(self, low: int, word: Word) -> int:
        """A level that leads the phrase closes it to the left."""
        ends = [place.end for place in self.places if low <= place.end <= word.start] if self.leads else []
        return max([low, *ends])

    def zone_of(self, word: Word) -> str | None:
        low, high = self.bounds(word)
        before = [zone for zone in self.between(low, word.start, "zone") if self._is_disc_zone(zone)]
        after = [zone for zone in self.between(word.end, min(high, word.end + 70), "zone") if self._is_disc_zone(zone)]
        chosen = before[-1] if before else after[0] if after else None
        return chosen.id if chosen else None

    def _is_disc_zone(self, zone: Word) -> bool:
        """"Extending into the canal" is no zone of a disc, "central" is."""
        return zone.id != "canal" or self.text[zone.start:zone.end] in ("central", "centrally", "central zone")

    def grade_of(self, word: Word) -> str | None:
        """The grade said of a head, before it in its phrase or behind it."""
        low, high = self.bounds(word)
        before = [g for g in self.between(low, word.start, "grade") if g.concept.get("grade")]
        if before:
            return str(before[-1].concept.get("grade"))
        after = [g for g in self.between(word.end, min(high, word.end + 40), "grade") if g.concept.get("grade")]
        return str(after[0].concept.get("grade")) if after else None

    def meaning(self, start: int, end: int) -> Qualifier:
        """How the words are meant; what a study shows is found even in a sentence that plans something."""
        found = self.sentence.qualify(start, end)
        last = self.text.rfind(" ", start, end) + 1
        if last > start and found.assertion is Assertion.PRESENT and not found.not_patient and not self.text.startswith("no", start):
            # "no recurrent | disc herniation": the cue takes in the first word of the phrase.
            closing = self.sentence.qualify(last, end)
            found = closing if closing.assertion is Assertion.ABSENT else found
        if re.search(r"\bnone (?:of (?:them|these|which) )?(?:\w+ )?$", self.text[max(0, start - 24):start]):
            found = replace(found, assertion=Assertion.ABSENT)
        if found.assertion in (Assertion.PLANNED, Assertion.ADVISED, Assertion.DECLINED):
            found = replace(found, assertion=Assertion.PRESENT)
        if found.assertion is Assertion.ABSENT and self._is_graded_anew(found.cue, start):
            found = replace(found, assertion=Assertion.PRESENT)
        if found.assertion is Assertion.POSSIBLE and not found.not_patient and self._is_past(found.cue, start):
            found = replace(found, assertion=Assertion.PRESENT)
        if _OPERATED_FOR.search(self.text[:start]):
            found = replace(found, historical=True)
        if found.historical and self.frame.in_study and found.cue and re.search(rf"{re.escape(found.cue)}\s(?:\w+\s){{0,2}}(?:mri|ct|study|studies|exam|examination|imaging|x-rays?|films?|scan)", self.text):
            found = replace(found, historical=False)
        return found

    def _is_graded_anew(self, cue: str, start: int) -> bool:
        """"No root compression, mild canal stenosis": a grade behind the comma is no part of what is denied."""
        at = self.text.rfind(cue, 0, start) if cue else -1
        if at < 0:
            return False
        between = self.text[at + len(cue):start]
        comma = between.rfind(",")
        return comma >= 0 and bool(_GRADED.match(between[comma + 1:])) and not re.search(r"\b(?:or|nor)\b", self.text[at:start + 60])

    def _is_past(self, cue: str, start: int) -> bool:
        """"Possible impingement with a pars defect", "possibly touching L5, facet arthrosis": only the first is possible."""
        at = self.text.rfind(cue, 0, start) if cue else -1
        if at < 0 or not self.frame.in_study:
            return False
        between = self.text[at + len(cue):start]
        return "," in between and not re.search(r"\bor\b", between) or bool(re.search(r"\bwith\b|;", between))

    def evidence(self, start: int, end: int) -> Evidence:
        """The sentence, or of a long one the stretch around the words."""
        if len(self.text) <= 260:
            return self.sentence.evidence()
        low, high = max(0, start - 120), min(len(self.text), end + 90)
        low = 0 if low == 0 else self.text.find(" ", low) + 1
        high = len(self.text) if high == len(self.text) else max(end, self.text.rfind(" ", 0, high))
        return self.sentence.evidence(min(low, start), high)

    def modality_of(self, word: Word) -> str | None:
        """Of several studies in a sentence, the last one named before the words."""
        named = self.frame.studies
        if len(named) < 2:
            return self.frame.modality
        before = [modality for start, modality in named if start < word.start]
        return before[-1] if before else named[0][1]

    def finding(self, concept: str, word: Word, meant: Qualifier, **more: object) -> ImagingFinding:
        """A finding at the levels of a head, with the study that the frame names."""
        levels = more.pop("levels", None)
        places = self.levels_of(word) if levels is None else tuple(levels)  # type: ignore[arg-type]  # always a tuple of levels
        region = Region(region_of(places[0])) if places else self.frame.region
        return ImagingFinding(
            concept=concept, assertion=meant.assertion, historical=meant.historical or self.frame.historical, evidence=(self.evidence(word.start, word.end),),
            written=self.sentence.written, when=self.frame.when, region=region, source=self.frame.source,
            modality=self.modality_of(word), levels=places, **more,  # type: ignore[arg-type]  # fields of the record by name
        )


def _merged(first: Place, second: Place) -> Place:
    return Place(
        min(first.start, second.start), max(first.end, second.end),
        tuple(dict.fromkeys(first.segments + second.segments)), tuple(dict.fromkeys(first.vertebrae + second.vertebrae)),
    )


def items_before(scene: Scene, low: int, end: int) -> list[tuple[int, int]]:
    """The stretch before a head cut at commas and "and", from left to right."""
    items, begin = [], low
    for mark in _COMMA.finditer(scene.text, low, end):
        items.append((begin, mark.start()))
        begin = mark.end()
    items.append((begin, end))
    return items

"""A scene: one statement about imaging with every question that the readers of findings ask of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from necessity.charts.span import Evidence
from necessity.facts import imaging_before
from necessity.facts.fact import Assertion, ImagingFinding, Region, Side
from necessity.facts.imaging_places import PlacedStatement
from necessity.facts.imaging_words import COMMA, Word
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of

_GRADED = pattern(r"\s?(?:and |but |with |there is )?(?:only )?(?:mild|moderate|severe|minimal|marked|slight)")
_OPERATED_FOR = pattern(
    r"\b(?:surger\w+|operat\w+|fusions?|\w*laminectom\w+|\w*dis[ck]ectom\w+|decompressions?) (?:done |performed )?for (?:a |an |the |his |her )?(?:[\w-]+ ){0,3}$"
)


_SUPPOSED = pattern(
    r"\b(?:if|should|unless)\b(?! not)[^.;,:]{0,40}\b(?:mri|mr|ct|x-?rays?|xr|films?|study|studies|scan|emg|imaging|myelogram|it|they|there|we)\b[^.;,:]{0,24}\b(?:shows?|reveals?|demonstrates?|confirms?|is|are|finds?|found|has|have|be|looks?)\b[^.;:]*$"
)
_LED_SIDE = pattern(r",? ?(?:and )?(?:(?:on|to|off to|toward|eccentric to) the (?P<side>left|right))\b")


class Scene(PlacedStatement):
    """A statement with the questions that its readers ask of it."""

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
        said = self.side_in(self._floor(low, word), word.end) or self.side_in(word.end, min(high, word.end + 60))
        return said or (self.led_side if word.group == "disc" else None)

    @cached_property
    def led_side(self) -> Side | None:
        """The side that the opening of a sentence sets for all of it: "At L4-5 on the right there is …", "Left L4-5: …"."""
        if not self.leads:
            return None
        found = _LED_SIDE.match(self.text, self.places[0].end)
        before = self.side_in(0, self.places[0].start)
        named = Side(found["side"]) if found else before
        others = {m.side for m in self.sentence.sides if m.side in (Side.LEFT, Side.RIGHT, Side.BILATERAL)}
        return named if named is not None and others == {named} else None

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
        """ "Extending into the canal" is no zone of a disc, "central" is."""
        return zone.id != "canal" or self.text[zone.start : zone.end] in ("central", "centrally", "central zone")

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
        if self._is_awaited(start):
            return Qualifier(Assertion.POSSIBLE, found.historical, True, "if")
        last = self.text.rfind(" ", start, end) + 1
        if (
            last > start
            and found.assertion is Assertion.PRESENT
            and not found.not_patient
            and not self.text.startswith("no", start)
        ):
            # "no recurrent | disc herniation": the cue takes in the first word of the phrase.
            closing = self.sentence.qualify(last, end)
            found = closing if closing.assertion is Assertion.ABSENT else found
        if re.search(r"\bnone (?:of (?:them|these|which) )?(?:\w+ )?$", self.text[max(0, start - 24) : start]):
            found = replace(found, assertion=Assertion.ABSENT)
        if found.assertion in (Assertion.PLANNED, Assertion.ADVISED, Assertion.DECLINED):
            found = replace(found, assertion=Assertion.PRESENT)
        if found.assertion is Assertion.ABSENT and self._is_graded_anew(found.cue, start):
            found = replace(found, assertion=Assertion.PRESENT)
        if found.assertion is Assertion.POSSIBLE and not found.not_patient and self._is_past(found.cue, start):
            found = replace(found, assertion=Assertion.PRESENT)
        if found.assertion is Assertion.PRESENT and re.match(r"\s(?:\w+\s){0,2}(?:vs\.?|versus)\s", self.text[end:]):
            found = replace(found, assertion=Assertion.POSSIBLE)
        if found.historical and self.frame.in_report:
            found = replace(found, historical=False)  # a report tells what the study shows
        if found.assertion is not Assertion.ABSENT and imaging_before.is_of_earlier(self.text, start, end):
            return replace(found, historical=True, not_patient=True)
        found = imaging_before.excluded(found, self.text, end)
        if _OPERATED_FOR.search(self.text[:start]):
            found = replace(found, historical=True)
        if (
            found.historical
            and self.frame.in_study
            and found.cue
            and re.search(
                rf"{re.escape(found.cue)}\s(?:\w+\s){{0,2}}(?:mri|ct|study|studies|exam|examination|imaging|x-rays?|films?|scan)",
                self.text,
            )
        ):
            found = replace(found, historical=False)
        return found

    def _is_awaited(self, start: int) -> bool:
        """ "If the MRI shows compression, …", "should the CT show a pseudarthrosis": a result that is not there yet."""
        supposed = _SUPPOSED.search(self.text, 0, start) if "if " in self.text or "should" in self.text else None
        return supposed is not None

    def _is_graded_anew(self, cue: str, start: int) -> bool:
        """ "No root compression, mild canal stenosis": a grade behind the comma is no part of what is denied."""
        at = self.text.rfind(cue, 0, start) if cue else -1
        if at < 0:
            return False
        between = self.text[at + len(cue) : start]
        comma = between.rfind(",")
        return (
            comma >= 0
            and bool(_GRADED.match(between[comma + 1 :]))
            and not re.search(r"\b(?:or|nor)\b", self.text[at : start + 60])
        )

    def _is_past(self, cue: str, start: int) -> bool:
        """ "Possible impingement with a pars defect", "possibly touching L5, facet arthrosis": only the first is possible."""
        at = self.text.rfind(cue, 0, start) if cue else -1
        if at < 0 or not self.frame.in_study:
            return False
        between = self.text[at + len(cue) : start]
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
            concept=concept,
            assertion=meant.assertion,
            historical=meant.historical or self.frame.historical,
            evidence=(self.evidence(word.start, word.end),),
            written=self.sentence.written,
            when=self.frame.when,
            region=region,
            source=self.frame.source,
            modality=self.modality_of(word),
            levels=places,
            **more,  # type: ignore[arg-type]  # fields of the record by name
        )


def items_before(scene: Scene, low: int, end: int) -> list[tuple[int, int]]:
    """The stretch before a head cut at commas and "and", from left to right."""
    items, begin = [], low
    for mark in COMMA.finditer(scene.text, low, end):
        items.append((begin, mark.start()))
        begin = mark.end()
    items.append((begin, end))
    return items

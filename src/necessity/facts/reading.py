"""A document as it is read: sections, sentences, the concepts in each sentence and how each is meant.

Everything later in `facts` works on `Sentence`: matches in lower-case text, with a way back to the exact characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from necessity.charts import sentences as splitting
from necessity.charts.document import Document, Kind
from necessity.charts.sections import Headings, Section
from necessity.charts.span import Evidence
from necessity.facts.carried import CarriedText, carried_of
from necessity.facts.fact import Assertion, Side
from necessity.facts.qualifier import Qualifier, Scope, qualify, scopes_of
from necessity.facts.times import TimeMention, find_times
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import LevelMention, find_levels
from necessity.vocabulary.lexicon import Concept, Lexicon, Match

_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "\u00a0": " ",
        "\u2011": "-",
        "•": " ",
        "·": " ",
        # What nothing shows parts words like a blank.
        **{chr(code): " " for code in (*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F)},
    }
)
# Runs of blanks; a word broken at the end of its line ("pro-" above "gram") is made whole.
_RUN = pattern(r"(?<=[a-z]{2})(?P<broken>-)\r?\n[ \t]*(?=[a-z]{3})(?!(?:and|or|to)\b)|\s{2,}|[\t\n\r\f\v]")
# First halves of words that are written with a hyphen anyway.
_HYPHENED = pattern(
    r"\b(?:follow|flexion|extension|post|pre|self|well|low|over|mid|half|left|right|straight|weight|leg|arm|back|neck|work|part|full|long|short|year|month|week|day|one|two|three|four|five|six|eight|ten|lower|upper|high|non|x|disc|nerve|root|light|heavy|pain|side|large|small|broad|soft|anterior|posterior)$"
)
_SIDE = pattern(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|b/l|bilat|both|either|each side|bipedicular(?:ly)?|bil|ble|bue)|(?P<left>left(?:-sided|ward)?(?! (?:with|untreated|over|hand(?:ed)? dominant|handed)\b)|lt|lle|lue)|(?P<right>right(?:-sided|ward)?(?! (?:now|away|after|before|then|here|handed|hand dominant|about the)\b)|rt|rle|rue)"
    r"|(?P<central>midline|central(?:ly)?))\b"
)
# A single letter is a side only in capitals and beside a word it can qualify; checked in the cased text.
_LETTER_SIDE = pattern(
    r"(?<![A-Za-z0-9/&'.-])(?:(?P<left>\(?L\)?|Lt)|(?P<right>\(?R\)?|Rt)|(?P<bilateral>\(?B\)?))(?![\s/-]*(?:[sS][\s/-]*)?[sS]pine\b)(?![/-][sS]\b)(?=[\s:;.,)=>-]|$)(?!\s?(?:[-/]\s?)?\d)(?!\.\s?[A-Z][a-z]+,)"
)
Made = TypeVar("Made")
FAMILY_SECTIONS = frozenset({"family_history"})
UNREAD_SECTIONS = frozenset({"consent"})


@dataclass(frozen=True, slots=True)
class SideMention:
    start: int
    end: int
    side: Side


class Sentence:
    """One sentence of a document.

    `text` is in lower case with single blanks; `start`/`end` are offsets in the document. `matches` are content concepts in
    order. Use `evidence(a, b)` with offsets in `text` to get the exact characters of the document.
    """

    def __init__(self, reading: ReadDocument, index: int, section: Section, start: int, end: int) -> None:
        self.reading, self.index, self.section, self.start, self.end = reading, index, section, start, end
        raw = reading.document.text[start:end].translate(_TYPOGRAPHY)
        self._gaps: list[int] | None = None
        if ("  " in raw or not raw.isprintable()) and _RUN.search(raw):
            raw = self._squeezed(raw)
        self.cased = raw
        lowered = raw.lower()
        # A few capitals grow when lowered; then lower letter by letter so that offsets stay true.
        self.text = (
            lowered if len(lowered) == len(raw) else "".join(c.lower() if len(c.lower()) == 1 else c for c in raw)
        )
        self.matches: list[Match] = []
        self.cues: list[Match] = []

    def _squeezed(self, raw: str) -> str:
        """Runs of blanks become one; `_gaps` and `_shifts` keep the way back."""
        pieces: list[str] = []
        self._gaps, self._shifts = [], []
        position = length = removed = 0
        for run in _RUN.finditer(raw):
            piece = raw[position : run.start()]
            joint = " " if not run["broken"] else "-" if _HYPHENED.search(piece.lower()) else ""
            piece += joint
            pieces.append(piece)
            length += len(piece)
            removed += len(run[0]) - len(joint)
            position = run.end()
            self._gaps.append(length)
            self._shifts.append(removed)
        pieces.append(raw[position:])
        return "".join(pieces)

    def _offset(self, position: int) -> int:
        if self._gaps is None:
            return self.start + position
        place = bisect_right(self._gaps, position)
        return self.start + position + (self._shifts[place - 1] if place else 0)

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """The exact characters of the document behind `text[start:end]`; the whole sentence by default."""
        end = len(self.text) if end is None else end
        while start < end - 1 and self.text[start] == " ":
            start += 1
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return self.reading.document.evidence(self._offset(start), self._offset(end - 1) + 1)

    @property
    def document(self) -> Document:
        return self.reading.document

    @cached_property
    def written(self) -> date | None:
        """The day of the document, or of the earlier note that this sentence is carried forward from."""
        for carried in self.reading.carried:
            if carried.start <= self.start < carried.end:
                return carried.written
        return self.reading.document.written

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        if not self.cues and not any(mark in self.text for mark in _SCOPE_MARKS):
            return ()
        return scopes_of(self.text, self.cues)

    def qualify(self, start: int, end: int) -> Qualifier:
        """How the words are meant, by cues of the sentence and by the section it stands in."""
        found = qualify(self.scopes, start, end)
        if self.section.kind in FAMILY_SECTIONS and not found.not_patient:
            return Qualifier(Assertion.POSSIBLE, found.historical, True, "family history")
        if found.assertion is Assertion.PRESENT and (self.is_risk_talk or self.section.kind in UNREAD_SECTIONS):
            return Qualifier(Assertion.POSSIBLE, found.historical, True, self.section.heading)
        return found

    @cached_property
    def groups(self) -> dict[str, list[tuple[Match, Concept]]]:
        """The matches of each lexicon group, in order, each with its concept."""
        found: dict[str, list[tuple[Match, Concept]]] = {}
        for match in self.matches:
            for concept in match.concepts:
                if concept.group in found:
                    found[concept.group].append((match, concept))
                else:
                    found[concept.group] = [(match, concept)]
        return found

    def of(self, *groups: str) -> Sequence[tuple[Match, Concept]]:
        """Matches of these groups, in order, each with its concept."""
        if len(groups) == 1:
            return self.groups.get(groups[0], ())
        found = [pair for group in groups for pair in self.groups.get(group, ())]
        found.sort(key=_place)
        return found

    def has(self, group: str, *ids: str) -> bool:
        found = self.groups.get(group)
        return found is not None and (not ids or any(concept.id in ids for _, concept in found))

    @cached_property
    def is_risk_talk(self) -> bool:
        """Whether the sentence goes on with the risks that the one before explained ("This may result in weakness")."""
        if not _MODAL.search(self.text):
            return False
        before = self.reading.before(self)
        return before is not None and (before.is_risk_talk or any(scope.kind == "risk" for scope in before.scopes))

    @cached_property
    def times(self) -> tuple[TimeMention, ...]:
        return find_times(self.text, self.written)

    @cached_property
    def levels(self) -> tuple[LevelMention, ...]:
        return tuple(find_levels(self.text))

    @cached_property
    def sides(self) -> tuple[SideMention, ...]:
        found = [SideMention(m.start(), m.end(), Side(m.lastgroup or "left")) for m in _SIDE.finditer(self.text)]
        for m in _LETTER_SIDE.finditer(self.cased):
            if all(m.end() <= other.start or m.start() >= other.end for other in found):
                found.append(SideMention(m.start(), m.end(), Side(m.lastgroup or "left")))
        return tuple(sorted(found, key=lambda mention: mention.start))

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around a position: bounded by semicolons, commas before a new verb, and stop words."""
        start, end = 0, len(self.text)
        for edge_start, edge_end in self._edges:
            if edge_end <= position:
                start = edge_end
            elif edge_start > position:
                end = edge_start
                break
        return start, end

    @cached_property
    def _edges(self) -> tuple[tuple[int, int], ...]:
        return tuple(edge.span() for edge in _CLAUSE_EDGE.finditer(self.text))

    def side_near(self, start: int, end: int, within: tuple[int, int] | None = None) -> Side | None:
        """The side said of the words from `start` to `end`: the nearest mention in the clause, one right before preferred."""
        low, high = within or self.clause(start)
        best: tuple[float, SideMention] | None = None
        for mention in self.sides:
            if mention.start < low or mention.end > high:
                continue
            before = mention.end <= start
            distance = float(start - mention.end) if before else 1.5 * max(0, mention.start - end) + 2
            if best is None or distance < best[0]:
                best = (distance, mention)
        return best[1].side if best else None


def _place(pair: tuple[Match, Concept]) -> int:
    return pair[0].start


# Blanks, boxes and minus signs give scopes without any word.
_SCOPE_MARKS = ("__", "[", "( )", "☐", ", -", "....", ": n", ": y", "circle", " n,", " n;", " n ", " y,", " y ")
_MODAL = pattern(r"\b(?:may|can|could|might|would)\b(?! not (?:walk|stand|sit|sleep|move|lift))")
_CLAUSE_EDGE = pattern(
    r";|\.\s|\bbut\b|\bhowever\b|\balthough\b|\bwhereas\b|\bwhile\b|\s-{1,2}\s|,\s(?=(?:and |with )?(?:he|she|the|there|it|his|her|no|has|is|was|denies|reports)\b)"
)


def _find_concepts(lexicon: Lexicon, sentences: list[Sentence]) -> None:
    """The concepts and cues of sentences, found in one pass over all of them."""
    found = lexicon.matches_in([one.text for one in sentences], [one.cased for one in sentences])
    for sentence, (matches, cues) in zip(sentences, found, strict=True):
        sentence.matches, sentence.cues = matches, cues


class ReadDocument:
    """A document with its sections and sentences."""

    def __init__(self, document: Document, lexicon: Lexicon, headings: Headings) -> None:
        self.document, self.lexicon = document, lexicon
        self._made: dict[object, Any] = {}
        # The lines of a structured record are not read as prose: its facts are made of its entries (`structured`).
        self.sections = () if document.kind is Kind.STRUCTURED else headings.split(document.text)
        self.sentences: list[Sentence] = []
        for section in self.sections:
            for start, end in splitting.split(document.text, section.body, section.end):
                self.sentences.append(Sentence(self, len(self.sentences), section, start, end))
        _find_concepts(lexicon, self.sentences)

    def sentence_from(self, start: int, sentence: Sentence) -> Sentence:
        """A sentence with what stands before it: "Physical therapy: no" with its heading."""
        longer = Sentence(self, sentence.index, sentence.section, start, sentence.end)
        _find_concepts(self.lexicon, [longer])
        return longer

    def once(self, make: Callable[[ReadDocument], Made]) -> Made:
        """What `make` makes of this document, made once: several readers ask for the same."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def having(self, *groups: str) -> list[Sentence]:
        """The sentences that hold a concept of any of these lexicon groups, in order."""
        if len(groups) == 1:
            return self._having.get(groups[0], [])
        found = {sentence.index: sentence for group in groups for sentence in self._having.get(group, ())}
        return [found[index] for index in sorted(found)]

    @cached_property
    def _having(self) -> dict[str, list[Sentence]]:
        found: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            for group in sentence.groups:
                found.setdefault(group, []).append(sentence)
        return found

    @cached_property
    def carried(self) -> tuple[CarriedText, ...]:
        """Text that the note says to be carried forward from an earlier one."""
        document = self.document
        return carried_of(document.text, document.written, [section.end for section in self.sections])

    def before(self, sentence: Sentence, count: int = 1) -> Sentence | None:
        """The sentence that stands `count` before, in the same section."""
        index = sentence.index - count
        if index < 0 or self.sentences[index].section is not sentence.section:
            return None
        return self.sentences[index]

    def after(self, sentence: Sentence, count: int = 1) -> Sentence | None:
        index = sentence.index + count
        if index >= len(self.sentences) or self.sentences[index].section is not sentence.section:
            return None
        return self.sentences[index]

    def in_sections(self, *kinds: str) -> Iterator[Sentence]:
        return (sentence for sentence in self.sentences if sentence.section.kind in kinds)

    def in_section(self, section: Section) -> list[Sentence]:
        """The sentences of one section, in order."""
        low = bisect_left(self._starts, section.body)
        return self.sentences[low : bisect_left(self._starts, section.end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

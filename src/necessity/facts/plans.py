"""Reader of the plan's detail: how much of the facet joints a decompression takes, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact, RequestFact, Source
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

_SECTIONS = frozenset(
    {
        "plan",
        "assessment",
        "impression",
        "procedure",
        "procedure_details",
        "authorization",
        "preamble",
        "history",
        "indication",
        "other",
        "diagnosis",
    }
)
_REACH = 48  # characters between a joint and the word that says how much of it is taken
_BREAK = pattern(r";|\.\s|\bbut\b|\bwhile\b")
_OF_DEGENERATION = pattern(
    r"arthropath|hypertroph|arthros|degenerat|overgr|effusion|fluid|cyst|inject|block|loading|tender|ablat|sclero"
)
_KEPT = (Assertion.ABSENT, Assertion.DECLINED)


def read(chart: ReadChart) -> Iterable[Fact]:
    """`facet_removal`, its `value` wide, partial or preserved, with the levels it is said of."""
    for document in chart.documents:
        if document.document.kind is Kind.RADIOLOGY_REPORT:
            continue
        for sentence in document.having("plan"):
            if sentence.has("plan", "facet", "facetectomy") and sentence.section.kind in _SECTIONS:
                yield from _removals(sentence)


def _removals(sentence: Sentence) -> Iterator[RequestFact]:
    told: list[str] = []
    for match, concept in sentence.of("plan"):
        if concept.id not in ("facet", "facetectomy"):
            continue
        low, high = _clause(sentence.text, match)
        if _OF_DEGENERATION.search(sentence.text[match.end : min(high, match.end + 24)]):
            continue
        value = _extent(sentence, match, low, high, bool(concept.get("act")))
        how = sentence.qualify(match.start, match.end)
        if value is None or value in told or how.not_patient or how.historical or how.assertion is Assertion.POSSIBLE:
            continue
        told.append(value)
        yield RequestFact(
            concept="facet_removal",
            value=value,
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(low, high),),
            written=sentence.written,
            source=Source.CLINICIAN,
            levels=_levels(sentence, match, low, high),
        )


def _clause(text: str, match: Match) -> tuple[int, int]:
    low = max((edge.end() for edge in _BREAK.finditer(text, 0, match.start)), default=0)
    high = next((edge.start() for edge in _BREAK.finditer(text, match.end)), len(text))
    return low, high


def _extent(sentence: Sentence, match: Match, low: int, high: int, act: bool) -> str | None:
    """wide, partial or preserved; None where nothing is told of taking or keeping the joint.

    The access that an interbody fusion makes for its own cage is no wide removal for a decompression.
    """
    near = {
        concept.id
        for other, concept in sentence.of("plan")
        if low <= other.start and other.end <= high and max(match.start - other.end, other.start - match.end) <= _REACH
    }
    if "keep" in near and "take" not in near:
        return "preserved"
    if not act and "take" not in near and "part" not in near:
        return None
    denied = sentence.qualify(match.start, match.end).assertion in _KEPT
    if denied:
        return "preserved"
    if "access" in near or (
        sentence.has("procedure", "lumbar_interbody_fusion")
        and not near & {"half"}
        and "both" not in sentence.text[low:high]
    ):
        return None if "part" not in near else "partial"
    if "part" in near and "half" not in near:
        return "partial"
    return "wide" if near & {"whole", "half"} else None


def _levels(sentence: Sentence, match: Match, low: int, high: int) -> tuple[str, ...]:
    """The level that the words name beside the joint, behind it first."""
    here = [written for written in sentence.levels if low <= written.start and written.end <= high and written.segments]
    behind = [written for written in here if written.start >= match.end][:1]
    ahead = [written for written in here if written.end <= match.start][-1:]
    return tuple(level for written in behind or ahead for level in written.segments)

"""How the result of an item of the examination is put: the words and symbols near it, within its clause."""

from __future__ import annotations

from dataclasses import dataclass

from necessity.facts.fact import Assertion
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern

# Words of electrodiagnosis and technique: "sensory latencies", "motor stimulation" are no examination.
ELECTRIC = pattern(
    r"latenc|sensory respons|motor respons|amplitude|conduction|evoked|stimulat|nerve action|snap|potential|"
    r"\bncs\b|\bncv\b|modalit|"
    r"sensory nerve|f-wave|motor unit|"
    r"neuropathy consistent"
)
_CLAUSE = pattern(
    r";|(?<!incl)(?<!approx)(?<!\blat)(?<!\bmed)(?<!\bvs)\.\s|\bbut\b|\bhowever\b|\balthough\b|\bwhile\b|\bexcept\b"
)
_TRUE_OF = pattern(r"\b(?:not|no|without|denies|never|w/o)\b(?:\s(?!and\b|or\b|but\b)\w+){0,3}\s?$")


@dataclass(frozen=True, slots=True)
class Result:
    """A word that gives a result. sense: normal, abnormal, impaired, absent, brisk, positive, negative, down, up, open."""

    start: int
    end: int
    sense: str
    negated: bool


def results_of(sentence: Sentence) -> list[Result]:
    """Every word of result in a sentence, in order, with whether it is negated."""
    found = []
    for match, concept in sentence.of("result"):
        negated = bool(_TRUE_OF.search(sentence.text[max(0, match.start - 30) : match.start]))
        found.append(Result(match.start, match.end, str(concept.get("sense")), negated))
    return found


def clause_of(text: str, start: int, end: int, *, contrasts: bool = True) -> tuple[int, int]:
    """The clause around an item: semicolons, full stops and `contrasts` ("but", "except") bound it, commas do not."""
    low, high = 0, len(text)
    for edge in _CLAUSE.finditer(text):
        if not contrasts and edge[0][0] not in ";.":
            continue
        if edge.end() <= start:
            low = edge.end()
        elif edge.start() >= end:
            high = edge.start()
            break
    return low, high


def nearest(results: list[Result], start: int, end: int, low: int, high: int, senses: tuple[str, ...]) -> Result | None:
    """The result nearest to an item within `low` to `high`; one behind the item is preferred to one before it."""
    best: tuple[float, Result] | None = None
    for result in results:
        if result.sense not in senses or result.start < low or result.end > high:
            continue
        distance = float(result.start - end) if result.start >= end else 1.4 * (start - result.end) + 1
        if distance >= -1 and (best is None or distance < best[0]):
            best = (distance, result)
    return best[1] if best else None


def is_finding(sentence: Sentence, start: int, end: int) -> Assertion | None:
    """How the words are meant; None where they are no statement on this patient (a plan, a relative, a warning)."""
    how = sentence.qualify(start, end)
    if how.not_patient or how.assertion in (Assertion.PLANNED, Assertion.ADVISED, Assertion.DECLINED):
        return None
    return how.assertion

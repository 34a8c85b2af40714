"""Passages shown with the word that turns them: "saddle numbness" of a denial is quoted as "No saddle numbness".

Readers cite the words of a concept. Whoever reads the passage alone must not read the contrary of what the chart says, so
each passage that a denying cue governs is widened to the cue, once all facts are made; readers need not think of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, Fact
from necessity.facts.qualifier import Scope
from necessity.facts.reading import ReadDocument, Sentence

# A denial is shown whatever the fact; the other cues where the fact itself is meant so.
_ALWAYS = "absent"
_MEANT = {
    Assertion.DECLINED: ("declined",),
    Assertion.UNEXAMINED: ("unexamined",),
    Assertion.ADVISED: ("advised",),
    Assertion.PLANNED: ("planned",),
    Assertion.POSSIBLE: ("possible",),
}
# A passage with its cue is still a passage, not a paragraph.
_LONGEST = 240


def with_cues(facts: Iterable[Fact], documents: Iterable[ReadDocument]) -> Iterator[Fact]:
    """The facts in their order, their passages widened to the cues that govern them."""
    sentences = {read.document.id: read.sentences for read in documents}
    starts = {id_: [one.start for one in found] for id_, found in sentences.items()}
    for fact in facts:
        kinds = (_ALWAYS, *_MEANT.get(fact.assertion, ()))
        passages = []
        for passage in fact.evidence:
            place = bisect_right(starts[passage.document], passage.start) - 1
            passages.append(_widened(passage, sentences[passage.document][place], kinds) if place >= 0 else passage)
        yield fact if tuple(passages) == fact.evidence else replace(fact, evidence=tuple(dict.fromkeys(passages)))


def _widened(passage: Evidence, sentence: Sentence, kinds: tuple[str, ...]) -> Evidence:
    """The passage and the nearest cue that governs the whole of it; the passage itself where none does."""
    start, end = passage.start, passage.end
    if end > sentence.end:
        return passage
    for scope in sentence.scopes:
        if scope.kind not in kinds or scope.start >= scope.end or not scope.cue:
            continue
        reach = sentence.evidence(scope.start, scope.end)
        if reach.start <= passage.start and passage.end <= reach.end:
            cue = _cue(scope, sentence)
            start, end = min(start, cue.start), max(end, cue.end)
    if (start, end) == (passage.start, passage.end) or end - start > _LONGEST:
        return passage
    return replace(sentence.document.evidence(start, end), origin=passage.origin)


def _cue(scope: Scope, sentence: Sentence) -> Evidence:
    """The word of the cue; where a form's answer stands for it, the character at its place."""
    end = scope.cue_start + len(scope.cue)
    if sentence.text[scope.cue_start : end] != scope.cue:
        end = scope.cue_start + 1
    return sentence.evidence(scope.cue_start, min(end, len(sentence.text)))

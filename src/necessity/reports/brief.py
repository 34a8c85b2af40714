"""The short answer: the parts of a report's outline that fit a screen, in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from necessity.determinations.determination import Determination
from necessity.reports import wording
from necessity.reports.outline import Group, Item, Outline, Section, Sentence
from necessity.reports.sections import outline_of
from necessity.reports.to_send import asked_for, settled_words
from necessity.values.status import Outcome

# Of a refusal the answer tells what failed, so the criteria tell what is open; of an approval they tell why.
_TOLD = ("undocumented", "conflicting")
_TOLD_OF_AN_APPROVAL = ("met", "waived")
_ANSWERED = (Outcome.MEDICALLY_NECESSARY, Outcome.OUT_OF_SCOPE)


def brief_outline_of(determination: Determination) -> Outline:
    """The outline with the answer, each criterion in a line, and what to send."""
    outline = outline_of(determination)
    return replace(outline, sections=tuple(_sections(outline, determination)))


def _sections(outline: Outline, determination: Determination) -> Iterator[Section]:
    parts = {section.id: section for section in outline.sections}
    if "urgent" in parts:
        yield _unquoted(parts["urgent"])
    yield _answer(parts["answer"])
    if "conflicts" in parts:
        yield _unquoted(parts["conflicts"])
    if "criteria" in parts:
        told = _TOLD_OF_AN_APPROVAL if determination.outcome is Outcome.MEDICALLY_NECESSARY else _TOLD
        groups = tuple(_in_lines(group, told) for group in parts["criteria"].groups)
        yield replace(parts["criteria"], groups=groups)
    if "exceptions" in parts and parts["exceptions"].title != wording.EXCEPTIONS:
        yield replace(parts["exceptions"], groups=())
    if "alternatives" in parts:
        yield _unquoted(parts["alternatives"])
    asks, settled = asked_for(determination), settled_words(determination)
    if (asks or settled) and determination.outcome not in _ANSWERED:
        items = tuple(Item(id=f"send-{number}", sentences=(Sentence(text=ask),)) for number, ask in enumerate(asks, 1))
        yield Section(id="send", title=wording.BRIEF_SEND, lead=settled, groups=(Group(items=items, listed=True),))
    yield Section(id="more", title="", lead=wording.MORE)


def _answer(section: Section) -> Section:
    """Without the list of what to send, which follows, and without how it was judged."""
    kept = [group for group in section.groups if not group.notes and group.title != wording.NECESSARY_IF]
    return _unquoted(replace(section, groups=tuple(kept)))


def _unquoted(section: Section) -> Section:
    groups = tuple(replace(group, items=tuple(_uncited(item) for item in group.items)) for group in section.groups)
    return replace(section, groups=groups)


def _uncited(item: Item) -> Item:
    sentences = tuple(Sentence(text=sentence.text) for sentence in item.sentences)
    return replace(item, sentences=sentences, quotes=(), notes=())


def _in_lines(group: Group, told: tuple[str, ...]) -> Group:
    return replace(group, lead="", items=tuple(_in_a_line(item, told) for item in group.items))


def _in_a_line(item: Item, statuses: tuple[str, ...]) -> Item:
    told = item.chip is not None and item.chip.key in statuses
    return Item(
        id=item.id,
        heading=item.heading,
        chip=item.chip,
        sentences=tuple(Sentence(text=sentence.text) for sentence in item.sentences) if told else (),
    )

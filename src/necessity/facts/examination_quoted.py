"""Examinations that a note only quotes: of records reviewed, of a row of dated entries, of the earlier column of a table."""

from __future__ import annotations

from necessity.facts.reading import Sentence
from necessity.facts.times import find_times
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

_FULL_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
_ENTRY = pattern(
    rf"[ \t]*(?:\(?\d{{1,2}}[.)]\s?|[-*•]\s?)?(?P<day>{_FULL_DATE})(?:\s?(?:-|to|and|,)\s?{_FULL_DATE})*[ \t]?[,:;–-]"
)
_RECORDS = pattern(
    r"\b(?:records?|documents?|charts?|notes?) (?:\w+ ){0,3}(?:review(?:ed)?|furnished|received|provided|submitted|available|summar\w+)\b"
    r"|\b(?:review|summary|synopsis|abstract) of (?:\w+ ){0,3}(?:records?|charts?|documents?|notes)\b|^(?:outside |medical |prior )?records$"
)
_LEAST_ENTRIES = 3
_VISIT = rf"(?:{_FULL_DATE}|\d{{1,2}}/\d{{1,2}}|initial|eval(?:uation)?|re-?eval(?:uation)?|baseline|previous|prior|last visit|pre-?op|intake|soc|today|current|now|post-?op|final|d/c|discharge|this visit)"
_HEAD = pattern(
    rf"(?:[a-z/ ]{{0,20}}\s)?\|?\s?(?P<first>{_VISIT})(?:\s(?:{_VISIT}|exam|visit))?[\s|]+(?P<last>{_VISIT})(?:\s(?:{_VISIT}|exam|visit))?[\s|]*"
)
_LATER = (
    "today",
    "current",
    "now",
    "final",
    "discharge",
    "d/c",
    "this visit",
    "post-op",
    "postop",
    "re-eval",
    "reeval",
)
_ROWS_BACK = 24


def quoted_record(sentence: Sentence) -> tuple[PartialDate | None, bool] | None:
    """The date of the record that a sentence quotes, and that it is an earlier one; None where it quotes none."""
    named = "record" in sentence.section.heading or "review" in sentence.section.heading
    entry = _entry(sentence)
    if entry is None:
        return (None, True) if named and _RECORDS.search(sentence.section.heading) else None
    day, several = entry
    if not several and not (named and _RECORDS.search(sentence.section.heading)):
        return None
    return day, sentence.written is None or day.latest < sentence.written


def _entry(sentence: Sentence) -> tuple[PartialDate, bool] | None:
    """The date that opens the line of a sentence, and whether it is one of several such lines."""
    text = sentence.document.text
    begin = text.rfind("\n", 0, sentence.start) + 1
    if not text[begin : begin + 6].strip(" \t(-*•")[:1].isdigit():
        return None
    found = _ENTRY.match(text, begin)
    if found is None:
        return None
    days = [time.date for time in find_times(found["day"], sentence.written) if time.date]
    if not days:
        return None
    return days[0], sum(_ENTRY.match(line) is not None for line in text.split("\n")) >= _LEAST_ENTRIES


def visit_columns(sentence: Sentence) -> tuple[PartialDate | None, ...]:
    """Of a row of a table whose two columns are two examinations, the earlier first, the date of the earlier one; else nothing."""
    raw = sentence.document.text[sentence.start : sentence.end]
    if "  " not in raw and "\t" not in raw and "|" not in raw:
        return ()
    for back in range(1, _ROWS_BACK):
        row = sentence.reading.before(sentence, back)
        if row is None:
            return ()
        head = _HEAD.fullmatch(row.text) if len(row.text) < 70 else None
        if head is not None:
            return () if head["first"].startswith(_LATER) else (_day(head["first"], sentence),)
    return ()


def _day(words: str, sentence: Sentence) -> PartialDate | None:
    return next((time.date for time in find_times(words, sentence.written) if time.date), None)

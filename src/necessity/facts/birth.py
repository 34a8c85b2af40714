"""The age told by a date of birth and the date of the document, in the order of day and month that the document uses."""

from __future__ import annotations

import re
from datetime import date

from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4}|\d{2})|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    r"|(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[ -])?(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ -](?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?[ -])?(?P<my>\d{4}))(?![\d/])"
)
_BORN = pattern(rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthdate|born)(?: on)?[\s:=]*\(?{_DATE}")
_OF_DOCUMENT = pattern(
    rf"\b(?:dictated|typed|transcribed|date of (?:visit|exam(?:ination)?|service|consultation|clinic|letter|report|evaluation)|clinic date|date seen|seen on|exam(?:ination)?(?: date)?|(?<!birth )(?<!birth)(?<!injury )(?<!onset )(?<!surgery )(?<!start )date|visit|clinic)(?: on)?[\s:=]*{_DATE}"
)
_SLASHED = pattern(r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})[/.](?:19|20)?\d{2}(?![\d/])")
# Words of countries that write the day first.
_DAY_FIRST = pattern(
    r"\b(?:nhs|physiotherap\w+|a&e|msk service|general practitioner|gp surgery|lorry|theatre|orthopaedic\w*|neurosurgical registrar|"
    r"registrar|frcs|mrcp|mcsp|mbbs|mbchb|consultant (?:spinal|neurosurgeon|orthopaedic)|medicare number|physio|yours sincerely)\b"
)
_OLDEST = 112


def birth_of(document: ReadDocument) -> tuple[float, Sentence, int, int] | None:
    """(years, sentence, start, end): the age at the date of the document; None where either date is not given."""
    for sentence in document.sentences:
        if "b" not in sentence.text or sentence.section.kind == "family_history":
            continue
        found = _BORN.search(sentence.text)
        if not found:
            continue
        whole = document.document.text.lower()
        day_first = _is_day_first(whole)
        born = _day(found, day_first, birth=True)
        told = document.document.written
        # A reader of month-first dates cannot tell the date of a document that puts the day first.
        now = _dated(whole, day_first) or told if day_first else told or _dated(whole, day_first)
        if born and now and born < now:
            years = now.year - born.year - ((now.month, now.day) < (born.month, born.day))
            if years <= _OLDEST:
                return float(years), sentence, found.start(), found.end()
        return None
    return None


def _is_day_first(text: str) -> bool:
    """Day before month: where a date can be read in no other way, else by the words of the country."""
    pairs = [(int(found[1]), int(found[2])) for found in _SLASHED.finditer(text)]
    if any(second > 12 for _, second in pairs):
        return False
    return any(first > 12 for first, _ in pairs) or bool(_DAY_FIRST.search(text))


def _dated(text: str, day_first: bool) -> date | None:
    """The date that the document gives itself with a label."""
    told = [_day(found, day_first) for found in _OF_DOCUMENT.finditer(text)]
    return next((day for day in told if day), None)


def _day(found: re.Match[str], day_first: bool, birth: bool = False) -> date | None:
    parts = found.groupdict()
    try:
        if parts["iy"]:
            return date(int(parts["iy"]), int(parts["im"]), int(parts["id"]))
        if parts["mon"]:
            day = parts["d1"] or parts["d2"]
            return date(int(parts["my"]), _MONTHS.index(parts["mon"]) + 1, int(day)) if day else None
        month, day_of = (int(parts["b"]), int(parts["a"])) if day_first else (int(parts["a"]), int(parts["b"]))
        year = int(parts["y"])
        if year < 100:
            year += 1900 if birth and year > 15 else 2000
        return date(year, month, day_of)
    except ValueError:
        return None

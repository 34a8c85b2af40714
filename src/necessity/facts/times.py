"""Dates and lengths of time in a sentence: "10/13", "March of 2023", "x 3 wks", "about ten days ago", "since July".

Own grammar, because general parsers read "5/5" and "L4-5" as dates. Every mention keeps the interval it may mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from necessity.facts.times_relative import RELATIVE, day_of, full_year, last_before, relative
from necessity.values.dates import DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR, Length, PartialDate
from necessity.values.patterns import pattern

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
NUMBERS = {
    word: float(value)
    for value, words in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
    for word in words.split()
}
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "half": 0.5}
# What vague numbers mean is fixed by the review questions (days by unit).
VAGUE = {
    ("several", "day"): 3.5,
    ("few", "day"): 3,
    ("few", "week"): 21,
    ("several", "week"): 28,
    ("few", "month"): 13 * 7,
    ("several", "month"): 17 * 7,
    ("many", "month"): 17 * 7,
    ("few", "year"): 3 * DAYS_PER_YEAR,
    ("several", "year"): 208 * 7,
    ("many", "year"): 520 * 7,
    ("many", "week"): 42,
    ("many", "day"): 7,
    ("number", "year"): 208 * 7,
    ("number", "month"): 17 * 7,
    ("number", "week"): 28,
    ("number", "day"): 3.5,
    ("", "year"): 208 * 7,
    ("", "month"): 17 * 7,
    ("", "week"): 21,
    ("some", "week"): 21,
    ("some", "month"): 13 * 7,
    ("some", "year"): 208 * 7,
    ("some", "day"): 3,
}
UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": float(DAYS_PER_WEEK), "month": DAYS_PER_MONTH, "year": DAYS_PER_YEAR}
_UNITS = {
    "hour": "hours? hrs? hr",
    "day": "days? d",
    "week": "weeks? wks? wk w(?!/)",
    "month": "months? mos? mths? mo",
    "year": "years? yrs? yr y",
}
_UNIT = "|".join(f"(?P<{unit}>{'|'.join(written.split())})" for unit, written in _UNITS.items())
_NUMBER = r"\d+(?:\.\d+)?|(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")(?![a-z])"
_MONTH = "(?P<{}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"

_LENGTH = pattern(
    rf"(?:\b|(?<=\bx)(?=\d))(?:(?P<vague>several|many|numerous|a few|few|some|a number of|a couple of|a couple|couple of|couple)\s?|"
    rf"(?P<low>{_NUMBER})(?:\s?(?:-|to|or|–)\s?(?P<high>{_NUMBER}))?(?P<half>[\s-](?:and[\s-]a[\s-]half|1/2))?(?:\s?-\s?|\s?\+\s?|\s)?(?:full |consecutive |whole |long |solid |more )?)"
    rf"(?:{_UNIT})(?P<anda>\sand\sa\shalf)?(?![a-z0-9])(?P<ago>(?:\sor\sso)?\s(?:ago|before|earlier|prior|previously|back)\b)?"
    rf"|\b(?P<halfunit>half a|half of a|a half) (?:(?P<hyear>year)|(?P<hmonth>month))\b(?P<hago>\sago\b)?"
    rf"|\b(?:for|over|these|in) (?P<plural>weeks|months|years)\b",
)
_MORE = pattern(
    r"(?:more than|over|at least|greater than|longer than|>|≥|minimum of|in excess of|exceeding)\s?(?:the (?:last|past) )?(?:the |about )?$"
)
_LESS = pattern(
    r"(?:less than|under|up to|within|<|no more than|not more than|almost|nearly|at most|maximum of)\s?(?:the (?:last|past) )?(?:the )?$"
)
_NUMERIC = pattern(
    r"(?<![\d/.:])(?P<m>\d{1,2})(?P<sep>[/.-])(?P<d>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d{2}))?(?![\d/]|\.\d|-\d(?!\d?/\d)|%|\s?(?:mg|mm|cm|ml|mcg|kg|lb)\b)"
)
# "06/30-08/22/2025": the year behind a range holds for its start too.
_SHARED_YEAR = pattern(r"\s?(?:-|to|through|thru|until|and|&|,)\s?(?P<m>\d{1,2})/\d{1,2}/(?P<y>\d{4}|\d{2})\b")
_RANGE_MATE = pattern(r"\s?(?:-+>?|–|→|to|through|thru|until)\s?(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])")
_RANGE_BEFORE = pattern(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})\s?(?:-+>?|–|→|to|through|thru|until)\s?$")
_ARROW = pattern(r"\s?(?:-+>|→)\s?(?:$|[,;.)]|present|now|current)")
_ISO = pattern(r"(?<![\d/])(?P<y>(?:19|20)\d{2})[-/](?P<m>\d{1,2})(?:[-/](?P<d>\d{1,2}))?(?!\d)")
_MONTH_YEAR = pattern(r"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d{2})(?![\d/])")
_NAMED = pattern(
    rf"\b(?P<part>(?:early|mid|middle of|late|(?:the )?end of|beginning of|start of|(?:first|second|third|last) (?:week|half|part) (?:of|in))[ -](?:in )?)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH.format('m')}"
    rf"(?:\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:]|\s?(?:mg|weeks|%)))?(?:,?\s(?:of\s)?(?:the year\s)?(?P<y>(?:19|20)\d{{2}}|'\d{{2}}))?"
)
_YEAR = pattern(
    r"(?<![\d/.,-])(?:'(?P<short>\d{2})|(?P<y>(?:19[4-9]|20[0-4])\d))(?![\d/]|-\d|\.\d|\s?(?:mg|ml|cc|mcg|units|hours|mm|calories|steps|visits))"
)
_PART_BEFORE = pattern(r"\b(early|mid|late|middle of|end of|beginning of|start of)[ -](?:in )?$")
_PREPOSITION = pattern(
    r"(?:\b(?:on|since|from|until|till|through|thru|dated|of|by|between|before|after|in|to|around|about|started|start|began|begun|done|performed|seen|soc|eval|date|visit|dos|d/c|mri|ct|injection|esi|xr|x-rays?|films?|ext|ex|extension|emg|ncs|radiographs?|scan)|[-–(:,;@]) ?$"
)
_TRIGGER = pattern(
    r"\d|\b(?:week|month|year|day|yesterday|today|tonight|morning|night|wk|yr|mo|christmas|new year|thanksgiving|easter|spring|summer|fall|autumn|winter|"
    + "|".join(MONTHS)
    + r")"
)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date (`date`), a length (`length`), or both: "ten days ago" is a length with the date it points to."""

    start: int
    end: int
    date: PartialDate | None = None
    length: Length | None = None
    ago: bool = False


@lru_cache(maxsize=4096)
def find_times(text: str, anchor: date | None) -> tuple[TimeMention, ...]:
    """Every date and length in lower-case text, in order. Without an anchor, dates lacking a year are left out."""
    if not _TRIGGER.search(text):
        return ()
    taken: list[TimeMention] = []
    for find in (_lengths, _isos, _months_years, _numerics, _nameds, _relatives, _years):
        for mention in find(text, anchor):
            if all(mention.end <= other.start or mention.start >= other.end for other in taken):
                taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def is_date_like(text: str, start: int, end: int) -> bool:
    """Whether characters belong to a full date (so that no strength, score or level is read in it)."""
    return any(found.start() <= start and end <= found.end() and found["y"] for found in _NUMERIC.finditer(text))


def _lengths(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in _LENGTH.finditer(text):
        length = _length_of(found, text[max(0, found.start() - 24) : found.start()])
        if length is None:
            continue
        ago = bool(found["ago"] or found["hago"])
        when = _ago(length, found, anchor) if ago and anchor else None
        mentions.append(TimeMention(found.start(), found.end(), when, length, ago))
    return mentions


def _length_of(found: re.Match[str], before: str) -> Length | None:
    if found["halfunit"]:
        return Length.exactly((DAYS_PER_YEAR if found["hyear"] else DAYS_PER_MONTH) / 2)
    if found["plural"]:
        days = VAGUE["", found["plural"][:-1]]
        return Length(days, 2 * UNIT_DAYS[found["plural"][:-1]], None)
    if re.search(r"(?<!\d)\d{1,2}/\d{1,2}/$", before):
        return None  # "SOC 9/22/25 wk 1": the year of a date
    unit = next(unit for unit in _UNITS if found[unit])
    if found["vague"]:
        word = found["vague"].replace("a ", "").replace(" of", "").strip()
        if word == "couple":
            return Length.exactly(2 * UNIT_DAYS[unit])
        vague_days = VAGUE.get(("many" if word == "numerous" else word, unit))
        return Length(vague_days, vague_days * 0.6, vague_days * 2) if vague_days else None
    if found["low"] in ("a", "an") and unit in ("day", "hour") and len(found[unit]) == 1:
        return None
    if len(found[unit]) == 1 and (not found["low"].replace(".", "").isdigit() or len(found["low"]) > 3):
        return None
    low = float(NUMBERS.get(found["low"], 0) or found["low"])
    half = 0.5 if found["half"] or found["anda"] else 0.0
    high = float(NUMBERS.get(found["high"], 0) or found["high"]) if found["high"] else low
    days, most = (low + half) * UNIT_DAYS[unit], (high + half) * UNIT_DAYS[unit]
    if _MORE.search(before):
        return Length(days, days, None)
    if _LESS.search(before):
        return Length(days, 0.0 if "up to" not in before else days * 0.5, most)
    return Length(days, days, most)


def _ago(length: Length, found: re.Match[str], anchor: date) -> PartialDate:
    """The day that lies so long back; the vaguer the unit, the wider the interval."""
    slack = (
        max(1.0, length.days * 0.08) if not found["day"] else (0.0 if found["low"] and found["low"].isdigit() else 1.0)
    )
    middle = anchor - timedelta(days=round(length.days))
    return PartialDate(middle - timedelta(days=round(slack)), middle + timedelta(days=round(slack)))


def _isos(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in _ISO.finditer(text):
        if not 1 <= int(found["m"]) <= 12:
            continue
        when = (
            day_of(int(found["y"]), int(found["m"]), int(found["d"]))
            if found["d"]
            else PartialDate.month(int(found["y"]), int(found["m"]))
        )
        if when:
            mentions.append(TimeMention(found.start(), found.end(), when))
    return mentions


def _months_years(text: str, anchor: date | None) -> list[TimeMention]:
    return [
        TimeMention(found.start(), found.end(), PartialDate.month(int(found["y"]), int(found["m"])))
        for found in _MONTH_YEAR.finditer(text)
    ]


def _in_range(text: str, found: re.Match[str]) -> bool:
    """ "08/04 to 10/10", "11/3 ->": one end of a range of days, and no score ("4/5 to 5/5" has one scale)."""
    mate = _RANGE_MATE.match(text, found.end()) or _RANGE_BEFORE.search(
        text[max(0, found.start() - 16) : found.start()]
    )
    if mate:
        return 1 <= int(mate["m"]) <= 12 and int(mate["d"]) != int(found["d"]) and int(mate["d"]) <= 31
    return bool(_ARROW.match(text, found.end())) and int(found["d"]) not in (5, 10)


def _numerics(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in _NUMERIC.finditer(text):
        month, day = int(found["m"]), int(found["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31) or (found["sep"] != "/" and not found["y"]):
            continue
        if found["sep"] == "." and len(found["y"] or "") != 4:
            continue
        before = text[max(0, found.start() - 14) : found.start()]
        if found["y"]:
            when = day_of(full_year(found["y"]), month, day)
        elif shared := _SHARED_YEAR.match(text, found.end()):
            year = full_year(shared["y"])
            when = day_of(year - 1 if month > int(shared["m"]) else year, month, day)
        elif anchor and _in_range(text, found):
            when = last_before(anchor, month, day)
        elif (
            anchor
            and (_PREPOSITION.search(before) or (day > 5 and day not in (10, 100) and not before[-1:].isalpha()))
            and (before[-1:] or " ") not in "lcts$#"
        ):
            when = last_before(anchor, month, day)
            if (day <= 5 and month <= 5 or day == 10) and not re.search(
                r"(?:\b(?:on|since|from|until|through|dated|started|began|soc|eval|visit|dos|mri|ct|xr|x-rays?|emg|films?|flex[-/ ]ext?)|@) ?$",
                before,
            ):
                when = None
        else:
            when = None
        if when:
            mentions.append(TimeMention(found.start(), found.end(), when))
    return mentions


def _nameds(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in _NAMED.finditer(text):
        month, day, year = MONTHS[found["m"]], found["d1"] or found["d2"], found["y"]
        if (
            found["m"] in ("may", "mar", "march")
            and not (day or year)
            and not re.search(
                r"\b(?:in|since|last|of|this|by|until|from|early|mid|late)[ -]$",
                text[: found.start()] + (found["part"] or "")[:0],
            )
        ):
            continue
        if (
            len(found["m"]) == 3
            and not (day or year)
            and found["m"] not in ("jan", "feb", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "may")
        ):
            continue
        when: PartialDate | None
        if day and int(day) <= 31 and year:
            when = day_of(full_year(year), month, int(day))
        elif day and int(day) <= 31:
            when = last_before(anchor, month, int(day)) if anchor else None
        elif year:
            when = PartialDate.month(full_year(year), month)
        else:
            when = last_before(anchor, month, None) if anchor else None
        if when:
            mentions.append(TimeMention(found.start(), found.end(), _part_of(when, (found["part"] or "").strip(" -"))))
    return mentions


def _part_of(when: PartialDate, part: str) -> PartialDate:
    """ "Early", "mid" and "late" narrow a month or year to a third."""
    if not part or when.is_exact:
        return when
    third = (when.latest - when.earliest).days // 3
    if part.startswith("the "):
        part = part[4:]
    if part.startswith(("early", "beg", "start", "first")):
        return PartialDate(when.earliest, when.earliest + timedelta(days=third))
    if part.startswith(("mid", "second w")):
        return PartialDate(when.earliest + timedelta(days=third), when.latest - timedelta(days=third))
    return PartialDate(when.latest - timedelta(days=third), when.latest)


def _relatives(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in RELATIVE.finditer(text):
        when = relative(found, anchor)
        if when:
            mentions.append(TimeMention(found.start(), found.end(), when))
    return mentions


def _years(text: str, anchor: date | None) -> list[TimeMention]:
    mentions = []
    for found in _YEAR.finditer(text):
        if found["y"] or re.search(r"\b(?:in|since|of|from) $", text[: found.start()]):
            part = _PART_BEFORE.search(text[: found.start()])
            mentions.append(
                TimeMention(
                    found.start(),
                    found.end(),
                    _part_of(PartialDate.year(full_year(found["y"] or found["short"])), part[1] if part else ""),
                )
            )
    return mentions

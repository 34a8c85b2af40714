"""When a finding was made: today, or on an earlier examination that the note quotes."""

from __future__ import annotations

from datetime import date

from necessity.facts.examination_quoted import quoted_record
from necessity.facts.reading import Sentence
from necessity.facts.times import TimeMention
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

# A date before a finding governs it where it stands for a visit, not for the start of a complaint.
_VISIT = pattern(
    r"(?:^|[(;\"]|\b(?:on|exam|examined|examination|visit|note|eval|evaluation|seen|of|dated|h&p|documented|"
    r"recorded|clinic|in|at|was|reviewed|record|from|initial|baseline|pt|soc|the)\b)[\s:,.(]*$"
)
_NOT_VISIT = pattern(
    r"\b(?:since|until|after|before|surgery|operation|injury|accident|onset|mri|ct|injection|esi|fusion|"
    r"discectomy|laminectomy|began|started|developed|same as|unchanged (?:from|since)|unch\.? (?:from|since)|"
    r"compared (?:to|with))[\s:,.(]*(?:on |of |in |from |dated |the )?$"
)
# "No different from your note of December, the others 5/5": the date is that of what it is compared with.
_COMPARED = pattern(
    r"\b(?:no different|same|unchanged|unch|identical|compared|similar|like|as (?:in|on|at|since)|than|from (?:my|your|his|her|the))\b[^,;]*$"
)
# "Was 5 and today is 4+", "4/5 -> 3/5": the first of two.
_WAS = pattern(r"\b(?:was|were|been|measured|graded|scored)\s?(?:at )?(?:an? )?$")
_THEN_NOW = pattern(
    r"\s?,?\s?(?:and |but |while )?(?:it |this |that |she |he )?(?:is |are )?(?:only )?(?:today|now|currently)\b"
)
_ARROW_GRADE = pattern(r"\s?(?:->|→|=>|-->)\s?(?:now )?[0-5](?!\d)")
_EARLIER_BEFORE = pattern(
    r"\b(?:pre-?op(?:erative(?:ly)?)?|eval(?:uation)?|initial(?:ly)?|baseline|previous(?:ly)?|prior|last (?:visit|"
    r"exam|examination|time|seen|month|week)|"
    r"h ?& ?p (?:recorded|documented|showed|noted|had)|admission (?:h&p|exam|note)|at (?:intake|soc)|down from|"
    r"up from|improved from|(?:better|stronger|worse|weaker|lower|higher|less) than(?: the| his| her| my| an?)?|compared (?:to|with)(?: the| an?)?|decreased from|declined from|dropped from|fell from|had been|used to be|"
    r"originally)\b[^,;()]{0,40}$"
)
_EARLIER_AFTER = pattern(
    r"\s?\(?\s?(?:pre-?op(?:eratively)?|at (?:the )?(?:initial|last|previous|prior) (?:visit|eval|evaluation|exam|"
    r"examination)|at (?:eval|baseline|intake|admission|soc)\b|initially|previously|before (?:surgery|"
    r"the operation)|last (?:visit|time|week|month)|on admission|when (?:last )?(?:seen|examined))"
)
_FROM_TO = pattern(r"\bfrom (?:a )?$")
_TO = pattern(r"\s?(?:to|->|→|down to|now)\b|\s?->")
# "from 3/5 to 4/5": a strength that reads like a day of May.
_GRADE_LIKE = pattern(r"[0-5]/5")
_DAY_AT_HEAD = pattern(r"\s?(?P<m>1[0-2]|0?[6-9])/(?P<d>[1-9]|0[1-9]|[12]\d|3[01])(?![\d/])(?=[\s:])")
_REACHED = pattern(r"\d\s?(?:to|->|→)\s?(?:an? )?$")
_TODAY = pattern(r"\b(?:today|now|currently|current|this visit|presently|on today'?s|at present|re-?eval(?:uation)?)\b")
_TODAY_NEXT = pattern(r"\s?\(?(?:today|now|currently|this visit|at present|presently)\b")
# "4- (11/10 visit: 4-)": the date is that of the value behind it.
_HEADS_ANOTHER = pattern(
    r"\s?(?:visit|exam|note|eval(?:uation)?|clinic)?\s?(?:it )?(?:was|:|=)\s?(?:[0-5]|neg|pos|absent|normal)"
)
_AFTER_LINK = pattern(r"[\s)]{0,2}(?:on|in|at|as of|\(|dated|back in|@)?\s?(?:the )?$")


def dated(sentence: Sentence, start: int, end: int) -> tuple[PartialDate | None, bool]:
    """The date that the words from `start` to `end` are about (None: the document's own), and whether it is an earlier one."""
    quoted_from = quoted_record(sentence)
    if quoted_from is not None:
        return quoted_from
    low, high = _bounds(sentence.text, start, end)
    if _TODAY_NEXT.match(sentence.text, end):
        return None, False
    when = _date_before(sentence, start, low) or _leading_day(sentence, low, start) or _date_after(sentence, end, high)
    if when is not None:
        return when, sentence.written is not None and when.latest < sentence.written
    before, after = sentence.text[low:start], sentence.text[end:high]
    quoted = _EARLIER_BEFORE.search(before)
    today = [found.start() for found in _TODAY.finditer(before)]
    if _REACHED.search(before) or today and (quoted is None or quoted.start() < today[-1]):
        return None, False
    reached = (
        _FROM_TO.search(before) and _TO.match(after) or _WAS.search(before) and _THEN_NOW.match(sentence.text, end)
    )
    if quoted is not None or _EARLIER_AFTER.match(after) or reached or _ARROW_GRADE.match(after):
        return None, True
    return None, False


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The bracket or the clause around the words."""
    low = max(text.rfind(mark, 0, start) for mark in (";", ". ", "(", ")")) + 1
    ends = [position for mark in (";", ". ", ",", ")") if (position := text.find(mark, end)) >= 0]
    return max(low, 0), min(ends, default=len(text))


def _date_before(sentence: Sentence, start: int, low: int) -> PartialDate | None:
    for mention in reversed(sentence.times):
        if (
            mention.date is None
            or mention.end > start
            or mention.start < low
            or _GRADE_LIKE.fullmatch(sentence.text, mention.start, mention.end)
        ):
            continue
        if _TODAY.search(sentence.text, mention.end, start):
            return None
        if "," in sentence.text[mention.end : start] and _COMPARED.search(sentence.text, low, mention.start):
            return None
        return mention.date if _is_visit(sentence, mention) else None
    return None


def _leading_day(sentence: Sentence, low: int, start: int) -> PartialDate | None:
    """ "10/1 DF 3/5; 11/15 DF 4/5": a day at the head of its clause, in a row of days, of which the first could be a fraction."""
    if sentence.written is None or not any(mention.date for mention in sentence.times):
        return None
    found = _DAY_AT_HEAD.match(sentence.text, low, start)
    if found is None:
        return None
    try:
        day = date(sentence.written.year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    return PartialDate.day(day if day <= sentence.written else day.replace(year=day.year - 1))


def _is_visit(sentence: Sentence, mention: TimeMention) -> bool:
    if mention.length is not None and not mention.ago:
        return False
    before = sentence.text[: mention.start]
    return not _NOT_VISIT.search(before) and bool(_VISIT.search(before))


def _date_after(sentence: Sentence, end: int, high: int) -> PartialDate | None:
    for mention in sentence.times:
        if (
            mention.date is not None
            and end <= mention.start < high + 2
            and not _GRADE_LIKE.fullmatch(sentence.text, mention.start, mention.end)
        ):
            if _HEADS_ANOTHER.match(sentence.text, mention.end):
                return None
            return mention.date if _AFTER_LINK.fullmatch(sentence.text[end : mention.start]) else None
    return None

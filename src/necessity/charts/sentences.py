"""Sentences: where one statement ends and the next begins, in prose, bullets, broken lines and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Full stops after these do not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|vs|no|approx|appt|cf|c\.f|e\.g|i\.e|etc|fig|jr|sr|inc|lt|rt|b\.i\.d|t\.i\.d|q\.i\.d|q\.d|q\.h\.s|p\.r\.n"
    r"|p\.o|i\.v|a\.m|p\.m|h\.s|wt|ht|temp|resp|pt|pts|yrs|yr|mos|wks|wk|hx|dx|tx|sx|rx|incl|esp|prof|ave|ref|mod|sev|lat|dept|est|max|min|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|[a-z]))$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"(?P<blank>\r?\n[ \t]*(?:\r?\n[ \t]*)+|\f)"
    r"|(?P<line>\r?\n[ \t]*)"
    r"|(?P<stop>[.!?]+[\"')\]]*)(?=\s|$)"
    r"|(?P<glued>(?<=[a-z)][.])(?=[A-Z][a-z]))"
    r"|(?P<item>(?<=[\s.;:,])(?=\(?\d{1,2}\)\s))"
    r"|(?P<column>(?:[ ]{3,}|\t+)(?=(?:[A-Z][A-Za-z ]{0,24}:|[\[(☐☑☒✓][ xX✓]?[\])]?\s?[A-Z])))"
)
_BULLET = re.compile(r"(?:[-–—*•·○▪>#]|\(\s?\)|[☐☑☒✓]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\[.?\]|\|)(?=\s|\[|\w)")
_FORM_BOX = r"(?:\[[ xX✓]?\]|\([ xX✓]\)|[☐□☑☒✓✔■]|_+[xX]?_+)"
_ANSWER = re.compile(
    rf"[ \t]*(?:{_FORM_BOX}|(?:[-:=][ \t]*)?(?:yes|no|none|never|n/a|fine|ok|okay|normal|[yn](?=[ \t]*(?:$|[\n,;.]|[ ]{{2}}|{_FORM_BOX})))\b)|[ \t]*\r?\n[ \t]*(?:yes|no|none|never)\b[.,;]?[ \t]*(?=\r?\n|$)",
    re.IGNORECASE,
)
_HAS_BOX = re.compile(_FORM_BOX)
_LABEL = re.compile(r"[A-Z][A-Za-z0-9/&' -]{0,34}(?: ?\([^)]{0,20}\))?(?::|\?(?=[ \t]*\S))")
# "Chiropractor - no": a line of a list that answers its own label.
_DASHED = re.compile(r"[A-Z][A-Za-z/ ]{2,30}?[ \t]+[-–][ \t]+(?=[a-z])")
# "Savella 50 BID      current": a row of a table set with blanks.
_ROW = re.compile(r"[^\n]*?\S(?:[ ]{3,}|\t+)\S")
_DATED = re.compile(r"\(?\d{1,2}[/.-]\d{1,4}(?:[/.-](?:\d{4}|\d{2}))?[):]?\s")
_DATED_LIST = re.compile(rf"{_DATED.pattern}[^\n]*\n[ \t]*{_DATED.pattern}")
_WRAP_MIN = 42
_LONGEST = 1200  # characters


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences between two offsets, without the white space around them.

    A line break is soft (inside a sentence) where the line was long enough to have been wrapped, or the
    next line goes on in lower case; a blank line, a bullet, a label or a full stop always ends a sentence.
    """
    begin = start
    for found in _BREAK.finditer(text, start, end):
        if found.start() < begin:
            continue
        kind = found.lastgroup
        if kind == "line" and _is_soft(text, start, found.start(), found.end(), end):
            continue
        if kind == "stop" and (_is_abbreviation(text, begin, found) or _leads_on(text, found)):
            continue
        if kind == "column" and _is_gap(text, begin, found):
            continue
        if kind == "stop" and found["stop"] == "?" and _ANSWER.match(text, found.end()):
            continue  # "Prior surgery? no": a question of a form and its answer
        if kind == "item" and text[found.start()] != "(" and "(" in text[begin : found.start()].rpartition(")")[2]:
            continue  # "(November 28)" closes a bracket and opens no item
        stop = found.end() if kind == "stop" else found.start()
        yield from _trimmed(text, begin, stop)
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end - begin > _LONGEST:
        # No one writes such a sentence; it is a dump or a run, and is read in pieces.
        cut = max(text.rfind(mark, begin + _LONGEST // 2, begin + _LONGEST) for mark in (", ", "; ", " ")) + 1
        cut = cut if cut > begin else begin + _LONGEST
        yield begin, cut
        begin = cut
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def _is_gap(text: str, begin: int, found: re.Match[str]) -> bool:
    """A tab after a label or bullet belongs to its line ("L4-5:\\tsevere stenosis")."""
    before = text[begin : found.start()].strip()
    return len(before) < 30 and (not before or before[-1] in ":-•*" or bool(_BULLET.fullmatch(before)))


def _is_soft(text: str, start: int, line_end: int, next_start: int, end: int) -> bool:
    if next_start >= end:
        return True
    line_start = max(text.rfind("\n", start, line_end) + 1, start)
    line = text[line_start:line_end].rstrip()
    if not line.strip():
        return False
    if any(opens.match(text, next_start, end) for opens in (_BULLET, _LABEL, _DASHED)):
        return False
    if _ROW.match(line.lstrip()) and _ROW.match(text, next_start, end):
        return False
    if _DATED.match(text, next_start, end) and (
        _DATED.match(line.lstrip()) or _ends_statement(line) or _DATED_LIST.match(text, next_start, end)
    ):
        return False  # a list whose lines begin with their dates
    following = text[next_start]
    if line[-1] in ".!]" or line[-1] == "?" and not _ANSWER.match(text, line_end):
        return False
    if _HAS_BOX.search(line):
        return False  # a row of a form
    if (
        line[-1] in ",&(/-"
        or line[-4:].lower() in (" and", " the", " for")
        or line[-3:].lower() in (" of", " to", " or", " in", " at", " on", " by")
    ):
        return True
    if len(line) >= _WRAP_MIN:
        return True
    return following.islower() and len(line) >= _WRAP_MIN // 2 and not _ends_statement(line)


def _ends_statement(line: str) -> bool:
    return line.rstrip().endswith((":", ";"))


def _leads_on(text: str, found: re.Match[str]) -> bool:
    """Dots that lead from a label to its value ("Worst pain ......... leg 8")."""
    return found["stop"].startswith("...") and not re.match(r"[ \t]*(?:\r?\n|$)", text[found.end() : found.end() + 40])


def _is_abbreviation(text: str, begin: int, found: re.Match[str]) -> bool:
    if found["stop"][0] != ".":
        return False
    if text[begin : found.start()].strip(" ()").isdigit():
        return True  # "1." opens an item
    before = text[max(begin, found.start() - 12) : found.start()]
    if not _ABBREVIATION.search(before):
        return False
    last = re.search(r"[A-Za-z.]+$", before)
    after = re.match(r"\s+(\S+)", text[found.end() : found.end() + 24])
    if last and len(last[0]) == 1 and last[0].isalpha():
        # "on the L. He is" ends a sentence, "J. Smith" and "L. leg" do not.
        return not (
            after and re.match(r"(?:He|She|The|This|There|No|Pain|Patient|It|They|His|Her|A|I|We|On|In)\b", after[1])
        )
    return not (after and after[1][0].isupper() and last is not None and last[0].lower() in _MAY_END)


_MAY_END = frozenset(
    {
        "etc",
        "p.m",
        "a.m",
        "yrs",
        "yr",
        "wks",
        "wk",
        "mos",
        "prn",
        "p.r.n",
        "b.i.d",
        "t.i.d",
        "q.i.d",
        "q.d",
        "q.h.s",
        "h.s",
        "p.o",
        "hx",
        "dx",
        "tx",
        "sx",
        "rx",
        "pt",
        "no",
        "max",
        "min",
        "est",
        "rt",
        "lt",
        "wt",
        "ht",
    }
)

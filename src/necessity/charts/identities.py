"""Whose document it is: the name, birth date and record number that it gives of its patient, each with its passage.

Two patients in one folder must never become one case. Names are compared as people write them ("DOE, JANE A", "Jane Doe",
"Mrs. J. Doe" may be one person); birth dates decide; record numbers differ from clinic to clinic and decide only where
nothing else tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.charts.span import Evidence

_LABEL_NAME = re.compile(
    r"(?m)(?:^|(?<![ \t])[ \t]{2,}+|\||;)[ \t]*+(?:(?i:patient(?:'s)?(?:[ \t]+name)?|pt(?:\.|[ \t]+name)?|member(?:[ \t]+name)?|name|claimant|"
    r"examinee|re|regarding))[ \t]*:[ \t]*(?P<name>(?i:(?:mr|mrs|ms|miss)\.?[ \t]+)?"
    r"(?:[A-Z][A-Za-z'’-]+|[A-Z]\.?)(?:,?[ \t](?:[A-Z][A-Za-z'’-]+|[A-Z]\.?)){1,3})(?=[ \t]*(?:$|[,;|(]|[ \t]{2,}|\r|\d|"
    r"(?i:dob|d\.o\.b|birth|mrn|mr#|age|sex|date|acct|id|member|phone|dos)\b))"
)
_LABEL_BIRTH = re.compile(
    r"(?i)\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)[ \t]*[:#]?[ \t]*"
    r"(?P<birth>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [a-z]{3,9} \d{4})"
)
_LABEL_NUMBER = re.compile(
    r"(?i)\b(?:mrn|m\.r\.n\.|mr ?#|med(?:ical)? rec(?:ord)?(?: (?:no\.?|number|num|#))?|patient id|chart (?:no\.?|number|#))"
    r"[ \t]*[:#]?[ \t]*(?P<number>(?=[\w-]*\d)[A-Z]{0,4}[\d-]{3,14})\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv"})
# Words that follow "Name:" or "Re:" and are nobody's name.
_NOT_NAMES = re.compile(
    r"\b(?:lumbar|cervical|thoracic|spine|mri|ct|request|authorization|appeal|review|clinic|hospital|cent(?:er|re)|date|the|and|"
    r"history|complaint|evaluation|consult|follow|note|visit|therapy|surgery|surgical|procedure|level)\b"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """One thing that a document says of who its patient is. `kind` is name, birth or number; `value` is for comparing."""

    kind: str
    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPatient:
    """Two documents that are not of one patient, and what they say. `about` is name, birth date or record number."""

    about: str
    statements: tuple[Evidence, Evidence]


def identities(document: Document) -> tuple[Identity, ...]:
    """Name, birth date and record number as the document labels them, in its order; doubtful words say nothing."""
    found = sorted(_found(document), key=lambda identity: identity.evidence.start)
    sure = [one for one in found if not one.evidence.doubtful]
    return tuple({(one.kind, one.value): one for one in reversed(sure)}.values())[::-1]


def other_patients(chart: Chart) -> tuple[OtherPatient, ...]:
    """Documents that cannot be of the patient of the chart, each with what shows it.

    The patient of the chart is whose documents are most; of as many, whose comes first. Each other document is held
    against the first of these that it contradicts, so that one stray report is told once.
    """
    told = [identities(document) for document in chart.documents]
    mine = max(_persons(told), key=len, default=[])
    pairs = []
    for place, who in enumerate(told):
        if place in mine:
            continue
        found = (contradiction(told[other], who) for other in mine)
        differing = next((one for one in found if one is not None), None)
        if differing is not None:
            pairs.append(differing)
    return tuple(pairs)


def _persons(told: list[tuple[Identity, ...]]) -> list[list[int]]:
    """The places of documents that may be of one person; those that name nobody are of none."""
    persons: list[list[int]] = []
    for place, who in enumerate(told):
        if not who:
            continue
        fitting = (one for one in persons if all(contradiction(told[other], who) is None for other in one))
        person = next(fitting, None)
        if person is None:
            persons.append([place])
        else:
            person.append(place)
    return persons


def contradiction(one: Iterable[Identity], other: Iterable[Identity]) -> OtherPatient | None:
    """What shows that two documents are of two patients; None where nothing does."""
    births = _pair(one, other, "birth", _same_text)
    names = _pair(one, other, "name", _same_person)
    numbers = _pair(one, other, "number", _same_text)
    if births.differ:
        return OtherPatient(about="birth date", statements=births.statements)
    if names.differ and not births.agree:
        return OtherPatient(about="name", statements=names.statements)
    if names.differ and births.agree and not _share_a_given_name(one, other):
        # Born on one day and called otherwise in every part: twins, or two people.
        return OtherPatient(about="name", statements=names.statements)
    if numbers.differ and not (births.agree or names.agree):
        return OtherPatient(about="record number", statements=numbers.statements)
    return None


@dataclass(frozen=True, slots=True)
class _Compared:
    """How the values of one kind compare: one in common, or none although both documents give some."""

    agree: bool
    differ: bool
    statements: tuple[Evidence, Evidence]


def _pair(one: Iterable[Identity], other: Iterable[Identity], kind: str, same: object) -> _Compared:
    mine = [identity for identity in one if identity.kind == kind]
    others = [identity for identity in other if identity.kind == kind]
    if not mine or not others:
        nothing = Evidence("", 0, 0, "")
        return _Compared(False, False, (nothing, nothing))
    compare = same if callable(same) else _same_text
    agree = any(compare(a.value, b.value) for a in mine for b in others)
    return _Compared(agree, not agree, (mine[0].evidence, others[0].evidence))


def _found(document: Document) -> Iterator[Identity]:
    text = document.text
    for match in _LABEL_NAME.finditer(text):
        value = _name(match["name"])
        if value:
            yield Identity("name", value, document.evidence(match.start("name"), match.end("name")))
    for match in _LABEL_BIRTH.finditer(text):
        born = _birth(match["birth"])
        if born:
            yield Identity("birth", born.isoformat(), document.evidence(match.start("birth"), match.end("birth")))
    for match in _LABEL_NUMBER.finditer(text):
        value = re.sub(r"\W", "", match["number"]).upper().lstrip("0")
        if value:
            yield Identity("number", value, document.evidence(match.start("number"), match.end("number")))


def _name(written: str) -> str | None:
    """Family name first, small letters: "doe, jane a". None for what is no name."""
    cleaned = re.sub(r"[.’']", "", written).lower()
    words = [word for word in re.split(r"[\s,]+", cleaned) if word and word not in _TITLES]
    if len(words) < 2 or _NOT_NAMES.search(cleaned):
        return None
    if "," in cleaned:
        family, _, given = cleaned.partition(",")
        family_words = [word for word in family.split() if word not in _TITLES]
        given_words = [word for word in given.replace(",", " ").split() if word not in _TITLES]
        return f"{' '.join(family_words)}, {' '.join(given_words)}" if family_words and given_words else None
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _same_text(one: str, other: str) -> bool:
    return one == other


def _same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: a family name in common, and given names or initials that fit."""
    (family_one, _, given_one), (family_other, _, given_other) = one.partition(", "), other.partition(", ")
    parts_one, parts_other = set(re.split(r"[\s-]", family_one)), set(re.split(r"[\s-]", family_other))
    if not parts_one & parts_other:
        # "Jane Mary" written without a comma where "Mary" is the family name elsewhere.
        return sorted(re.split(r"[\s,]+", one)) == sorted(re.split(r"[\s,]+", other))
    first_one, first_other = given_one.split()[0], given_other.split()[0]
    shorter, longer = sorted((first_one, first_other), key=len)
    return longer.startswith(shorter) or shorter[:3] == longer[:3]


def _share_a_given_name(one: Iterable[Identity], other: Iterable[Identity]) -> bool:
    return bool(_given(one) & _given(other))


def _given(identities_: Iterable[Identity]) -> set[str]:
    return {one.value.partition(", ")[2].split()[0] for one in identities_ if one.kind == "name"}


def _birth(written: str) -> date | None:
    numbers = [int(one) for one in re.findall(r"\d+", written)]
    month_name = re.search(r"[a-z]{3,}", written.lower())
    try:
        if month_name:
            month = _MONTHS.index(month_name[0][:3]) + 1
            return date(numbers[1], month, numbers[0])
        if len(numbers) != 3:
            return None
        if numbers[0] > 31:
            return date(*numbers)
        year = numbers[2] if numbers[2] > 99 else 1900 + numbers[2] if numbers[2] > 26 else 2000 + numbers[2]
        return date(year, numbers[0], numbers[1])
    except ValueError:
        return None

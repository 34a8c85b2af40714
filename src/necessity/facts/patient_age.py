"""Age: from "61F", "39 yo M", "Mrs. K is 63", "a woman of 60", else from the date of birth and the date of the document."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.birth import birth_of
from necessity.facts.fact import Assertion, PatientFact
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern

_AGE = pattern(
    r"(?<![\d/.#-])(?P<age>\d{1,3})(?:\s?1/2)?\s?-?\s?(?:(?:years?|yrs?|y)\.?(?:\s?-?\s?(?:of\s)?(?:old|o\.?|age))\b|y\s?/\s?o\b|yo\b|y\.?\s?o\.?(?![a-z])|(?:year|yr)s?\s?-?\s?(?:male|female|woman|man|gentleman|lady)\b|y\s?(?=(?:f|m)\b)|"
    r"(?:years?|yrs?)[- ]+(?:and )?\d{1,2}[- ]months?[- ]old|[- ]?(?:years?|yrs?)[- ](?:right|left)-handed)"
)
_AGE_GATE = pattern(
    r"\d\s?-?\s?y|\d ?-?[fm]\b|\b(?:is|of|turned) (?:now |just )?\d\d\b|, \d\d now\b|\bage|ty\b|ty[- ]|i'?m \d|i am \d|\b(?:f|m|male|female|woman|man)[ ,/|-]|m(?:rs?|s|iss)\b"
)
AGE_SEX = pattern(r"(?<![\w/.#-])(?P<age>\d{2})\s?-?(?P<sex>[FM])(?![\w/])")
# The line of a form or the head of a note: "49 / M / electrician", "F, 52", "M, 59, crossing guard", "female 61".
FORM = pattern(
    r"(?:^|[|:;.\])]|\.{2,})\s*(?:(?P<age>\d{2})\s?[,/|-]\s?(?P<sex>F|M|female|male|Female|Male)\b|(?P<sex2>F|M|[Ff]emale|[Mm]ale|Woman|Man|woman|man)(?:\s?[,/|-]\s?|\s)(?:age[d]? )?(?P<age2>\d{2})(?=\s?(?:[,/|;]|\.(?!\d)|$)))"
)
_FIRST_PERSON = pattern(
    r"\b(?:i am|i'm|im) (?P<age>\d{2})\b(?!\s?(?:%|weeks|days|months|percent|minutes|pounds|lbs|kg|inches|mg|miles|/))"
)
_NAMED_AGE = pattern(
    r"\b(?:man|woman|gentleman|lady|mr\.? \w+|mrs\.? \w+|ms\.? \w+|male|female|patient|manager|teacher|nurse|driver|[a-z]+er|[a-z]+or|[a-z]+ist|[a-z]+ian),? (?:is )?aged? (?P<age>\d{2})\b(?!\s?(?:%|weeks|days|months))"
)
_AGE_LABEL = pattern(r"\bage[d]?(?: is|:)?\s?(?P<age>\d{1,3})\b(?!\s?(?:/|%|at|when))")
_WORD_AGE = pattern(
    r"\b(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-| )?(?P<ones>one|two|three|four|five|six|seven|eight|nine)?(?:-| )years?(?:-| )old\b"
)
_TITLE_AGE = pattern(r"\b(?:mr|mrs|ms|miss)\.?\s(?:[a-z]+\.?,?\s?){1,2}?,?\s?(?P<age>\d{2})(?=,)")
_PLAIN_WORD_AGE = pattern(
    r"\b(?:he|she|patient) is (?P<tens>thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?\b(?! (?:pounds|percent|minutes|days|weeks|months|feet))"
)
_TENS = {
    word: 10 * (number + 2)
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_ONES = {
    word: number + 1
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
HEAD = 12  # sentences in which a note or form names its patient
_NOT_AGE = pattern(r"\b(?:age|aged|at|when|since|until)\s(?:of\s|the age of\s|age\s|he was\s|she was\s|about\s)?$")
CHILD = pattern(
    r"\b(?:daughter|son|grandson|granddaughter|grandchild|child|children|kids?|wife|husband|mother|father|brother|sister|dog|friend|spouse)\b"
)


# "Mrs. K-M is 63", "she is 54", "a retired machinist, 69 now", "a woman of 60", "the examinee, age 37".
_TOLD_AGE = pattern(
    r"\b(?:(?:mr|mrs|ms|miss|dr)\.? [a-z][\w'-]*|he|she|patient|examinee|claimant|applicant) (?:is|was|turned|just turned) (?:now |just )?(?P<is>\d{2})(?=\s?(?:[.,;]|and\b|now\b|years?\b|$))"
    r"|\b(?:mr|mrs|ms|miss)\.? [a-z][\w'-]*(?: [a-z][\w'-]*)?, (?P<titled>\d{2}),"
    r"|\b(?:he|she|patient|who) is (?:now )?an? [a-z][a-z' -]{2,40},? (?P<now>\d{2})(?: now\b|,|$)"
    r"|\b(?:man|woman|gentleman|lady|male|female|fellow) of (?P<of>\d{2})\b(?! (?:years? (?:of )?(?:experience|service)|feet|stone))"
    r"|\b(?:examinee|claimant|applicant|patient|employee|worker|member|insured|[a-z]+ant),? aged? (?P<age>\d{2})\b"
    r"|\bage:?\s{1,2}(?P<head>\d{2})\s+(?:f|m|female|male)\b"
)
_OTHER_UNIT = pattern(r"\s?(?:%|percent|weeks|days|months|minutes|pounds|lbs?\b|kg|inches|mg|miles|feet|/|\.\d|to|-\d)")
_TALK = ("consent", "risk", "r/b", "understand", "explain", "benefit")


def is_someone_else(sentence: Sentence, start: int, end: int) -> bool:
    """Words of a relative or of a blank; a sentence on consent names the patient who gives it."""
    said = sentence.qualify(start, end)
    if not said.not_patient or sentence.section.kind == "family_history":
        return said.not_patient
    return not any(word in said.cue for word in _TALK)


def ages_of(document: ReadDocument) -> Iterator[PatientFact]:
    """The first age that a document gives of its patient."""
    for sentence in document.sentences:
        if sentence.section.kind == "family_history" or not _AGE_GATE.search(sentence.text):
            continue
        found = _age(sentence)
        if found:
            age, start, end = found
            yield PatientFact(
                concept="age",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
                value=age,
            )
            return
    born = birth_of(document)
    if born:
        years, sentence, start, end = born
        yield PatientFact(
            concept="age",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(start, end),),
            written=sentence.written,
            value=years,
        )


def _age(sentence: Sentence) -> tuple[float, int, int] | None:
    text = sentence.text
    if "year" in text or "y" in text:
        for found in _AGE.finditer(text):
            if _is_patients(sentence, found.start(), found.end()) and 0 < int(found["age"]) < 115:
                return float(found["age"]), found.start(), found.end()
        for found in (*_WORD_AGE.finditer(text), *_PLAIN_WORD_AGE.finditer(text)):
            if _is_patients(sentence, found.start(), found.end()):
                return float(_TENS[found["tens"]] + _ONES.get(found["ones"] or "", 0)), found.start(), found.end()
    for found in AGE_SEX.finditer(sentence.cased):
        if (
            int(found["age"]) > 10
            and (sentence.index < 12 or found.start() < 30)
            and _is_patients(sentence, found.start(), found.end())
        ):
            return float(found["age"]), found.start(), found.end()
    form = FORM.search(sentence.cased) if sentence.index < HEAD else None
    if form:
        name = "age" if form["age"] else "age2"
        return float(form[name]), form.start(name), form.end(name)
    for shape in (_FIRST_PERSON, _NAMED_AGE):
        told = shape.search(text)
        if (
            told
            and not CHILD.search(text[max(0, told.start() - 40) : told.start("age")])
            and not sentence.qualify(told.start("age"), told.end("age")).not_patient
        ):
            return float(told["age"]), told.start("age"), told.end("age")
    for found in _TOLD_AGE.finditer(text):
        name = found.lastgroup or "is"
        if not _OTHER_UNIT.match(text, found.end(name)) and _is_patients(sentence, found.start(), found.end(name)):
            return float(found[name]), found.start(name), found.end(name)
    titled = _TITLE_AGE.search(text)
    if titled and _is_patients(sentence, titled.start("age"), titled.end("age")):
        return float(titled["age"]), titled.start("age"), titled.end("age")
    for found in _AGE_LABEL.finditer(text):
        if (found.start() < 3 or ":" in found[0]) and _is_patients(sentence, found.start(), found.end()):
            return float(found["age"]), found.start(), found.end()
    return None


def _is_patients(sentence: Sentence, start: int, end: int) -> bool:
    before = sentence.text[max(0, start - 40) : start]
    return not (
        _NOT_AGE.search(before)
        or CHILD.search(before)
        or CHILD.match(sentence.text[end : end + 14].lstrip(" -,"))
        or is_someone_else(sentence, start, end)
    )

"""Age and sex: from "61F", "39 yo M", "Mr.", "gentleman", else from the pronouns that a document uses of its patient."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, PatientFact
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern

_AGE = pattern(
    r"(?<![\d/.#-])(?P<age>\d{1,3})(?:\s?1/2)?\s?-?\s?(?:(?:years?|yrs?|y)\.?(?:\s?-?\s?(?:of\s)?(?:old|o\.?|age))\b|y\s?/\s?o\b|yo\b|y\.?\s?o\.?(?![a-z])|(?:year|yr)s?\s?-?\s?(?:male|female|woman|man|gentleman|lady)\b|y\s?(?=(?:f|m)\b)|"
    r"(?:years?|yrs?)[- ]+(?:and )?\d{1,2}[- ]months?[- ]old|[- ]?(?:years?|yrs?)[- ](?:right|left)-handed)"
)
_AGE_GATE = pattern(
    r"\d\s?-?\s?y|\d ?-?[fm]\b|\bage|ty\b|ty[- ]|i'?m \d|i am \d|\b(?:f|m|male|female|woman|man)[ ,/|-]|m(?:rs?|s|iss)\b"
)
_AGE_SEX = pattern(r"(?<![\w/.#-])(?P<age>\d{2})\s?-?(?P<sex>[FM])(?![\w/])")
# The line of a form or the head of a note: "49 / M / electrician", "F, 52", "M, 59, crossing guard", "female 61".
_FORM = pattern(
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
_LETTER_SEX = pattern(
    r"(?:y\.?\s?/?o\.?|years?[- ]old|yr|\bold|\d\s?y|yo)[ ,]*(?:(?:right|left)[- ]handed |white |black |african[- ]american |caucasian |hispanic |obese |pleasant )*(?P<sex>F|M)\b|\b(?:RH|LH|WD|AA|W|B|H)(?P<code>F|M)\b|\b[Ss](?:ex|EX)\s?[:.]*\s?(?P<label>[FMfm])\b|\b[Gg](?:ender|ENDER)\s?[:.]*\s?(?P<gender>[FMfm])\b"
)
_SEX_GATE = pattern(r"[FM]|[eE][xX]|(?:ender|ENDER)")
_HEAD = 12  # sentences in which a note or form names its patient
_PRONOUN = pattern(r"\b(?:(?P<female>she|her|hers|herself)|(?P<male>he|his|him|himself))\b")
_NOT_OF_PATIENT = pattern(
    r"\b(?:dr|doctor|surgeon|physician|therapist|wife|husband|son|daughter|mother|father|brother|sister|nurse|partner|attorney|employer|boss|friend|chiropractor|interpreter|friend|boyfriend|girlfriend|spouse|parent|mom|dad)\b"
)
_NOT_AGE = pattern(r"\b(?:age|aged|at|when|since|until)\s(?:of\s|the age of\s|age\s|he was\s|she was\s|about\s)?$")
_CHILD = pattern(
    r"\b(?:daughter|son|grandson|granddaughter|grandchild|child|children|kids?|wife|husband|mother|father|brother|sister|dog|friend|spouse)\b"
)
_TITLE_OF_OTHER = pattern(
    r"\b(?:interpreter|attorney|adjuster|lawyer|nurse|cc|sincerely|to|dear)\b[:,]?\s(?:\w+\s){0,2}$"
)


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


def _age(sentence: Sentence) -> tuple[float, int, int] | None:
    text = sentence.text
    if "year" in text or "y" in text:
        for found in _AGE.finditer(text):
            if _is_patients(sentence, found.start(), found.end()) and 0 < int(found["age"]) < 115:
                return float(found["age"]), found.start(), found.end()
        for found in (*_WORD_AGE.finditer(text), *_PLAIN_WORD_AGE.finditer(text)):
            if _is_patients(sentence, found.start(), found.end()):
                return float(_TENS[found["tens"]] + _ONES.get(found["ones"] or "", 0)), found.start(), found.end()
    for found in _AGE_SEX.finditer(sentence.cased):
        if (
            int(found["age"]) > 10
            and (sentence.index < 12 or found.start() < 30)
            and _is_patients(sentence, found.start(), found.end())
        ):
            return float(found["age"]), found.start(), found.end()
    form = _FORM.search(sentence.cased) if sentence.index < _HEAD else None
    if form:
        name = "age" if form["age"] else "age2"
        return float(form[name]), form.start(name), form.end(name)
    for shape in (_FIRST_PERSON, _NAMED_AGE):
        told = shape.search(text)
        if (
            told
            and not _CHILD.search(text[max(0, told.start() - 40) : told.start("age")])
            and not sentence.qualify(told.start("age"), told.end("age")).not_patient
        ):
            return float(told["age"]), told.start("age"), told.end("age")
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
        or _CHILD.search(before)
        or _CHILD.match(sentence.text[end : end + 14].lstrip(" -,"))
        or sentence.qualify(start, end).not_patient
    )


def sexes_of(document: ReadDocument) -> Iterator[PatientFact]:
    """The sex that the document's words give; where none does, that of its pronouns, if they agree."""
    for sentence in document.sentences:
        if sentence.section.kind == "family_history":
            continue
        found = _sex_word(sentence)
        if found:
            sex, start, end = found
            yield PatientFact(
                concept="sex",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
                value=sex,
            )
            return
    yield from _by_pronouns(document)


def _sex_word(sentence: Sentence) -> tuple[str, int, int] | None:
    for match, concept in sentence.of("patient"):
        if concept.get("kind") != "sex" or sentence.qualify(match.start, match.end).not_patient:
            continue
        if _CHILD.search(sentence.text[max(0, match.start - 25) : match.start]) or _TITLE_OF_OTHER.search(
            sentence.text[max(0, match.start - 30) : match.start]
        ):
            continue
        if sentence.text[match.start : match.end] == "ms" and sentence.cased[match.start : match.end] != "Ms":
            continue
        return concept.get("sex"), match.start, match.end
    form = _FORM.search(sentence.cased) if sentence.index < _HEAD else None
    if form:
        name = "sex" if form["sex"] else "sex2"
        return ("female" if form[name].lower()[0] in "fw" else "male"), form.start(name), form.end(name)
    for shape in (_AGE_SEX, _LETTER_SEX) if _SEX_GATE.search(sentence.cased) else ():
        found = shape.search(sentence.cased)
        if found and (sentence.index < 12 or found.start() < 30):
            letter = next(letter for letter in found.groups()[::-1] if letter)
            return ("female" if letter.lower() == "f" else "male"), found.start(), found.end()
    return None


def _by_pronouns(document: ReadDocument) -> Iterator[PatientFact]:
    """Pronouns of one sex in sentences that name no other person; nothing where both occur about as often."""
    counts = {"female": 0, "male": 0}
    first: dict[str, tuple[Sentence, int, int]] = {}
    for sentence in document.sentences:
        if sentence.section.kind == "family_history" or _NOT_OF_PATIENT.search(sentence.text):
            continue
        for found in _PRONOUN.finditer(sentence.text):
            sex = found.lastgroup or ""
            counts[sex] += 1
            first.setdefault(sex, (sentence, found.start(), found.end()))
    sex = max(counts, key=lambda name: counts[name])
    other = min(counts.values()) if counts["female"] != counts["male"] else counts[sex]
    if counts[sex] and counts[sex] >= 4 * other:
        sentence, start, end = first[sex]
        yield PatientFact(
            concept="sex",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(start, end),),
            written=sentence.written,
            value=sex,
        )

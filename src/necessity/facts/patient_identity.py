"""Sex: from "61F", "39 yo M", "Mr.", "gentleman", else from the pronouns that a document uses of its patient."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, PatientFact
from necessity.facts.patient_age import AGE_SEX, CHILD, FORM, HEAD, is_someone_else
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern

_LETTER_SEX = pattern(
    r"(?:y\.?\s?/?o\.?|years?[- ]old|yr|\bold|\d\s?y|yo)[ ,]*(?:(?:right|left)[- ]handed |white |black |african[- ]american |caucasian |hispanic |obese |pleasant )*(?P<sex>F|M)\b|\b(?:RH|LH|WD|AA|W|B|H)(?P<code>F|M)\b|\b[Ss](?:ex|EX)\s?[:.]*\s?(?P<label>[FMfm])\b|\b[Gg](?:ender|ENDER)\s?[:.]*\s?(?P<gender>[FMfm])\b"
)
_SEX_GATE = pattern(r"[FM]|[eE][xX]|(?:ender|ENDER)")
# "41 y m", "58 yo f" in a text without capitals.
_SMALL_SEX = pattern(
    r"(?<![\d/.])\d{2} ?(?:y/?o|yrs?|y)\.? ?(?P<sex>[fm])\b(?! ?/)|(?<![\d/.-])\d{2}(?P<near>[fm])\b(?=,? (?:with|w/|c/o|s/p|here|presents))"
)
_PRONOUN = pattern(r"\b(?:(?P<female>she|her|hers|herself)|(?P<male>he|his|him|himself))\b")
_NOT_OF_PATIENT = pattern(
    r"\b(?:dr|doctor|surgeon|physician|therapist|wife|husband|son|daughter|mother|father|brother|sister|nurse|partner|attorney|employer|boss|friend|chiropractor|interpreter|friend|boyfriend|girlfriend|spouse|parent|mom|dad)\b"
)
_TITLE_OF_OTHER = pattern(
    r"\b(?:interpreter|attorney|adjuster|lawyer|nurse|cc|sincerely|to|dear)\b[:,]?\s(?:\w+\s){0,2}$"
)


# "MR C-SPINE", "the MR shows": magnetic resonance; a man's "Mr" goes before a name.
_IMAGE = pattern(
    r"\s?[-/]|\s(?:(?:c|l|t|ls)[ -]?(?:spine|sp)\b|(?:cervical|lumbar|thoracic|lumbosacral|spine|imaging|images?|scan\w*|angio\w*|neuro\w*|brain|head|neck|with|without|w/|w/o|of|"
    r"study|exam\w*|shows?|showed|demonstrate[sd]?|total|whole|findings?|reveal\w*|done|from|on|is|was|\d)\b)"
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
        if concept.get("kind") != "sex" or is_someone_else(sentence, match.start, match.end):
            continue
        if CHILD.search(sentence.text[max(0, match.start - 25) : match.start]) or _TITLE_OF_OTHER.search(
            sentence.text[max(0, match.start - 30) : match.start]
        ):
            continue
        if sentence.text[match.start : match.end] == "ms" and sentence.cased[match.start : match.end] != "Ms":
            continue
        if sentence.text[match.start : match.end] == "mr" and _IMAGE.match(sentence.text, match.end):
            continue
        return concept.get("sex"), match.start, match.end
    form = FORM.search(sentence.cased) if sentence.index < HEAD else None
    if form:
        name = "sex" if form["sex"] else "sex2"
        return ("female" if form[name].lower()[0] in "fw" else "male"), form.start(name), form.end(name)
    small = _SMALL_SEX.search(sentence.text) if sentence.index < HEAD and sentence.cased == sentence.text else None
    if small:
        name = small.lastgroup or "sex"
        return ("female" if small[name] == "f" else "male"), small.start(name), small.end(name)
    for shape in (AGE_SEX, _LETTER_SEX) if _SEX_GATE.search(sentence.cased) else ():
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

"""Where an operation is given, told by where the patient goes behind it: home, to a bed for the night, to the ward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, RequestFact
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.requests_places import PERFORMED_KINDS, Mention
from necessity.facts.requests_setting import ELSEWHERE, request_fact, setting_of
from necessity.values.patterns import pattern

_ELSEWHERE = ELSEWHERE | {"imaging", "findings", "diagnosis"}
_BEFORE = frozenset({"history", "indication", "chief_complaint", "identification", "treatment"})
_GATE = ("home", "discharg", "releas", "floor", "ward", "icu", "intensive", "unit", "hospital", "stay", "night", "admitted", "pod", "post", "left the", " in for", "living")  # fmt: skip
_DAYS = r"(?:(?:\d|two|three|four|five|six|several|a few|a couple(?: of)?)(?:\s?(?:-|to|or)\s?(?:\d|two|three|four|five|six|seven))?[- ](?:days?|nights?|midnights?)\b)"
_BED = (
    r"(?:(?:[\w/-]+ ){0,3}(?:floor|ward|icu|intensive care(?: unit)?|[snc]\w?icu|step-?down(?: unit)?|telemetry(?: unit)?|"
    r"monitored bed|(?:surgical|spine|neuro\w*|orthop\w+|nursing|recovery care) unit|hospital (?:room|bed))\b)"
)
_IN_BED = pattern(
    rf"(?:^|\b(?:taken|transferred|transported|moved|admitted|admission|admit|goes|went|going|sent|remain\w*|stay\w*|kept|will be|to be|out|then|and|straight|directly)\b[^.;]{{0,40}}?)\s?\b(?:to|on|in) (?:the |our |a |his |her )?{_BED}"
    rf"|\badmitted to (?:his|her|the|our|my|dr\.? \w+'?s?|\w+)(?: \w+)? (?:service|team)\b"
    rf"|{_DAYS}[^.;]{{0,20}}\b(?:in (?:the )?hospital|inpatient|hospital stay|hospitali[sz]ation|on the (?:floor|ward))"
    rf"|\b(?:hospital stay|inpatient stay|stay(?:s|ing)?|in (?:the )?hospital|hospitali[sz]\w+|(?:he|she|they) (?:will|would|is going to|should) be in|length of stay)\b[^.;\d]{{0,24}}?{_DAYS}"
)
_WATCHED = pattern(
    r"\b(?:23|twenty[- ]three)[- ]?(?:hr|hour)s?[- ](?:obs\w*|admission)|\bovernight\b[^.;]{0,30}\bobs(?:ervation)?\b|\bobs(?:ervation|erved|erve)?\b[^.;]{0,20}\bovernight"
)
_GO = r"\b(?:went|goes|go|going|sent|discharg\w+|d/c(?:'?d)?|dc'?d|released?|left|returns?|returned|driven|transferred|transported|back|allowed)\b"
_DWELLING = (
    r"\b(?:home|(?:to|for) (?:the |his |her )?(?:nursing (?:home|facility)|assisted living|group home|care home))\b"
)
_HOME = pattern(
    rf"{_GO}[^.;]{{0,44}}?{_DWELLING}|^(?:and |then )?home (?:with|by|today|in|this|after)\b|\bhome (?:that|the same|the very same|later the same|same) (?:day|afternoon|evening)"
)
_LEAVES = pattern(
    r"\b(?:discharged|released|dismissed)\b(?! (?:to|into) (?:the |our )?(?:\w+ )?(?:recovery|floor|ward|room|icu|pacu|holding))"
    r"|\b(?:up)?on discharge\b|\bat (?:the time of )?discharge\b|\bdischarge home\b|\bleft the (?:department|suite|center|centre|clinic|unit|facility|building)\b"
)
_SAME_DAY = pattern(
    r"\b(?:today|tonight|this (?:afternoon|evening|morning)|that (?:same )?(?:day|afternoon|evening)|same (?:day|afternoon|evening)|later (?:today|that day)|day of (?:the )?(?:surgery|operation|procedure)|(?:\w+|\d+) hours?)\b"
)
_LATER = pattern(
    r"\b(?:if|when|once|until|unless|tomorrow|in the morning|next (?:day|morning)|pod|post-?op\w* day|(?:\d|one|two|three|four|five) days?|night|week|home (?:exercise|health|medic|program|physical|therapy|pt)|overnight|ready to|criteria|planning|instructions? (?:were|was|sheet))\b"
)
_NO_STAY = pattern(r"\b(?:no|not|without|never|avoid\w*|instead of|rather than|works? on|denied)\b[^.;]{0,40}$")
_EARLIER = pattern(r"\b(?:previous|prior|last|first|earlier|ago|before|underwent|at that time)\b")


def disposition_of(document: ReadDocument, mentions: Sequence[Mention]) -> Iterator[RequestFact]:
    """The setting, from what is told behind an operation done, or planned: "kept overnight for observation", "he goes home today"."""
    if not mentions:
        return
    done = document.document.kind in PERFORMED_KINDS or all(one.assertion is Assertion.PRESENT for one in mentions)
    needle = document.document.kind is Kind.INJECTION_NOTE or all(
        one.concept.get("injection") or one.concept.id == "discogram" for one in mentions
    )
    first = mentions[0].sentence.index
    for sentence in document.sentences:
        if sentence.section.kind in _ELSEWHERE or not any(word in sentence.text for word in _GATE):
            continue
        day = _POD.search(sentence.text) if sentence.index == first else None
        if day and done and not _VISIT.search(sentence.text):
            yield request_fact(sentence, "setting", "inpatient", day.start(), day.end())
        if sentence.section.kind in _BEFORE and (done or sentence.index < first):
            continue
        found = _told(sentence, needle=needle, done=done)
        if found and not any(setting_of(sentence)):
            value, start, end = found
            assertion = Assertion.PRESENT if done else Assertion.PLANNED
            yield request_fact(sentence, "setting", value, start, end, assertion)


# "POD #3 from laminectomy": seen in the hospital some days after, unless in the clinic.
_POD = pattern(r"\b(?:pod|post-?op(?:erative)? day) ?#?[0-5]\b")
_VISIT = pattern(r"\b(?:visit|clinic|office|wound check|phone|called)\b")


def _told(sentence: Sentence, *, needle: bool, done: bool) -> tuple[str, int, int] | None:
    text = sentence.text
    for value, words in (("observation", _WATCHED), ("inpatient", _IN_BED)):
        found = words.search(text)
        if (
            found
            and not _NO_STAY.search(text[: found.start()])
            and not _EARLIER.search(text)
            and "returned to" not in found[0]
        ):
            return value, found.start(), found.end()
    home = _HOME.search(text)
    stays = home is None or _is_later(text, home.start(), home.end()) or _NO_STAY.search(text[: home.start()])
    if home and not stays and (done or needle or _SAME_DAY.search(text)):
        return "outpatient", home.start(), home.end()
    left = _LEAVES.search(text) if needle and done else None
    if left and not _is_later(text, left.start(), left.end()):
        return "outpatient", left.start(), left.end()
    return None


def _is_later(text: str, start: int, end: int) -> bool:
    """On another day, or not yet: "home in the morning", "discharged when comfortable"; not the days of a drug behind it."""
    return bool(_LATER.search(text, max(0, start - 40), min(len(text), end + 24)))

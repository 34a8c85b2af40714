"""Which treatment a result is told of: in the same sentence, or in the one before."""

from __future__ import annotations

import re

from necessity.facts.injections import KINDS
from necessity.facts.reading import Sentence
from necessity.facts.treatments_mention import Mention
from necessity.facts.treatments_response import Response
from necessity.values.patterns import pattern

_FORWARD = pattern(
    r"^:?\s?(?:to\s(?:improve|respond|relieve|provide)\s?)?(?:(?:with|from|to|of|by|after|since|receiving|having|getting|on|despite|all|any|multiple|several|his|her|their|these|a|an|the|and|in|following|extensive|prior|previous|past|trial|trials|course|courses|further|other|"
    r"adequate|appropriate|initial|pain|symptoms|leg|back|neck|arm|\d+|\d+[ -](?:day|week|month|year)s?|(?:two|three|four|six|eight|ten|twelve)[ -](?:week|month)s?|\w+ weeks?|\w+ months?|weeks|months|standard|oral|aggressive|both|attempts at|attempted|his|maximum|maximal|ongoing|continued|taking|use|using|some|many|numerous|various|formal|supervised|outpatient|regular|"
    r"medical|response|respond|provide|relief)\s)*$"
)
_REFERS_BACK = pattern(
    r"^\W*(?:none|net|result|results|effect|benefit|nothing|it|its|this|these|those|they|each|overall|all|both|that|the (?:injection|shot|block|relief|therapy|medications?|epidural|treatment|pain|patient|last|first|second)|pain|no|without|did|didn't|helped|"
    r"symptoms|(?:his|her|their) (?:symptoms|pain)|about|approximately|approx|~?\d+(?=\s?(?:%|percent))|(?:he|she|the patient|they|patient|pt)\s(?:had|has had|got|puts|rates|calls|gives|describes|reports?|reported|states?|says|said|claims?|thinks|believes|tells|noted|feels?|felt|did|received|experienced|obtained|has not)|however|unfortunately|although|though|while|despite|only|minimal|little|some|partial|temporary|good|poor|with|but|goals|plateau|not|response|outcome|relief|failed|stopped|resolved|progress|overall|reports?|reported|states|felt|feels|noted|there (?:was|has been)|initially|unresponsive|persistent|persisted)\b"
)
# Said of the illness rather than of its treatment, unless a treatment stands in the same sentence.
_COURSE_WORDS = frozenset(
    {
        "change",
        "unchanged",
        "worse with",
        "worse after",
        "worse since",
        "recurred",
        "resolved",
        "persist",
        "persisted",
        "persists",
        "gone",
        "response",
    }
)
_EACH = pattern(r"\b(?:each|both|either|neither)\b[^.;]{0,30}$")
_LABELLED = pattern(r"^\W*(?:the )?(?:net|result|outcome|response|effect|overall|benefit)s?\b")
_RANK = {
    "worse": 0,
    "failed": 1,
    "none": 1,
    "intolerance": 2,
    "temporary": 3,
    "partial": 4,
    "improved": 5,
    "resolved": 6,
}


def refers_back(sentence: Sentence, responses: list[Response]) -> list[Response]:
    """The results that a sentence without a treatment of its own tells of the treatments in the sentence before."""
    if not _REFERS_BACK.match(sentence.text):
        return []
    labelled = bool(_LABELLED.match(sentence.text))
    return [
        response
        for response in responses
        if labelled or not (response.of_course or sentence.text[response.start : response.end] in _COURSE_WORDS)
    ]


def bind(sentence: Sentence, mentions: list[Mention], responses: list[Response]) -> dict[int, Response]:
    """The response of each treatment by its number; the least favourable where several are told."""
    bound: dict[int, Response] = {}
    last_end = 0
    for response in responses:
        for number in _told_of(sentence.text, mentions, response, last_end, set(bound)):
            kept = bound.get(number)
            bound[number] = response if kept is None else _merged(kept, response)
        last_end = response.end
    return bound


def least_favourable(responses: list[Response]) -> Response:
    """Several results told of one treatment: the least favourable decides, numbers are kept."""
    worst = responses[0]
    for response in responses[1:]:
        worst = _merged(worst, response)
    return worst


def _merged(first: Response, second: Response) -> Response:
    """ "50 % better for four days, then as before": the later word decides, the numbers stay."""
    value = second.value if _RANK[second.value] <= _RANK[first.value] else first.value
    return Response(
        first.start,
        second.end,
        value,
        first.percent if first.percent is not None else second.percent,
        first.relief or second.relief,
    )


def _told_of(text: str, mentions: list[Mention], response: Response, last_end: int, done: set[int]) -> list[int]:
    behind = [number for number, mention in enumerate(mentions) if mention.start >= response.end]
    inside = [
        number
        for number, mention in enumerate(mentions)
        if mention.start < response.end and response.start < mention.end
    ]
    if inside:
        return inside
    if (
        behind
        and _FORWARD.match(
            text[response.end : mentions[behind[0]].start]
            + ("" if text[response.end : mentions[behind[0]].start].endswith(" ") else " ")
        )
        and not re.match(r"\s?(?:and|in)\s", text[response.end :])
    ):
        run = mentions[behind[0]].run
        listed = [
            number
            for number in behind
            if mentions[number].run == run
            or response.value == "failed"
            and not re.search(
                r"[;.]\s|\bbut\b|\bnow\b|\bis on\b|\btakes\b|\bcurrently\b",
                text[mentions[behind[0]].end : mentions[number].start],
            )
        ]
        return listed
    ahead = [
        number
        for number, mention in enumerate(mentions)
        if mention.end <= response.start and not _closed(text, mention.end, response.start)
    ]
    if not ahead:
        return (
            behind[:1]
            if behind
            and not mentions[behind[0]].run
            and response.start < 12
            and ";" not in text[response.end : mentions[behind[0]].start]
            else []
        )
    if re.search(
        r"\b(?:which|that)\s(?:\w+\s){0,3}$", text[mentions[ahead[-1]].end : response.start]
    ) and not re.search(r"\b(?:none|all|both|neither) of which", text):
        run = mentions[ahead[-1]].run
        return (
            [number for number in ahead if mentions[number].run == run]
            if not re.search(r"\bwhich (?:did nothing|has|was|gave)\b", text[mentions[ahead[-1]].end : response.end])
            else [ahead[-1]]
        )
    told_each = text[response.start] == "(" or _EACH.search(text, mentions[ahead[-1]].end, response.start)
    if mentions[ahead[-1]].kind in KINDS and told_each:
        return _needles_last(mentions, ahead)  # "two epidurals (11/20, 1/15), each a month of benefit"
    if response.value == "intolerance" and "(" in text[mentions[ahead[-1]].end : response.start + 1]:
        return ahead[-1:]  # "TENS, Aleve, oxycodone (stopped for constipation)"
    if response.percent is not None:
        # A percent is said of one thing: the injections named last, else the last treatment.
        return _needles_last(mentions, ahead)
    fresh = [number for number in ahead if mentions[number].end > last_end] or (
        [ahead[-1]] if last_end > mentions[ahead[-1]].end else ahead
    )
    return fresh


def _needles_last(mentions: list[Mention], ahead: list[int]) -> list[int]:
    """The injections named last in one list, else the last treatment."""
    last = ahead[-1]
    while (
        last - 1 in ahead
        and mentions[last - 1].run == mentions[last].run
        and mentions[last - 1].kind in KINDS
        and mentions[last].kind in KINDS
    ):
        last -= 1
    return [number for number in ahead if number >= last]


def _closed(text: str, start: int, end: int) -> bool:
    if re.fullmatch(r"[^;.]{0,60};\s(?:[a-z'/]+\s){0,3}", text[start:end]) and not re.search(
        r"\b(?:exam|motor|strength|neuro)", text[start:end]
    ):
        return False  # "PT, 14 visits; goals unmet"
    return bool(re.search(r";|\.\s", text[start:end])) and not re.search(
        r"\b(?:none|nothing|overall|all of (?:these|this)|no better)\b", text[start : end + 20]
    )

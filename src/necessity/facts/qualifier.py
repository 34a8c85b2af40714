"""How a statement is meant: present, absent, possible, planned, of a relative … and how far each cue reaches.

A cue governs the words before or after it until its clause ends. A list goes on over commas ("denies A, B, or C"); a new
clause with a verb of its own, a stop word ("but", "except") or another cue of the opposite sense ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.facts import told_of_others
from necessity.facts.fact import Assertion
from necessity.facts.forms import form_scopes
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# Where a clause may end; whether a comma or "and" does depends on what follows.
_EDGE = pattern(r"[;]|\s[-–—]{1,2}\s|,\s?|\band\b|\bor\b|\bnor\b|\.\s|[()]|:\s|/\s")
_VERB = pattern(
    r"\b(?:is|are|was|were|has|have|had|shows?|showed|demonstrates?|reveals?|remains?|remained|feels?|felt|states?|stated|reports?|reported|takes?|took|"
    r"can|could|does|did|will|would|continues?|continued|rates?|rated|describes?|gets?|got|began|started|radiates?|radiating into|worsens?|improves?|improved|"
    r"appears?|measures?|extends?|gives?|gave|makes?|goes|went|comes|came|walks?|uses|used|tried|underwent|complains?|notes?|noted|there|he|she|they|it|patient)\b|\d\s?[-+]?\s?/\s?\d"
)
_VERBLESS_LIST = pattern(r"^\s*(?:or|nor|and no|no|any|other)\b")
_PRIORITY = (
    "family",
    "risk",
    "conditional",
    "template",
    "unexamined",
    "declined",
    "absent",
    "possible",
    "planned",
    "advised",
    "historical",
)
_OPPOSITE = frozenset({"present", "stop"})
# A blank to fill in, or a box not ticked. Dots that lead to words ("Pain ....... 8") are no blank.
_NO_OBJECT = pattern(r"\s*(?:[:.,;)(-]|$|\d{1,2}/\d)")
_BLANK = pattern(r"_{3,}|\[\s?\]|\(\s\)|☐|\.{5,}(?=\s*$)")
_BOX = pattern(r"\[[ x✓✔]?\]|\([ x✓✔]\)|[☐☑☒✓✔]")
_MINUS = pattern(r"(?:^|[,;:]\s)-\s(?=[a-z])")
_PLUS = pattern(r"(?:^|[,;:]\s)\+\s(?=[a-z])")
_THIRD_PARTY_BEFORE = pattern(
    r"(?:lives?|living|came|comes|here|accompanied|seen|presents?|arrived|discussed|spoke|consented|cared for|staying|helped?|driven|stays?|moved in)(?: \w+){0,3} (?:with|by|w/) (?:\w+ ){0,2}$|(?:per|according to|step) (?:\w+ )?$"
)
_RELATIVE_ACTS = pattern(
    r"^(?:'s)? (?:and|is here|is present|lives|helps|drives|states|says|can|will|notes|reports|does|takes care|who is a)\b"
)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """How one match is meant. `not_patient`: a relative, a risk explained, a blank line or a condition: never a finding."""

    assertion: Assertion
    historical: bool = False
    not_patient: bool = False
    cue: str = ""


PLAIN = Qualifier(Assertion.PRESENT)
_ASSERTIONS = {
    "unexamined": Assertion.UNEXAMINED,
    "declined": Assertion.DECLINED,
    "absent": Assertion.ABSENT,
    "possible": Assertion.POSSIBLE,
    "planned": Assertion.PLANNED,
    "advised": Assertion.ADVISED,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretch of a sentence that a cue governs."""

    start: int
    end: int
    kind: str
    cue: str
    cue_start: int = 0
    backward: bool = False


def scopes_of(text: str, cues: list[Match]) -> tuple[Scope, ...]:
    """All scopes in a lower-case sentence."""
    scopes = [
        scope
        for number, cue in enumerate(cues)
        for concept in cue.concepts
        if (scope := _scope_of(text, cues, number, concept)) is not None
    ]
    scopes += [_blank_scope(text, found) for found in _BLANK.finditer(text)]
    scopes += _minus_scopes(text)
    return _with_forms(text, scopes)


def _with_forms(text: str, scopes: list[Scope]) -> tuple[Scope, ...]:
    """What boxes and answers of a form say, in place of what their bare words would."""
    form = form_scopes(text)
    if not form.scopes:
        return tuple(scopes)
    said = [scope for scope in form.scopes if scope.kind == "plain"]
    kept = [
        scope
        for scope in scopes
        if not any(low <= scope.cue_start < high for low, high in form.taken)
        and not (
            scope.kind in ("possible", "template")
            and any(one.start <= scope.start < one.end or one.start < scope.end <= one.end + 1 for one in said)
        )
    ]
    added = [
        Scope(one.start, one.end, one.kind, one.cue, one.cue_start, backward=True)
        for one in form.scopes
        if one.kind != "plain"
    ]
    return (*kept, *added)


def _scope_of(text: str, cues: list[Match], number: int, concept: Concept) -> Scope | None:
    """The stretch that one cue governs; None where it governs nothing here."""
    cue = cues[number]
    kind, direction, words = concept.attributes["kind"], concept.attributes["direction"], text[cue.start : cue.end]
    if direction == "none" or kind == "present" or _is_bare_without(text, cue):
        return None
    if kind == "risk" and words.startswith("red flag") and _ANSWERED.match(text, cue.end):
        return None
    if direction == "sentence":
        if kind == "family" and not _is_relative(text, cue):
            return None
        if kind == "demanded":
            end = told_of_others.demand_end(text, cue.end)
            return None if end is None else Scope(cue.end, end, "conditional", words, cue.start)
        if kind == "family" and concept.id == "other_person_forward":
            return Scope(cue.start, told_of_others.relative_end(text, cue.end), kind, words, cue.start)
        # "Foot drop and infection were discussed as risks": the talk began before its word.
        whole = kind != "family" and "," not in text[: cue.start] and "discuss" in text[: cue.start]
        return Scope(0 if whole else cue.start, len(text), kind, words, cue.start)
    if kind == "conditional" and words.startswith(_SAFETY):
        # "Return for weakness, can't urinate, numbness": all that follows is to be watched for.
        end = text.find(";", cue.end)
        return Scope(cue.end, end if end >= 0 else len(text), kind, words, cue.start)
    if direction == "forward" and words == "non":
        # "non-compressive bulge": a prefix negates its own word and no list.
        return Scope(cue.end, _word_end(text, cue.end), kind, words, cue.start)
    if direction == "forward" and not (words in ("no", "none", "not") and _closes_label(text, cue)):
        return Scope(cue.end, _clause_end(text, cues, number), kind, words, cue.start)
    if direction == "backward" and _is_attributive(text, cue, kind):
        # "ROS neg incontinence, fever", "negative Hoffmann": what follows is denied; an "absent ankle jerk" is a finding.
        return Scope(cue.end, _clause_end(text, cues, number), kind, words, cue.start) if words in _DENYING else None
    begin = _clause_start(text, cues, number)
    if words == "none" and text[: cue.start].rstrip()[-1:].isalpha() and not _VERB.search(text, begin, cue.start):
        begin = max(begin, text.rfind(",", begin, cue.start) + 1)  # "LBP, 2 yrs, leg pain none": of its own item
    return Scope(begin, cue.start, kind, words, cue.start, backward=True)


def _minus_scopes(text: str) -> list[Scope]:
    """ "+ back pain, - weakness, - incontinence": in a list of plus and minus each minus denies its own item."""
    found = list(_MINUS.finditer(text)) if ", -" in text or ", +" in text else []
    if len(found) + len(_PLUS.findall(text)) < 2:
        return []
    ends = [min((at for mark in ",;" if (at := text.find(mark, m.end())) >= 0), default=len(text)) for m in found]
    return [Scope(m.end(), end, "absent", "-", m.start()) for m, end in zip(found, ends, strict=True)]


def qualify(scopes: tuple[Scope, ...], start: int, end: int) -> Qualifier:
    """How the words from `start` up to `end` are meant, by the weightiest scope that covers them."""
    covering = [scope for scope in scopes if scope.start <= start and end <= scope.end]
    blank = next((scope for scope in covering if scope.kind == "template"), None)
    if blank is not None and any(_answers_blank(scope, blank) for scope in covering):
        covering = [scope for scope in covering if scope.kind != "template"]
    kinds: dict[str, str] = {}
    for scope in covering:
        kinds.setdefault(scope.kind, scope.cue)
    if not kinds:
        return PLAIN
    kind = next(kind for kind in _PRIORITY if kind in kinds)
    historical = "historical" in kinds
    if kind in ("family", "risk", "conditional", "template"):
        return Qualifier(Assertion.POSSIBLE, historical, True, kinds[kind])
    return Qualifier(_ASSERTIONS.get(kind, Assertion.PRESENT), historical, False, kinds[kind])


def _word_end(text: str, start: int) -> int:
    found = pattern(r"[\s-]*[\w']+").match(text, start)
    return found.end() if found else start


def _is_bare_without(text: str, cue: Match) -> bool:
    """ "MRI lumbar w/o: large herniation", "spine without. 11/12": without contrast, and nothing is denied."""
    return text[cue.start : cue.end] in ("w/o", "w/out", "without") and bool(_NO_OBJECT.match(text, cue.end))


def _is_relative(text: str, cue: Match) -> bool:
    """A relative whose illness is told, not one who helps, drives or is present."""
    return not (
        _THIRD_PARTY_BEFORE.search(text[: cue.start])
        or _RELATIVE_ACTS.match(text[cue.end :])
        or told_of_others.is_for_the_patient(text, cue.end)
    )


def _closes_label(text: str, cue: Match) -> bool:
    """ "weakness - no", "numbness: none": the answer stands behind its label."""
    before, after = text[: cue.start].rstrip(), text[cue.end :].lstrip()
    return bool(before) and before[-1] in ":-–—=?" and (not after or after[0] in ".;,|/)" or len(after) < 2)


# "Red flags reviewed: none", "and denied": an answer, no advice.
_ANSWERED = pattern(
    r"[\s:,-]{0,3}(?:and |with |patient |pt |he |she |all |are |were )*(?:no\b|none|not\b|denie[sd]|neg|absent|-|without|nil)"
)
_SAFETY = (
    "return ",
    "call ",
    "seek ",
    "come ",
    "comes ",
    "go ",
    "straight ",
    "present ",
    "report ",
    "attend ",
    "knows to ",
    "told to ",
    "advised to ",
    "instructed to ",
    "warned to ",
    "reminded to ",
    "asked to ",
    "encouraged to ",
    "to call",
    "to notify",
    "to contact",
    "watch for",
    "when to call",
)
_DENYING = ("neg", "negative")


def _is_attributive(text: str, cue: Match, kind: str) -> bool:
    """ "absent ankle jerk": the word stands before its noun and negates nothing behind it."""
    after = text[cue.end :].lstrip(" ")
    word = text[cue.start : cue.end]
    if word in _DENYING and text.rstrip(" .;,").endswith(f" {word}") and not text.lstrip().startswith(word):
        return False  # "bowel/bladder neg saddle neg": a row of results, each behind its label
    return (
        kind == "absent"
        and text[cue.start : cue.end] in ("absent", "negative", "neg", "none", "denied", "denies", "unlikely")
        and bool(re.match(r"[a-z]", after))
        and not re.match(
            r"(?:bilaterally|on|at|in|for|to|throughout|and|or|b/l|today|both|left|right|sitting|supine|with|as|per|other)\b",
            after,
        )
    )


def _answers_blank(scope: Scope, blank: Scope) -> bool:
    """ "[ ] Epidural - not done", "( ) bladder ( ) bowel - denies each": words that answer an unticked box all the same.

    "[ ] no weakness" is a box not ticked.
    """
    if scope.kind not in ("absent", "declined", "unexamined"):
        return False
    return scope.backward or not blank.start <= scope.cue_start <= blank.end


def _blank_scope(text: str, found: re.Match[str]) -> Scope:
    """A blank to be filled in: what its label names is not said. `[ ] item` is an item not ticked."""
    if found[0][0] in "[(☐":
        following = _BOX.search(text, found.end())
        return Scope(found.end(), following.start() if following else len(text), "template", found[0], found.start())
    start = max(text.rfind(mark, 0, found.start()) for mark in (";", "_", "|")) + 1
    return Scope(start, found.start(), "template", found[0], found.start())


def _clause_end(text: str, cues: list[Match], number: int) -> int:
    """Where a forward cue stops."""
    cue = cues[number]
    limit = len(text)
    for other in cues[number + 1 :]:
        kinds = {concept.attributes["kind"] for concept in other.concepts}
        forward = any(concept.attributes["direction"] == "forward" for concept in other.concepts)
        if kinds & _OPPOSITE and not _continues(text, cue, other) and not _is_weak(text, other):
            limit = other.start
            break
        if forward and kinds & {"absent"} and _new_clause_between(text, cue.end, other.start):
            limit = other.start
            break
    if text[cue.start : cue.end] in ("neither", "nor"):
        limit = _after_nor(text, cue, limit)
    return _edge_after(text, cue.end, limit)


def _after_nor(text: str, cue: Match, limit: int) -> int:
    """ "Neither the cord nor the roots, mild narrowing": the last member of such a pair ends at its comma."""
    last = max(text.rfind(" nor ", cue.end, limit), cue.start if text[cue.start : cue.end] == "nor" else -1)
    comma = text.find(",", last, limit) if last >= 0 else -1
    return comma if comma >= 0 else limit


_WEAK = frozenset(
    {
        "with",
        "has",
        "had",
        "have",
        "notes",
        "states",
        "there is",
        "there are",
        "there was",
        "also",
        "now",
        "then",
        "still",
        "only",
        "so",
        "since",
        "while",
        "shows",
        "showed",
    }
)


def _is_weak(text: str, other: Match) -> bool:
    """ "no pain with straight leg raise", "does not have": a bare verb right behind the cue carries it on."""
    word = text[other.start : other.end]
    return word in ("with",) and "," not in text[max(0, other.start - 3) : other.start]


def _continues(text: str, cue: Match, other: Match) -> bool:
    """ "has not had", "did not have": auxiliary verbs stand between a cue and its object."""
    return (
        text[cue.end : other.start].strip() in ("", "currently", "really", "ever", "yet")
        and text[other.start : other.end] in _WEAK
    )


def _new_clause_between(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in (",", ";", " and "))


def _edge_after(text: str, start: int, limit: int) -> int:
    for edge in _EDGE.finditer(text, start, limit):
        mark = edge[0].strip()
        if mark in (";", "-", "–", "—", "--") or (mark == "." and edge.start() > start):
            return edge.start()
        if mark == ":" and edge.start() > start + 24:
            return edge.start()
        if mark in ("(", "or", "nor", "/", ":", ")", "."):
            continue
        following = text[edge.end() : _next_edge(text, edge.end(), limit)]
        if not _VERBLESS_LIST.match(following) and _VERB.search(following):
            return edge.start()
    return limit


def _next_edge(text: str, start: int, limit: int) -> int:
    for edge in _EDGE.finditer(text, start, limit):
        if edge[0].strip() not in ("or", "nor", "/", "and", "("):
            return edge.start()
    return limit


def _clause_start(text: str, cues: list[Match], number: int) -> int:
    """Where a backward cue's reach begins."""
    cue = cues[number]
    floor = 0
    for other in cues[:number]:
        kinds = {concept.attributes["kind"] for concept in other.concepts}
        if kinds & {"stop"} or (
            kinds & {"present", "absent"} and any(c.attributes["direction"] == "backward" for c in other.concepts)
        ):
            floor = other.end
    edges = list(_EDGE.finditer(text, floor, cue.start))
    begin = floor
    for edge in edges:
        mark = edge[0].strip()
        if (
            mark in (";", ".")
            or mark in ("-", "–", "—", ":")
            and edge.end() < cue.start
            and _VERB.search(text[begin : edge.start()])
            or mark in (",", "and")
            and _VERB.search(text[begin : edge.start()])
        ):
            begin = edge.end()
    return begin

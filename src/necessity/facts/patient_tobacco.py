"""Tobacco: current, former or never, and advice to stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, PatientFact
from necessity.facts.forms import ticked_options
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_NOT_QUIT = pattern(
    r"\b(?:not|never|n't|to|will|unable to|try(?:ing)? to|want(?:s|ed)? to|willing to|plan(?:s|ning)? to|cannot|should|must|agree(?:s|d)? to|discuss\w*|consider\w*|about|before|interest\w* in|help with|on|until|if)\s(?:yet\s|been able to\s|\w+\s)?$"
)
# "Has smoked a pack a day for 20 years": still does, unless an end is told.
_SMOKED_FOR = pattern(
    r"^(?:he |she |has |have )+smoked\b(?![^.;]*\b(?:until|before|quit|stopped|in the past|prior)\b).{0,50}\b(?:for (?:the (?:past|last) )?(?:\d+|many|several|over|more)|daily|(?:a|per|each|every) day|since)|^\W*(?:\w+ )?(?:does|do) smoke\b|^\W*chews? tobacco"
)
_DENIED = pattern(r"\b(?:no|denies|denies any|negative|negative for|without)\s$")
_FAILS = pattern(
    r"\b(?:not|n't|never|unable to|trying to|tried to|cannot|failed to)\s(?:yet\s|been able to\s|successfully\s)?$"
)
_QUIT_OTHER = pattern(
    r"^\s(?:drinking|alcohol|etoh|work\w*|taking|driving|his job|her job|the|this|drugs|using (?:drugs|cocaine|marijuana)|cocaine|marijuana|playing)"
)
_OF_OTHERS = pattern(
    r"\b(?:wife|husband|spouse|partner|father|mother|parents?|roommate|son|daughter|boyfriend|girlfriend)(?:'s)?\s(?:also\s|still\s|who\s|is\sa\s)?$"
)
_AT_PRESENT = pattern(
    r"\b(?:at this time|anymore|any more|any longer|no longer|currently|current|presently|now|at present)\b"
)
_NOW = pattern(
    r"\b(?:current(?:ly)?(?! (?:smoking|tobacco) (?:status\b|use\s?[:?]))|active|actively|every day|daily|some days|continues? to|still|ongoing|positive|yes|heavy|admits|uses|ppd|packs?|on occasion|occasional(?:ly)?|socially|weekends|(?:a|per) (?:day|week)|/day)\b"
)
_NONE = pattern(
    r"^\s*(?:use|status|history|products?)?\s*[:=?-]?\s*(?:none\b|no\b|n\b(?!/)|neg\b|negative\b|never\b|denie[sd]\b|nil\b|0\b|\(-\)|does not)"
)
_FORMER_AFTER = pattern(
    r"^\s*(?:use|status|history)?\s*[:=-]\s*(?:former|quit|past|previous|ex\b|stopped|prior)|^\s(?:in the past|until \d{4}|previously|as a (?:teen|young))"
)
_PAST_SMOKED = pattern(r"(?<!has )(?<!have )\bsmoked\b")
_RISK_TALK = pattern(
    r"\b(?:risk|effects? of|affects?|because of|nonunion|pseudarthrosis|healing|discussed|relationship|impact|secondhand|second-hand|smoke-free|smoke detector|exposure|per policy|smoke inhalation)\b"
)


_HEADED = pattern(
    r"^\s?(?:(?P<never>never|none|no\b|non-?smoker|denies|denied|negative|neg)|(?P<former>former|quit|past|ex-|previous|stopped)|(?P<current>current|yes|\d|active|every day|smokes|heavy))"
)
_QUESTION = pattern(r"\b(?:smoke|smoker|tobacco|nicotine|cigarettes|vape)\b[^?]{0,30}\?$")
_REPLY = pattern(
    r"\W*(?:(?P<former>(?:no,? |not any ?more,? |yes,? )?(?:i )?(?:quit|stopped|former|used to|gave up|in the past|past))|(?P<never>no\b|never|none|nope)|(?P<current>yes|currently|daily|\d))"
)
_OPTION = pattern(
    r"\s*(?:(?P<never>never|no\b|none|non-?smoker)|(?P<former>past|former|quit|previous|ex-|used to)|(?P<current>now|current|yes|daily|every day|some days|active))"
)
_OF_TOBACCO = pattern(r"smok|tobacco|nicotine|cigarette|\bvap")
_PACKS = pattern(r"\d\s?ppd\b|\d\s?packs?\s?(?:/|per|a)\s?day")


def by_heading(sentence: Sentence) -> Iterator[PatientFact]:
    """A section of its own: "TOBACCO: Never.", "Smoking: quit 2012", or a row of boxes."""
    ticked = _ticked(sentence)
    if ticked:
        yield from _told(sentence, ticked)
        return
    if sentence.text.endswith("?"):
        if _asks(sentence):
            yield from _answered(sentence)
        return
    heading = sentence.section.heading
    if not ("smok" in heading or "tobacco" in heading or "nicotine" in heading) or sentence.has("patient"):
        return
    # Only what stands right behind the label answers it; what follows may be about anything.
    first = sentence.reading.before(sentence) is None
    found = _HEADED.match(sentence.text) if first else None
    if found:
        yield from _told(sentence, found.lastgroup or "")


def _told(sentence: Sentence, value: str) -> Iterator[PatientFact]:
    yield PatientFact(
        concept="tobacco",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(),),
        written=sentence.written,
        value=value,
    )


def _ticked(sentence: Sentence) -> str | None:
    """The option ticked, or the word behind the question, in a row about tobacco: "Smoke? ( ) yes (x) quit", "Tobacco use? No"."""
    text = sentence.text
    headed = sentence.reading.before(sentence) is None and _OF_TOBACCO.search(sentence.section.heading)
    if not (headed or _OF_TOBACCO.search(text)):
        return None
    for low, high in ticked_options(text):
        found = _OPTION.match(text, low, high)
        if found:
            return found.lastgroup
    asked = _QUESTION.search(text[: text.find("?") + 1]) if "?" in text else None
    reply = _REPLY.match(text, asked.end()) if asked else None
    return reply.lastgroup if reply else None


def _asks(sentence: Sentence) -> bool:
    return sentence.text.endswith("?") and bool(_QUESTION.search(sentence.text))


def _answered(sentence: Sentence) -> Iterator[PatientFact]:
    """A question of a form with its answer behind it: "Do you smoke?  No, never"."""
    answer = sentence.reading.after(sentence)
    found = _REPLY.match(answer.text) if answer else None
    if answer is not None and found:
        yield PatientFact(
            concept="tobacco",
            assertion=Assertion.PRESENT,
            evidence=(answer.evidence(),),
            written=sentence.written,
            value=found.lastgroup or "",
        )


def tobacco_of(sentence: Sentence) -> Iterator[PatientFact]:
    """What a sentence says of the patient's use of tobacco; one status at most."""
    found = [
        (match, concept, concept.get("kind"))
        for match, concept in sentence.of("patient")
        if concept.get("kind") in ("tobacco", "user", "packs", "never", "quit", "advice")
    ]
    if not found or _asks(sentence) or sentence.section.kind == "consent":
        return
    if sentence.section.kind == "family_history" and not _is_after_family(sentence):
        return
    if any(kind == "advice" for *_, kind in found):
        match = next(match for match, _, kind in found if kind == "advice")
        if not sentence.qualify(match.start, match.end).not_patient:
            yield _fact(sentence, "tobacco_advice", "advised", match, Assertion.PRESENT)
    if _ticked(sentence):
        return
    named = [
        (match, concept)
        for match, concept, kind in found
        if (kind in ("tobacco", "user", "packs", "never") or _is_denied_past(sentence, match, kind))
        and _is_own(sentence, match)
    ]
    quitting = [
        (match, concept) for match, concept, kind in found if kind == "quit" and _is_quit(sentence, match, named)
    ]
    status = (
        _status(sentence, named, quitting)
        if not any(kind == "quit" and _fails(sentence, match) for match, _, kind in found)
        else ("current", found[0][0])
    )
    if status:
        value, match = status
        yield _fact(sentence, "tobacco", value, match, Assertion.PRESENT)


def _fact(sentence: Sentence, concept: str, value: str, match: Match, assertion: Assertion) -> PatientFact:
    low, high = sentence.clause(match.start)
    return PatientFact(
        concept=concept,
        assertion=assertion,
        evidence=(
            sentence.evidence(max(low, match.start - 60) if match.start - low > 80 else low, min(high, match.end + 60)),
        ),
        written=sentence.written,
        value=value,
    )


_ORDERS = ("quit", "stop smoking", "stopped")
_WHEN = pattern(r"[^.;]{0,24}?\b(?:(?:19|20)\d\d|ago|since|years?|months?|weeks?|last|in|on)\b")
# "Ever smoked: N. Fosamax 2020 to 2023, stopped for reflux": the end of something else.
_APART = pattern(r"\.\s[^.;]*\.\s|\.\s[^.;]{24}|;")


def _is_denied_past(sentence: Sentence, match: Match, kind: str | None) -> bool:
    """ "No history of smoking"."""
    return (
        kind == "quit"
        and sentence.text.startswith("history", match.start)
        and (bool(_DENIED.search(sentence.text[: match.start])) or _none_after(sentence.text, match))
    )


def _is_own(sentence: Sentence, match: Match) -> bool:
    if _OF_OTHERS.search(sentence.text[max(0, match.start - 30) : match.start]):
        return False
    word = sentence.text[match.start : match.end]
    alone = _CHEWS.fullmatch(sentence.text.strip())
    if word in ("dip", "chew", "chews", "dips") and sentence.section.kind != "social_history" and not alone:
        return False
    said = sentence.qualify(match.start, match.end)
    return not said.not_patient or said.cue == "family history"


_CHEWS = pattern(r"(?:he |she |pt |also )?(?:chews|dips)(?: (?:tobacco|snuff|daily|copenhagen|skoal))*\W*")
_OWN_SMOKING = pattern(
    r"\W*(?:he |she |pt |patient )?(?:smokes|smoker|non-?smoker|never smo|current|former|ex-|quit|tob|denies|does not smoke|no tob|social)"
)


def _is_after_family(sentence: Sentence) -> bool:
    """ "Family hx: father MI. Smokes 1/2 ppd.": of the patient again, in a sentence of its own."""
    return sentence.reading.before(sentence) is not None and bool(_OWN_SMOKING.match(sentence.text))


def _fails(sentence: Sentence, match: Match) -> bool:
    """ "Has not quit smoking", "unable to quit", "trying to quit smoking": a smoker."""
    return (
        bool(_FAILS.search(sentence.text[max(0, match.start - 30) : match.start]))
        and "smok" not in sentence.text[match.start : match.end]
    )


def _is_quit(sentence: Sentence, match: Match, named: list[tuple[Match, Concept]]) -> bool:
    """A real end of smoking: named with tobacco, or bare ("quit 1998") in a social history; "quit smoking!" is an order."""
    text, word = sentence.text, sentence.text[match.start : match.end]
    if sentence.section.kind == "plan" and word in _ORDERS and not _WHEN.match(text, match.end):
        return False
    if _QUIT_OTHER.match(text[match.end : match.end + 26]) or _NOT_QUIT.search(
        text[max(0, match.start - 26) : match.start]
    ):
        return False
    if "smok" in word or "tobacco" in word:
        return not _is_denied_past(sentence, match, "quit") and not _none_after(text, match)
    near = any(not _APART.search(text, min(one.end, match.end), max(one.start, match.start)) for one, _ in named)
    return near or (sentence.section.kind == "social_history" and word == "quit")


def _status(
    sentence: Sentence, named: list[tuple[Match, Concept]], quitting: list[tuple[Match, Concept]]
) -> tuple[str, Match] | None:
    text = sentence.text
    if quitting and not any(concept.get("kind") == "user" and _still(sentence, match) for match, concept in named):
        return "former", quitting[0][0]
    for match, concept in named:
        if (
            concept.get("kind") == "user"
            and sentence.qualify(match.start, match.end).assertion is Assertion.PRESENT
            and not _none_after(text, match)
        ):
            return (
                "former"
                if _PAST_SMOKED.search(text[max(0, match.start - 30) : match.start])
                and not _NOW.search(text[: match.start])
                else "current"
            ), match
    if (
        named
        and _PACKS.search(text)
        and sentence.qualify(named[0][0].start, named[0][0].end).assertion is Assertion.PRESENT
    ):
        return "current", named[0][0]
    for match, concept in named:
        value = _one(sentence, match, concept)
        if value:
            return value, match
    return None


def _still(sentence: Sentence, match: Match) -> bool:
    word = sentence.text[match.start : match.end]
    return (
        word in ("smokes", "vapes", "chews", "dips")
        and sentence.qualify(match.start, match.end).assertion is Assertion.PRESENT
    )


def _none_after(text: str, match: Match) -> bool:
    return bool(_NONE.match(text[match.end : match.end + 26]))


def _one(sentence: Sentence, match: Match, concept: Concept) -> str | None:
    """The status that one word gives with what stands around it."""
    text = sentence.text
    if concept.get("kind") in ("never", "quit"):
        return "never"
    said = sentence.qualify(match.start, match.end)
    if text[: match.start].endswith(("negative ", "neg ")):
        return "never"
    if _SMOKED_FOR.search(text[max(0, match.start - 8) :]):
        return "current"
    if said.assertion is Assertion.ABSENT or _none_after(text, match):
        return (
            "former"
            if _AT_PRESENT.search(text[max(0, match.start - 26) : match.end + 26]) and "never" not in text
            else "never"
        )
    if (
        said.historical
        or _FORMER_AFTER.match(text[match.end : match.end + 26])
        or text[match.start : match.end] == "smoked"
        or text[match.start : match.end] == "vaped"
    ):
        return "former"
    if concept.get("kind") == "packs":
        return None
    around = text[max(0, match.start - 30) : match.end + 40]
    if _RISK_TALK.search(around) or said.assertion is not Assertion.PRESENT:
        return None
    if _NOW.search(around) or re.match(r"\s?[:-]?\s?(?:\d|half|one|two)", text[match.end :]):
        return "current"
    return (
        "current" if "abuse" in text[match.start : match.end] or "dependence" in text[match.start : match.end] else None
    )

"""What a structured request asks for, into a request form: its codes, levels, side and setting in the product's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from necessity.charts.entry import Asked
from necessity.charts.from_form import OTHER_PROCEDURE, PRIORITIES, Form, FormWords
from necessity.charts.request import Request
from necessity.values.problem import Problem

_LEVEL = re.compile(r"(?i)(?<![a-z0-9])[ctls]\d{1,2}(?:\s?[-/]\s?[ctls]?\d{1,2})?(?![a-z0-9])")
_SIDE = re.compile(r"(?i)\b(?:(?P<left>left|lt)|(?P<right>right|rt)|(?P<bilateral>bilateral|both|50))\b")
_MODIFIER_SIDES = {"LT": "left", "RT": "right", "50": "bilateral"}
_REVISION = re.compile(r"(?i)\b(?:revision|re-?exploration|re-?operation|recurrent)\b")
# Codes of the public list of places of service, of the classes of encounters, and of X12 bills.
_SETTINGS = {
    "21": "inpatient", "51": "inpatient", "61": "inpatient", "imp": "inpatient", "acute": "inpatient",
    "nonac": "inpatient", "19": "outpatient", "22": "outpatient", "24": "outpatient", "amb": "outpatient",
    "ss": "outpatient", "11": "office", "obsenc": "observation",
}  # fmt: skip
_SETTING_WORDS = (
    (re.compile(r"(?i)\binpatient\b"), "inpatient"),
    (re.compile(r"(?i)\bobservation\b"), "observation"),
    (re.compile(r"(?i)\bout-?patient\b|\bambulatory\b|\bsurg(?:ery|ical) cent(?:er|re)\b"), "outpatient"),
    (re.compile(r"(?i)\boffice\b"), "office"),
)
_CODED = frozenset({"cpt", "hcpcs"})


def form_from_asked(asked: Sequence[Asked], words: FormWords) -> Form:
    """The form that the services of a case's files make together.

    A request for authorization counts before an order, an order before a claim for what was already done. Services that
    the product has no word for are left out where there is another that it knows, and are named.
    """
    known = [one for one in asked if _is_spinal(one, words)]
    chosen = next((kind for kind in ("authorization", "order") if any(one.kind == kind for one in known)), None)
    if chosen is None and len({one.where for one in known}) == 1:
        chosen = "claim"
    lines = [one for one in known if one.kind == chosen]
    if chosen == "order":
        lines = _newest(lines)
    if not lines and asked and all(not one.codings and not one.words for one in asked if one.kind != "claim"):
        return _stay(asked)
    if not lines:
        return _unknown([one for one in asked if one.kind == "authorization"])
    left_out = [one for one in asked if one.kind == chosen and one not in known]
    problems = [Problem(one.where, "asks for a service that the product has no word for, not used") for one in left_out]
    texts = [text for one in lines for text in (*one.words, *_displays(one))]
    return Form(
        request=_request(lines, texts, words, is_rendered=chosen == "claim"), problems=tuple(dict.fromkeys(problems))
    )


def _newest(orders: Sequence[Asked]) -> list[Asked]:
    """The orders of the last day on which any was written; older ones were for something else."""
    last = max((one.day for one in orders if one.day), default=None)
    return [one for one in orders if one.day in (None, last)]


def _request(lines: Sequence[Asked], texts: Sequence[str], words: FormWords, is_rendered: bool) -> Request:
    cpt = tuple(dict.fromkeys(code for one in lines for code in _codes(one)))
    sites = [site for one in lines for site in one.sites]
    # The sender's own words name the operation; a display beside a known code only describes the code.
    own = [text for one in lines for text in one.words if text not in _displays(one)]
    named = own if any(words.is_code(code) for code in cpt) else texts
    fields = {
        "procedures": tuple(dict.fromkeys(name for text in named for name in words.procedures_in(text))),
        "cpt": cpt,
        "levels": _levels(sites, words) or _levels(texts, words),
        "side": _side([side for one in lines for side in one.modifiers], sites, texts),
        "revision": True if any(_REVISION.search(text) for text in texts) else None,
        "setting": _setting(place for one in lines for place in one.place),
    }
    return Request(
        priority=_priority(lines),
        **fields,  # type: ignore[arg-type]  # each under the type of its own name
        service_rendered=is_rendered,
        sources={name: "given" for name, value in fields.items() if value not in (None, ())},
    )


def _priority(lines: Iterable[Asked]) -> str | None:
    """The most pressing of what the senders say; a word that is not known says nothing."""
    told = {PRIORITIES.get(one.priority.strip().lower()) for one in lines}
    return next((one for one in ("urgent", "routine") if one in told), None)


def _stay(lines: Sequence[Asked]) -> Form:
    """A request that names a place and no service asks about the stay."""
    setting = _setting(place for one in lines if one.kind != "claim" for place in one.place)
    priority = _priority(one for one in lines if one.kind != "claim")
    sources = {"setting": "given"} if setting else {}
    return Form(request=Request(setting=setting, priority=priority, sources=sources))


def _unknown(lines: Sequence[Asked]) -> Form:
    """A request for authorization of nothing that the product knows: a person decides."""
    if not lines:
        return Form()
    cpt = tuple(dict.fromkeys(code for one in lines for code in _codes(one)))
    request = Request(
        procedures=(OTHER_PROCEDURE,),
        cpt=cpt,
        priority=_priority(lines),
        sources={"procedures": "given"} | ({"cpt": "given"} if cpt else {}),
    )
    return Form(request=request)


def _is_spinal(one: Asked, words: FormWords) -> bool:
    if any(words.is_code(code) for code in _codes(one)):
        return True
    return any(words.procedures_in(text) for text in (*one.words, *_displays(one)))


def _codes(one: Asked) -> tuple[str, ...]:
    return tuple(coding.code.upper() for coding in one.codings if coding.code and _is_cpt(coding.system, coding.code))


def _is_cpt(system: str, code: str) -> bool:
    # Many senders leave the system out or write their own for the same numbers.
    return system in _CODED or (system in ("", "HC", "C4") and bool(re.fullmatch(r"\d{4}[0-9TF]|[A-Z]\d{4}", code)))


def _displays(one: Asked) -> tuple[str, ...]:
    return tuple(coding.display for coding in one.codings if coding.display)


def _levels(texts: Iterable[str], words: FormWords) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        whole = words.levels_in(text)
        parts = [text] if whole else _LEVEL.findall(text)
        found.extend(level for part in parts for level in words.levels_in(part) or ())
    return tuple(dict.fromkeys(found))


def _side(modifiers: Iterable[str], sites: Iterable[str], texts: Iterable[str]) -> str | None:
    """The one side that modifiers, else body sites, else the words name."""
    told = [_MODIFIER_SIDES[code.upper()] for code in modifiers if code.upper() in _MODIFIER_SIDES]
    for source in (sites, texts):
        told = told or [found.lastgroup or "" for text in source for found in _SIDE.finditer(text)]
    if "bilateral" in told or {"left", "right"} <= set(told):
        return "bilateral"
    return told[0] if told else None


def _setting(places: Iterable[str]) -> str | None:
    for place in places:
        by_code = _SETTINGS.get(place.strip().lower().lstrip("0"))
        by_words = next((value for pattern, value in _SETTING_WORDS if pattern.search(place)), None)
        if by_code or by_words:
            return by_code or by_words
    return None

"""What a report says of an earlier study beside what is there now: asked by the scene of every finding."""

from __future__ import annotations

from dataclasses import replace

from necessity.facts.fact import Assertion
from necessity.facts.qualifier import Qualifier
from necessity.values.patterns import pattern

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WHEN = rf"(?:\d{{1,2}}/(?:\d{{1,2}}/)?\d{{2,4}}|(?:{_MONTH} )?(?:19|20)\d\d|{_MONTH}|the (?:prior|previous|earlier|last|old) (?:study|exam|examination|mri|scan|report))"
# "… is no longer seen", "has been resorbed": the main clause that ends what a subordinate clause told of.
_GONE = pattern(
    r"\b(?:now (?:merely|only|just|barely) (?:abuts?|touches|contacts?|reaches|bulges?|a)|now (?:lies?|appears?) free|(?:is|are) no longer (?:seen|present|identified|visible|evident|there|demonstrated|visuali[sz]ed)|(?:has|have) (?:now )?(?:been |completely |fully |largely )*(?:resorbed|resolved|disappeared|regressed|gone|cleared|vanished)|(?:is|are) now (?:gone|resolved|resorbed|absent))\b"
)
_SUBORDINATE = pattern(r"\b(?:which|that)\b[^.;,]*$")
# "compressed before, is now free": past word behind, and the present said after it.
_BEFORE_BEHIND = pattern(
    r"[^.;]{0,30}?\b(?:before|previously|formerly|earlier|then)\b,? (?:(?:is|are|lies?|appears?|has|have|it) )+(?:now |become )?(?:\w+ )?(?:free|clear|decompressed|relieved|resolved|uncompressed)"
)
# "Compared with 11/2025, when there was …", "Whereas in November …, it now", "Prior (11/2025): … Now:", "In 2025 …; today …".
_BEFORE_AHEAD = pattern(
    rf"(?:\bwhen (?:there (?:was|were)|it was|the \w+(?: \w+)? (?:was|were))\b|\b(?:whereas|while) (?:in|on) {_WHEN}|\bprior \(?{_WHEN}\)?\s?:|(?:^|[:.;] )(?:in|on) {_WHEN},?(?! (?:mri|ct|study|scan))\b)[^.;]*$"
)
_NOW = pattern(
    r"\b(?:now|today|currently|at present|no longer|on (?:the )?(?:present|current) (?:study|exam|mri|scan))\b"
)
_COMPARED = pattern(r"\bcompar\w+ (?:with|to)\b[^.;]*\bwhen\b")
_CAN_BE_EXCLUDED = pattern(
    r"[^.;,]{0,40}?\b(?:can|could|may) be (?:safely |reliably |confidently )?(?:excluded|ruled out)\b"
)
_NEITHER = pattern(
    r"[^.;,]{0,40}?\b(?:can|could|is|are) (?:neither be|neither|not be) (?:confirmed|proven|proved|established|affirmed) (?:nor|or) (?:be )?(?:ruled out|excluded|refuted|denied)\b"
)


def is_of_earlier(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` tell what an earlier study showed, against what is there now."""
    before, behind = text[:start], text[end:]
    if _BEFORE_BEHIND.match(behind):
        return True
    if _SUBORDINATE.search(before) and _GONE.search(behind) and not _NOW.search(before):
        return True
    ahead = _BEFORE_AHEAD.search(before)
    if ahead is None or _NOW.search(text, ahead.start(), start):
        return False
    return ahead[0].startswith(("prior", "whereas", "while")) or bool(_COMPARED.search(before) or _NOW.search(behind))


def excluded(found: Qualifier, text: str, end: int) -> Qualifier:
    """ "Can be excluded" denies; "can neither be confirmed nor ruled out" leaves open."""
    if _NEITHER.match(text, end):
        return replace(found, assertion=Assertion.POSSIBLE)
    if _CAN_BE_EXCLUDED.match(text, end):
        return replace(found, assertion=Assertion.ABSENT)
    return found

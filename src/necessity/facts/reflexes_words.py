"""Reflexes that are told without a grade: not to be got, or weaker than on the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from necessity.facts.examination_context import region_of_roots
from necessity.facts.examination_results import is_finding
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding
from necessity.facts.reading import Sentence
from necessity.facts.strength_targets import Target
from necessity.values.patterns import pattern

_NOT = r"(?:could ?n[o\']?t|can ?n[o\']?t|cannot|couldn't|can't|unable to|not able to|failed to|was not able to)"
_GOT = r"(?:get|got|obtain|elicit|find|raise|produce|bring out|evoke|demonstrate)"
# "No left ankle reflex", "I could not get an ankle jerk", "has lost her ankle jerk".
_MISSING_BEFORE = pattern(
    rf"(?:\bno|\b{_NOT} {_GOT}|\b(?:lost|loses|lacks|lacking|loss of|absence of|without)),?"
    r"(?: (?:any|the|an?|either|her|his|their|left|right|l|r|lt|rt|of the|bilateral|(?:knee|ankle|biceps|triceps|patellar|achilles)(?: jerks?)?(?: or| and|/)))*\s?$"
)
_MISSING_BEHIND = pattern(
    rf"(?:\s(?:on|at|in)? ?(?:the )?(?:left|right|l|r|lt|rt)(?: side)?)?,?\s(?:i|we) {_NOT} {_GOT}|"
    r"(?:\s(?:on|at|in|to)?(?: the)? ?(?:left|right|l|r|lt|rt)(?: side)?)?\s"
    rf"(?:{_NOT} be (?:obtained|elicited|found|raised|produced|got(?:ten)?|brought out|evoked|demonstrated)|"
    r"(?:is|are|was|were) (?:not (?:obtained|obtainable|elicited|elicitable|there|found|brought out)|gone|lost|missing))"
)
# Of reflexes as a whole "not obtained" may mean not tried.
_NONE_AT_ALL = pattern(
    rf"\s(?:{_NOT} be (?:obtained|elicited|found|raised|produced|got(?:ten)?|brought out|evoked|demonstrated)|are gone|were gone)"
)
# What follows a denied reflex where not the reflex is missing but a change of it.
_CHANGE_BEHIND = pattern(
    r"[\s-](?:asymmetr\w*|change\w*|abnormal\w*|deficit\w*|loss|differ\w*|discrepanc\w*|reduction|hyper\w*|clonus|spread|"
    r"weak\w*|diminution|depression|testing|was tested|tested)"
)
# "A good deal less brisk than the left", "harder to get", "weaker than its fellow".
_LESS = pattern(
    r"(?:\s(?:on|at|in)(?: the)? (?:left|right|l|r|lt|rt)(?: side)?)?\s(?:is|was|are|were|seems?|appears?|being|remains?)?\s?(?:\w+ ){0,4}?"
    r"(?:less (?:brisk|active|lively|strong|easily|than)|(?:weaker|slower|smaller|lower|fainter|duller|quieter|softer) (?:than|on|compared)|"
    rf"(?:harder|more difficult|more effort|difficult|hard) to {_GOT}|more sluggish|not (?:as|so) (?:brisk|strong|active|lively|good)|"
    r"(?:elicited|obtained|got) only with reinforcement|only with reinforcement)"
)
_BY_REINFORCEMENT = pattern(
    r"(?:\s(?:is |was |are |were )?(?:present |elicited |obtained )?only with reinforcement|\srequires? reinforcement)"
)


def read_named(sentence: Sentence, targets: Sequence[Target]) -> Iterator[tuple[int, ExamFinding]]:
    """The arcs that are said to be missing or weaker, each with the place of its arc."""
    for target in targets:
        if target.muscle is None:
            whole = _NONE_AT_ALL.match(sentence.text, target.end)
            found = ("absent", target.start, whole.end()) if whole and target.kind == "all" else None
        else:
            found = _missing(sentence.text, target) or _weaker(sentence.text, target)
        if found is None:
            continue
        value, start, end = found
        how = sentence.qualify(target.start, target.end)
        if how.not_patient or is_finding(sentence, start, end) is None and value != "absent":
            continue
        when, earlier = dated(sentence, target.start, target.end)
        yield (
            target.start,
            ExamFinding(
                concept="reflex",
                assertion=Assertion.PRESENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
                when=when,
                earlier=earlier,
                side=sentence.side_near(target.start, target.end),
                muscle=target.muscle,
                roots=target.roots,
                grade=0.0 if value == "absent" else None,
                region=region_of_roots(target.roots, target.limb or _limb(sentence)),
                value=value,
            ),
        )


def _limb(sentence: Sentence) -> str | None:
    """The limb of a sentence that names one kind only."""
    limbs = {str(c.get("limb")) for _, c in sentence.of("examination") if c.id in ("leg", "arm")}
    return limbs.pop() if len(limbs) == 1 else None


def _missing(text: str, target: Target) -> tuple[str, int, int] | None:
    behind = _MISSING_BEHIND.match(text, target.end)
    if behind:
        return "absent", target.start, behind.end()
    before = _MISSING_BEFORE.search(text, max(0, target.start - 60), target.start)
    if before and not _CHANGE_BEHIND.match(text, target.end):
        return "absent", before.start(), target.end
    return None


def _weaker(text: str, target: Target) -> tuple[str, int, int] | None:
    found = _LESS.match(text, target.end) or _BY_REINFORCEMENT.match(text, target.end)
    return ("reduced", target.start, found.end()) if found else None

"""When a treatment was given: dates, lengths and visits, each bound to the treatment that it is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from necessity.facts.injections import KINDS
from necessity.facts.reading import Sentence
from necessity.facts.times import NUMBERS, TimeMention
from necessity.facts.treatments_mention import Mention, same_statement
from necessity.values.dates import Length, PartialDate
from necessity.values.patterns import pattern

_STARTS = pattern(
    r"(?:\b(?:since|from|starting|started|start|starts|began|begun|beginning|initiated|as of|soc|start of care|evaluation|eval|initial visit|first visit|dates? of service|issued|commenced|prescribed|rx'?d|rx'?d|gave|given|put on|"
    r"placed|put|begin)\b)[\s:.(]*(?:on|in|of|at|date|around|about|early|mid|late|the|it|this|last|approximately|approx|was|of care)?[\s:.(]*(?:the )?$"
)
_ENDS = pattern(
    r"(?:\b(?:to|through|thru|until|till|ended|ending|end|ends|stopped|stop|d/c'?d?|dc'?d|discharged?|discontinued|finished|completed|held|(?:last|final|most recent) (?:visit|session|appointment|appt|treatment|attended|seen))\b|-+>|=>|→|[-–])[\s:.(]*(?:on|in|of|date|around|about|the|was|by)?[\s:.(]*$"
)
_GOING_ON = frozenset({"going_on", "taking_now"})
_VISITS = pattern(
    r"(?P<n>\d{1,3}|[a-z]+)(?:\s?(?:/|of|out of)\s?(?P<of>\d{1,3}))?\s(?:total\s|supervised\s|completed\s|attended\s|authorized\s|approved\s|scheduled\s|prescribed\s|formal\s|pt\s|physical therapy\s|therapy\s|treatment\s)?(?:visits?|sessions?|treatments?|appointments?|adjustments?)\b"
    r"|\b(?:visits?|sessions?)(?:\s(?:attended|completed|to date|so far|total))?\s?[:#=]?\s?(?P<after>\d{1,3})(?:\s?(?:/|of)\s?(?P<total>\d{1,3}))?\b|(?<![a-z0-9])x\s?(?P<times>\d{1,2})(?=[\s,;.)]|$)(?!\s(?:weeks?|months?|days?|wks?|mos?|years?|h\b|per|a\b))"
)
_NOT_LENGTH = pattern(
    r"(?:(?<!for the )(?<!for )(?<!over the )(?<!over )(?<!during the )\b(?:every|per|x per|times|in|in the past|in the last|within|age|aged|q|past|last|next|the other|after|another|about every)\s?(?:the\s)?(?:past |last |about )?|/)$"
)
_LENGTH_OF = pattern(
    r"^(?:'s)?\s?(?:of|worth of|course|courses|trial|long|supervised|formal|total of|\w+ (?:course|trial) of)?\s?(?:[a-z-]+\s){0,4}$"
)
RELIEF_UNTIL = pattern(r"\b(?:until|till|up to)\s(?:about |around |approximately |early |mid |late |the )*$")
# "Wore off by 11/15", "pain back on 11/2": the end of the relief, not another injection.
WORN_OFF = pattern(
    r"\b(?:fad(?:ed?|ing)|w(?:ore|orn|earing|ears) off|gone|returned|recurred|came back|(?:pain|symptoms|all|it|leg|was|is|fully|completely) back|back (?:by|on|in|over|at|again|since|to)|baseline|lost|lasted|lasting|dwindled|waned|rebounded|ended|held)\b"
)
_SEEN = pattern(r"\b(?:seen|f/u|fu|follow[ -]?up|visit|appointment|mri|returns?)\b[^,;]{0,16}$")
_REPEATED = pattern(r"\b(?:repeat\w*|again|another|second|2nd|third|3rd|next|then)\b[^.;]{0,24}$")
_DATE_OF = pattern(r"^[\s:-]+(?:[a-z0-9/-]+\s){0,3}$")
_TOLD_BEFORE = pattern(r"[a-z)]\s(?:on|in|since|from|to|through|until|-)?\s?$")
# "meloxicam 10/20 ->": an arrow to nowhere leads on to now.
_OPEN_ARROW = pattern(r"\s?(?:-+>|=>|→)\s?(?:$|[,;.)(]|present|now|current|today|to date|ongoing)")
# A date is that of a call or visit, not of what the call was about.
_OF_VISIT = pattern(
    r"\b(?:call|called|phone|f/u|fu|follow[ -]?up|visit|seen|appt|appointment|message|portal|post|check)\b"
)
# "On a written programme since 9/3; she does it every morning"
_AND_SHE = pattern(r"^[^.]*;\s(?:and )?(?:he|she|they|the patient|patient|pt)?\s?(?:still |now )?$")
# "Attended therapy last fall, does the bends every morning still": what goes on is another thing.
# "Ten days later", "41 y m": no length of a treatment.
_LATER = pattern(r"\s?(?:later\b|after (?:the|that|his|her|this)\b|post-?op|old\b|y/?o\b|of age\b|[mf]\b(?!\w))")
# No course is longer: such a length is an age, or that of the pain. In days.
_LONGEST_DAYS = 20 * 366.0
_LONGEST = dict.fromkeys(("physical_therapy", "acupuncture", "massage", "traction"), 2 * 366.0)
_NEW_ACT = pattern(r",\s(?:and |but )?(?:he |she |they )?(?:does|do|takes|take|uses|wears|walks|swims|works|is on)\b")
_RESPONSE_BETWEEN = frozenset({"outcome", "result"})


@dataclass(frozen=True, slots=True)
class Timing:
    """What the sentence says on the time of one treatment."""

    when: PartialDate | None = None
    also: tuple[PartialDate, ...] = ()  # further days on which the same was given ("10/27 and 12/22")
    started: PartialDate | None = None
    ended: PartialDate | None = None
    ongoing: bool = False
    length: Length | None = None
    visits: int | None = None

    @property
    def dated(self) -> bool:
        return bool(self.when or self.started or self.ended or self.length)

    @property
    def latest(self) -> PartialDate | None:
        known = [day for day in (self.ended, self.when, self.started, *self.also) if day is not None]
        return max(known, key=lambda day: day.latest, default=None)


NO_TIME = Timing()


def timings_of(sentence: Sentence, mentions: list[Mention]) -> list[Timing]:
    """One timing per mention; what stands behind the last name of a list holds for the whole list."""
    timings = [NO_TIME] * len(mentions)
    owned: dict[int, list[TimeMention]] = {}
    for time in sentence.times:
        owner = _owner(sentence, mentions, time)
        if owner is not None:
            owned.setdefault(owner, []).append(time)
    for number, times in owned.items():
        # "Tx since Sept: PT 10/6-11/14": what a label says of a whole list gives way to a treatment's own dates.
        start = mentions[number].start
        if any(time.date and sentence.text[time.start : time.end] != "today" for time in times if time.start > start):
            owned[number] = [time for time in times if time.start > start or ":" not in sentence.text[time.end : start]]
    for number, mention in enumerate(mentions):
        timings[number] = _timing(sentence, mention, owned.get(number, []))
    return _following(sentence.text, mentions, _shared(mentions, timings))


def _following(text: str, mentions: list[Mention], timings: list[Timing]) -> list[Timing]:
    """ "PT 02/17 - 06/27, then home program to now": what follows begins where the other ended."""
    for number in range(1, len(mentions)):
        timing, before = timings[number], timings[number - 1]
        if (
            timing.ongoing
            and timing.started is None
            and timing.when is None
            and before.ended
            and re.search(
                r"\b(?:then|followed by|transitioned to|and now)\s(?:\w+\s)?$",
                text[mentions[number - 1].end : mentions[number].start],
            )
        ):
            timings[number] = replace(timing, started=before.ended, visits=None)
    return timings


def _shared(mentions: list[Mention], timings: list[Timing]) -> list[Timing]:
    shared = list(timings)
    for number in range(len(mentions) - 2, -1, -1):
        following = shared[number + 1]
        if mentions[number].run == mentions[number + 1].run and not timings[number].dated and following.dated:
            injections = mentions[number].kind in KINDS and mentions[number + 1].kind in KINDS
            same = replace(following, visits=timings[number].visits)
            shared[number] = same if injections else replace(same, when=None, also=())
    return shared


def _owner(sentence: Sentence, mentions: list[Mention], time: TimeMention) -> int | None:
    """The treatment that a date or length belongs to: the one right behind ("6 weeks of PT"), else the one before it."""
    text = sentence.text
    before = [number for number, mention in enumerate(mentions) if mention.end <= time.start]
    after = [number for number, mention in enumerate(mentions) if mention.start >= time.end]
    if after and _leads_to(text[time.end : mentions[after[0]].start], time):
        between = text[mentions[before[-1]].end : time.start] if before else ""
        if time.length or ";" in between or not _TOLD_BEFORE.search(between):
            return after[0]
    if before and same_statement(text, mentions[before[-1]].end, time.start):
        return before[-1]
    if (
        after
        and ";" not in text[time.end : mentions[after[0]].start]
        and not (
            mentions[after[0]].kind in KINDS
            and time.date
            and _OF_VISIT.search(text[time.end : mentions[after[0]].start])
        )
    ):
        return after[0]
    return None


def _leads_to(gap: str, time: TimeMention) -> bool:
    """Whether a time stands right before the name that it tells about: "6 weeks of PT", "10/20/2025 IL ESI"."""
    if len(gap) >= 44 or re.match(r"\s(?:and|then|with|to|without|but|or|plus)\s", gap):
        return False
    return bool(_LENGTH_OF.match(gap) if time.length and not time.ago else _DATE_OF.match(gap))


def _timing(sentence: Sentence, mention: Mention, times: list[TimeMention]) -> Timing:
    text = sentence.text
    timing = Timing(visits=_visits(text, mention), ongoing=_goes_on(sentence, mention))
    previous = 0
    for time in times:
        if mention.kind in KINDS and time.date is not None and RELIEF_UNTIL.search(text[: time.start]):
            continue  # the day on which its relief ended
        if (
            mention.kind in KINDS
            and time.date is not None
            and timing.when is not None
            and is_no_injection(text[previous : time.start])
        ):
            continue
        if time.date is not None and not time.ago:
            timing = _with_date(timing, text, time, previous)
            previous = time.end
        elif time.ago and time.date is not None:
            timing = replace(timing, when=timing.when or time.date)
        elif (
            time.length is not None
            and timing.length is None
            and mention.kind not in KINDS
            and _is_length(sentence, mention, time)
        ):
            timing = replace(timing, length=time.length)
    if timing.started and timing.ended and timing.ended.earliest < timing.started.earliest:
        timing = replace(timing, started=_before_year(timing.started, timing.ended))
    return timing


def is_no_injection(lead: str) -> bool:
    """Whether the words between the day of an injection and a later date tell how it went, and not of the next one."""
    worn, repeated = WORN_OFF.search(lead), _REPEATED.search(lead)
    if worn and repeated and repeated[0].startswith("then") and repeated.start() < worn.start():
        return True  # "pain free for two weeks, then it came back 2/20"
    return bool(worn or _SEEN.search(lead)) and not repeated


def _before_year(started: PartialDate, ended: PartialDate) -> PartialDate | None:
    """A start without a year lies in the year before an end that it would follow."""
    shifted = PartialDate(started.earliest - timedelta(days=365), started.latest - timedelta(days=365))
    return shifted if shifted.earliest <= ended.earliest and (ended.earliest - shifted.earliest).days < 400 else None


def _with_date(timing: Timing, text: str, time: TimeMention, previous: int) -> Timing:
    lead = text[max(0, time.start - 34) : time.start]
    if _until_now(timing, text, time):
        return replace(timing, ongoing=True)
    if _OPEN_ARROW.match(text[time.end :]) and not timing.started:
        return replace(timing, started=time.date, ongoing=True)
    if lead.endswith("between ") and not timing.started:
        return replace(timing, started=time.date)
    if timing.started and not timing.ended and "between" in lead and lead.endswith("and "):
        return replace(timing, ended=time.date)
    if _STARTS.search(lead) and not timing.started:
        since = bool(re.search(r"\bsince\b", lead[-24:]))
        return replace(timing, started=time.date, ongoing=timing.ongoing or since)
    closes = _ENDS.search(lead) and (lead.rstrip()[-1:] not in "-–" or time.start - previous <= 4)
    if closes and (timing.started or timing.when) and not timing.ended:
        return replace(timing, started=timing.started or timing.when, when=None, ended=time.date)
    if re.search(
        r"\b(?:stopped|discontinued|ended|until|till|dc'?d|discharged|finished|completed)[\s:(]*(?:on |in )?$", lead
    ):
        return replace(timing, ended=time.date, ongoing=False)
    if timing.when is None and timing.started is None and time.date is not None:
        return replace(timing, when=time.date)
    return replace(timing, also=(*timing.also, time.date)) if timing.when and time.date else timing


def _until_now(timing: Timing, text: str, time: TimeMention) -> bool:
    """ "To today", "through today": still going on when the note was written."""
    return text[time.start : time.end] == "today" and bool(
        re.search(r"\b(?:to|through|thru|until|till)\s$", text[: time.start])
    )


def _goes_on(sentence: Sentence, mention: Mention) -> bool:
    text = sentence.text
    for match in sentence.matches:
        kinds = [concept.id for concept in match.concepts if concept.group == "care" and concept.id in _GOING_ON]
        if kinds:
            leads_on = "taking_now" in kinds or (
                mention.right < len(text)
                and mention.right - match.end < 20
                and not re.search(r"[,;.]", text[match.end : mention.right].lstrip("."))
            )
            if (
                not leads_on
                and not _NEW_ACT.search(text[mention.end : match.start])
                and mention.end <= match.start <= mention.right
                and (same_statement(text, mention.end, match.start) or _AND_SHE.search(text[mention.end : match.start]))
            ):
                return not re.search(r"\b(?:pain|symptoms?)\b", text[match.start : match.end + 20])
            behind_another = mention.left > 0 and text[match.end : match.end + 1] == ","
            if (
                0 <= mention.start - match.end < 34
                and match.start >= mention.left
                and not behind_another
                and same_statement(text, match.end, mention.start)
            ):
                return True
    return False


def _is_length(sentence: Sentence, mention: Mention, time: TimeMention) -> bool:
    """Whether a length is that of the treatment, not of its relief, of the pain, or of the time looked back on."""
    text = sentence.text
    if time.length is None or time.length.days < 3 or time.length.days > _LONGEST.get(mention.kind, _LONGEST_DAYS):
        return False
    if re.match(r"\s(?:of|worth of)\s", text[time.end : mention.start]):
        return True
    if _NOT_LENGTH.search(text[: time.start]):
        return False
    if time.length.days <= 31 and re.search(
        r"\b(?:a|per|each|every)\s$|\b(?:once|twice|thrice|times|days|sessions|visits|x)\s(?=an?\s)",
        text[: time.start] + text[time.start : time.start + 3],
    ):
        return False
    low, high = (mention.end, time.start) if mention.end <= time.start else (time.end, mention.start)
    for match in sentence.matches:
        if (
            low <= match.start
            and match.end <= high
            and any(
                (concept.group == "response" and concept.get("kind") in _RESPONSE_BETWEEN) or concept.group == "pain"
                for concept in match.concepts
            )
        ):
            return False
    if _LATER.match(text, time.end):
        return False
    return (
        not re.match(
            r"\s?(?:of|post|after|later|history|prior|old|year-old|of (?:pain|symptoms|relief|\d+))\b(?!\s(?:supervised|formal|pt|physical|therapy|conservative|nonop|non-op|treatment|chiro|nsaid|home|medication|daily))",
            text[time.end :],
        )
        or mention.start >= time.end
    )


def _visits(text: str, mention: Mention) -> int | None:
    """Visits attended: "15 visits", "13 sessions", "visits attended 15/16", "x14"."""
    if mention.kind not in ("physical_therapy", "chiropractic", "acupuncture", "massage"):
        return None
    low = mention.left if mention.start - mention.left < 30 else mention.start - 30
    for found in _VISITS.finditer(text, low, mention.right):
        word = found["n"] or found["after"] or found["times"]
        number = int(word) if word.isdigit() else int(NUMBERS.get(word, 0))
        if number:
            return number
    return None

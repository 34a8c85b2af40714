"""How a treatment is meant: tried, absent, only advised, for another body part, or of an earlier episode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.facts.fact import Assertion
from necessity.facts.injections import is_later_of_series
from necessity.facts.reading import Sentence
from necessity.facts.therapy_untaken import is_single_visit
from necessity.facts.treatments_episode import NEEDLES, is_earlier, other_region
from necessity.facts.treatments_mention import Mention
from necessity.facts.treatments_response import Response
from necessity.facts.treatments_time import Timing
from necessity.values.patterns import pattern

_THINKS = pattern(r"\b(?:feel|think|believe|say|find|report)\b")
# What stands in these sections is still to come, unless the words say that it goes on or has been done.
_TO_COME = frozenset({"plan", "procedure", "authorization", "questions"})
_NO_THERAPY = frozenset(
    {
        "procedure_details",
        "complications",
        "technique",
        "review_of_systems",
        "laboratory",
        "allergies",
        "consent",
        "family_history",
        "findings",
    }
)
_LOOSE = frozenset({"brace", "heat", "traction", "home_exercise", "education", "tens", "massage", "weight_loss"})
_CONTINUES = pattern(
    r"(?:\bcontinu(?:e|es|ed|ing)\b|\bcont\.?|\bkeep (?:taking|up|on)|\bcurrently\b|\bremains? on\b|\brefill(?:ed|s)?\b|\bresume[ds]?\b)(?:\s(?:on|with|to|take|taking|his|her|their|the|current|same|use|using|doing|of|home|out|outpatient|daily))*\s?$"
)
_REFERRED_DONE = pattern(
    r"\b(?:completed|attended|finished|underwent|has undergone|did|went|has been going|participated|tried|failed|without (?:relief|benefit|improvement)|wore off|relief|helped|no help)\b"
)
_NEGATES_RESULT = pattern(
    r"\b(?:relief|benefit|better|improv\w*|help\w*|respon\w*|success\w*|effect\w*|relieved|change|tolerat\w*|controlled|resolv\w*|worked|working|difference|complet\w*|finish\w*|continu\w*|satisf\w*|last\w*|candidate|gains?|progress\w*|carry\w*|fxnl|functional|success)\b"
)
_PUT_ON = pattern(r"\b(?:placed in(?:to)?|fitted (?:with|for)|applied|put into)\s(?:\w+\s){0,4}$")
_FOR_COMFORT = pattern(
    r"\s(?:to be (?:worn|fitted|used)|for comfort|comfort|when (?:out of bed|up|oob)|at all times|for \d+ weeks?, off)\b"
)
_INSTRUCTION = pattern(r"(?:activit(?:y|ies)|disposition|instructions?|restrictions?|discharge activity)\s?:")
_COMES_FOR = pattern(
    r"\b(?:presents?|returns?|here|comes(?: in)?|came(?: in)?|seen|arrives?|brought in)\b(?:\s[\w-]+){0,3}\s(?:for|to undergo|to have|to receive)\s(?:[\w-]+\s){0,6}$"
)
# "Gabapentin 300 qhs if leg dysesthesia emerges": only in case of it.
_IF_NEEDED = pattern(
    r"[^.;,]{0,30}\bif\s(?!he\b|she\b|they\b|it\b|not\b)[\w\s/-]{0,40}\b(?:emerg\w*|develops?|persists?|recurs?|returns?|worsens?|continues?|occurs?|fails?|desired|tolerated|needed|required|necessary|flares?|increases?)\b"
)
_SENT_HOME = pattern(
    r"\b(?:sent home|discharged|released|goes home|went home|home|let go)\b[^.;]{0,50}\b(?:with|in)\s(?:an?\s)?(?:\w+\s){0,2}$"
)
_HANDED_OUT = frozenset({"home_exercise", "education", "brace"})
_INPATIENT = pattern(
    r"\b(?:bed mobility|max assist|mod assist|min assist|contact guard|mod i\b|min a\b|eob|stairs|transfers|walked|ambulat\w+|gait train\w*|rw\b|walker|sat edge|pt/ot (?:eval|consult)|ot\b|discharge planning|rehab bed|hospital day|hd \d)"
)
_ASKED_FOR = pattern(r"\b(?:asked for|asking for|requested|requesting|need(?:s|ed)?|send|await(?:s|ing)?|missing)\b")
_DISPENSED = pattern(r"\brefills?\b|#\s?\d+\s(?:with|and)\b|\bdisp(?:ense)?\b")
_IMPERATIVE = pattern(
    r"(?:^|[.;,:)]\s|\band\s|\bthen\s)(?:add|start|begin|try|initiate|prescribe|increase|switch to|change to|order|schedule|refer to|trial|consider|obtain|get|set up)\s(?!(?:with|and|to)\s)(?:[\w-]+\s){0,2}$"
)
_POSTOPERATIVE = pattern(
    r"\b(?:post-?operative(?:ly)?|post-?op|after (?:the |her |his )?(?:surgery|operation)|following (?:the |her |his )?(?:surgery|operation)|postoperative day|pod)\b"
)
_OPERATED = pattern(
    r"\b(?:surgery|underwent|operating room|operation|operative|decompression|fusion|discectomy|laminectomy)\b"
)
_DONE_SO_FAR = pattern(
    r"\b(?:failed|failure of|has (?:had|tried|done|completed|been)|have (?:tried|failed)|despite|so far|tried|already)\b"
)
_ANOTHER = pattern(r"\banother (?:course|round|trial|set|series) of (?:\w+\s)?$")
_REQUIRED = pattern(r"\s(?:is|are|was|were)\s(?:required|needed|mandated|necessary)\b")
_ON_PAPER = pattern(
    r"\s(?:(?:is|are|was|were|has been|have been)\s)?(?:documented|recorded|on file|on record|listed|submitted)\b"
)
_FOR_PAIN = pattern(
    r"\s(?:taken |used |tried )?(?:for (?:the |his |her |this |back |neck |leg |arm )*(?:pain|problem|symptoms|condition|it|sciatica)\b|for this[.,;]?$|so far\b|to date\b)"
)


_BOX_BEHIND = pattern(r"\s?(?:\[\s?\]|\(\s\)|☐)(?:$|\s(?:[a-z ]{3,30}(?:\[|\(|☐)|$))")
_BOX = pattern(r"\[\s?x?\s?\]|\(\s?x?\s?\)|[☐☑☒✓]")
_VERBAL = pattern(
    r"\b(?:has|had|have|was|were|is|did|underwent|received|got|gave|given|tried|failed|fails?|after|following|s/p|status post|post|despite|since|prior|previous|last|recent|relief|better|helped|"
    r"refractory|responded|repeat|wore|x\s?\d|\d\s?x|times|\d+\s?%|history|hx|exhausted|completed|done)\b"
)
_PROSE = pattern(r"\b(?:he|she|patient|who|they)\b.*\b(?:has|had|was|is|underwent|went|saw|received|did|continues)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    assertion: Assertion
    historical: bool = False
    other_region: str | None = None


def meaning_of(sentence: Sentence, mention: Mention, timing: Timing, response: Response | None) -> Meaning | None:
    """How the mention is meant, or None where it says nothing of this patient's treatment."""
    if not _is_readable(sentence, mention):
        return None
    qualifier = sentence.qualify(mention.start, mention.end)
    if qualifier.not_patient:
        return None
    assertion = _assertion(sentence, mention, timing, response, qualifier.assertion, qualifier.cue)
    if assertion is None:
        return None
    elsewhere = other_region(sentence, mention)
    historical = assertion is Assertion.PRESENT and is_earlier(sentence, mention, timing, response)
    return Meaning(assertion, historical, elsewhere)


def _is_readable(sentence: Sentence, mention: Mention) -> bool:
    kind = sentence.section.kind
    if kind in _NO_THERAPY:
        return False
    if (
        mention.kind in _LOOSE
        and not (kind == "diagnosis" and is_told(sentence))
        and kind in ("examination", "imaging", "social_history", "vitals", "diagnosis")
    ):
        return False
    if mention.kind == "activity_modification" and kind == "social_history":
        return False
    if (
        "goal" in sentence.section.heading
        or "prognosis" in sentence.section.heading
        or "goals" in sentence.text
        and mention.kind == "home_exercise"
    ):
        return False
    if "consult" in sentence.section.heading and not is_told(sentence) and "reason" not in sentence.section.heading:
        return False  # "CONSULTANTS: Interventional radiology. Physical therapy."
    if mention.kind == "brace" and _FOR_COMFORT.match(sentence.text, mention.end):
        return False
    if mention.kind in ("brace", "activity_modification") and (
        _PUT_ON.search(sentence.text[: mention.start])
        or _INSTRUCTION.match(sentence.text)
        or _INSTRUCTION.match(sentence.section.heading + ":")
    ):
        return False
    if _BOX_BEHIND.match(sentence.text[mention.end :]) and not _BOX.search(sentence.text[: mention.start]):
        return False  # "physical therapy [ ]": a form whose boxes stand behind their labels
    if _after_operation(sentence, mention) or _is_paperwork(sentence, mention):
        return False
    return not (mention.kind == "physical_therapy" and _INPATIENT.search(sentence.text))


def _is_paperwork(sentence: Sentence, mention: Mention) -> bool:
    """A list of papers received or missing names treatments and says nothing of them."""
    if re.match(
        r"\s(?:(?:/|or|and) (?:\w+ ){1,2})?(?:records?|notes?|documentation|logs?|reports?)\b(?!\s(?:from|of|show))",
        sentence.text[mention.end :],
    ) and (not sentence.times or _ASKED_FOR.search(sentence.text, 0, mention.start)):
        return True
    return any(
        match.end <= mention.start and not _in_brackets(sentence.text, match.end, mention.start)
        for match in sentence.matches
        for concept in match.concepts
        if concept.group == "care" and concept.id == "paperwork"
    )


def _in_brackets(text: str, end: int, start: int) -> bool:
    """ "Two rounds of PT (records requested), had epidurals": what is said in brackets ends with them."""
    return "(" in text[:end] and ")" in text[end:start] and text.rfind("(", 0, end) > text.rfind(")", 0, end)


def _after_operation(sentence: Sentence, mention: Mention) -> bool:
    """Care after the operation of this stay is no care before it."""
    if _POSTOPERATIVE.search(sentence.text[: mention.start]):
        return True
    if "course" not in sentence.section.heading:
        return False
    earlier, count = sentence.reading.before(sentence), 1
    while earlier is not None:
        if _OPERATED.search(earlier.text):
            return True
        count += 1
        earlier = sentence.reading.before(sentence, count)
    return bool(_OPERATED.search(sentence.text[: mention.start]))


def _assertion(
    sentence: Sentence, mention: Mention, timing: Timing, response: Response | None, told: Assertion, cue: str
) -> Assertion | None:
    text = sentence.text
    if _REQUIRED.match(text[mention.end :]) or (told is Assertion.ABSENT and _ON_PAPER.match(text[mention.end :])):
        return None
    if _said_behind(sentence, mention, "turned_down", 60):
        return Assertion.DECLINED
    if _not_taken(sentence, mention) or (response is None and is_single_visit(sentence, mention)):
        return Assertion.ABSENT
    if told is Assertion.PRESENT and (
        _IF_NEEDED.match(text, mention.end, mention.right)
        or _SENT_HOME.search(text[: mention.start])
        and mention.kind == "brace"
    ):
        return Assertion.ADVISED
    if (
        told is Assertion.ABSENT
        and mention.kind == "activity_modification"
        and _said_behind(sentence, mention, "only_offered", 36)
    ):
        return None  # "No light work was offered"
    if (
        told is Assertion.PRESENT
        and mention.kind in _HANDED_OUT
        and re.search(r"\b(?:gave|given|provided|handed|dispensed)\b", text)
        and "today" in text
    ):
        told = Assertion.ADVISED
    if (
        told is Assertion.PRESENT
        and mention.kind in NEEDLES
        and _COMES_FOR.search(text[: mention.start])
        and not is_later_of_series(text, mention.start)
    ):
        told = Assertion.PLANNED
    if told is Assertion.PRESENT and _IMPERATIVE.search(text[: mention.start]):
        told = Assertion.ADVISED
    if told is Assertion.PRESENT and _said_behind(sentence, mention, "only_offered", 36):
        told = Assertion.ADVISED
    if told is Assertion.ABSENT:
        return _really_absent(sentence, mention, response)
    if told is Assertion.UNEXAMINED:
        return Assertion.ABSENT
    if told is Assertion.DECLINED:
        return Assertion.DECLINED
    if told is Assertion.PLANNED and mention.kind == "medication" and cue == "scheduled":
        told = Assertion.PRESENT  # "scheduled acetaminophen": a dose at fixed times
    if told in (Assertion.PLANNED, Assertion.ADVISED, Assertion.POSSIBLE) and _ANOTHER.search(
        text[mention.left : mention.start]
    ):
        return Assertion.PRESENT  # "another course of therapy may help": there was one before
    if response is None and _is_to_come(sentence, timing):
        return Assertion.PLANNED
    done = bool(response and told is not Assertion.POSSIBLE) or bool(
        timing.started or timing.ended or (timing.visits and mention.kind != "medication")
    )
    if told in (Assertion.PLANNED, Assertion.ADVISED):
        goes_on = _CONTINUES.search(text[mention.left : mention.start])
        went = _REFERRED_DONE.search(text, mention.end, mention.right)
        return Assertion.PRESENT if goes_on or went or (done and told is Assertion.ADVISED) else told
    if told is Assertion.POSSIBLE:
        return None
    if (
        mention.kind == "medication"
        and _DISPENSED.search(text, mention.end, mention.right)
        and not _CONTINUES.search(text[: mention.start])
    ):
        return Assertion.ADVISED
    if (
        (sentence.section.kind in _TO_COME and not (sentence.section.kind == "procedure" and is_told(sentence)))
        or "discharge" in sentence.section.heading
        or "prescribed" in sentence.section.heading
    ):
        return Assertion.PRESENT if done or _in_the_past(sentence, mention) else Assertion.ADVISED
    if _is_item_of_plan(sentence, mention) and not (done or timing.latest or _in_the_past(sentence, mention)):
        return Assertion.ADVISED
    return Assertion.PRESENT


def _is_item_of_plan(sentence: Sentence, mention: Mention) -> bool:
    """ "A/P: L4 radiculopathy. L4 TFESI left, fluoroscopy": a procedure named without a verb under what the note concludes."""
    return (
        sentence.section.kind == "assessment"
        and mention.kind in NEEDLES
        and bool(sentence.levels)
        and not _VERBAL.search(sentence.text)
    )


def is_told(sentence: Sentence) -> bool:
    """Prose about the patient, not a title or an item of a list."""
    return bool(_PROSE.search(sentence.text))


def _in_the_past(sentence: Sentence, mention: Mention) -> bool:
    """In a plan: "continue gabapentin", "has failed PT"."""
    before = sentence.text[: mention.start]
    return bool(_CONTINUES.search(before) or _DONE_SO_FAR.search(before))


def _really_absent(sentence: Sentence, mention: Mention, response: Response | None) -> Assertion | None:
    """A negation that stands before a word of result denies the result, not the treatment."""
    for scope in sentence.scopes:
        if scope.kind != "absent" or not (scope.start <= mention.start and mention.end <= scope.end):
            continue
        if scope.cue in ("as opposed to", "rather than", "instead of", "against", "free of", "lack of"):
            return None
        if re.search(
            r"\b(?:need|require|warrant|indicat|want|wish|recommend|interested|plan|worth|sense|reason|point in|best interest|spend)\w*\b",
            sentence.text[scope.cue_start : mention.start],
        ):
            return None
        if scope.cue_start < mention.start and _NEGATES_RESULT.search(sentence.text, scope.cue_start, mention.start):
            return (
                Assertion.DECLINED
                if "candidate" in sentence.text[scope.cue_start : mention.start]
                else Assertion.PRESENT
            )
        if response is not None and _THINKS.search(sentence.text, scope.cue_start, mention.start):
            return Assertion.PRESENT  # "He does not feel that PT helped"
        if mention.concept.id == "medication" and not _FOR_PAIN.match(sentence.text[mention.end :]):
            return None
        if scope.cue_start >= mention.end and (response is not None or scope.cue in ("neg", "negative")):
            return Assertion.PRESENT  # "PT 6 mo, Celebrex, MBB neg": what a block showed
        if re.match(r"(?:not|no) (?:only|longer|just)\b", sentence.text[scope.cue_start :]) or scope.cue.startswith(
            "no longer"
        ):
            return Assertion.PRESENT
        if re.match(r"no (?:new|further|other|additional|more)\b", sentence.text[scope.cue_start :]):
            return None
    return Assertion.ABSENT


def _is_to_come(sentence: Sentence, timing: Timing) -> bool:
    """ "PT ordered, starts 2/25": what begins after the day of the note has not begun."""
    begins = timing.started or timing.when
    return begins is not None and sentence.written is not None and begins.earliest > sentence.written


def _said_behind(sentence: Sentence, mention: Mention, concept_id: str, reach: int) -> bool:
    """Whether words of this kind stand behind the treatment, before the next one."""
    return any(
        mention.end <= match.start < min(mention.right, mention.end + reach)
        and not re.search(r"[;]|\.\s", sentence.text[mention.end : match.start])
        for match in sentence.matches
        for concept in match.concepts
        if concept.group == "care" and concept.id == concept_id
    )


# "Injections - scared of needles, no": the answer closes the line of its label.
_ANSWERED_NO = pattern(r"\s?[-:]\s[^.;]*,\s(?:no|none|never|nope)\W*$")


def _not_taken(sentence: Sentence, mention: Mention) -> bool:
    """ "PT was recommended, he has not gone": the words behind (or right before) say that it was not taken up."""
    if mention.start < 4 and _ANSWERED_NO.match(sentence.text, mention.end):
        return True
    for match in sentence.matches:
        if not any(concept.group == "care" and concept.id == "not_taken" for concept in match.concepts):
            continue
        behind = (
            mention.end <= match.start
            and match.start - mention.end < 90
            and not re.search(r"[;]|\.\s", sentence.text[mention.end : match.start])
        )
        ahead = match.end <= mention.start <= match.end + 14
        if (behind and match.start < mention.right + 30) or ahead:
            return True
    return False

"""How long the current episode has lasted: lengths and onsets told of the symptoms, counted to the date of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head
from necessity.facts.symptoms_main import site_class
from necessity.facts.symptoms_meant import is_treatment
from necessity.facts.symptoms_pairs import AXIAL, LIMB
from necessity.facts.symptoms_score import Score
from necessity.facts.times import TimeMention
from necessity.values.dates import DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR, Length
from necessity.values.patterns import pattern

_HISTORY_AFTER = pattern(
    r"^'?[\s-]*(?:now |already )?(?:into (?:this|it|the (?:episode|illness|problem|course))\b|long |duration |course |worth )?(?:history|hx|h/o|h\.o\.|of (?:it\b|this\b|that\b|these\b|trouble|problems?|difficulty|symptoms|progressive|worsening|low|neck|back|right|left|severe|pain|leg|arm|increasing|the|his|her|my|burning|sharp|constant|steady|bilateral|l|r|buttock|thigh|calf|sciatic\w*|radic\w*|numb\w*|shooting|stabbing|aching|achy|persistent|intractable|unrelenting|neuro\w*|claudic\w*|axial|mechanical|lumbar|cervical|thoracic|midline|knife\w*|heavi\w+|this|lbp|unilateral|intermittent|disabling|electric\w*|nagging|dull|deep|weak\w*|tingling|gradual\w*|worsening)|duration|episode|course|standing)\b"
)
_LASTING_BEFORE = pattern(
    r"\b(?:for|over|x|times|(?:it's|it is|has|it has) been|going on|coming up on|lasting|lasted|duration(?: of| is|:)?|during|since|past|last|in the|ongoing|onset|within|about|approximately|nearly|almost|now|symptoms?|pain|episode|current episode|these|hx|history)\s?[:(]?\s?(?:the |at least |about |approximately |approx\.? |around |roughly |over |more than |greater than |nearly |almost |only |a |past |last |previous |these |some |well |now |-|~|>)*$"
)
_SINCE = pattern(
    r"\b(?:since|onset|began|begin|started|start|dating|from|doi|injury|injured|accident|date of injury|date of loss|date of accident|dol|d/i|d/a|date of onset|came on|came back|returned|recurred|noticed|developed|occurred|fell|fall|mva|mvc|pop|popped|lifting|pulling|flared?|flare-up|strain(?:ed)?|twist(?:ed)?|slipped|hurt|collision|woke|awoke|awakened|struck|rear-ended|crash|reappeared|felt|up with|got (?:\w+ ){0,3}pain|worse|worsening|exacerbation|had sudden|sudden|noted|noticing|became|recur\w*|context|again|return of|suddenly|instantly|immediately|sneez\w+|cough(?:ed|ing)|bent|bending|reach(?:ed|ing)|trip(?:ped|ping)|jump(?:ed|ing)|turned|moving|moved|shovel\w*|twisting|crawling|unload\w*|carr(?:ied|ying)|picked up|picking up|slid|slip|immediate|lost (?:his|her) footing|stepped|missed (?:a|the) step|tackled|thrown|rolled|dove|dived|heard (?:a|something)|gave way|give|let go|hit (?:him|her|me)|hurting|set in|surfaced|erupted|appeared|arrived|dates? back|crick|by (?:about |around |early |late |mid-? ?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: of)? \d{4}|(?:was|were) (?:having|getting|developing))\b"
)
_AGAIN = pattern(
    r"\b(?:came back|returned|recurred|recurrence|recurrent|flare|flared|flare-up|reappeared|again|exacerbation|return of (?:the |his |her )?(?:pain|symptoms?|sx)|acute on chronic|acute|reinjur\w+|re-?injury|old pain|relapse)\b"
)
# "Lifted shingles 02/18.  Leg pain ever since": the event began it, whatever it was.
_EVER_SINCE = pattern(
    r"\b(?:ever since|since then|(?:been )?(?:there|present|constant|with (?:him|her|me)|going|hurting) since|since)[.!\s]*$"
)
# "Since then pain is across the belt line", "since the collision she has neck pain"
_SINCE_THAT = pattern(
    r"^(?:ever )?since (?:then|that (?:time|day)|(?:the|this|that|his|her) (?:accident|collision|crash|wreck|mva|mvc|fall|injury|incident|event|episode|lift\w*))\b"
)
_SINCE_AFTER = pattern(r"\s(?:now )?since\b")
_BEFORE_NOW = pattern(
    r"\s?(?:ago|before|prior to) (?:(?:this|the|his|her|today's|present) (?:surgery|operation|procedure|admission|visit|presentation|evaluation)|admission|presentation|presenting|(?:he|she) (?:came|presented|was seen))\b"
)
_MARK_BEFORE = pattern(r"(?:^|[,;(]|\.\s)\s?(?:~|about |approx\.? |approximately |now |x ?)?$")
_MARK_AFTER = pattern(r"\s?(?:[,.;)]|$)")
_INTO_THIS = pattern(r"\s?into (?:this|it|the (?:episode|illness|problem|course))\b")
_CHANGED = pattern(
    r"\b(?:worse|worsened|worsening|increased|increasing|more severe|better|improved|improving)\b[^,;.]{0,24}$"
)
_CHRONIC = pattern(r"\b(?:chronic|long-?standing|long history|on and off|off and on|intermittent\w*|for years)\b")
_SUBJECT = pattern(
    r"\b(?:pains?|symptoms?|sx|numb(?:ness)?|tingling|weak\w*|it|difficulty|trouble|problem|complaints?|sciatica|radicul\w+|discomfort|ache|aching|lbp|injury|onset|(?:current|present|this) episode|this|date of (?:loss|accident)|dol|d/i|d/a|claudication|doi|myelopath\w+|heaviness|clums\w+|dropping|use of (?:his|her)|falls|wooden|unsteady|hurts?)\b"
)
# No length of the complaint: treatment, work, habits, visits, other illnesses.
_OTHER = pattern(
    r"\b(?:pt|physio\w*|treat\w*|done|performed|injected|knocked|chest pain|headaches?|tak(?:es|ing|en)|took|mg|surg\w+|operat\w+|pack\w*|off work|relief|helped|follow[- ]?up|return(?! of)|rtc|visits?|weeks post|postop\w*|post-op\w*|"
    r"status post|s/p|modified duty|prescri\w+|quit|alcohol|drink\w*|(?:months|years?) old\b(?! \w)|weight|(?:fever|cough)\w* (?:for|x)|infection|hospital\w*|admitted|under the care|insurance|seen|"
    r"released|evaluated|diagnosed|told|pregnan\w+)\b"
)
# "Knocked the pain down from an 8 to a 4 for ten days": what treatment gave.
_RELIEVED = pattern(
    r"\b(?:knock\w*|brought|took|cut|dropp\w+|lower\w+|reduc\w+|eas\w+|help\w+|reliev\w+|better|calmed|held|gave|lasted|down (?:to|from))\b[^.;]{0,60}\b(?:for|about|only|maybe) (?:\w+ )?$"
)
# How someone lives and works; the complaint may follow behind a comma ("retired, who over the past 14 months has lost …").
_OCCUPIED = pattern(r"\b(?:retired|married|employ\w*|worked|work|liv(?:es|ed))\b")
_TURN_TO = pattern(r",|\b(?:who|and|but|that|now)\b")
_SHORT_SPELL = pattern(
    r"\b(?:stayed away|average|intensity|(?:earlier|previous|prior|first|last|another|old) (?:\w+ )?episode|lasts|lasted (?:only|about|for a)|every|each|per|times a|times per|after (?:sitting|standing|walking)|within|walk\w*|stand\w*|sit\w*|sleep\w*|pain[- ]free|was fine|did (?:very |really |so )?(?:well|great|fine|good|ok|okay|beautifully|wonderfully)|resolved|symptom[- ]free|relieved)\b"
)
# "Began ten days ago", "Recurred over the last month": the complaint was named in the sentence before.
_OPENS = pattern(
    r"^(?:it |this |these |they |the pain |symptoms )?(?:first |suddenly |initially )?(?:began|started|onset|came on|recurred|recurrence|relapse|flare(?:d|-up)?|returned|present|has been present|have been present|ongoing|developed|duration|occurred|since)\b"
)
_OVER = pattern(
    r"\b(?:then|has|have|had|since|completely|which|now|and) (?:\w+ )?(?:resolved|went away|gone away|subsided|cleared)\b"
)
# A length where it stands behind such words, not the calendar year before.
_PAST_UNIT = pattern(
    r"\b(?:in|over|for|during|within|throughout) the (?:last|past) (year|month|week)\b|(?<!the )\blast (?P<bare>week|month)\b"
)
_UNIT = {
    "year": Length.exactly(DAYS_PER_YEAR),
    "month": Length.exactly(DAYS_PER_MONTH),
    "week": Length.exactly(DAYS_PER_WEEK),
}
_OPENING = 40  # characters
_YESTERDAY = pattern(
    r"\b(?:since|began|begun|started|onset|from|came on|developed|noticed|felt|woke|injured|hurt|lifting|lifted|raking|moving|twist\w*|fell|slipped)\b[^.;]{0,60}?\b(?:yesterday|last night)|\byesterday\b[^.;]{0,40}\b(?:began|started|felt|developed|noticed|hurt)\b"
)
_DEFICITS = frozenset({"weakness", "gait_trouble", "sexual"})
_MOST_WEEKS = 52.18 * 80


def episodes_of(
    sentence: Sentence, heads: list[Head], scores: tuple[Score, ...] = (), complained: bool = False
) -> Iterator[SymptomQuality]:
    """Lengths and onsets of the symptoms told in a sentence; `complained` where it tells one without its name."""
    if not sentence.times:
        yield from _since_yesterday(sentence, heads)
    past = _PAST_UNIT.search(sentence.text) if "last " in sentence.text or " the past " in sentence.text else None
    if not (sentence.times or past):
        yield from _since_the_event(sentence, heads)
        return
    if sentence.section.kind in (
        "plan",
        "social_history",
        "surgical_history",
        "treatment",
        "past_history",
        "function",
    ):
        return
    ever = bool(heads) and _EVER_SINCE.search(sentence.text) is not None
    units = (
        [TimeMention(past.start(), past.end(), length=_UNIT[past[1] or past["bare"]])]
        if past and (past[1] or sentence.written is None)
        else []
    )
    for mention in (
        *(time for time in sentence.times if not past or time.end <= past.start() or time.start >= past.end()),
        *units,
    ):
        if any(score.start < mention.end and mention.start < score.end for score in scores):
            continue
        low, high = (0, len(sentence.text)) if ever else _near(sentence, mention)
        clause = sentence.text[low:high]
        subject = (
            complained
            or bool(_SUBJECT.search(clause))
            or any(low <= head.start < high for head in heads)
            or (low == 0 and bool(_OPENS.match(sentence.text)))
            or (mention.length is not None and _stands_alone(sentence, mention, heads))
            or _INTO_THIS.match(sentence.text, mention.end) is not None
        )
        if not subject or _is_other(sentence, mention, low, high, heads):
            continue
        length = _length(sentence, mention, clause, heads)
        if length is None or _OVER.search(clause) or not 0 < length.weeks < _MOST_WEEKS:
            continue
        said = sentence.qualify(mention.start, mention.end)
        if said.not_patient or said.assertion in (Assertion.ABSENT, Assertion.PLANNED, Assertion.DECLINED):
            continue
        yield SymptomQuality(
            concept="episode",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(low, high),),
            written=sentence.written,
            length=length,
            onset=mention.date,
            site=_site(heads, low, high),
            current=not said.historical or said.cue in ("history of", "hx of", "h/o"),
            value="change" if _is_deficit(heads, low, high) else _value(sentence.text, mention, clause),
        )


def _since_the_event(sentence: Sentence, heads: list[Head]) -> Iterator[SymptomQuality]:
    """ "Lifted shingles 02/18. Leg pain ever since." """
    before = sentence.reading.before(sentence) if heads and "since" in sentence.text else None
    if before is None or not before.times:
        return
    if not (_EVER_SINCE.search(sentence.text) or _SINCE_THAT.search(sentence.text)):
        return
    mention = before.times[-1]
    counted = mention.ago or _BEFORE_NOW.match(before.text, mention.end)
    length = mention.length if counted else _until_written(sentence, mention)
    low, high = before.clause(mention.start)
    said = before.qualify(mention.start, mention.end)
    near = max(low, mention.start - 45)
    if length is None or is_treatment(before, near, high) or said.not_patient or not 0 < length.weeks < _MOST_WEEKS:
        return
    yield SymptomQuality(
        concept="episode",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(), before.evidence(low, high)),
        written=sentence.written,
        length=length,
        onset=mention.date,
        site=_site(heads, 0, len(sentence.text)),
        value="change" if _is_deficit(heads, 0, len(sentence.text)) else None,
    )


def _since_yesterday(sentence: Sentence, heads: list[Head]) -> Iterator[SymptomQuality]:
    """ "Low back pain since yesterday" in a note without a date."""
    if sentence.written is not None or not heads or "yesterday" not in sentence.text:
        return
    found = _YESTERDAY.search(sentence.text)
    low, high = 0, len(sentence.text)
    inside = any(head.kind == "axial" or any(site_class(site) for site in head.sites) for head in heads)
    if found and inside and not is_treatment(sentence, low, high) and not sentence.qualify(*found.span()).not_patient:
        yield SymptomQuality(
            concept="episode",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(low, high),),
            length=Length.exactly(1),
            site=_site(heads, low, high),
            value="change" if _is_deficit(heads, low, high) else None,
        )


def _near(sentence: Sentence, mention: TimeMention) -> tuple[int, int]:
    """The clause around a time; a short one that opens the sentence goes on ("In the last year or so, he has had more difficulty")."""
    low, high = sentence.clause(mention.start)
    for _ in range(2):
        if low == 0 and high < min(_OPENING, len(sentence.text)) and high + 2 < len(sentence.text):
            high = sentence.clause(high + 2)[1]
    return low, high


def _is_other(sentence: Sentence, mention: TimeMention, low: int, high: int, heads: list[Head]) -> bool:
    """A length of treatment, of a spell, of a habit or of another illness."""
    text = sentence.text
    near = text[max(low, mention.start - 45) : min(high, mention.end + 12)]
    behind = text[mention.end : min(high, mention.end + 40)]
    history = _HISTORY_AFTER.match(text[mention.end :])
    if history and history[0].lstrip().startswith("into"):
        return False
    if history:
        reach = mention.end + 80
        if history[0].endswith(("standing", "duration")) and _SUBJECT.search(text, low, mention.start):
            return False  # "arm pain of twenty weeks' standing"
        return not _SUBJECT.search(text, mention.end, reach) and not any(
            mention.end <= head.start < reach and not _is_deficit([head], 0, reach) for head in heads
        )
    return (
        is_treatment(sentence, max(low, mention.start - 45), min(high, mention.end + 12))
        or bool(_OTHER.search(near))
        or bool(_RELIEVED.search(text, low, mention.start))
        or (not heads and any(c.id == "pain_elsewhere" for m, c in sentence.of("symptom") if low <= m.start < high))
        or bool(_OCCUPIED.search(_TURN_TO.split(text[max(low, mention.start - 45) : mention.start])[-1]))
        or bool(_OCCUPIED.search(text, mention.start, min(high, mention.end + 12)))
        or bool(_SHORT_SPELL.search(near))
        or bool(
            re.match(
                r"\s?(?:of (?:physical|therapy|pt|treatment|conservative|relief)|post|after (?:the |his |her |my )?(?:surgery|operation|fusion|procedure|injection|block|d[ie]s[ck]ectomy|treatment|therapy)|follow|later|in a row|old|apart|or more of (?:pt|therapy))",
                behind,
            )
        )
    )


def _length(sentence: Sentence, mention: TimeMention, clause: str, heads: list[Head]) -> Length | None:
    text = sentence.text
    if mention.length is not None and not mention.ago:
        before = text[max(0, mention.start - 48) : mention.start]
        if (
            _HISTORY_AFTER.match(text[mention.end :])
            or _SINCE_AFTER.match(text, mention.end)
            or _LASTING_BEFORE.search(before)
            or _INTO_THIS.match(text, mention.end)
            or _is_past_unit(text, mention, clause)
            or any(0 <= mention.start - head.end <= 2 for head in heads)
            or _stands_alone(sentence, mention, heads)
        ):
            return mention.length
        return None
    if mention.length is not None:
        return mention.length if _SINCE.search(clause) else None
    return _until_written(sentence, mention) if _SINCE.search(clause) else None


def _stands_alone(sentence: Sentence, mention: TimeMention, heads: list[Head]) -> bool:
    """ "Axial LBP, belt line, ~14 months. 7/10", "both calves at 1 block. 1 yr.": a length between marks, behind its complaint."""
    text = sentence.text
    if text.startswith((".o", "/o", " old"), mention.end) or not (
        _MARK_BEFORE.search(text, 0, mention.start) and _MARK_AFTER.match(text, mention.end)
    ):
        return False
    if any(head.end <= mention.start for head in heads):
        last = max(head.end for head in heads if head.end <= mention.start)
        return not is_treatment(sentence, last, mention.start)
    before = sentence.reading.before(sentence)
    alone = not re.search(r"[a-z]", text[: mention.start].replace("about", "").replace("approx", ""))
    return (
        alone
        and before is not None
        and _SUBJECT.search(before.text) is not None
        and not is_treatment(before, 0, len(before.text))
    )


def _until_written(sentence: Sentence, mention: TimeMention) -> Length | None:
    """From a date to the day of the document."""
    if mention.date is None or sentence.written is None:
        return None
    if mention.date.middle >= sentence.written:
        return None
    days = float((sentence.written - mention.date.middle).days)
    return Length(
        days,
        float(max(0, (sentence.written - mention.date.latest).days)),
        float((sentence.written - mention.date.earliest).days),
    )


def _value(text: str, mention: TimeMention, clause: str) -> str | None:
    """`recurrence`; `change` for the length of a worsening only; `chronic` for a background; None for a plain length."""
    before = text[max(0, mention.start - 40) : mention.start]
    if _AGAIN.search(before) or ((mention.ago or mention.date) and _AGAIN.search(text, mention.end, mention.end + 60)):
        return "recurrence"
    if _CHANGED.search(before):
        return "change"
    return "chronic" if _CHRONIC.search(clause) else None


def _is_past_unit(text: str, mention: TimeMention, clause: str) -> bool:
    """ "In the last year"; bare "last week" only where it tells of a beginning."""
    found = _PAST_UNIT.match(text, mention.start)
    return found is not None and (found["bare"] is None or _SINCE.search(clause) is not None)


def _is_deficit(heads: list[Head], low: int, high: int) -> bool:
    """ "The foot slaps since last night": the start of a new deficit is no start of the episode, unless nothing else is told."""
    inside = [head for head in heads if low <= head.start < high]
    return bool(inside) and all(
        head.kind == "symptom"
        and head.concept is not None
        and (head.concept.id in _DEFICITS or any(site.concept.get("saddle") for site in head.sites))
        for head in inside
    )


def _site(heads: list[Head], low: int, high: int) -> str | None:
    """What the episode is told of: `limb` where a limb is named, `axial` where only the back or neck is."""
    kinds = {site_class(site) for head in heads if low <= head.start < high for site in head.sites}
    kinds |= {LIMB for head in heads if low <= head.start < high and head.kind == "diagnosis"}
    kinds |= {AXIAL for head in heads if low <= head.start < high and head.kind == "axial"}
    return LIMB if LIMB in kinds else AXIAL if AXIAL in kinds else None

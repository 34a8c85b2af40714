"""Complaints told in a few words and without the word pain: "leg nothing, back some", "R leg, buttock to shin, since 4/2",
"the back part of it settled, the left leg did not"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, Region, Side, Symptom, SymptomQuality
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_meant import CAME_BACK, meant, region_named, region_of_limb
from necessity.facts.symptoms_pairs import LIMB
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_ELSEWHERE = frozenset(
    {
        "plan",
        "past_history",
        "surgical_history",
        "social_history",
        "authorization",
        "function",
        "procedure",
        "treatment",
    }
)
_FREE = pattern(
    r"(?:^|[.;,:(\"/-]\s?|\b(?:but|and|while|whereas|though|say|says|states|reports|that)\s)"
    r"(?:(?:the|his|her|my|left|right|l|r|lt|rt|b|b/l|bilateral|both|low|lower|entire|whole|now|today|currently|also|current|on the|actual|(?:on|at|by) (?:discharge|present|this time|follow-?up|last visit),?|since (?:then|surgery|the (?:operation|surgery|injection|procedure)),?)\s)*$"
)
_PART = r"\s?(?:(?:pain|symptoms?|sx|part(?: of (?:it|this|the pain))?|side of it|component|portion|half|itself)\s?)?"
_LINK = r"(?:[-:=]\s?)?(?:(?:is|are|was|were|has|have|had|been|feels?|now|then|since|all|completely|entirely|fully|totally|both|currently|today|soon|quickly|long|already|essentially)\s)*"
_MARK = r"(?=\s?[.,;)!\"]|\s?$|\s-|\s(?:[oap]|obj|objective):|\s(?:now|today|since|within|after|over|in a|and|but|for a (?:fortnight|week|month)|for (?:the|over|more|several|two|three|\d)|by|at present|currently|on its own|completely)\b)"
_GONE = pattern(
    rf"{_PART}{_LINK}(?:none|nothing|nil|no (?:pain|problems?|complaints?|issues?|trouble|symptoms?|sx)|fine|ok|okay|great|perfect|perfectly (?:fine|ok)|quiet|(?:quiet(?:ed|ened)|settled|calmed|died)(?: down| away)?"
    rf"|cleared(?: up)?|gone(?: away)?|resolved|went away|disappeared|subsided|(?:symptom|pain|ache)[- ]free|asymptomatic|silent|painless|comfortable|not a problem|no longer hurts?){_MARK}"
)
_THERE = pattern(
    rf"{_PART}{_LINK}(?:some|a little|a bit|too|also|bad|terrible|awful|the same|same|constant|persists?|persistent|lingers|still there|back again|back as before|off and on|on and off|miserable|(?:much |far |a lot |even )?worse|worst){_MARK}"
)
_NOT_SO = pattern(
    rf"{_PART}(?:did not|didn't|has not|hasn't|have not|haven't|never did|does not|doesn't|still does|still do|would not|wouldn't|persist(?:s|ed)?|remain(?:s|ed)?|linger(?:s|ed)?|stayed|stays)(?: let up| eased(?: off| up)?| settled| gone(?: away)?| improved| changed| gotten (?:any )?better| budged| quit| stopped)?{_MARK}"
)
GONE_WORD = pattern(
    r"\b(?:none|nothing|nil|no|fine|ok|okay|great|perfect|perfectly|quiet\w*|settled|calmed|died|cleared|gone|resolved|away|disappeared|subsided|free|asymptomatic|silent|painless|comfortable|longer|not a problem)\b"
)
_MORE_WORD = pattern(
    r"\b(?:some|little|bit|too|also|bad|terrible|awful|same|constant|persist\w*|linger\w*|still|back again|back as|off and on|on and off|miserable|worse|worst|not|didn't|hasn't|haven't|doesn't|wouldn't|never|remain\w*|stay\w*)\b"
)
_TO = pattern(
    r"(?:,? ?(?:and )?(?:all the way |clear |down |straight )?(?:in)?to|\s?-+>|\s?→|,? down|,? through to)\s?(?:(?:the|his|her|left|right|l|r|outer|outside of|inside of|front of|back of|top of|lateral|medial|anterior|posterior|upper|lower|dorsal)\s?)*"
)
_LISTED = pattern(
    r"(?:,| and|, and| &|/|->|;| to| into| then)[\s]?(?:(?:and|the|his|her|left|right|l|r|outer|lateral|medial|anterior|posterior|whole|top of|dorsum of|hamstrings?|quads?|triceps|biceps|deltoid),?\s?)*"
)
# "R triceps to middle finger": a muscle names the upper end.
_MUSCLE_TO = pattern(
    r"\b(?:triceps|biceps|deltoid|hamstrings?|quads?|glutes?) (?:down )?(?:in)?to (?:(?:the|his|her|left|right|l|r) )*$"
)
_OTHERWISE = pattern(
    r"\b(?:swell\w*|swollen|o?edema|rash\w*|scars?|incision\w*|brace|cast|stockings?|wounds?|ulcers?|bruis\w*|numb\w*|weak\w*|atroph\w*|strength|sensation|reflex\w*|tender\w*|motor|puls\w+|graft\w*|hair|skin|emg|injur\w*|fractur\w*|surgery|"
    r"replace\w*|wrapp?e?d?|tattoo\w*|lesions?|cellulitis|dvt|clots?|veins?|varicos\w*|stretch\w*|massage\w*|tens|electrodes?|leads?|coverage|stimulat\w*|dermatom\w*|slr|amputat\w*|lacerat\w*|prepped|draped|padded|incised|palpat\w*|"
    r"screws?|rods?|exercis\w*|lift\w*|range|rom|bend\w*|moves?|movement|drop|drags?|neuropath\w*|tremor|spastic\w*|tone|arthr\w+|treated|injected|applied|from (?:the )?waist)\b"
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A part of the body and what is said of it in a few words: `gone` or there."""

    start: int
    end: int
    site: Concept
    gone: bool


def briefs_of(sentence: Sentence) -> tuple[Brief, ...]:
    """The parts that a sentence calls gone or there, without more words."""
    if not sentence.has("site"):
        return ()
    text = sentence.text
    gone, there = bool(GONE_WORD.search(text)), bool(_MORE_WORD.search(text))
    if not (gone or there) or sentence.section.kind in _ELSEWHERE:
        return ()
    found: list[Brief] = []
    for match, site in sentence.of("site"):
        if not _is_part(site) or not _FREE.search(text, 0, match.start):
            continue
        if gone and (said := _GONE.match(text, match.end)) and not CAME_BACK.search(text, said.end()):
            found.append(Brief(match.start, said.end(), site, gone=True))
        elif there and (said := _THERE.match(text, match.end) or _of_the_rest(sentence, match, found)):
            found.append(Brief(match.start, said.end(), site, gone=False))
    return tuple(found)


def _of_the_rest(sentence: Sentence, match: Match, found: list[Brief]) -> re.Match[str] | None:
    """ "The back settled. The leg did not.": what is not gone while another part is."""
    said = _NOT_SO.match(sentence.text, match.end)
    if said is None:
        return None
    before = sentence.reading.before(sentence)
    others = found or (briefs_of(before) if before is not None else ())
    return said if any(one.gone for one in others) else None


def _is_part(site: Concept) -> bool:
    """A limb as a whole or a long part of it, or the spine: a joint, hand or foot that is fine says nothing on a root."""
    return bool(site.get("axial")) or (bool(site.get("limb")) and not site.get("joint") and not site.get("end"))


def brief_facts(sentence: Sentence, briefs: tuple[Brief, ...]) -> Iterator[Symptom | SymptomQuality]:
    """What the few words tell; where the spine is at peace and the limb is not, the limb is the main pain."""
    for brief in briefs:
        said = meant(sentence, brief.start, brief.start + 1)
        if said is None or said[0] not in (Assertion.PRESENT, Assertion.ABSENT):
            continue
        yield Symptom(
            concept="axial_pain" if brief.site.get("axial") else "radicular_pain",
            assertion=Assertion.ABSENT if brief.gone else Assertion.PRESENT,
            historical=said[1],
            evidence=(sentence.evidence(brief.start, brief.end),),
            written=sentence.written,
            region=_region(brief.site),
            side=None if brief.site.get("axial") else sentence.side_near(brief.start, brief.start + 1),
            sites=(brief.site.id,),
        )
    limb = next((brief for brief in briefs if not brief.gone and brief.site.get("limb")), None)
    if limb is not None and _NOT_SO.search(sentence.text, limb.start):
        yield SymptomQuality(
            concept="predominant",
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            value=LIMB,
        )


def _region(site: Concept) -> Region | None:
    axial = site.get("axial")
    return Region.LUMBAR if axial == "any" else region_named(axial) if axial else region_of_limb(site.get("limb"))


def trail_of(sentence: Sentence) -> Iterator[Symptom]:
    """ "R leg, buttock to shin, top of foot", "left buttock, hamstring, calf, sole": the way of a pain, without its name."""
    sites = [(match, site) for match, site in sentence.of("site") if site.get("limb") in ("leg", "arm")]
    if not sites or sentence.section.kind in _ELSEWHERE or _OTHERWISE.search(sentence.text):
        return
    for index in range(len(sites)):
        run = _run(sentence, sites[index:])
        if run:
            first, last = run[0][0], run[-1][0]
            said = meant(sentence, first.start, first.end)
            if said is None or said[0] not in (Assertion.PRESENT, Assertion.ABSENT):
                return
            yield Symptom(
                concept="radicular_pain",
                assertion=said[0],
                historical=said[1],
                evidence=(sentence.evidence(first.start, last.end),),
                written=sentence.written,
                region=region_of_limb(run[0][1].get("limb")),
                side=_side(sentence, first, last),
                sites=tuple(dict.fromkeys(site.id for _, site in run)),
            )
            return


def _run(sentence: Sentence, sites: list[tuple[Match, Concept]]) -> list[tuple[Match, Concept]]:
    """The sites of one limb in a row, where one leads to the next or three stand in a list; else nothing."""
    limb, text = sites[0][1].get("limb"), sentence.text
    run, leads = [sites[0]], False
    for match, site in sites[1:]:
        gap = text[run[-1][0].end : match.start]
        to = _TO.fullmatch(gap)
        if site.get("limb") != limb or not (to or _LISTED.fullmatch(gap)):
            break
        leads = leads or (to is not None and run[-1][1].id != site.id)
        run.append((match, site))
    parts = {site.id for _, site in run}
    leads_from_muscle = _MUSCLE_TO.search(text, 0, sites[0][0].start) is not None
    leads = leads or leads_from_muscle
    distal = any(not site.get("proximal") for _, site in run)
    # "Shoulder to elbow", "hip to knee" may be of the joints.
    limb_itself = leads_from_muscle or any(site.id == "buttock" or not site.get("joint") for _, site in run)
    return run if distal and limb_itself and (leads or len(parts) > 2) else []


def _side(sentence: Sentence, first: Match, last: Match) -> Side | None:
    side = sentence.side_near(first.start, last.end)
    return side if side in (Side.LEFT, Side.RIGHT, Side.BILATERAL) else None

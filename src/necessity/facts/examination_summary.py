"""Statements on the examination as a whole, what was not examined, and the diagnoses that the examination makes."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.examination_context import LIMB_REGIONS, TOLD, ExamContext
from necessity.facts.examination_results import clause_of, is_finding, nearest, results_of
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Region, Source
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_ICD = pattern(r"\b[a-z]\d{2}(?:\.[0-9a-z]{1,4})?\b|\b7\d\d\.\d{1,2}\b|\bicd")
_NOT_SUMMARY = pattern(
    r"^\s?(?:history|symptoms?|disorders?|evaluation|consult\w*|monitoring|checks?|surgery|complaints?|"
    r"claudication|disease|recovery|compression|function was monitored|injur\w+|structures|intensive|icu|clinic|"
    r"deterioration|condition|ii)\b"
)
_NOT_DONE = pattern(
    r"\b(?:could not|couldn't|can ?not|can't|unable to|not able to|did not|didn't|was not|were not|"
    r"not)\s(?:be\s)?(?:physically\s)?(?:examin\w+|perform(?:ed)? (?:an? |the )?(?:physical )?exam\w*|"
    r"assess(?:ed)?|test(?:ed)?|obtain(?:ed)?)|\b(?:exam(?:ination)?|physical)\s(?:is |was |were )?(?:deferred|"
    r"not (?:done|performed|possible|obtained|completed|documented|recorded|able)|limited by video|unable)|"
    r"\bno (?:physical |neurologic(?:al)? |neuro )?exam(?:ination)?\b(?! findings)(?= (?:was|is|today|performed|"
    r"done|possible|in|on|recorded|documented|available|could)|[.,;]|$)"
)
_STRUCTURE = pattern(
    r"\b(?:wound|incision|skin|abdomen|breast|rectal|pelvic|genital|gu|prostate|fundus|vision|gait|lesion|specimen)\b"
)
_BARE_DEFICIT = pattern(
    r"(?:^|[.,;:]\s?|\band |\bwith )(?P<words>no deficits?)(?= noted| seen| found| on exam\w*|\s?[.,;]|$)"
)
_NORMAL_CUE = pattern(r"\b(?:normal|unremarkable|negative|clear)\b")
_GROWS = pattern(r"\b(?:progressive|worsening|progressing|evolving|increasing|rapid(?:ly)?)\b")
# A diagnosis that is feared: by the patient it says nothing, by the clinician it is a suspicion.
_FEARED = pattern(
    r"\b(?:worried|worries|anxious|afraid|fears?|fearful|frightened|read(?:s|ing)? about|looked up|googled|asks? about|asked about|asking about|"
    r"wonders?|wondered|concerned)\b[^.;]{0,60}$"
)
_BY_PATIENT = pattern(
    r"(?:\b(?:he|she|they|patient|pt|mr|mrs|ms|wife|husband|daughter|son|family|mother|father)\b[^.;]{0,30}?|^\W*(?=reads?\b|googled|looked up|asks|worries|wonders))"
    r"\b(?:worried|worries|anxious|afraid|fears?|fearful|frightened|read(?:s|ing)?|looked up|googled|asks?|asked|asking|wonders?|wondered|concerned)\b"
)
# A leaflet, a lesson or a rule of the book names the illness without saying that the patient has it.
_MENTIONED_BEHIND = pattern(
    r"^['\"\u2019\u201d)]?\s?(?:(?:information|education|patient|warning|safety|red[- ]flag) )?(?:handouts?|leaflets?|brochures?|pamphlets?|booklets?|fact ?sheets?|"
    r"information(?: sheets?)?|education|counsel\w+|teaching|precautions|warnings?|advice)\b|"
    r"^\s(?:\([^)]*\)\s)?(?:is|are) (?:always )?an? (?:\w+ ){0,2}emergenc(?:y|ies)\b"
)
_MENTIONED_BEFORE = pattern(
    r"\b(?:handouts?|leaflets?|brochures?|pamphlets?|booklets?|fact ?sheets?|(?:patient |written )?information|education|educated|teaching|counsel\w+|"
    r"warned|cautioned|article|website|video)\b (?:\w+ ){0,2}?(?:on|about|regarding|of|for|concerning)\b (?:\w+ ){0,4}?['\"\u2018\u201c]?$"
)
_EXCLUDED_BEHIND = pattern(
    r"^\s?(?:\([^)]*\)\s)?[:=-]?\s?(?:was |is |were |has been |now |since |thus |thereby |clinically |radiologically |effectively |by mri |on mri ){0,3}"
    r"(?:excluded|ruled out|r/o'd|not present|not confirmed|discounted)\b(?!\?)"
)
_SPINAL_PART = (("cervical", Region.CERVICAL), ("thoracic", Region.THORACIC), ("lumbar", Region.LUMBAR))


def read_summary(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """Whole-examination statements and diagnoses of a sentence."""
    yield from stated_whole(sentence)
    ids = {c.id for _, c in sentence.of("examination")}
    yield from _items_not_tested(sentence)
    if ids & {"examination", "by_video"} or "examin" in sentence.text:
        yield from _not_examined(sentence, ids)
    for match, concept in sentence.of("sign"):
        if concept.get("kind") == "diagnosis":
            yield from _diagnosis(sentence, match, concept)


def stated_whole(sentence: Sentence) -> Iterator[ExamFinding]:
    """What a sentence says of the neurological state as a whole."""
    ids = {c.id for _, c in sentence.of("examination")}
    if "moves_deficit" in ids and "moves_all" in ids:
        yield from _moves(sentence)
    if ids & {"neuro", "deficit", "nonfocal"}:
        yield from _neurologic(sentence)
    elif "no deficit" in sentence.text and sentence.section.kind not in TOLD:
        yield from _no_deficit(sentence)


def _no_deficit(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "Loading + L, no deficits.": a summary in the account of an examination, with nothing said of what is meant."""
    found = _BARE_DEFICIT.search(sentence.text)
    if found is None or is_finding(sentence, found.end() - 1, found.end()) is None:
        return
    when, earlier = dated(sentence, found.start(), found.end())
    yield ExamFinding(
        concept="neurologic",
        assertion=Assertion.ABSENT,
        evidence=(sentence.evidence(found.start("words"), found.end("words")),),
        written=sentence.written,
        when=when,
        earlier=earlier,
    )


def _moves(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "Moving all four extremities without apparent deficit": no examination, yet weakness is ruled out in words."""
    for match, concept in sentence.of("examination"):
        if concept.id == "moves_deficit" and is_finding(sentence, match.end - 1, match.end) is Assertion.ABSENT:
            yield ExamFinding(
                concept="strength",
                assertion=Assertion.ABSENT,
                evidence=(sentence.evidence(),),
                written=sentence.written,
                value="stated",
            )


def _neurologic(sentence: Sentence) -> Iterator[ExamFinding]:
    """One summary a sentence: intact, nonfocal, no deficit; or a deficit said to be there."""
    if any(c.id in ("cranial",) for _, c in sentence.of("examination")) or sentence.section.kind in (
        "review_of_systems",
        "family_history",
    ):
        return
    for match, concept in sentence.of("examination"):
        if concept.id not in ("neuro", "deficit", "nonfocal"):
            continue
        assertion = _summary(sentence, match, concept)
        if assertion is None:
            continue
        when, earlier = dated(sentence, match.start, match.end)
        limb = next((str(c.get("limb")) for _, c in sentence.of("examination") if c.id in ("leg", "arm")), "")
        low, high = clause_of(sentence.text, match.start, match.end)
        grows = assertion is Assertion.PRESENT and bool(
            _GROWS.search(sentence.text[max(low, match.start - 30) : match.end + 30])
        )
        yield ExamFinding(
            concept="neurologic",
            assertion=assertion,
            evidence=(sentence.evidence(low, high),),
            written=sentence.written,
            when=when,
            earlier=earlier,
            region=LIMB_REGIONS.get(limb),
            progressive=grows,
            historical=sentence.qualify(match.start, match.end).historical,
        )
        if grows:
            yield ExamFinding(
                concept="progression",
                assertion=assertion,
                evidence=(sentence.evidence(low, high),),
                written=sentence.written,
                when=when,
                earlier=earlier,
            )
        return


def _summary(sentence: Sentence, match: Match, concept: Concept) -> Assertion | None:
    # "No focal deficit": the cue takes in the first word of the phrase.
    last = sentence.text.rfind(" ", match.start, match.end) + 1 or match.start
    how = is_finding(sentence, last, match.end)
    if how is Assertion.ABSENT and concept.id == "neuro" and _NORMAL_CUE.search(sentence.qualify(last, match.end).cue):
        # "Is normal" denies a finding, and is itself the result.
        return None if _NOT_SUMMARY.match(sentence.text[match.end :]) else Assertion.ABSENT
    if how is None:
        return None
    if concept.id == "nonfocal":
        return Assertion.ABSENT
    if concept.id == "deficit":
        return how
    if how is Assertion.UNEXAMINED:
        return how
    text = sentence.text
    if _NOT_SUMMARY.match(text[match.end :]):
        return None
    result = nearest(
        results_of(sentence),
        match.start,
        match.end,
        max(0, match.start - 12),
        min(len(text), match.end + 45),
        ("normal", "abnormal"),
    )
    if (
        result is None
        or result.sense != "normal"
        or result.negated
        or text[result.start : result.end]
        in ("present", "good", "well", "active", "stable", "strong", "full", "appropriate", "independent")
    ):
        return None
    if any(
        c.id in ("gait", "sensation", "reflex", "strength") and match.end <= m.start < result.start
        for m, c in sentence.of("examination")
    ):
        return None
    return Assertion.ABSENT if how is Assertion.PRESENT else None


def _not_examined(sentence: Sentence, ids: set[str]) -> Iterator[ExamFinding]:
    """ "I could not examine her over video", "exam deferred"."""
    found = _NOT_DONE.search(sentence.text)
    if (
        found is None
        or _STRUCTURE.search(sentence.text[found.end() : found.end() + 14])
        or _STRUCTURE.search(sentence.text[max(0, found.start() - 14) : found.start()])
    ):
        return
    if not ids & {"examination", "neuro", "by_video"} and "examin" not in found[0]:
        return
    if sentence.qualify(found.start(), found.end()).not_patient:
        return
    yield ExamFinding(
        concept="examination",
        assertion=Assertion.UNEXAMINED,
        evidence=(sentence.evidence(found.start(), found.end()),),
        written=sentence.written,
    )


def _items_not_tested(sentence: Sentence) -> Iterator[ExamFinding]:
    """ "Strength testing not performed", "reflexes deferred"."""
    for match, concept in sentence.of("examination"):
        if (
            concept.id in ("strength", "sensation", "reflex")
            and is_finding(sentence, match.start, match.end) is Assertion.UNEXAMINED
        ):
            yield ExamFinding(
                concept=concept.id,
                assertion=Assertion.UNEXAMINED,
                evidence=(sentence.evidence(*clause_of(sentence.text, match.start, match.end)),),
                written=sentence.written,
            )
            return


def _diagnosis(sentence: Sentence, match: Match, concept: Concept) -> Iterator[ExamFinding]:
    """Myelopathy and cauda equina syndrome, as the chart puts them; beside a diagnosis code it is the form that says it."""
    how = is_finding(sentence, match.start, match.end)
    if how is None or sentence.section.kind in ("past_history", "surgical_history", "family_history"):
        return
    text = sentence.text
    if _MENTIONED_BEHIND.search(text[match.end :]) or _MENTIONED_BEFORE.search(text[: match.start]):
        return
    if how in (Assertion.PRESENT, Assertion.POSSIBLE) and _EXCLUDED_BEHIND.search(text[match.end :]):
        how = Assertion.ABSENT
    if how is Assertion.PRESENT and (
        text[match.end :].lstrip().startswith("?") or _FEARED.search(text, 0, match.start)
    ):
        if _BY_PATIENT.search(text, 0, match.start):
            return
        how = Assertion.POSSIBLE
    when, earlier = dated(sentence, match.start, match.end)
    part = next((region for word, region in _SPINAL_PART if word in text), None)
    claimed = bool(_ICD.search(text)) or sentence.section.kind == "authorization"
    low, high = clause_of(text, match.start, match.end)
    grows = how is Assertion.PRESENT and bool(
        _GROWS.search(text[max(low, match.start - 30) : min(high, match.end + 30)])
    )
    finding = ExamFinding(
        concept=concept.id,
        assertion=how,
        evidence=(sentence.evidence(low, high),),
        written=sentence.written,
        when=when,
        earlier=earlier,
        region=Region(concept.get("region")) if concept.get("region") else part,
        progressive=grows,
        source=Source.REQUEST if claimed else Source.CLINICIAN,
        historical=sentence.qualify(match.start, match.end).historical,
    )
    yield finding
    if grows:
        yield ExamFinding(
            concept="progression",
            assertion=how,
            evidence=finding.evidence,
            written=sentence.written,
            when=when,
            earlier=earlier,
            region=finding.region,
        )

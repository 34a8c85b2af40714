"""Numbness, weakness, gait, hands, bladder, bowel, saddle and sexual complaints: what the patient tells, found or denied."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, Region, Symptom
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head, Site, side_of
from necessity.facts.symptoms_meant import meant, region_of_limb, region_of_roots, roots_named
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_FINE = pattern(
    r"\b(?:normal|intact|fine|okay|ok|unaffected|preserved|continent|unchanged|no (?:recent |new |interval )?changes?|good|baseline|wnl|nl|regular|well|normally|as usual|behaving|unremarkable|in order|no different|working|no (?:trouble|issues?|problems?|complaints?|concerns?|difficult(?:y|ies))|without difficulty|without (?:any )?problems?)\b"
)
_TURN = pattern(r"\b(?:but|however|although|though|except|yet|does|did|has had|now)\b|;")
_RESOLVED = pattern(
    r"\s(?:has |have |had |is |are |was |now |since |completely |fully |entirely |all but )*(?:resolved|gone|recovered|cleared|disappeared)\b(?! (?:partially|partly|somewhat|incompletely))"
)
_WENT = pattern(
    r"\b(?:went (?:away|with (?:it|the pain|that|them))|(?:is|are) (?:now |all |completely )?gone(?: now| today)?|(?:has|have) (?:since |now |all )?(?:gone|cleared|resolved|disappeared)|gone now)\b(?! (?:partially|partly))"
)
_NEW = pattern(
    r"\b(?:new|newly|now|since|recent\w*|started|began|worse\w*|lately|acute\w*|sudden\w*|developed|denies|no)\b"
)
_ANAESTHESIA = pattern(r"ana?esthesia")
_FINE_BEFORE = pattern(r"\bnormal\b|\bcontinent of (?:bowel and |bladder and |both )?(?:bowel |bladder )?$")
_SADDLE_TROUBLE = pattern(
    r"\s?(?:[.,;)]|$)|\s(?:sx|symptoms?|complaints?|changes?|deficits?|involvement|loss|issues|problems?|s/s)\b"
)
_OF_CAUSE = pattern(r"\bno (?:recent |new |interval |significant )?changes? (?:in|to|of|with)\b")
_NOT_SYMPTOM = pattern(
    r"\b(?:infection|infections|tract|uti|output|catheter|culture|retention protocol|analysis|urinalysis|toxicology|drug|test|screen|frequency|stream|sounds|movements?|obstruction|syndrome|regimen|prep|resection|perforation|cancer)\b"
)


def nerve_symptoms_of(sentence: Sentence, heads: list[Head]) -> Iterator[Symptom]:
    """Nerve symptoms of a sentence, in order of their kind."""
    for head in heads:
        if head.kind == "symptom" and head.concept is not None:
            yield from _symptom(sentence, head, head.concept)
    yield from _saddle_denied(sentence)
    organs = [(match, concept) for match, concept in sentence.of("symptom") if concept.get("kind") == "organ"]
    alone = [
        (match, concept)
        for match, concept in sentence.of("symptom")
        if concept.get("kind") == "trouble" and concept.get("symptom")
    ]
    made = list(_sphincters(sentence, organs, alone)) if organs or alone else []
    yield from made
    yield from _continent(sentence, made)


def _continent(sentence: Sentence, made: list[Symptom]) -> Iterator[Symptom]:
    """ "Continent" rules both out where nothing else is said of them; "not continent" is a complaint."""
    for match, concept in sentence.of("symptom"):
        if concept.get("kind") != "continent" or any(fact.assertion is Assertion.PRESENT for fact in made):
            continue
        said = meant(sentence, match.start, match.end)
        if said is None or said[0] not in (Assertion.PRESENT, Assertion.ABSENT):
            continue
        fine = said[0] is Assertion.PRESENT
        for name in ("bladder", "bowel") if fine else ("bladder",):
            if all(fact.concept != name for fact in made):
                yield _sphincter(
                    sentence, name, (Assertion.ABSENT if fine else Assertion.PRESENT, said[1]), match.start, match.end
                )
        return


def _saddle_denied(sentence: Sentence) -> Iterator[Symptom]:
    """ "No saddle symptoms", "denies perineal changes": ruled out without the word numbness."""
    for match, concept in sentence.of("site"):
        if concept.get("saddle") and _SADDLE_TROUBLE.match(sentence.text[match.end :]):
            said = meant(sentence, match.start, match.end)
            if said is not None and said[0] is Assertion.ABSENT:
                evidence = (sentence.evidence(match.start, match.end),)
                yield Symptom(
                    concept="saddle",
                    assertion=said[0],
                    historical=said[1],
                    evidence=evidence,
                    written=sentence.written,
                    sites=(concept.id,),
                )


def _symptom(sentence: Sentence, head: Head, concept: Concept) -> Iterator[Symptom]:
    said = meant(sentence, head.start, head.end)
    if said is None:
        return
    if said[0] is Assertion.PRESENT and (
        _RESOLVED.match(sentence.text, head.end) or concept.get("symptom") == "numbness" and _is_gone(sentence, head)
    ):
        said = Assertion.ABSENT, said[1]
    saddle = [site for site in head.sites if site.concept.get("saddle")]
    sites = [site for site in head.sites if not site.concept.get("axial")]
    if not sites and _ANAESTHESIA.match(sentence.text, head.start):
        return  # that of an operation
    name = "saddle" if saddle and concept.get("symptom") == "numbness" else concept.get("symptom")
    if (
        name == "claudication"
        and said[0] is Assertion.ABSENT
        and "neuro" not in sentence.text[head.start : head.end]
        and _is_vascular(sentence)
    ):
        return
    if name == "claudication" and said[0] is Assertion.PRESENT and _IS_VASCULAR.match(sentence.text, head.end):
        said = Assertion.ABSENT, said[1]
    yield from _fact(sentence, name, said, head, saddle if name == "saddle" else sites)


# "Claudication is vascular, not neurogenic": the name is given to the arteries, and the nerves are cleared.
_IS_VASCULAR = pattern(
    r"\s(?:is |was |are |appears |felt |thought |judged |deemed |considered |to be |clearly |purely |likely )*(?:vascular|arterial)\b[^.;]{0,20}\b(?:not|rather than|and no)\s(?:neurogenic|spinal|neurological|from the spine)"
)


def _is_gone(sentence: Sentence, head: Head) -> bool:
    """ "A tingle in the thumb that came and went and is gone now", "and the pins and needles went with it"."""
    _, high = sentence.clause(head.end)
    return bool(_WENT.search(sentence.text, head.end, min(high, head.end + 90)))


def _is_vascular(sentence: Sentence) -> bool:
    """A denied "claudication" among symptoms of heart and vessels speaks of arteries."""
    return sentence.section.kind == "review_of_systems" or any(
        word in sentence.text
        for word in ("chest", "edema", "orthopnea", "vascular", "pulses", "palpitation", "calves", "abi", "syncope")
    )


def _fact(
    sentence: Sentence, name: str, said: tuple[Assertion, bool], head: Head, sites: list[Site]
) -> Iterator[Symptom]:
    start = min([head.start, *(site.start for site in sites)])
    end = max([head.end, *(site.end for site in sites)])
    roots = roots_named(sentence, *sentence.clause(head.start)) if name in ("numbness", "weakness") else ()
    limb: Region | None = next(
        (region_of_limb(site.concept.get("limb")) for site in sites if site.concept.get("limb")), None
    )
    region = region_of_roots(roots) or limb
    if name in ("claudication", "saddle", "bladder", "bowel"):
        region = None if name != "claudication" else Region.LUMBAR
    yield Symptom(
        concept=name,
        assertion=said[0],
        historical=said[1],
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=region,
        side=side_of(sentence, head, sites) if name in ("numbness", "weakness", "hand_clumsiness") else None,
        sites=tuple(dict.fromkeys(site.name for site in sites)),
        roots=roots,
    )


def _sphincters(
    sentence: Sentence, organs: list[tuple[Match, Concept]], alone: list[tuple[Match, Concept]]
) -> Iterator[Symptom]:
    """Bladder and bowel: present with a word of trouble, absent where denied or said to be fine."""
    made: set[str] = set()
    for match, concept in organs:
        name = concept.get("symptom")
        if name in made or _NOT_SYMPTOM.match(sentence.text[match.end : match.end + 20].lstrip()):
            continue
        said = _organ_said(sentence, match)
        if said is not None:
            made.add(name)
            yield _sphincter(sentence, name, said, match.start, match.end)
    for match, concept in alone:
        said = meant(sentence, match.start, match.end)
        # A complaint stands beside another that is denied ("denies incontinence but cannot pass urine").
        complained = said is not None and said[0] is Assertion.PRESENT and concept.id in ("retention", "incontinence")
        if (
            said is None
            or concept.get("symptom") in made
            and not (complained and _TURN.search(sentence.text, 0, match.start))
        ):
            continue
        if (
            concept.id == "retention"
            and not organs
            and sentence.text[match.start : match.end] == "retention"
            and said[0] is Assertion.PRESENT
        ):
            continue
        made.add(concept.get("symptom"))
        yield _sphincter(sentence, concept.get("symptom"), said, match.start, match.end)


def _sphincter(sentence: Sentence, name: str, said: tuple[Assertion, bool], start: int, end: int) -> Symptom:
    low, high = sentence.clause(start)
    # A listed illness is nothing new.
    standing = sentence.section.kind == "past_history" or _among_illnesses(sentence) or _of_the_stay(sentence)
    return Symptom(
        concept=name,
        assertion=said[0],
        historical=said[1] or standing,
        evidence=(sentence.evidence(max(low, start - 40) if start - low > 60 else low, min(high, end + 40)),),
        written=sentence.written,
    )


# Retention after an anaesthetic, told in the course of a stay, that a catheter tided over.
_TIDED_OVER = pattern(
    r"\b(?:post-?op\w*|after (?:the )?(?:surgery|operation|anesthe\w+|foley|catheter)|(?:first|second|that) (?:post\S+ )?(?:night|day|evening)|pod|"
    r"straight cath\w*|in-and-out cath\w*|voiding trial|flomax|tamsulosin|cleared|resolved|since (?:voided|passed))\b"
)


def _of_the_stay(sentence: Sentence) -> bool:
    """ "Hospital course: urinary retention on the first night, one straight catheterization": of the operation, not its cause."""
    return sentence.section.heading.endswith("course") and bool(_TIDED_OVER.search(sentence.text))


def _among_illnesses(sentence: Sentence) -> bool:
    """ "Include hypertension, dementia, urinary incontinence": one of a list of standing illnesses."""
    return (
        sentence.text.count(",") > 1
        and any(c.get("kind") == "comorbidity" for _, c in sentence.of("patient"))
        and not _NEW.search(sentence.text)
    )


def _organ_said(sentence: Sentence, match: Match) -> tuple[Assertion, bool] | None:
    said = meant(sentence, match.start, match.end)
    if said is None:
        return None
    low, high = sentence.clause(match.start)
    around = sentence.text[max(low, match.start - 60) : min(high, match.end + 50)]
    if said[0] is not Assertion.PRESENT:
        return said
    if (
        _OF_CAUSE.search(around)
        or _FINE.search(sentence.text[match.end : min(high, match.end + 45)])
        or _FINE_BEFORE.search(sentence.text[max(low, match.start - 24) : match.start])
    ):
        return Assertion.ABSENT, said[1]
    troubles = [
        meant(sentence, other.start, other.end)
        for other, concept in sentence.of("symptom")
        if max(low, match.start - 40) <= other.start
        and other.end <= min(high, match.end + 40)
        and concept.get("kind") == "trouble"
    ]
    if troubles and all(trouble is not None and trouble[0] is Assertion.ABSENT for trouble in troubles):
        return Assertion.ABSENT, said[1]  # "GU: denies incontinence": the organ is only the label
    return said if troubles else None

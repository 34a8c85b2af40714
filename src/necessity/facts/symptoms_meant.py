"""How a symptom is meant: the shared reading of qualifiers for all readers of symptoms and function, and where symptoms are told."""

from __future__ import annotations

from necessity.facts.fact import Assertion, Region
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern

# Where the patient's symptoms are not told, or told as findings that other readers own.
UNTOLD = frozenset(
    {
        "examination",
        "imaging",
        "technique",
        "findings",
        "laboratory",
        "procedure_details",
        "family_history",
        "consent",
        "medications",
        "allergies",
        "complications",
        "surgical_history",
    }
)
# "Back: 9/10, no leg pain" may be told by the patient as well as examined.
BODY_HEADINGS = frozenset({"back", "neck", "spine"})
_EXAMINED = pattern(
    r"tender|palpat|range of|rom\b|flexion|extension|rotation|spasm|inspect|deform|straight|slr|normal|supple|limited|scoliosis|percussion|incision|motion"
)
# "History of back pain" tells of the pain that brings the patient, outside the list of past illnesses.
_PRESENTING = frozenset(
    {
        "history of",
        "hx of",
        "h/o",
        "past history of",
        "initially",
        "originally",
        "old",
        "status post",
        "s/p",
        "prior",
        "previous",
        "remote",
    }
)
# "He had pain into both legs, but this has now resolved."
_RESOLVED = pattern(
    r"\b(?:this|it|that|these|they|which|all of which)\s(?:has |have |had |is |are )?(?:now |since |completely |fully |largely |essentially |subsequently |all )*(?:resolved|gone(?: away)?(?! (?:from|to|on|up|down|into|through|along|across|numb|over|back)\b)|went away|subsided|disappeared|cleared)\b"
)
# "The back itself hurt for four days and then quieted down"
_QUIETED = pattern(
    r"[^.;]{0,50}?\b(?:and|but|then|which|that)\s(?:has |have |had |then |since |now |soon |quickly |completely |fully |all )*(?:quieted|settled|calmed|resolved|went away|subsided|cleared|disappeared|passed)(?: (?:down|off|away|up|out))?\b"
    r"(?! (?:in|into|to|at|on|over|some|somewhat|a bit|a little|partly|partially|for|through|down (?:to|in)|out (?:at|on)))(?!.*\b(?:returned|recurred|came back|again|is back|flared)\b)"
)
CAME_BACK = pattern(r"\b(?:came back|come back|returned|recurred|is back|was back|crept back|flared)\b")
_GONE = pattern(
    r" (?:is|are|has|have) (?:now |completely |essentially |all but |entirely )*(?:gone|resolved|disappeared)\b"
)
# Groups that name treatment, and entries in them that name none.
_TREATMENTS = frozenset({"drug", "injection", "treatment", "procedure", "modality"})
_NO_TREATMENT = frozenset({"not_injection", "not_treatment", "rest", "heat", "heat_alone"})
_OTHERS = frozenset({"comorbidity", "tobacco", "user", "packs"})
_PAST_EPISODE = pattern(
    r"\bhad (?:an?|one|several|previous|prior|two|three) (?:\w+ )?(?:episodes?|bouts?) of (?:\w+ )*$"
)
_LONG_PAST = pattern(
    r"[^.;,]{0,30}\bin (?:the|his|her) (?:distant|remote|far) past\b|[^.;,]{0,30}\b(?:as a (?:child|teenager|young (?:man|woman|adult))|in (?:his|her) (?:youth|teens|twenties))\b"
)
_STILL_THERE = frozenset({Assertion.PLANNED, Assertion.ADVISED, Assertion.DECLINED})
_REGIONS = {"lumbar": Region.LUMBAR, "cervical": Region.CERVICAL, "thoracic": Region.THORACIC}
_LIMBS = {"leg": Region.LUMBAR, "arm": Region.CERVICAL, "trunk": Region.THORACIC}
_ROOT_WORD = pattern(
    r"^\s?(?:nerve\s)?(?:dermatom\w*|distribution|roots?|nerve|radicul\w*|radicular|pattern|territory|sensory|myotom\w*)"
)
_FROM_BEFORE = pattern(
    r"(?:dermatom\w*|distribution|radiculopathy|pattern)(?: of| at| from| involving|,)?(?: the)?(?: left| right)? $"
)


def is_told(sentence: Sentence) -> bool:
    """Whether the sentence stands where symptoms are told."""
    if sentence.section.heading in BODY_HEADINGS and sentence.section.kind == "examination":
        return not _EXAMINED.search(sentence.text)
    return sentence.section.kind not in UNTOLD


def is_treatment(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a stretch of a sentence speaks of treatment, an operation, tobacco, another illness or another part of the body."""
    for match in sentence.matches:
        if low <= match.start < high and any(
            concept.group in _TREATMENTS and concept.id not in _NO_TREATMENT or concept.get("kind") in _OTHERS
            for concept in match.concepts
        ):
            return True
    return False


def meant(sentence: Sentence, start: int, end: int) -> tuple[Assertion, bool] | None:
    """(assertion, historical) of a symptom, None where it is not the patient's. A symptom for which something is planned is there."""
    qualifier = sentence.qualify(start, end)
    if qualifier.not_patient or qualifier.assertion is Assertion.UNEXAMINED:
        return None
    historical = qualifier.historical and (qualifier.cue not in _PRESENTING or sentence.section.kind == "past_history")
    if (
        qualifier.assertion is Assertion.PRESENT
        and (
            _RESOLVED.search(sentence.text, end)
            or _GONE.match(sentence.text, end)
            or _QUIETED.match(sentence.text, end)
        )
        and not CAME_BACK.search(sentence.text, end)
    ):
        return Assertion.ABSENT, historical
    if qualifier.assertion is Assertion.ABSENT and "resolved" in qualifier.cue and CAME_BACK.search(sentence.text, end):
        return Assertion.PRESENT, historical  # "resolved after the injection, then came back"
    historical = historical or bool(_LONG_PAST.match(sentence.text, end))
    historical = historical or bool(_PAST_EPISODE.search(sentence.text[max(0, start - 40) : start]))
    if qualifier.assertion in _STILL_THERE:
        return Assertion.PRESENT, historical
    return qualifier.assertion, historical


def region_named(name: str | None) -> Region | None:
    return _REGIONS.get(name or "")


def region_of_limb(limb: str | None) -> Region | None:
    return _LIMBS.get(limb or "")


def roots_named(sentence: Sentence, low: int, high: int) -> tuple[str, ...]:
    """Roots that the chart itself names of a symptom ("L5 distribution", "C6 radiculopathy")."""
    roots: list[str] = []
    for mention in sentence.levels:
        if not low <= mention.start < high or not mention.vertebrae:
            continue
        if _ROOT_WORD.match(sentence.text[mention.end :]) or _FROM_BEFORE.search(sentence.text[: mention.start]):
            roots.extend(mention.vertebrae)
    return tuple(dict.fromkeys(roots))


def region_of_roots(roots: tuple[str, ...]) -> Region | None:
    if not roots:
        return None
    return {"C": Region.CERVICAL, "T": Region.THORACIC}.get(roots[0][0], Region.LUMBAR)

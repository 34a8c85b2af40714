"""Pain of a limb and pain of the back or neck, from the heads of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, Region, Symptom
from necessity.facts.reading import Sentence
from necessity.facts.symptoms_heads import Head, Site, side_of
from necessity.facts.symptoms_meant import (
    BODY_HEADINGS,
    meant,
    region_named,
    region_of_limb,
    region_of_roots,
    roots_named,
)
from necessity.values.patterns import pattern

_PAINS = frozenset({"pain", "score"})
_JOINTS = frozenset({"wrist", "ankle", "knee", "elbow"})
_SYMPTOMS = pattern(r" (?:symptoms|sxs?|complaints|involvement)\b")
# "Does not go below the gluteal crease", "no pain past the shoulder": it stays in the back or neck.
_STAYS = pattern(
    r"\b(?:(?:no|denies|denied|without) (?:any )?(?:\w+ )?(?:pain|symptoms|radiation|radiating pain|spread)|nothing|never|not|doesn't|without (?:pain|radiation)|none)\s(?:(?:go|goes|going|travel|travels|radiate|radiates|extend|extends|run|runs|pass|passes|shoot|shoots|spread|spreads|get|gets) )?(?:\w+ )?"
    r"(?:below|past|beyond|distal to|lower than) (?:the |his |her |either )?(?:left |right )?(?:(?P<lumbar>gluteal|buttocks?|butt|waist\w*|belt ?line|beltline|tailbone)|(?P<cervical>shoulders?(?: blades?)?|trap\w*|base of the neck))\b"
)
# "A purely sensory radiculopathy can escape EMG": a remark on the illness, not on the patient.
_REMARK_BEFORE = pattern(r"\b(?:an?|any|some) (?:[a-z-]+ ){0,3}$")
_REMARK_AFTER = pattern(r" (?:can|may|might|could|would|does not always|is not always|often|sometimes|usually)\b")
_GOES = frozenset({"radiates", "toward"})
_ELECTRICAL = pattern(
    r"\b(?:emg|electr\w+|plexopathy|entrapment|nerve conduction|ncs|ncv|denervation|mononeuropathy|polyneuropathy)\b"
)
_ONLY_SO_FAR = pattern(
    r"\b(?:below|past|beyond|under|distal to|as far as) (?:the |his |her )?(?:knees?|elbows?|foot|feet|buttocks?|hips?|thighs?|shoulders?)"
)
_REGION_WORD = pattern(
    r"\b(?P<lumbar>lumbar|lumbosacral|low back|l-?spine)|(?P<cervical>cervical|neck)|(?P<thoracic>thoracic|thoracolumbar)\b"
)
_AROUND = pattern(r"\b(?:around|round)\b")
_WITHOUT_RADIATION = pattern(r"^non-? ?radiating")


def pains_of(sentence: Sentence, heads: list[Head]) -> Iterator[Symptom]:
    """The radiating and axial pains that a sentence tells."""
    hurts = any(head.kind in _PAINS for head in heads)
    yield from _by_heading(sentence, heads)
    for index, head in enumerate(heads):
        if head.kind == "diagnosis":
            yield from _diagnosis(sentence, head)
            if "pain" in sentence.text[head.start : head.end] and not any(
                site.concept.get("axial") and head.start - site.end == 1 for site in head.sites
            ):
                yield from _axial(sentence, head)  # "neck and right arm radicular pain", not "thoracic radicular pain"
        elif head.kind == "axial":
            yield from _named_axial(sentence, head)
        elif head.kind in _PAINS or head.kind == "tight":
            yield from _limb(sentence, head, runs=False)
            yield from _of_root(sentence, head)
            yield from _axial(sentence, head)
        elif head.kind in _GOES:
            if head.kind == "toward" and not any(h.kind in ("pain", "diagnosis", "radiates") for h in heads[:index]):
                continue
            yield from _limb(sentence, head, runs=True)
            yield from _from_axial(sentence, head, hurts)
            yield from _no_radiation(sentence, head)


def _by_heading(sentence: Sentence, heads: list[Head]) -> Iterator[Symptom]:
    """ "Neck: occasional stiffness in the morning, 2/10": the label says what hurts."""
    if sentence.section.heading not in BODY_HEADINGS:
        return
    if any(head.sites or head.kind in ("axial", "diagnosis") for head in heads):
        return
    told = next((head for head in heads if head.kind in ("pain", "tight")), None)
    if told is not None:
        region = {"neck": Region.CERVICAL, "back": Region.LUMBAR}.get(sentence.section.heading)
        yield from _axial_fact(sentence, told, [], region)


def _span(sentence: Sentence, head: Head, sites: list[Site]) -> tuple[int, int]:
    start = min([head.start, *(site.start for site in sites)])
    end = max([head.end, *(site.end for site in sites)])
    before = next(
        (mention for mention in reversed(sentence.sides) if mention.end <= start and start - mention.end <= 2), None
    )
    return (before.start if before else start), end


def _limb(sentence: Sentence, head: Head, *, runs: bool) -> Iterator[Symptom]:
    if head.kind == "tight":
        return
    runs = runs or (head.concept is not None and bool(head.concept.get("band")))
    for limb in ("leg", "arm", "trunk"):
        sites = head.limb_sites(limb)
        runs = runs or (limb == "trunk" and bool(sites) and _is_band(sentence, head, sites[0]))
        telling = [site for site in sites if _tells(site, sites, runs)]
        if not telling and runs and not any(site.concept.get("limb") in ("leg", "arm") for site in head.sites):
            continue
        if telling:
            yield from _radicular(sentence, head, sites, telling[0], limb)
    if head.limb_sites("any"):
        yield from _radicular(sentence, head, head.limb_sites("any"), head.limb_sites("any")[0], None)


def _is_band(sentence: Sentence, head: Head, site: Site) -> bool:
    """ "Pain around the chest like a tight belt": it runs as a band, though the chest may hurt by itself."""
    if _AROUND.search(sentence.text, head.end, site.start + 1):
        return True
    return any(match.start > head.start and concept.get("band") for match, concept in sentence.of("pain"))


def _of_root(sentence: Sentence, head: Head) -> Iterator[Symptom]:
    """ "Pain in the right L5 dermatome": the root tells where, without a site."""
    if head.kind != "pain" or any(site.concept.get("limb") for site in head.sites):
        return
    roots = roots_named(sentence, *sentence.clause(head.start))
    said = meant(sentence, head.start, head.end)
    if roots and said is not None:
        yield Symptom(
            concept="radicular_pain",
            assertion=said[0],
            historical=said[1],
            evidence=(sentence.evidence(*sentence.clause(head.start)),),
            written=sentence.written,
            region=region_of_roots(roots),
            side=side_of(sentence, head, []),
            roots=roots,
        )


def no_limb_symptoms_of(sentence: Sentence) -> Iterator[Symptom]:
    """ "No leg symptoms" rules out pain of the leg with all the rest, as "does not go below the buttock" does."""
    if any(word in sentence.text for word in ("below", "past", "beyond", "distal", "lower than")):
        yield from _stays_above(sentence)
    for match, concept in sentence.of("site"):
        if (
            concept.get("limb") not in ("leg", "arm")
            or concept.get("proximal")
            or not _SYMPTOMS.match(sentence.text[match.end :])
        ):
            continue
        said = meant(sentence, match.start, match.end)
        if said is not None and said[0] is Assertion.ABSENT:
            yield Symptom(
                concept="radicular_pain",
                assertion=Assertion.ABSENT,
                historical=said[1],
                evidence=(sentence.evidence(match.start, match.end),),
                written=sentence.written,
                region=region_of_limb(concept.get("limb")),
                side=sentence.side_near(match.start, match.end),
                sites=(concept.id,),
            )


def _stays_above(sentence: Sentence) -> Iterator[Symptom]:
    found = _STAYS.search(sentence.text)
    said = sentence.qualify(found.start(), found.start() + 1) if found else None
    if found is None or said is None or said.not_patient:
        return
    yield Symptom(
        concept="radicular_pain",
        assertion=Assertion.ABSENT,
        historical=said.historical,
        evidence=(sentence.evidence(*found.span()),),
        written=sentence.written,
        region=region_named(found.lastgroup),
    )


def _tells(site: Site, sites: list[Site], runs: bool) -> bool:
    """A joint, hand or foot may hurt by itself; it tells of a root only where pain runs there, the hip and shoulder not even so."""
    if site.concept.get("end"):
        return runs or any(
            other.concept is not site.concept and not other.concept.get("end") and other.base not in _JOINTS
            for other in sites
        )
    if not site.concept.get("joint"):
        return True
    return runs and not site.concept.get("proximal")


def _radicular(sentence: Sentence, head: Head, sites: list[Site], first: Site, limb: str | None) -> Iterator[Symptom]:
    said = meant(sentence, head.start, head.end)
    at_site = meant(sentence, first.start, first.end)
    if said is None or at_site is None:
        return
    assertion, historical = said if said[0] is not Assertion.PRESENT else (at_site[0], said[1] or at_site[1])
    if assertion is Assertion.ABSENT and _ONLY_SO_FAR.search(sentence.text, head.start):
        return
    start, end = _span(sentence, head, sites)
    roots = roots_named(sentence, *sentence.clause(head.start))
    yield Symptom(
        concept="radicular_pain",
        assertion=assertion,
        historical=historical,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=_region_of(limb, sites) or region_of_roots(roots),
        side=side_of(sentence, head, sites),
        sites=tuple(dict.fromkeys(site.name for site in sites)),
        roots=roots,
    )


def _region_of(limb: str | None, sites: list[Site]) -> Region | None:
    """The region of a limb; the groin alone may be served from the thoracolumbar junction or the upper lumbar spine."""
    return None if sites and all(site.base == "groin" for site in sites) else region_of_limb(limb)


def _diagnosis(sentence: Sentence, head: Head) -> Iterator[Symptom]:
    said = meant(sentence, head.start, head.end)
    if said is None or head.concept is None:
        return
    if _REMARK_AFTER.match(sentence.text, head.end) and _REMARK_BEFORE.search(sentence.text, 0, head.start):
        return
    if said[0] is Assertion.ABSENT and _ELECTRICAL.search(sentence.text):
        return  # an electrical study without denervation rules out no pain
    low, high = sentence.clause(head.start)
    sites = [site for site in head.sites if site.concept.get("limb")]
    roots = roots_named(sentence, low, high)
    start, end = _span(sentence, head, sites)
    yield Symptom(
        concept="radicular_pain",
        assertion=said[0],
        historical=said[1],
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=region_named(head.concept.get("region")) or _region_said(sentence, head, sites, roots, low, high),
        side=side_of(sentence, head, sites),
        sites=tuple(dict.fromkeys(site.name for site in sites)),
        roots=roots,
    )


def _region_said(
    sentence: Sentence, head: Head, sites: list[Site], roots: tuple[str, ...], low: int, high: int
) -> Region | None:
    """The region of a radiculopathy: by its root, its limb, the word before it, or the levels of its clause."""
    by_site = next((region_of_limb(site.concept.get("limb")) for site in sites), None)
    if roots or by_site:
        return region_of_roots(roots) or by_site
    words = [
        found.lastgroup
        for found in _REGION_WORD.finditer(sentence.text, max(low, head.start - 40), min(high, head.end + 40))
    ]
    if words:
        return region_named(words[0])
    for mention in sentence.levels:
        if low <= mention.start < high:
            return region_of_roots(mention.segments + mention.vertebrae)
    return None


def _axial(sentence: Sentence, head: Head) -> Iterator[Symptom]:
    sites = [site for site in head.sites if site.concept.get("axial")]
    if not sites:
        return
    for region in dict.fromkeys(_axial_region(site) for site in sites):
        of_region = [site for site in sites if _axial_region(site) is region]
        yield from _axial_fact(sentence, head, of_region, region)


def _axial_region(site: Site) -> Region | None:
    name = site.concept.get("axial")
    return Region.LUMBAR if name == "any" else region_named(name)


def _axial_fact(sentence: Sentence, head: Head, sites: list[Site], region: Region | None) -> Iterator[Symptom]:
    said = meant(sentence, head.start, head.end)
    at_site = meant(sentence, sites[0].start, sites[0].end) if sites else said
    if said is None or at_site is None:
        return
    assertion, historical = said if said[0] is not Assertion.PRESENT else (at_site[0], said[1] or at_site[1])
    start, end = _span(sentence, head, sites)
    side = side_of(sentence, head, sites)
    yield Symptom(
        concept="axial_pain",
        assertion=assertion,
        historical=historical,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=region,
        side=side,
        sites=tuple(dict.fromkeys(site.name for site in sites)),
    )


def _named_axial(sentence: Sentence, head: Head) -> Iterator[Symptom]:
    if head.concept is not None:
        yield from _axial_fact(sentence, head, [], region_named(head.concept.get("region")))


def _from_axial(sentence: Sentence, head: Head, hurts: bool) -> Iterator[Symptom]:
    """ "Radiates from the low back into the leg" tells of the back too."""
    sites = [site for site in head.sites if site.concept.get("axial")]
    if not sites:
        return
    begin = min(head.start, sites[0].start)
    if "from" in sentence.text[head.start : sites[0].start + 1] or (sites[0].start < head.start and hurts):
        said = meant(sentence, begin, begin + 1)
        if said is not None and said[0] is Assertion.PRESENT:
            yield from _axial_fact(
                sentence, Head(sites[0].start, sites[0].end, "pain", None), sites[:1], _axial_region(sites[0])
            )


def _no_radiation(sentence: Sentence, head: Head) -> Iterator[Symptom]:
    """ "It does not radiate", "without radiation", "nonradiating": the pain stays in the back or neck."""
    if head.kind != "radiates" or any(site.concept.get("limb") for site in head.sites):
        return
    word = sentence.text[head.start : head.end]
    said = meant(sentence, head.start, head.end)
    denied = bool(_WITHOUT_RADIATION.match(word)) or (
        word.startswith("radiat") and said is not None and said[0] is Assertion.ABSENT
    )
    if (
        not denied
        or said is None
        or _ONLY_SO_FAR.search(sentence.text, head.start)
        or "therapy" in sentence.text[head.end : head.end + 20]
    ):
        return
    low, high = sentence.clause(head.start)
    axial = next((_axial_region(site) for site in head.sites), None)
    yield Symptom(
        concept="radicular_pain",
        assertion=Assertion.ABSENT,
        historical=said[1],
        evidence=(sentence.evidence(head.start, head.end),),
        written=sentence.written,
        region=axial or _region_in(sentence, low, high),
    )


def _region_in(sentence: Sentence, low: int, high: int) -> Region | None:
    words = [found.lastgroup for found in _REGION_WORD.finditer(sentence.text, low, high)]
    return region_named(words[0]) if words else None

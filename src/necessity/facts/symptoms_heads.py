"""Which sites a symptom is said of: the heads of a sentence (pain, numbness, weakness …) with the body sites that belong to each.

A site belongs to the symptom right behind it ("neck and right arm pain"), else to the one that leads to it ("pain in the back
and leg", "it travels through the hip, thigh and calf"), else to the next in its clause ("the legs feel heavy").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from necessity.facts.fact import Side
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# Words that may stand between a site and the symptom it is said of.
_TIGHT = pattern(
    r"(?:[\s,/&+()-]|\b(?:and|or|left|right|l|r|lt|rt|bilateral|both|upper|lower|sided|side|distribution|area|region|muscles?|joint|severe|chronic|acute|intractable|some|"
    r"radicular|type|level|his|her|ongoing|persistent|worsening|significant|mild|moderate|related|vs|still|has|have|with|was|is|are|at|about|a|around|rated|rates|as)\b)*"
)
_LOOSE = frozenset(
    {
        "has",
        "have",
        "with",
        "was",
        "is",
        "are",
        "at",
        "about",
        "a",
        "around",
        "rated",
        "rates",
        "as",
        "still",
        "his",
        "her",
    }
)
_LED = pattern(
    r"^\s*(?:(?:more|mostly|mainly|primarily|right|down|up|along|across|throughout|localized|located|centered)\s)?(?:in|of|at|over|across|along|down|to|into|through|around|involving|from|on|throughout|about|affecting|:|-|toward|towards|below|past)\b"
    r"(?:[\s,]|\b(?:the|his|her|my|both|left|right|l|r|lt|rt|bilateral|aspects?|sides?|of|entire|whole|upper|lower|posterior|anterior|lateral|medial|in|to|mid|all|this|patient's|portion|part|border|surface|edge|half|distribution|tips?|base|distal|proximal|region)\b)*$"
)
_BARRIER = pattern(
    r";|\.\s|\bbut\b|\bhowever\b|\balthough\b|\bwhereas\b|\bwhile\b|\bdenies\b|\bdenied\b|\bwithout\b|, no\b|\band no\b|, not\b|, he\b|, she\b|\breports\b|, has\b|, is\b"
)
# "Neck pain as well as upper extremity symptoms" tells of no pain in the arm.
_ELSE = pattern(
    r"^ (?:symptoms?|complaints?|problems?|issues|involvement|findings|strength|reflexes|sensation|function|movements?|strong|steady|weak|warm|intact|normal|moving|moves|neurovascular\w*|power|raises?|pulses?)\b"
)
_AND = pattern(r"\s?(?:&|and|,|/)\s?")
_SYMPTOM_KINDS = frozenset({"symptom", "heavy"})


@dataclass(frozen=True, slots=True)
class Site:
    """A body site in a sentence: `name` with its aspect ("lateral_calf"), `base` without ("calf")."""

    start: int
    end: int
    name: str
    concept: Concept

    @property
    def base(self) -> str:
        return self.concept.id


@dataclass(slots=True)
class Head:
    """A symptom word with the sites said of it. `kind` is the kind of its lexicon entry, `score` for a bare number."""

    start: int
    end: int
    kind: str
    concept: Concept | None
    sites: list[Site] = field(default_factory=list)

    def limb_sites(self, *limbs: str) -> list[Site]:
        return [site for site in self.sites if site.concept.get("limb") in limbs]


def heads_of(
    sentence: Sentence, scores: tuple[tuple[int, int], ...] = (), gone: tuple[tuple[int, int], ...] = ()
) -> list[Head]:
    """The symptom words of a sentence in order, each with its sites. `scores` are spans of pain scores ("leg 8/10"), `gone` those of
    parts said to be at peace ("leg nothing"), which belong to no other word."""
    heads = [head for head in _heads(sentence.matches) if not _between_any(gone, head.start)]
    heads.extend(Head(start, end, "score", None) for start, end in scores)
    heads.sort(key=lambda head: head.start)
    if not heads:
        return []
    sites = [site for site in sites_of(sentence) if not _between_any(gone, site.start)]
    barriers = [found.start() for found in _BARRIER.finditer(sentence.text)] if sites else []
    for index, site in enumerate(sites):
        head = _owner(sentence.text, sites, index, heads, barriers)
        if head is not None:
            head.sites.append(site)
    for head, following in zip(heads, heads[1:], strict=False):
        if (
            not following.sites
            and following.kind in ("pain", "heavy", "symptom")
            and _AND.fullmatch(sentence.text[head.end : following.start])
        ):
            following.sites.extend(
                site for site in head.sites if site.end <= head.start
            )  # "the thighs go heavy and burn"
    return heads


def _heads(matches: list[Match]) -> Iterator[Head]:
    for match in matches:
        for concept in match.concepts:
            if concept.group == "pain" or (concept.group == "symptom" and concept.get("kind") in _SYMPTOM_KINDS):
                yield Head(match.start, match.end, concept.get("kind"), concept)
                break


def sites_of(sentence: Sentence) -> Iterator[Site]:
    """The sites of a sentence; an aspect before ("outer thigh", "front of the right thigh") or right behind makes it more exact."""
    aspect: tuple[int, str] | None = None
    pending: Site | None = None
    for match, concept in sentence.of("site"):
        if (
            pending
            and pending.concept.get("axial")
            and concept.get("limb")
            and sentence.text[pending.end : match.start] == " "
        ):
            pending = None  # "thoracic rib": a word of the rib, no site of its own
        if concept.get("aspect"):
            if (
                pending
                and sentence.text[pending.end : match.start] == " "
                and concept.get("aspect") in pending.concept.get("aspects", {})
            ):
                pending = Site(
                    pending.start, match.end, pending.concept.get("aspects")[concept.get("aspect")], pending.concept
                )
            else:
                aspect = (match.end, concept.get("aspect"))
            continue
        if pending:
            yield pending
        near = (
            aspect is not None
            and match.start - aspect[0] <= 26
            and ("," not in sentence.text[aspect[0] : match.start] or match.start - aspect[0] < 12)
        )
        name = concept.get("aspects", {}).get(aspect[1], concept.id) if near and aspect else concept.id
        aspect = None
        pending = Site(match.start, match.end, name, concept)
    if pending:
        yield pending


def _owner(text: str, sites: list[Site], index: int, heads: list[Head], barriers: list[int]) -> Head | None:
    site = sites[index]
    before = next(
        (head for head in reversed(heads) if head.end <= site.start and not _between(barriers, head.end, site.start)),
        None,
    )
    before = _of_the_way(heads, before)
    after = next(
        (head for head in heads if head.start >= site.end and not _between(barriers, site.end, head.start)), None
    )
    if (
        before
        and _LED.match(text[before.end : site.start])
        and not (after and after.kind == "score" and after.start - site.end < 4)
    ):
        return before
    if (
        after
        and site.concept.get("limb")
        and text.startswith("radiation", after.start)
        and _is_tight(text, sites, index, after)
    ):
        return after  # "with right leg radiation"
    if after and after.kind not in ("radiates", "toward") and _is_tight(text, sites, index, after):
        return after
    if before is not None:
        return None if _ELSE.match(text[site.end :]) else before
    return after if after and after.start - site.end < 70 else None


def _of_the_way(heads: list[Head], head: Head | None) -> Head | None:
    """What runs along the way that a word like "into" names: "numbness along the foot", "numbness radiating into the leg"."""
    if head is None or head.kind not in ("toward", "radiates"):
        return head
    earlier = [other for other in heads if other.end <= head.start and other.kind not in ("toward", "radiates")]
    if not earlier or earlier[-1].kind not in _SYMPTOM_KINDS:
        return head
    if head.kind == "radiates" and any(other.kind in ("pain", "diagnosis", "axial", "score") for other in earlier):
        return head
    return earlier[-1]


def _is_tight(text: str, sites: list[Site], index: int, head: Head) -> bool:
    """Whether nothing but other sites, sides and qualities stand between a site and a symptom behind it."""
    position = sites[index].end
    pieces = []
    for other in sites[index + 1 :]:
        if other.start >= head.start:
            break
        pieces.append(text[position : other.start])
        position = other.end
    pieces.append(text[position : head.start])
    gap = " ".join(pieces)
    if not _TIGHT.fullmatch(gap):
        return False
    return head.kind in ("score", "heavy") or not (_LOOSE & set(gap.split()))


def _between_any(spans: tuple[tuple[int, int], ...], position: int) -> bool:
    return any(low <= position < high for low, high in spans)


def _between(barriers: list[int], low: int, high: int) -> bool:
    return any(low <= barrier < high for barrier in barriers)


_BOTH = pattern(
    r"\b(?:left|l|lt)\s?(?:side[d]?|leg|arm|lower extremity|upper extremity)?\s?(?:[>=&/+]{1,2}|(?:much |slightly |somewhat |a little )?(?:greater|worse|more)(?: so)? th[ae]n|and|or|then|versus|vs\.?)\s?(?:the |on the |down the |then )?(?:right|r|rt)\b"
    r"|\b(?:right|r|rt)\s?(?:side[d]?|leg|arm|lower extremity|upper extremity)?\s?(?:[>=&/+]{1,2}|(?:much |slightly |somewhat |a little )?(?:greater|worse|more)(?: so)? th[ae]n|and|or|then|versus|vs\.?)\s?(?:the |on the |down the |then )?(?:left|l|lt)\b"
    r"|\bboth sides\b|\bmore (?:so )?on the (?:left|right)\b|\b(?:left|right) more th[ae]n (?:the )?(?:left|right)\b"
)


_PLURAL = pattern(
    r"(?:(?:lower |upper )?(?:legs|arms|limbs|extremities)|thighs|calves|buttocks|feet|hands|forearms|shins)\b"
)


def side_of(sentence: Sentence, head: Head, sites: list[Site]) -> Side | None:
    """The side of a head and its sites: both where the words name both, none where they name none."""
    low, high = sentence.clause(head.start)
    if any(low <= found.start() < high for found in _BOTH.finditer(sentence.text)):
        return Side.BILATERAL
    found = [sentence.side_near(site.start, site.end) for site in sites] or [sentence.side_near(head.start, head.end)]
    sides = [side for side in found if side in (Side.LEFT, Side.RIGHT, Side.BILATERAL)]
    if not sides:
        plural = any(_PLURAL.match(sentence.text, site.start) for site in sites)
        return Side.BILATERAL if plural and not any(head.start < m.start < high for m in sentence.sides) else None
    return sides[0] if all(side == sides[0] for side in sides) else Side.BILATERAL

"""Red flags: tumour, infection and fracture of the spine, found or ruled out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.fact import Assertion, Fact, ImagingFinding, RedFlag, Region
from necessity.facts.from_chart import ReadChart
from necessity.facts.imaging_frames import scenes
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Frame, Word
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of, vertebrae_of

_SKIPPED = frozenset(
    {
        "procedure_details",
        "consent",
        "family_history",
        "complications",
        "medications",
        "allergies",
        "examination",
        "plan",
        "laboratory",
        "social_history",
        "surgical_history",
        "review_of_systems",
        "procedure",
    }
)
_ELSEWHERE = pattern(
    r"\b(?:rib|hip|femur|femoral|wrist|ankle|foot|tibia\w*|fibula\w*|skull|facial|nasal|orbit\w*|calvarial|humer\w*|radius|clavic\w*|pelvic|pelvis|iliac|toe|finger|hand|elbow|knee|shoulder|patell\w*|metatars\w*|breast|lung|prostate|colon|"
    r"kidney|renal|brain|liver|thyroid|ovar\w*|uter\w*|bladder|skin|urinary|wound|respiratory|sinus|ear|tooth|dental|catheter|acoustic|pseudotumor|intracranial|chest|head|sternum|stress)\b"
)
_SPINE = pattern(
    r"\b(?:spin\w*|vertebra\w*|epidural|cord|disc|disk|lumbar|thoracic|cervical|sacr\w*|intradural|extradural|marrow|endplate|back|thoracolumbar|osseous)\b"
)
_SPINE_BEFORE = pattern(rf"{_SPINE.pattern}\s(?:\w+\s){{0,2}}$")
_SPINE_AFTER = pattern(
    r"\s(?:\w+\s){0,2}(?:of|in|to|at|involving|within) (?:the |his |her )?(?:\w+ )?(?:spine|vertebra\w*|cord|spinal|epidural|sacrum|lumbar|thoracic|cervical|[ctl]\d{1,2})\b"
)
# "Metastatic renal cell carcinoma to T7", "breast cancer with spread to the spine": the spine is where it went.
_METASTATIC = pattern(
    r"\b(?:metasta\w+|mets|myeloma|lymphoma|plasmacytoma|carcinoma|cancer|tumou?r|adenocarcinoma|melanoma|sarcoma)\b"
)
_TO_SPINE = pattern(
    r"\b(?:metasta\w+|mets|spread\w*|seeding|deposits?|involv\w+|disease)\b[^.;]{0,50}?\b(?:to|in|at|of|involving) (?:the |his |her )?(?:[a-z]+ )?(?:[ctl]\d{1,2}\b|spine|vertebra\w*|epidural|spinal)|"
    r"\b(?:vertebral|spinal|epidural|[ctl]\d{1,2})\b (?:\w+ )?(?:metasta\w+|mets|tumou?r)"
)
_SPREAD = pattern(
    r"\b(?:replacing|replaced|infiltrat\w+|epidural extension|epidural component|erod\w+|destroy\w+|destruction)\b"
)
_HARDWARE = pattern(
    r"s? (?:of|in|or loosening of|through) (?:the |any |a )?(?:hardware|screws?|rods?|implants?|instrumentation|cages?|plate)"
)
_HARDWARE_BEFORE = pattern(r"\b(?:hardware|screw|rod|implant|cage|catheter|lead)\s$")
# Where a tumour came from says nothing on the bone that broke.
_ORIGIN = pattern(r"\b(?:breast|lung|prostate|colon|kidney|renal|liver|thyroid|ovar\w*|uter\w*|bladder|skin)\b")
_TREATED = pattern(
    r"\b(?:fixation|reduction|repair) of\b|\bfractured (?:and retained|catheter|rod|screw)|\bfractured off\b"
)
_CARED_FOR = pattern(
    r"\b(?:(?:being|currently|still|now) treated|under(?:going)? (?:active |medical |antibiotic )?(?:treatment|therapy|care)|(?:on|in|for|receiving|getting|under) (?:active |ongoing |current )?treatment|"
    r"continu\w+|ongoing|antibiotic\w*|iv|intravenous|picc|active|actively|known|current|currently|weeks? (?:\d+ )?(?:of|into)|following for)\b"
)
_NOT_YET = pattern(
    r"\b(?:prevent\w*|prophyla\w*|avoid\w*|rule out|r/o|exclude|risks?|if|should|concern\w*|evaluat\w*|in case|cover(?:age)? against)\b"
)
_OVER = pattern(
    r"\b(?:resolved|cured|eradicated|cleared|(?:complet\w+|finish\w+|after|ended) (?:\w+ ){0,4}(?:treatment|antibiotics?|therapy|course)|(?:treatment|antibiotics?|therapy|course) (?:was |were |is |are |now )?(?:completed?|finished)|"
    r"off (?:all )?antibiotics)\b"
)
_ONGOING = pattern(r"\b(?:still|current|currently|ongoing|active|being treated|now)\b")
_UNDER_CARE = frozenset({"plan", "medications", "social_history", "surgical_history", "laboratory"})
_KINDS = ("osteoporotic", "pathologic", "traumatic", "old")


def read(chart: ReadChart) -> Iterator[Fact]:
    """Every such word that is said of the spine, in the order of the text."""
    for document in chart.documents:
        found = document.having("redflag")
        framed = {scene.sentence.index: scene for scene in scenes(document)} if found else {}
        for sentence in found:
            yield from _sentence(document, sentence, framed.get(sentence.index))


def _sentence(document: ReadDocument, sentence: Sentence, framed: Scene | None) -> Iterator[Fact]:
    in_study = framed is not None and framed.frame.in_study and framed.frame.spine
    unread = sentence.section.kind in _SKIPPED and not in_study
    if unread and sentence.section.kind not in _UNDER_CARE:
        return
    scene = framed or Scene(sentence, Frame())
    seen: list[tuple[object, ...]] = []
    for word in scene.of("redflag"):
        flag = word.concept.get("flag")
        if not flag or not _is_spinal(scene, word, in_study):
            continue
        if unread and not (flag == "infection" and _is_cared_for(scene, word)):
            continue
        for found in _flag(scene, word, str(flag), in_study):
            key = (found.concept, found.assertion, found.levels)
            if key not in seen:
                seen.append(key)
                yield found
                if in_study:
                    yield _shown(scene, word, found)


def _shown(scene: Scene, word: Word, flag: RedFlag) -> ImagingFinding:
    """The same as a finding of the study that shows it."""
    return ImagingFinding(
        concept=flag.concept,
        assertion=flag.assertion,
        historical=flag.historical,
        evidence=flag.evidence,
        written=flag.written,
        when=flag.when,
        region=flag.region,
        source=flag.source,
        modality=scene.modality_of(word),
        levels=flag.levels,
        grade=flag.value,
    )


def _flag(scene: Scene, word: Word, flag: str, in_study: bool) -> Iterator[RedFlag]:
    meant = scene.meaning(word.start, word.end)
    if meant.not_patient or _TREATED.search(scene.text):
        return
    if word.concept.get("heights"):
        if not re.match(
            r"\s(?:are |is |were |appear )?(?:well |all |otherwise )?(?:preserved|maintained|normal|intact|unremarkable)",
            scene.text[word.end :],
        ):
            return
        meant = replace(meant, assertion=Assertion.ABSENT)
    elif (
        re.search(
            r"\b(?:no|without|negative for|or|nor)\s(?:\w+\s|,\s?|or\s){0,6}$",
            scene.text[max(0, word.start - 60) : word.start],
        )
        and meant.assertion is Assertion.PRESENT
        and in_study
        and _begins_negative(scene, word)
    ):
        meant = replace(meant, assertion=Assertion.ABSENT)
    if (
        flag == "fracture"
        and meant.historical
        and meant.assertion is Assertion.PRESENT
        and (in_study or word.concept.get("spinal"))
    ):
        meant = replace(meant, historical=False)
    if (
        word.concept.get("weak")
        and meant.assertion is Assertion.PRESENT
        and not re.search(
            r"vertebra\w*|epidural|intradural|extradural|body|replac\w+|destr\w+|infiltrat\w+|expansile",
            scene.text[max(0, word.start - 30) : word.end + 34],
        )
    ):
        return
    if flag == "infection" and meant.assertion is Assertion.PRESENT:
        meant = replace(meant, historical=_is_over(scene, word, meant.historical))
    kinds = _kinds(scene, word) if flag == "fracture" else None
    named = any(0 <= place.start - word.end < 12 for place in scene.places)  # "no fracture of L1"
    levels = scene.levels_of(word) if meant.assertion is not Assertion.ABSENT or (named and flag == "fracture") else ()
    if flag == "fracture" and len(levels) > 1:
        levels = tuple(dict.fromkeys(bone for level in levels for bone in vertebrae_of(level)))
    region = Region(region_of(levels[0])) if levels else scene.frame.region
    yield RedFlag(
        concept=flag,
        assertion=meant.assertion,
        historical=meant.historical,
        evidence=(scene.evidence(word.start, word.end),),
        written=scene.sentence.written,
        when=scene.frame.when,
        region=region,
        source=scene.frame.source,
        levels=levels,
        value=kinds,
    )


def _is_cared_for(scene: Scene, word: Word) -> bool:
    """ "On IV antibiotics for discitis", "discitis, week 3 of treatment": an infection that is there and treated."""
    low, high = scene.sentence.clause(word.start)
    before, behind = scene.text[max(0, word.start - 80) : word.start], scene.text[word.end : word.end + 60]
    if _NOT_YET.search(before) or _OVER.search(scene.text, max(0, low - 40), max(high, word.end + 60)):
        return False
    return bool(_CARED_FOR.search(before) or _CARED_FOR.search(behind))


def _is_over(scene: Scene, word: Word, historical: bool) -> bool:
    """An infection treated half a year ago or earlier, or told to have healed; one under treatment is none of the past."""
    near = scene.text[max(0, word.start - 70) : word.end + 70]
    if _OVER.search(near) and not re.search(
        r"\b(?:not|never|until|when|once|will|before|to) (?:\w+ ){0,2}(?:be |been )?(?:resolved|cured|eradicated|cleared|complet\w+|finish\w+)",
        near,
    ):
        return True
    if _ONGOING.search(near):
        return False
    if any(time.ago and time.length and time.length.weeks > 26 for time in scene.sentence.times):
        return True
    if _is_cared_for(scene, word):
        return False
    written = scene.sentence.written
    for time in scene.sentence.times:
        if (
            written
            and time.date
            and (written - time.date.latest).days > 182
            and re.search(r"\btreated\b", scene.text[max(0, word.start - 40) : word.end + 40])
        ):
            return True
    return historical


def _begins_negative(scene: Scene, word: Word) -> bool:
    clause_start, _ = scene.sentence.clause(word.start)
    return bool(
        re.match(r"\s*(?:there (?:is|are|was|were) )?no\b|\s*without\b|\s*negative\b", scene.text[clause_start:])
    )


def _is_spinal(scene: Scene, word: Word, in_study: bool) -> bool:
    """Whether the word is said of the spine: by itself, by its study, or by a word beside it."""
    around = scene.text[max(0, word.start - 46) : min(len(scene.text), word.end + 40)]
    if _HARDWARE.match(scene.text, word.end) or _HARDWARE_BEFORE.search(scene.text, 0, word.start):
        return False
    if word.concept.get("flag") == "fracture":
        around = _ORIGIN.sub(" ", around)
    if (
        word.concept.get("flag") == "tumor"
        and _METASTATIC.search(scene.text[: word.end + 1])
        and _TO_SPINE.search(scene.text)
    ):
        return True
    if _ELSEWHERE.search(around) and not (word.concept.get("spinal") and not re.search(r"rib|hip|chest", around)):
        return False
    if word.concept.get("vertebra"):
        return in_study and _is_wedged(scene, word)
    if word.concept.get("spinal"):
        return True
    meant = scene.meaning(word.start, word.end)
    if in_study:
        parts = [concept for _, concept in scene.sentence.of("part")]
        return not any(part.get("elsewhere") for part in parts) or any(not part.get("elsewhere") for part in parts)
    if _SPINE_BEFORE.search(scene.text[: word.start]) or _SPINE_AFTER.match(scene.text[word.end :]):
        return True
    if word.concept.get("flag") in ("fracture", "infection") and any(
        abs(place.start - word.end) < 20 or abs(word.start - place.end) < 20 for place in scene.places
    ):
        return True
    if word.concept.get("flag") == "tumor" and _SPREAD.search(scene.text) and scene.places:
        return True
    return (
        word.concept.get("flag") == "infection"
        and meant.assertion is Assertion.ABSENT
        and bool(re.fullmatch(r"no (?:active |current |systemic |local |known )?infections?[.]?", _clause(scene, word)))
    )


def _is_wedged(scene: Scene, word: Word) -> bool:
    """ "L1: 40% loss of height", "anterior wedging of T12": said of vertebrae alone, and of no disc or graft."""
    bones = [place for place in scene.places if place.vertebrae and not place.segments]
    if not bones or len(bones) < len(scene.places) or _NO_BONE.search(scene.text):
        return False
    said = scene.text[word.start : word.end]
    return said != "compressed" or bool(re.match(r"\s(?:by |about |to )", scene.text[word.end :]))


_NO_BONE = pattern(r"\b(?:dis[ck]s?|interspace|cage|graft|foram\w+|endplate spurs?|nerve|roots?|space)\b")


def _clause(scene: Scene, word: Word) -> str:
    begin = max(scene.text.rfind(mark, 0, word.start) for mark in (",", ";", ".")) + 1
    ends = [at for mark in (",", ";", ".") if (at := scene.text.find(mark, word.end)) >= 0]
    return scene.text[begin : min(ends, default=len(scene.text))].strip()


def _own_words(scene: Scene, word: Word) -> tuple[int, int]:
    """The stretch that speaks of this fracture and not of the next one."""
    before = [match.end() for match in re.finditer(r"[,;.]\s|\band\b", scene.text[: word.start])]
    behind = re.match(r"(?:(?![,;]|\. |\band\b).){0,70}", scene.text[word.end :])
    return max([0, word.start - 40, *before[-1:]]), word.end + (behind.end() if behind else 0)


def _kinds(scene: Scene, word: Word) -> str | None:
    begin, end = _own_words(scene, word)
    text = scene.text[begin:end]
    found = [
        one.concept.get("kind")
        for one in scene.between(begin, end, "redflag")
        if one.concept.get("kind") and not re.search(r"years?[ -]$", scene.text[: one.start])
    ]
    for kind in _KINDS:
        if kind in found:
            return kind
    behind = re.match(
        r",? (?:(?:is|appears?|which is|likely|of) )*(?:old|chronic|remote|healed)\b(?! (?:pain|back|low))",
        scene.text[word.end :],
    )
    if "healed" in text or "chronic" in text or behind:
        return "old"
    if "osteopor" in text:
        return "osteoporotic"
    return "pathologic" if "patholog" in text else "traumatic" if "burst" in text or "traumatic" in text else None

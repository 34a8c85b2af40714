"""What is being examined as the sentences of a section go by: the topic, the limb and the order of two columns."""

from __future__ import annotations

from dataclasses import dataclass

from necessity.facts.fact import ExamFinding, Region, Side
from necessity.facts.reading import Sentence
from necessity.facts.strength_targets import Target
from necessity.values.patterns import pattern

TOPICS = {"strength": "strength", "sensation": "sensation", "reflex": "reflex", "gait": "gait", "cranial": "cranial"}
_HEADINGS = (
    ("reflex", "reflex"),
    ("dtr", "reflex"),
    ("motor", "strength"),
    ("strength", "strength"),
    ("manual muscle", "strength"),
    ("mmt", "strength"),
    ("sens", "sensation"),
    ("gait", "gait"),
    ("cranial", "cranial"),
)
_LEFT_FIRST = pattern(r"\bl\s?/\s?r\b|\bleft\s?[/,|]?\s+\|?\s?right\b|\(l/r\)")
_RIGHT_FIRST = pattern(r"\br\s?/\s?l\b|\bright\s?[/,|]?\s+\|?\s?left\b")
# "… for three months. Exam: 5/5, SLR + left. MRI: …": parts of a paragraph that are headings in all but their place.
_LABEL = pattern(
    r"(?:(?P<exam>(?:physical |neuro(?:logic(?:al)?)? |focused |brief )?exam(?:ination)?|pe|o/e|on (?:physical )?exam(?:ination)?|objective(?:ly)?)"
    r"|mri|mr|ct|imaging|x-?rays?|plan|p|rx|a/p|assessment|imp(?:ression)?|dx|diagnosis|hx|history|hpi|pmh|psh|ros|meds?|medications|emg|tx|treatment|sh|fh|social|labs?)\s?[:=-]"
)
# The head of a table of sides: "R   L".
_SIDES_HEAD = pattern(
    r"(?:(?:muscle|myotome|root|level|motor|strength|key muscle|mmt|movement|action|group)s?[\s|:]+)?(?:(?P<right>right|rt|r)[\s|/]+(?:left|lt|l)|(?P<left>left|lt|l)[\s|/]+(?:right|rt|r))[\s|]*"
)
_HEAD_LENGTH = 40
_LIMB_HEADINGS = (("lower extrem", "leg"), ("upper extrem", "arm"), ("lumbar", "leg"), ("cervical", "arm"))
LIMB_REGIONS = {"arm": Region.CERVICAL, "leg": Region.LUMBAR}
# Where the patient tells of weakness it is a symptom, unless the words name a muscle or say that it grows.
TOLD = frozenset(
    {
        "history",
        "chief_complaint",
        "review_of_systems",
        "indication",
        "past_history",
        "function",
        "social_history",
        "preamble",
    }
)
EXAMINED = frozenset({"examination"})


@dataclass(slots=True)
class ExamContext:
    """The state carried from sentence to sentence of one document. Reset where a new section begins."""

    section: object = None
    topic: str | None = None
    limb: str | None = None
    left_first: bool = False
    age: int = 0
    columns: tuple[Target, ...] = ()
    grid: tuple[Side, Side] | None = None
    above: str | None = None
    within: bool = False
    weak: ExamFinding | None = None
    weak_at: int = -9

    def enter(self, sentence: Sentence) -> None:
        """Take up what a new sentence sets."""
        if sentence.section is not self.section:
            self._open(sentence)
        self.age += 1
        label = _LABEL.match(sentence.text)
        if label is not None:
            self.within = bool(label["exam"])
        first = next((TOPICS[c.id] for _, c in sentence.of("examination") if c.id in TOPICS), None)
        if first is not None:
            self.topic, self.age = first, 0
        text = sentence.text
        head = _SIDES_HEAD.fullmatch(text) if len(text) < _HEAD_LENGTH else None
        if head is not None:
            self.left_first = bool(head["left"])
            self.grid = (Side.LEFT, Side.RIGHT) if self.left_first else (Side.RIGHT, Side.LEFT)
            return
        if "l/r" in text or "l / r" in text or "left" in text and "right" in text:
            self.left_first = bool(_LEFT_FIRST.search(text)) or self.left_first and not _RIGHT_FIRST.search(text)
        elif "r/l" in text or "r / l" in text:
            self.left_first = False

    def _open(self, sentence: Sentence) -> None:
        heading = sentence.section.heading
        above = self._above(sentence)
        self.within = False
        self.section, self.left_first, self.columns, self.age, self.grid = sentence.section, False, (), 0, None
        self.topic = next((topic for word, topic in _HEADINGS if word in heading), None)
        self.limb = next((limb for word, limb in _LIMB_HEADINGS if word in heading), None)
        self.topic = self.topic or (above if self.limb else None)
        self.above = above if self.topic == above else None

    def _above(self, sentence: Sentence) -> str | None:
        """The topic of a heading with nothing of its own but the limbs under it ("Strength", "Upper extremities: …", "Lower …")."""
        sections = sentence.reading.sections
        place = next((number for number, section in enumerate(sections) if section is sentence.section), 0)
        if not place:
            return None
        before = sections[place - 1]
        if sentence.document.text[before.body : before.end].strip():
            return self.above if any(word in before.heading for word, _ in _LIMB_HEADINGS) else None
        return next((topic for word, topic in _HEADINGS if word in before.heading), None)

    def in_examination(self, sentence: Sentence) -> bool:
        return sentence.section.kind in EXAMINED or self.within


def region_of_roots(roots: tuple[str, ...], limb: str | None) -> Region | None:
    """The region that the limb, else the main root, belongs to."""
    if limb in LIMB_REGIONS:
        return LIMB_REGIONS[limb]
    if not roots:
        return None
    return {"C": Region.CERVICAL, "T": Region.THORACIC}.get(roots[0][0], Region.LUMBAR)

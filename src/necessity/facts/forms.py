"""Forms: boxes ticked and left empty, and questions with their answers, as scopes over the words that they are about.

"Saddle numbness ☐ Yes ☒ No" denies, "[ ] PT" says nothing, "Leg [ ] Back [X]" names the back, "Prior surgery? no" rules it
out, and a question without an answer says nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TICKED = r"(?:\[[x✓✔*]\]|\([x✓✔]\)|\(_x_\)|_+x_+|[☑☒✓✔■])"
EMPTY = r"(?:\[\s?\]|\(\s?\)|[☐□]|(?<![\w_])_{2,}(?!x_|[\w_]))"
_BOX = re.compile(rf"(?P<ticked>{TICKED})|(?P<empty>{EMPTY})")
_YES, _NO = r"(?:yes|y|pos|positive)\b", r"(?:no|n|none|neg|negative|denies)\b"
_BETWEEN = r"\s*[,;/|]?\s*"
# "☐ yes ☒ no", and with the boxes behind their words: "yes [ ] no [x]". Either may come first.
_YES_NO = re.compile(
    rf"(?P<yes1>{TICKED}|{EMPTY})\s?{_YES}{_BETWEEN}(?P<no1>{TICKED}|{EMPTY})\s?{_NO}"
    rf"|(?P<no2>{TICKED}|{EMPTY})\s?{_NO}{_BETWEEN}(?P<yes2>{TICKED}|{EMPTY})\s?{_YES}"
    rf"|\b{_YES}\s?(?P<yes3>{TICKED}|{EMPTY}){_BETWEEN}{_NO}\s?(?P<no3>{TICKED}|{EMPTY})"
    rf"|\b{_NO}\s?(?P<no4>{TICKED}|{EMPTY}){_BETWEEN}{_YES}\s?(?P<yes4>{TICKED}|{EMPTY})"
)
_ANSWERED = re.compile(
    r"\?\s*(?:[-:.=]+\s*)?(?:(?P<yes>yes|yeah|yep|y|positive)|(?P<no>no|nope|none|never|n|nothing|fine|ok|okay|normal|denies|denied|negative|not (?:at all|really))|(?P<open>n/a|na|unknown|unsure|not sure|did not answer|left blank|blank))\b(?!\s?(?:[/\[(☐□☑☒✓✔■]|_))"
    r"|:\s*(?:(?P<y>y)|(?P<n>n))(?=\s*[.,;)]|\s*$)"  # "Back hurting now: N."
)
# A letter for an answer, wherever it stands: "Back hurting now: N. Alcohol: N."
_LETTER = re.compile(r":\s?[yn](?=\s*(?:[.,;)]|$))")
# A list of labels, each with its letter: "NSAID Y, gaba Y, opioid N". Letters of one kind alone may be "normal".
_LETTERED = re.compile(r"(?<=[a-z)] )(?:(?P<yes>y)|(?P<no>n))(?=\s*[,;.|]|\s*$|\s[a-z]{3})")
_ASKING = re.compile(
    r"^(?:\W*\d{0,2}[.)]?\s*)?(?:have|has|do|does|did|are|is|was|were|any|when|where|what|which|how|can|could|would|will|ever|who|why|had|should|if so|if yes)\b"
)
_LABEL_START = re.compile(r"[.;:?]\s+(?=\S)")
_MARKS = ("[", "(", "☐", "□", "☑", "☒", "✓", "✔", "■", "_")


@dataclass(frozen=True, slots=True)
class FormScope:
    """A stretch of a sentence and how a form means it: `absent`, `template` (nothing is said) or `plain` (said as it stands)."""

    start: int
    end: int
    kind: str
    cue: str
    cue_start: int


@dataclass(frozen=True, slots=True)
class Form:
    """What a sentence says as a form. In the stretches of `taken` words are answers ("no" beside a box) and no cues."""

    scopes: tuple[FormScope, ...] = ()
    taken: tuple[tuple[int, int], ...] = ()


NO_FORM = Form()


def form_scopes(text: str) -> Form:
    """The scopes of boxes and answers in a lower-case sentence."""
    listed = _lettered(text) if " y" in text and " n" in text else []
    if not (listed or "?" in text or _LETTER.search(text) or any(mark in text for mark in _MARKS)):
        return NO_FORM
    scopes: list[FormScope] = []
    taken: list[tuple[int, int]] = []
    position = 0
    for found in sorted([*_YES_NO.finditer(text), *_ANSWERED.finditer(text), *listed], key=lambda m: m.start()):
        if found.start() < position:
            continue
        start = _label_start(text, position, found.start())
        if found.re is _LETTERED:
            start = max(start, text.rfind(",", start, found.start()) + 1, text.rfind(";", start, found.start()) + 1)
        scopes.append(FormScope(start, found.start(), _answer(found), found[0].strip(), found.start()))
        taken.append(found.span())
        position = found.end()
    scopes.extend(_not_circled(text))
    behind = [*_options(text, taken), *_lines_in_front(text, taken)]
    scopes.extend(behind)
    taken.extend((one.cue_start, one.cue_start + 1) for one in behind)
    asked = _ASKING.match(text) if text.rstrip().endswith("?") and not taken else None
    if asked:
        scopes.append(FormScope(0, len(text), "template", "?", len(text) - 1))
    return Form(tuple(scopes), tuple(taken))


def _lettered(text: str) -> list[re.Match[str]]:
    """The letters of a list that answers with both of them."""
    found = list(_LETTERED.finditer(text))
    return found if {one[0] for one in found} == {"y", "n"} else []


def _answer(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if any(name in groups for name in ("yes1",)):
        yes = next((groups[f"yes{n}"] for n in "1234" if groups[f"yes{n}"]), "")
        no = next((groups[f"no{n}"] for n in "1234" if groups[f"no{n}"]), "")
        ticks = bool(re.fullmatch(TICKED, yes)), bool(re.fullmatch(TICKED, no))
        return {(True, False): "plain", (False, True): "absent"}.get(ticks, "template")
    return "plain" if groups["yes"] or groups.get("y") else "absent" if groups["no"] or groups.get("n") else "template"


def _label_start(text: str, floor: int, end: int) -> int:
    """Where the label or question in front of an answer begins: behind the answer before it, or the last full stop."""
    begin = floor
    for mark in _LABEL_START.finditer(text, floor, max(floor, end - 1)):
        if text[mark.start()] != ":" or end - mark.end() > 3:
            begin = mark.end()
    return begin


def _options(text: str, taken: list[tuple[int, int]]) -> Iterator[FormScope]:
    """The options left empty, in a row of boxes that stand behind their labels; those in front are read by their own scopes."""
    boxes = [box for box in _BOX.finditer(text) if not any(low <= box.start() < high for low, high in taken)]
    if len(boxes) < 2 or not is_behind(text, boxes[0].start(), boxes[-1].end()):
        return
    previous = max((text.rfind(mark, 0, boxes[0].start()) for mark in ":?"), default=-1) + 1
    for box in boxes:
        if box["empty"]:
            yield FormScope(previous, box.start(), "template", box[0], box.start())
        previous = box.end()


# "Which is worse, circle: BACK (LEG) SAME": what stands in brackets is ringed.
_CIRCLED = re.compile(r"\((?![^)]*circle)\s?([a-z][^()]{0,24}?)\s?\)")
_CIRCLE_WORD = re.compile(r"\bcircled?\b[^:?)]{0,24}[:?)]+|\bcircle (?:one|all|answer)\b:?")


def circled_options(text: str, asked: bool = False) -> tuple[tuple[int, int], ...]:
    """The options in brackets where a lower-case sentence (or the one before it: `asked`) tells to circle one."""
    found = _CIRCLE_WORD.search(text) if "circle" in text else None
    if found is None and not asked:
        return ()
    return tuple(ring.span(1) for ring in _CIRCLED.finditer(text, found.end() if found else 0))


def _not_circled(text: str) -> Iterator[FormScope]:
    """The options beside a ringed one, up to the end of the row: they say nothing."""
    rings = circled_options(text)
    if not rings:
        return
    found = _CIRCLE_WORD.search(text)
    edges = [found.end() if found else 0, *(at for low, high in rings for at in (low - 1, high + 1)), len(text)]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        if low < high:
            yield FormScope(low, high, "template", "circle", low)


def _lines_in_front(text: str, taken: list[tuple[int, int]]) -> Iterator[FormScope]:
    """The options behind lines left empty, in a row where another line is marked: "__x__ leg ____ back"."""
    if "_x_" not in text:
        return
    boxes = [box for box in _BOX.finditer(text) if not any(low <= box.start() < high for low, high in taken)]
    if len(boxes) < 2 or is_behind(text, boxes[0].start(), boxes[-1].end()):
        return
    for box, following in zip(boxes, [*(later.start() for later in boxes[1:]), len(text)], strict=True):
        if box["empty"] and box[0].startswith("_"):
            yield FormScope(box.end(), following, "template", box[0], box.start())


def ticked_options(text: str) -> tuple[tuple[int, int], ...]:
    """The labels of the boxes that are ticked in a lower-case sentence, each from its first character up to its last."""
    boxes = list(_BOX.finditer(text)) if any(mark in text for mark in _MARKS) else []
    if not any(box["ticked"] for box in boxes):
        return ()
    behind = is_behind(text, boxes[0].start(), boxes[-1].end())
    edges = [0, *(at for box in boxes for at in box.span()), len(text)]
    spans = []
    for number, box in enumerate(boxes):
        if not box["ticked"]:
            continue
        low, high = (
            (edges[2 * number], edges[2 * number + 1]) if behind else (edges[2 * number + 2], edges[2 * number + 3])
        )
        if behind and number == 0:
            low = max((text.rfind(mark, low, high) for mark in ":?"), default=low - 1) + 1 or low
        spans.append((low, high))
    return tuple(spans)


def is_behind(text: str, first: int, last: int) -> bool:
    """Whether boxes from `first` up to `last` stand behind their labels: words before the first, nothing after the last."""
    label = max((text.rfind(mark, 0, first) for mark in ":?"), default=-1) + 1
    return bool(re.search(r"[a-z]", text[label:first])) and not re.search(r"[a-z0-9]", text[last:])

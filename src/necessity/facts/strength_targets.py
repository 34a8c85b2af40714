"""What a grade of strength is said of: muscles, movements, roots, joints, limbs; and which grade belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from necessity.facts.reading import Sentence
from necessity.facts.strength_grades import GradeMention
from necessity.values.patterns import pattern

_BREAK = pattern(
    r";|\.\s|\bexcept\b|\botherwise\b|\bbut\b|\brest\b|\bremain(?:der|ing)\b|\bother\b|\breflex|\bsens(?:ation|"
    r"ory)?\b|\bgait\b|\bclonus\b|\bbeats\b|\bhoffman|\bbabinski|\bslr\b|\bstraight|\bdtrs?\b|\bjerks?\b|\bpin\b|\blight touch\b|\b(?:hurts|pain|tender\w*)\b"
)
_REST = pattern(r"\b(?:otherwise|rest|remain(?:der|ing)|(?:all )?others?|else(?:where)?)\b[^,;]*$")
_ELSEWHERE = pattern(
    r"\s?(?:strength )?(?:elsewhere|otherwise|in all others?|for the rest|in the (?:rest|remain\w+))\b"
)
_TURN = pattern(r"\b(?:with|except|but|otherwise|while|versus|vs)\b")
_TO = pattern(r"\s?(?:down |up )?(?:to|->|→)(?: an?)?\s?")
_INCLUDING = pattern(r"[\s,(]*(?:incl\b|includ|in\b|at\b|of\b|for\b|to\b|with\b|throughout|both|bilat)")


@dataclass(frozen=True, slots=True)
class Target:
    """Something whose strength can be graded. kind: muscle, root, joint, limb, all."""

    start: int
    end: int
    kind: str
    muscle: str | None
    roots: tuple[str, ...]
    limb: str | None
    reflex: bool = False


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with what it is said of; `forward` where the targets stand behind it. No targets: the limb or the rest."""

    mention: GradeMention
    targets: tuple[Target, ...]
    forward: bool = False
    rest: bool = False


def targets_of(sentence: Sentence) -> list[Target]:
    """Every target in a sentence, in order."""
    found = []
    for match, concept in sentence.of("muscle", "examination"):
        limb, roots = concept.get("limb"), tuple(concept.get("roots", ()))
        if concept.group == "muscle":
            found.append(Target(match.start, match.end, "muscle", concept.id, roots, limb, bool(concept.get("reflex"))))
        elif concept.get("part") == "joint":
            found.append(Target(match.start, match.end, "joint", concept.get("muscle"), roots, limb))
        elif concept.id in ("leg", "arm"):
            both = sentence.text[: match.start].endswith(
                ("upper and ", "upper & ", "lower and ", "upper or ", "arms and ")
            )
            found.append(Target(match.start, match.end, "all" if both else "limb", None, (), None if both else limb))
        elif concept.id == "everywhere":
            found.append(Target(match.start, match.end, "all", None, (), None))
    for level in sentence.levels:
        if (level.vertebrae or level.is_range) and all(level.end <= t.start or level.start >= t.end for t in found):
            roots = tuple(name for name in level.vertebrae)
            limb = None if not roots else "arm" if roots[0][0] == "C" else "leg" if roots[0][0] in "LS" else None
            found.append(Target(level.start, level.end, "root", None, roots, limb))
    return sorted(found, key=lambda target: target.start)


def assigned(text: str, targets: Sequence[Target], grades: Sequence[GradeMention]) -> list[Graded]:
    """Each grade with its own targets: those right before it, else those behind it up to the next grade's own."""
    taken = 0
    result: list[Graded] = []
    for number, grade in enumerate(grades):
        previous_end = grades[number - 1].end if number else 0
        next_start = grades[number + 1].start if number + 1 < len(grades) else len(text)
        before = [t for t in targets[taken:] if t.start >= previous_end and t.end <= grade.start]
        rest = bool(_REST.search(text, previous_end, grade.start) or _ELSEWHERE.match(text, grade.end))
        if rest and before and before[-1].kind == "limb":
            result.append(Graded(grade, (before[-1],), rest=True))
            taken = targets.index(before[-1]) + 1
            continue
        if (
            before
            and not rest
            and not _BREAK.search(text, before[-1].end, grade.start)
            and not _all_only(text, before, targets, grade, next_start)
        ):
            result.append(Graded(grade, _specific(before)))
            taken = targets.index(before[-1]) + 1
            continue
        behind = _forward(text, grade, [t for t in targets if grade.end <= t.start and t.end <= next_start], next_start)
        if behind:
            taken = targets.index(behind[-1]) + 1
        kept = tuple(behind) or (_specific(before) if before and not rest else ())
        result.append(Graded(grade, kept, bool(behind), rest))
    return _shared(text, result)


def _shared(text: str, found: list[Graded]) -> list[Graded]:
    """ "From 3/5 to 4+/5 in the right TA": both grades are of the same muscle."""
    for number in range(len(found) - 2, -1, -1):
        following = found[number + 1]
        if (
            not found[number].targets
            and following.forward
            and _TO.fullmatch(text, found[number].mention.end, following.mention.start)
        ):
            found[number] = replace(found[number], targets=following.targets, forward=True)
    return found


def _all_only(
    text: str, before: Sequence[Target], targets: Sequence[Target], grade: GradeMention, next_start: int
) -> bool:
    """ "Lower extremity strength 5/5 in hip flexors, quads": a limb as heading, the muscles behind."""
    if all(t.kind == "root" for t in before) and text[before[-1].end : grade.start].strip():
        # "L5 radiculopathy with 4/5 EHL weakness": the root names the diagnosis.
        return any(t.kind == "muscle" and 0 <= t.start - grade.end <= 2 for t in targets)
    heading = ":" in text[before[-1].end : grade.start]
    return all(t.kind in ("limb", "all") or heading and t.kind == "joint" for t in before) and any(
        grade.end <= t.start <= grade.end + (24 if t.kind == "muscle" else 7)
        and t.kind in ("muscle", "limb")
        and t.end <= next_start
        for t in targets
    )


def _specific(found: Sequence[Target]) -> tuple[Target, ...]:
    """Where muscles are named, a limb or joint before them is only the heading."""
    for kinds in (("muscle",), ("root",), ("joint",), ("limb",)):
        kept = tuple(t for t in found if t.kind in kinds)
        if kept:
            return kept
    return tuple(found)


def _forward(text: str, grade: GradeMention, behind: list[Target], next_start: int) -> list[Target]:
    """The targets behind a grade that are its own: not past a break, and not the ones that lead to the next grade."""
    own: list[Target] = []
    position = grade.end
    for target in behind:
        gap = text[position : target.start]
        if _BREAK.search(gap) or (not own and "," in gap and not _INCLUDING.match(gap) and next_start < len(text)):
            break
        own.append(target)
        position = target.end
    if next_start < len(text) and own and own[-1] is behind[-1]:
        own = _without_next(text, own, grade.end, next_start)
    return own


def _without_next(text: str, own: list[Target], start: int, next_start: int) -> list[Target]:
    """Leave the targets that stand right before the next grade to it, from the last comma on."""
    gap = text[own[-1].end : next_start]
    if "," in gap or ";" in gap or len(gap) > 24 or " and " in gap or _TURN.search(gap):
        return own
    cut = max(text.rfind(mark, start, own[-1].start) for mark in (",", ";", ". ", ":", " and ", "("))
    return own if cut < 0 else [t for t in own if t.start < cut]

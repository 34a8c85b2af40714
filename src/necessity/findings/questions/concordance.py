"""Whether the compression fits the complaint: same side, and a root that the symptoms and signs point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from necessity.facts.conflicts import pain_sides
from necessity.facts.fact import ExamFinding, Fact, ImagingFinding, Side, Source, Symptom
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions import examination
from necessity.findings.questions.compression import (
    COMPRESSION_PARAMS,
    compression_elsewhere_only,
    compression_shown,
    compressions_opposite,
    cord_compression,
    fresh_findings,
)
from necessity.findings.questions.cord import cord_signs
from necessity.findings.questions.indication import claudication, limb_pain, limb_symptoms
from necessity.findings.questions.relevance import in_region, of_kind, on_side, present, where
from necessity.findings.questions.reply import conflict, evidence_of, no, unknown, yes
from necessity.findings.questions.studies import CANAL, Asked, Shown, shows, sides_of

_IMPRESSION = re.compile(r"^[ \t>*]*(?:impression|conclusions?|opinion|summary|imp)\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """The roots that the complaint points to: `firm` by examination or name, `loose` by the site of the symptom."""

    firm: dict[str, list[Fact]]
    loose: dict[str, list[Fact]]


def compression_fits(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Level and side of the compression against side and root of symptoms and signs."""
    shown = compression_shown(case, line, params)
    if shown.value is False:
        elsewhere = compression_elsewhere_only(case, line, params)
        if elsewhere.value:
            return Answer(value=False, reason=elsewhere.reason, evidence=elsewhere.evidence)
        return Answer(reason="No compression is shown that could be matched.", evidence=shown.evidence)
    if shown.value is None:
        return Answer(
            reason="A match cannot be asked while the compression is not shown.",
            evidence=shown.evidence,
            sought=shown.sought,
        )
    if cord_signs(case, line, {}).value and cord_compression(case, line, params).value:
        signs = cord_signs(case, line, {})
        return Answer(
            value=True,
            reason=f"Cord signs fit cord compression at {line.level}.",
            evidence=(*signs.evidence[:3], *shown.evidence[:2]),
        )
    return _match_root(case, line, Asked.of(params), shown)


def _match_root(case: CaseFacts, line: Line, asked: Asked, shown: Answer) -> Answer:
    seen = _compressions(case, line, asked)
    opposite = [] if seen else compressions_opposite(case, line, asked)
    if opposite:
        return _other_side(case, line, opposite)
    contradicted = _other_side_in_impression(case, line, asked, seen)
    if contradicted:
        return conflict(
            f"The description and the impression of one report put the compression at {line.level} on different sides.",
            contradicted,
        )
    symptoms = _symptoms(case, line)
    disputed = next(pain_sides(s for s in symptoms if isinstance(s, Symptom)), None)
    if disputed and line.side is not Side.BILATERAL:
        return conflict(
            "Two documents of about one day put the radiating pain on different sides.", [*disputed, *seen[:1]]
        )
    signs = [f for f in examination.deficits(case, line) if examination.roots_of(case.anatomy, f)]
    complaint: list[Fact] = [*(s for s in symptoms if on_side(s.side, line)), *signs]
    if not complaint:
        return _without_complaint(case, line, symptoms, seen)
    if not _sides_meet(line, seen, complaint):
        return no(
            f"The compression at {line.level} and the complaint are on different sides.", [*complaint[:3], *seen[:2]]
        )
    return _compare(case, line, seen, complaint, shown)


def _other_side(case: CaseFacts, line: Line, opposite: list[ImagingFinding]) -> Answer:
    """Compression on the other side only. Where the complaint is there too, and none of it here, it is the request that
    contradicts the chart: which side is meant must be settled first."""
    signs = [f for f in examination.deficits_of(case) if f.side is not None and examination.roots_of(case.anatomy, f)]
    sided: list[Symptom | ExamFinding] = [*(s for s in _symptoms(case, line) if s.side is not None), *signs]
    here = [f for f in sided if on_side(f.side, line)]
    if sided and not here:
        return conflict(
            f"The request is for {where(line)}; compression and complaint are both on the other side.",
            [*opposite[:2], *sided[:3]],
        )
    return no(f"Compression at {line.level} is on the other side than {where(line)}.", [*opposite[:2], *here[:3]])


def _other_side_in_impression(
    case: CaseFacts, line: Line, asked: Asked, seen: list[ImagingFinding]
) -> list[ImagingFinding]:
    """The passages of a report whose description shows the compression on one side alone and whose impression on the other alone."""
    if line.side not in (Side.LEFT, Side.RIGHT):
        return []
    sided = [
        f
        for f in fresh_findings(case, line, asked)
        if f.source is Source.RECORD
        and f.side is not None
        and line.level in f.levels
        and shows(case, f, asked, line.level) is Shown.YES
    ]
    for document in case.chart.documents:
        start = impression_of(document.text)
        mine = [f for f in sided if f.evidence[0].document == document.id]
        body = [f for f in mine if f.evidence[0].start < start]
        summed = [f for f in mine if f.evidence[0].start >= start]
        sides = {f.side for f in body}, {f.side for f in summed}
        if all(len(each) == 1 for each in sides) and sides[0] | sides[1] == {Side.LEFT, Side.RIGHT}:
            return [body[0], summed[0]]
    return []


def impression_of(text: str) -> int:
    """Where the impression of a report begins; the end of the text where it has none."""
    found = [m.start() for m in _IMPRESSION.finditer(text)]
    return found[-1] if found else len(text)


def _symptoms(case: CaseFacts, line: Line) -> list[Symptom]:
    """Limb pain, numbness, weakness and claudication of the line's limbs."""
    others = in_region(of_kind(case, Symptom, "numbness", "weakness", "claudication"), line)
    return [*present(limb_symptoms(case, line)), *present(others)]


def _without_complaint(case: CaseFacts, line: Line, symptoms: list[Symptom], seen: list[ImagingFinding]) -> Answer:
    if symptoms:
        return no(f"The complaint is on the other side than {where(line)}.", [*symptoms[:2], *seen[:2]])
    pain, walk = limb_pain(case, line, {}), claudication(case, line, {})
    if pain.value is False and not walk.value:
        return Answer(
            value=False,
            reason="There is no radiating symptom or root sign that the compression could explain.",
            evidence=(*pain.evidence, *evidence_of(seen))[:4],
        )
    return unknown(
        "No radiating symptom or root sign is recorded that the compression could be matched with.",
        "side and distribution of the symptoms",
        "graded examination",
        facts=seen[:2],
    )


def _compressions(case: CaseFacts, line: Line, asked: Asked) -> list[ImagingFinding]:
    return [
        f
        for f in fresh_findings(case, line, asked)
        if line.level in f.levels and on_side(f.side, line) and shows(case, f, asked, line.level) is Shown.YES
    ]


def _sides_meet(line: Line, seen: Iterable[ImagingFinding], complaint: Iterable[Fact]) -> bool:
    """Both sides of a bilateral request are the complaint's; otherwise some side must be shared."""
    theirs = sides_of(seen)
    if not theirs or any(f.side is None for f in seen):
        return True
    sides = [f.side for f in complaint if isinstance(f, (Symptom, ExamFinding)) and f.side is not None]
    return not sides or any(side.covers(other) for side in theirs for other in sides)


def _compare(case: CaseFacts, line: Line, seen: list[ImagingFinding], complaint: list[Fact], shown: Answer) -> Answer:
    met = _roots_met(case, line, seen)
    pointers = _pointers(case, complaint)
    evidence_of_match = shown.evidence[:2]
    wide = tuple(dict.fromkeys((*met, *case.anatomy.roots_at(line.level or "", None))))
    for roots, named, told in ((met, pointers.firm, "signs"), (wide, pointers.loose, "symptoms")):
        shared = [root for root in roots if root in named]
        if shared:
            facts = list(dict.fromkeys(fact for root in shared for fact in named[root]))[:3]
            return Answer(
                value=True,
                evidence=(*evidence_of(facts), *evidence_of_match),
                reason=f"The {told} are those of {_words(shared)}, which the compression at {where(line)} meets.",
            )
        if named and told == "signs":
            facts = list(dict.fromkeys(fact for facts in named.values() for fact in facts))[:3]
            return no(
                f"The signs point to {_words(list(named))}; compression at {where(line)} meets {_words(list(met))}.",
                [*facts, *seen[:2]],
            )
        if named:
            return no(f"The symptoms lie outside the territory of {_words(list(met))}.", [*complaint[:3], *seen[:2]])
    return yes(
        f"The compression at {where(line)} is on the side of the symptoms; no root is named against it.",
        [*complaint[:2], *seen[:2]],
    )


def _words(roots: list[str]) -> str:
    if len(roots) > 4:
        return f"{roots[0]} to {roots[-1]}"
    return " and ".join(roots) if len(roots) < 3 else ", ".join(roots)


def _roots_met(case: CaseFacts, line: Line, seen: list[ImagingFinding]) -> tuple[str, ...]:
    """The roots that the compression meets: as the report names them, and by its zone."""
    level = line.level or ""
    met: list[str] = []
    for finding in seen:
        named = [root for root in finding.roots if root != level]
        if named and level not in case.anatomy.several_roots:
            met.extend(named)
        elif finding.zone in CANAL and finding.concept == "compression":
            # Compression said without a zone meets either root of the level.
            met.extend(case.anatomy.roots_at(level, finding.zone))
        else:
            met.extend(case.anatomy.roots_at(level, finding.zone or "canal"))
    return tuple(dict.fromkeys(met))


def _pointers(case: CaseFacts, complaint: Iterable[Fact]) -> Pointers:
    firm: dict[str, list[Fact]] = {}
    loose: dict[str, list[Fact]] = {}
    for fact in complaint:
        if isinstance(fact, ExamFinding):
            _add(firm, examination.roots_of(case.anatomy, fact), fact)
        elif isinstance(fact, Symptom) and fact.concept != "claudication":
            _add(firm, fact.roots, fact)
            if not fact.roots:
                for site in fact.sites:
                    _add(loose, case.anatomy.roots_of_site(site), fact)
    return Pointers(firm=firm, loose=loose)


def _add(table: dict[str, list[Fact]], roots: Iterable[str], fact: Fact) -> None:
    for root in roots:
        table.setdefault(root, []).append(fact)


QUESTIONS: dict[str, Question] = {
    "compression_fits": Question(
        name="compression_fits", type="yes_no", ask=compression_fits, params=COMPRESSION_PARAMS
    ),
}

"""Sections of a document: the headings that clinicians write, and where each section begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

# A heading at the start of a line, before a colon, a full stop, a wide gap or the line's end.
_AT_LINE = re.compile(
    r"(?m)^[ \t•*#>-]*(?:(?:[IVX]{1,4}|\d{1,2}|[A-Z])[.)]\s+)?(?P<name>[A-Za-z][^\n:.;!?\[\]|]{0,58}?)[ \t]*"
    r"(?P<end>:|\.{3,}:?|\.(?=\s|$)|[ \t]-{1,2}[ \t]|\t|[ ]{2,}|(?=\r?$))"
)
# A heading in capitals inside run-on text: "... in the past. PAST MEDICAL HISTORY: ..."
_INLINE = re.compile(
    r"(?:(?<=[.;!?)\]]\s)|(?<=[.;!?)\]]\s\s)|(?<=\t))(?P<name>[A-Z][A-Za-z][A-Za-z /&'-]{0,46}[A-Za-z])(?P<end>:)"
)
# A blank line before, and behind a next line that is not all in capitals.
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n[ \t]*\Z")
_IN_WORDS = re.compile(r"\r?\n[^\n]*[a-z]{2}")


_NEXT_PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n[ \t]*(?=[A-Za-z])")
# What is told aside within a story, and the sections that are stories.
_ASIDES = frozenset({"imaging", "laboratory", "medications", "allergies", "social_history", "family_history"})
_STORIES = frozenset({"history", "preamble", "other", "chief_complaint", "indications"})
# Sections that tell of an operation, and the words of a paragraph within them that tells of the patient instead.
_ACCOUNTS = frozenset({"procedure", "procedure_details", "findings"})
_OF_PATIENT = re.compile(
    r"(?i)\b\d{1,3}[- ]?(?:year|yr|y/?o\b)|\b(?:pain|symptoms?|he|she|patient)\b[^.]{0,60}?\b(?:failed|weeks|months|years|complain\w*|presents?|"
    r"reports?|rates|states|denies|takes|taking|tried|has had|developed|suffers|seen back|returns)\b"
)
_Opened = tuple[int, int, str, str]
# A sentence of the patient behind one of the family: "Family hx: father MI. Smokes 1/2 ppd."
_AGAIN = re.compile(
    r"(?:[.;]\s+|\n\s*)(?P<again>(?:He|She|Pt|Patient|They|Smokes|Smoker|Never smo\w*|Never smk|Non-?smoker|Was|Works|Lives|Married|Drinks|Quit|Former|Current|Tob\w*|Retired|"
    r"Rec|Plan|Today|A/P|Imp|Exam|Neuro)\b(?!\s(?:positive|negative|significant|remarkable|non\w*|un\w*|also|history of))[^.\n]*)"
)
_RELATIVE = re.compile(
    r"(?i)\b(?:mother|father|brother|sister|sibling|parent|uncle|aunt|cousin|grand\w+|maternal|paternal|son|daughter|children|child|famil\w*|relative|mom|dad|who|died|alive|deceased)s?\b"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its kind (an id of `sections.yaml`, `other` for an unknown heading, `preamble` before the first),
    the heading in lower case, where the heading starts, where the body starts, and where the section ends."""

    kind: str
    heading: str
    start: int
    body: int
    end: int


def _patient_again(text: str, body: int, end: int) -> int | None:
    """Where a section on the family goes over to the patient without a heading: behind its last word on a relative."""
    for found in _AGAIN.finditer(text, body, end):
        if not _RELATIVE.search(text, found.start("again"), end):
            return found.start("again")
    return None


def _kind_before(sections: list[Section]) -> tuple[str, str]:
    """The section that the family interrupted: what follows belongs there."""
    interrupted = [one for one in sections if one.kind not in ("family_history", "review_of_systems", "allergies")]
    return (interrupted[-1].kind, interrupted[-1].heading) if interrupted else ("preamble", "")


class Headings:
    """The known headings. Built from library/vocabulary/sections.yaml."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self._kind_of = {heading: kind for kind, headings in vocabulary["kinds"].items() for heading in headings}
        self._keywords = [(keyword, kind) for keyword, kind in vocabulary["keywords"]]
        self._narrative = tuple(vocabulary["procedure_narrative"])
        self._accounts = frozenset(vocabulary["procedure_accounts"])
        self._parts = frozenset(vocabulary["parts"])
        self._complaint = tuple(vocabulary["complaint_words"])
        self._examined = tuple(vocabulary["examination_words"])

    def kind_of(self, name: str) -> str | None:
        """The kind that a heading opens, None where it is not known."""
        name = re.sub(r"\s*\([^)]*\)?", "", re.sub(r"\s+", " ", name.strip(" \t*#-").lower())).strip()
        return self._kind_of.get(name) or self._kind_of.get(name.replace("-", " "))

    def split(self, text: str) -> tuple[Section, ...]:
        """The sections of a text, in order; they cover it whole."""
        opened: list[_Opened] = []
        for found in _AT_LINE.finditer(text):
            kind = self._kind_at_line(text, found) or self._kind_alone(text, found)
            if kind:
                opened.append((found.start("name"), found.end(), kind, found["name"].strip().lower()))
        inline: set[int] = set()
        for found in _INLINE.finditer(text):
            kind = self.kind_of(found["name"])
            if kind and (found["name"].isupper() or " " in found["name"] or len(found["name"]) > 5 or kind == "plan"):
                opened.append((found.start("name"), found.end(), kind, found["name"].strip().lower()))
                if text[text.rfind("\n", 0, found.start("name")) + 1 : found.start("name")].strip():
                    inline.add(found.start("name"))  # behind words of its own line
        opened = sorted(set(opened))
        if not opened or opened[0][0] > 0:
            opened.insert(0, (0, 0, "preamble", ""))
        opened = self._stories_told(text, self._resumed(text, opened, inline))
        ends = [start for start, *_ in opened[1:]] + [len(text)]
        sections: list[Section] = []
        for (start, body, kind, heading), end in zip(opened, ends, strict=True):
            examined = any(earlier.kind == "examination" for earlier in sections)
            if heading in self._parts and not examined and self._is_complaint(text[body:end].lower()):
                kind = "history"
            sections.append(Section(self._told(text, kind, heading, body, end), heading, start, body, end))
            again = _patient_again(text, body, end) if kind == "family_history" else None
            if again is not None:
                sections[-1] = replace(sections[-1], end=again)
                sections.append(Section(*_kind_before(sections), again, again, end))
        return tuple(sections)

    def _resumed(self, text: str, opened: list[_Opened], inline: set[int]) -> list[_Opened]:
        """ "… as above. MRI: severe stenosis." within a paragraph of the story: the next paragraph goes on with the story."""
        found: list[_Opened] = []
        enclosing = opened[0]
        for number, one in enumerate(opened):
            found.append(one)
            end = opened[number + 1][0] if number + 1 < len(opened) else len(text)
            if one[0] not in inline:
                enclosing = one
            elif (
                one[2] in _ASIDES and enclosing[2] in _STORIES and (blank := _NEXT_PARAGRAPH.search(text, one[1], end))
            ):
                found.append((blank.end(), blank.end(), enclosing[2], enclosing[3]))
        return found

    def _stories_told(self, text: str, opened: list[_Opened]) -> list[_Opened]:
        """ "PROCEDURE NOTE: right L4 block", then a paragraph on the patient: a history, until the account goes on."""
        found: list[_Opened] = []
        for number, one in enumerate(opened):
            found.append(one)
            if one[2] not in _ACCOUNTS:
                continue
            end = opened[number + 1][0] if number + 1 < len(opened) else len(text)
            starts = [blank.end() for blank in _NEXT_PARAGRAPH.finditer(text, one[1], end)]
            story = False
            for start, stop in zip(starts, [*starts, end][1:], strict=True):
                paragraph = text[start:stop]
                tells = bool(_OF_PATIENT.search(paragraph)) and not self._is_account(paragraph.lower())
                if not story and (not tells or self._is_account(text[one[1] : start].lower())):
                    continue  # what is told of the patient behind the account is how the patient left
                if tells and not story:
                    found.append((start, start, "history", ""))
                elif story and not tells:
                    found.append((start, start, "procedure_details" if one[2] == "procedure" else one[2], one[3]))
                story = tells
        return found

    def _is_account(self, paragraph: str) -> bool:
        return any(word in paragraph for word in self._narrative)

    def _is_complaint(self, body: str) -> bool:
        """ "Neck: stiff in the morning, 2/10, no arm pain": what the patient tells of a part, before any examination."""
        return any(word in body for word in self._complaint) and not any(word in body for word in self._examined)

    def _told(self, text: str, kind: str, heading: str, body: int, end: int) -> str:
        """A procedure section that tells how it was done is no list of procedures, and a "narrative" that does no history."""
        if (kind != "procedure" and heading not in self._accounts) or end - body < 220:
            return kind
        told = sum(word in text[body:end].lower() for word in self._narrative)
        return "procedure_details" if told >= 2 else kind

    def _guess(self, name: str) -> str | None:
        name = name.lower()
        return next((kind for keyword, kind in self._keywords if keyword in name), None)

    def _kind_alone(self, text: str, found: re.Match[str]) -> str | None:
        """Headings of a paragraph: "DISCUSSION AND ANSWERS TO QUESTIONS" alone in its line, "Imaging. X-rays show …"."""
        name, end = found["name"], found["end"]
        if end not in (".", "") or not _PARAGRAPH.search(text, max(0, found.start("name") - 6), found.start("name")):
            return None
        if end == "." and name.istitle() and len(name) > 3 and name.lower() not in self._parts:
            return self.kind_of(name)
        if end == "" and name.isupper() and " " in name and _IN_WORDS.match(text, found.end()):
            first = name.split()[0]
            return self.kind_of(first) if first.lower() not in self._parts else None
        return None

    def _kind_at_line(self, text: str, found: re.Match[str]) -> str | None:
        name, end = found["name"], found["end"]
        kind = self.kind_of(name)
        if end == ":":
            if kind:
                return kind
            if name.lower().startswith(("plan ", "plans ")):
                return "plan"
            if name.lower().startswith("dear "):
                return "preamble"  # a letter begins anew behind its head
            if not name.isupper() or len(name) <= 3 or any(character.isdigit() for character in name):
                return None
            # An unknown heading in capitals still closes the section before it.
            return self._guess(name) or "other"
        if kind is None:
            return None
        if end == "":
            return kind if len(name) > 2 or name.isupper() else None
        # "HISTORY. This is a …", "IMPRESSION - …": only in capitals, for "Back. …" may be a sentence.
        if end[0] in ".\t" and len(end) > 2 or end == "\t":
            return kind  # a label led by dots or a tab to its value, as exports write it
        return kind if name.isupper() and len(name) > 1 else None

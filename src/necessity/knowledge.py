"""Knowledge: everything the library holds, opened once and handed to the flow as one frozen record.

Made by `library.open_library`; the flow below never sees where it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from necessity.abstracts.looked import ReviewQuestion
from necessity.charts.describe import DocumentKinds
from necessity.charts.from_form import FormWords
from necessity.charts.sections import Headings
from necessity.policies.pack import Pack
from necessity.policies.policy import Policy
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.citations import Citations
from necessity.vocabulary.codes import Codes
from necessity.vocabulary.levels import find_levels
from necessity.vocabulary.lexicon import Lexicon
from necessity.vocabulary.procedures import Procedures

_SACROILIAC = re.compile(r"(?:left |right |bilateral )?(?:si|sacro-?iliac)(?: joints?)?|sacrum|pelvis")
# The lexicon group whose concepts are procedures.
_PROCEDURE_GROUP = "procedure"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """Words, anatomy, codes, policies of all packs and dates, whom packs bind, and the findings that may be cited."""

    lexicon: Lexicon
    sections: Headings
    kinds: DocumentKinds
    anatomy: Anatomy
    procedures: Procedures
    codes: Codes
    policies: tuple[Policy, ...]
    citations: Citations
    packs: tuple[Pack, ...] = ()
    review_questions: tuple[ReviewQuestion, ...] = ()

    def form_words(self) -> FormWords:
        """The words that a request form is read with."""
        return FormWords(procedures_in=self.procedures_in, levels_in=levels_in, is_code=self.is_code)

    def is_code(self, number: str) -> bool:
        """Whether the tables know what a CPT number asks for."""
        return self.procedures.code(number) is not None

    def procedures_in(self, written: str) -> tuple[str, ...]:
        """The procedures that a form names by id, by label or by the words of the lexicon."""
        cased = re.sub(r"[\s_]+", " ", written.strip())
        words = cased.lower()
        for kind in self.procedures.kinds.values():
            if words.replace("-", " ") in (kind.id.replace("_", " "), kind.label):
                return (kind.id,)
        content, _ = self.lexicon.matches(words, cased)
        named = [concept for match in content for concept in match.concepts if concept.group == _PROCEDURE_GROUP]
        ids = [part for concept in named for part in concept.get("procedures", (concept.id,))]
        return tuple(dict.fromkeys(name for name in ids if name in self.procedures.kinds))


def levels_in(written: str) -> tuple[str, ...] | None:
    """The levels that a field of a form names, and nothing else; see `FormWords`."""
    words = written.strip().lower()
    if _SACROILIAC.fullmatch(words):
        return ()
    mentions = find_levels(words)
    left_over = words
    for mention in reversed(mentions):
        left_over = left_over[: mention.start] + left_over[mention.end :]
    if not mentions or re.search(r"[a-z0-9]", left_over.replace("level", "").replace("disc", "")):
        return None
    return tuple(name for mention in mentions for name in mention.segments + mention.vertebrae)

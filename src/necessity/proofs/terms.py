"""What every proof is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from necessity.policies.question_like import QuestionLike
from necessity.proofs.words import Contradiction, QuestionWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The questions, their words, and the answers that contradict each other."""

    questions: Mapping[str, QuestionLike]
    words: QuestionWords
    contradictions: tuple[Contradiction, ...] = ()

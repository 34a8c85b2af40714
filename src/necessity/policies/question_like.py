"""What a policy needs to know of a question to be checked against it; `findings.question.Question` has this form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class ParamLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def choices(self) -> tuple[str, ...]: ...


class QuestionLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def choices(self) -> tuple[str, ...]: ...
    @property
    def params(self) -> Sequence[ParamLike]: ...

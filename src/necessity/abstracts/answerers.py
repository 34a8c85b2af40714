"""The answerers of the review questions, one per subject. A new subject is one module and one line here."""

from __future__ import annotations

from necessity.abstracts import care, imaging, redflags, request
from necessity.abstracts.abstract import Answerer

ANSWERERS: tuple[Answerer, ...] = (
    care.answer,
    imaging.answer,
    redflags.answer,
    request.answer,
)

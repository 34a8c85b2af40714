"""The answerers of the review questions, one per subject. A new subject is one module and one line here."""

from __future__ import annotations

from necessity.abstracts import care, function, history, imaging, neuro, patient, redflags, request, symptom
from necessity.abstracts.abstract import Answerer

ANSWERERS: tuple[Answerer, ...] = (
    care.answer,
    history.answer,
    function.answer,
    imaging.answer,
    neuro.answer,
    patient.answer,
    redflags.answer,
    request.answer,
    symptom.answer,
)

"""How far a sentence tells of somebody else's treatment or a payer's demand: used where the scopes of cues are made."""

from __future__ import annotations

from necessity.values.patterns import pattern

# "Her husband had to carry her": what somebody does for the patient is no illness of theirs.
_FOR_THE_PATIENT = pattern(r"\s(?:to\b|driven|taken|brought|helped|noticed|noted|seen|called|her\b|him\b|the patient)")
_PATIENT_AGAIN = pattern(r";\s(?:while |whereas |but )?(?:the )?(?:patient|pt|she herself|he himself)\b")
# "Your policy requires six weeks; she has completed eight": the account begins with the one who did it.
_ACCOUNT = pattern(
    r"\b(?:she|he|they|(?:the |this |our )?(?:patient|pt)|mrs?\.? \w+|ms\.? \w+|i|we) (?:has|have|had|did|does|completed|underwent|tried|failed|attended|finished|took|takes|received|meets|met|is|was|cannot|can)\b"
)
_DEMAND_MET = pattern(
    r"(?<!be )(?<!not )\b(?:met|completed|satisfied|fulfilled|done|yes|documented|exceeded|attached)\b|[☑☒✓✔]|\[x\]"
)


def is_for_the_patient(text: str, end: int) -> bool:
    """Whether the words behind a relative's verb tell what they do for the patient."""
    return _FOR_THE_PATIENT.match(text, end) is not None


def relative_end(text: str, start: int) -> int:
    """Where the account of another person ends: at the patient, else with the sentence."""
    again = _PATIENT_AGAIN.search(text, start)
    return again.start() if again else len(text)


def demand_end(text: str, start: int) -> int | None:
    """Where a payer's demand ends: at the account of what the patient did. None where it is said to be met."""
    account = _ACCOUNT.search(text, start)
    end = account.start() if account else len(text)
    return None if _DEMAND_MET.search(text, start, end) else end

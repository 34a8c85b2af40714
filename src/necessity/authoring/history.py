"""`policies history`: the versions of a policy, and what each changed."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.authoring.check import terms
from necessity.authoring.files import files_of
from necessity.comparison.changes import changes
from necessity.policies.policy import Policy


def history(named: str) -> Iterator[str]:
    """Each version, the oldest first, with its changes against the one before."""
    policies = [file.policy for file in files_of(named) if file.policy is not None]
    by_policy: dict[tuple[str, str], list[Policy]] = {}
    for policy in policies:
        by_policy.setdefault((policy.pack, policy.id), []).append(policy)
    words = terms().words
    for (pack, policy_id), versions in by_policy.items():
        yield f"{pack}/{policy_id}"
        ordered = sorted(versions, key=lambda each: each.effective)
        for index, policy in enumerate(ordered):
            checked = f"last checked {policy.last_checked}"
            yield f"  {policy.effective}  version {policy.version}  {policy.status}  {checked}  {policy.title}"
            if index:
                yield from (f"      - {change}" for change in changes(ordered[index - 1], policy, words))

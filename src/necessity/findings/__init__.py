"""Findings: each criterion of a policy asked of the facts, for one line of the request."""

"""Comparison: two policies, many packs, and a determination with other answers."""

"""Abstracts: the standard review questions answered from the facts; a view, not a second reader."""

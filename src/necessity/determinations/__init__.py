"""Determinations: outcome, deficiencies, waivers, and what would change the answer."""

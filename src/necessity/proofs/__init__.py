"""Proofs: a policy translated to a solver, and what must hold of it for every patient there could be."""

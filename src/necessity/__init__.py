"""Necessity: is this spine operation medically necessary, and what in the chart says so?"""

__version__ = "0.1.0"

"""Vocabulary: concepts, their words and codes, spinal anatomy; where facts and policies meet."""

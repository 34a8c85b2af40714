"""Charts: documents with their text kept to the character, and the spans that point into them."""

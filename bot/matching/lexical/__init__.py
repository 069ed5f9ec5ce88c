"""The scorer over words: features of a text, a linear classifier, and what corrects its scores."""

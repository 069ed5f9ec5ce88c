"""The language in which a guide writes phrases to look for."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1400)]
"""A phrase to look for, word by word, in lower case and without punctuation.

`a|b` are alternatives for one word, `word*` any word that begins so, `?word` a word that may be missing, `#` a number,
`..` up to four words of the same clause, and a leading `^` that the phrase begins a clause.
"""

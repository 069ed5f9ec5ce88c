"""The terms that every part of a guide is written in: keys, conditions, and phrases to look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=12)]
When = Mapping[Key, tuple[Key, ...]]
"""Questions or circumstances, with the options that satisfy the condition; every line must hold."""

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1400)]
"""A phrase to look for, word by word, in lower case and without punctuation.

`a|b` are alternatives for one word, `word*` any word that begins so, `?word` a word that may be missing, `#` a number,
`..` up to four words of the same clause, and a leading `^` that the phrase begins a clause.
"""

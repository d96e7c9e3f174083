"""Controlled English ⇄ logic: readings of sentences and questions, their paraphrases, and atoms said in English.

The grammar is a whitelist: every word of a sentence that counts as read is accounted for (``spec/english.md``).
"""

from quod.language.reader import EnglishReader
from quod.language.remarks import remarks
from quod.language.saying import Vocabulary
from quod.language.verbalise import say_atom, say_clause

__all__ = ["EnglishReader", "Vocabulary", "remarks", "say_atom", "say_clause"]

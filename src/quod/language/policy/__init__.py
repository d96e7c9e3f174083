"""English for policies: amounts with units, arithmetic, totals, rankings, lists, tables, duties, definitions.

A second grammar beside the plain one: it reads what carries amounts, dates, duties or lists, in terms of the same
predicates. A sentence it cannot account for word by word is unread.
"""

from quod.language.policy.book import PolicyReader

__all__ = ["PolicyReader"]

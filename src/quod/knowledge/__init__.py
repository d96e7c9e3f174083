"""What an organisation knows.

Documents of prose, logic blocks and tables become one immutable `Theory`: `load` takes them apart, has a `Reader` (from
`language`) read the sentences, and refuses what lies outside the class that deduction decides. This room knows no
English and proves nothing.
"""

from quod.knowledge.analysis import fatal, remarks
from quod.knowledge.declarations import Declared
from quod.knowledge.documents import Document, load, make_theory, parse_document, read_documents, read_relations
from quod.knowledge.finding import Finding
from quod.knowledge.lock import Lock, compare, make_lock, read_lock, require_unchanged, show_lock, write_lock
from quod.knowledge.logic import Declaration, Item, Unused, parse_logic, show_unused
from quod.knowledge.notation import show_atom, show_clause, show_literal, show_predicate, show_term
from quod.knowledge.readings import Asked, Question, Read, Reader, Reading, Unread
from quod.knowledge.relations import Relation
from quod.knowledge.sentences import Sentence
from quod.knowledge.strata import strata
from quod.knowledge.tables import RelationSpec, parse_relation, read_relation
from quod.knowledge.theory import Sourced, Theory, close_world
from quod.knowledge.vocabulary import Entry

__all__ = [
    "Asked",
    "Declaration",
    "Declared",
    "Document",
    "Entry",
    "Finding",
    "Item",
    "Lock",
    "Question",
    "Read",
    "Reader",
    "Reading",
    "Relation",
    "RelationSpec",
    "Sentence",
    "Sourced",
    "Theory",
    "Unread",
    "Unused",
    "close_world",
    "compare",
    "fatal",
    "load",
    "make_lock",
    "make_theory",
    "parse_document",
    "parse_logic",
    "parse_relation",
    "read_documents",
    "read_lock",
    "read_relation",
    "read_relations",
    "remarks",
    "require_unchanged",
    "show_atom",
    "show_clause",
    "show_literal",
    "show_lock",
    "show_predicate",
    "show_term",
    "show_unused",
    "strata",
    "write_lock",
]

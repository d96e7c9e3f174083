"""Front matter: the YAML between ``---`` lines at the head of a document, every key checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quod.kernel.errors import Place
from quod.knowledge.cells import SORTS
from quod.knowledge.declarations import Declared
from quod.knowledge.errors import FrontMatter, did_you_mean
from quod.knowledge.tables import RelationSpec

if TYPE_CHECKING:
    from yaml import Node

_KEYS = ("closed", "description", "english", "open", "relations", "title")
#: The kinds of English a document may be written in; policy English reads amounts, dates, duties and tables too.
ENGLISH = ("plain", "policy")
_RELATION_KEYS = ("columns", "file", "index", "key", "private")
_FENCE = "---"


@dataclass
class Front:
    """What the head of a document declares."""

    title: str = ""
    english: str = "plain"
    declared: list[Declared] = field(default_factory=list[Declared])
    relations: list[RelationSpec] = field(default_factory=list[RelationSpec])


def split_front(text: str, file: str) -> tuple[Front, str, int]:
    """The front matter of *text*, the text after it, and the line on which that begins.

    *Fails when* the front matter is not closed, not YAML, or says something unknown (`FrontMatter`).
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return Front(), text, 1
    for end in range(1, len(lines)):
        if lines[end].rstrip() in (_FENCE, "..."):
            reader = _FrontReader(file, lines)
            return reader.read("\n".join(lines[1:end])), "\n".join(lines[end + 1 :]), end + 2
    place = Place(file, 1, 1, lines[0])
    raise FrontMatter("the front matter is never closed", remedy="end it with a line `---`", place=place)


class _FrontReader:
    """Walks the YAML nodes, so that every complaint knows its place. All scalars are text, whatever YAML thinks."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self._file, self._lines = file, lines

    def read(self, text: str) -> Front:
        import yaml

        try:
            root = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = self._at(mark.line, mark.column) if mark is not None else self._at(0, 0)
            message = f"the front matter is not YAML: {error.problem or 'it does not parse'}"
            raise FrontMatter(message, remedy="write `key: value` lines, lists as `[a, b]`", place=where) from None
        except (yaml.YAMLError, RecursionError) as error:
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
            message, remedy = f"the front matter is not YAML: {reason}", "write `key: value` lines, lists as `[a, b]`"
            raise FrontMatter(message, remedy=remedy, place=self._at(0, 0)) from None
        front = Front()
        if root is None:
            return front
        for key, node in self._mapping(root, _KEYS, "a key of the front matter"):
            if key == "title":
                front.title = self._text(node)
            elif key == "english":
                front.english = self._one_of(node, ENGLISH, "a kind of English")
            elif key in ("open", "closed"):
                front.declared += [Declared(key, self._text(one), self._place(one)) for one in self._list(node)]
            elif key == "relations":
                front.relations += self._relations(node)
        return front

    def _relations(self, node: Node) -> list[RelationSpec]:
        from yaml import SequenceNode

        if isinstance(node, SequenceNode):
            return [RelationSpec(self._text(one), place=self._place(one)) for one in self._list(node)]
        return [self._relation(name, one) for name, one in self._mapping(node, None, "a relation")]

    def _relation(self, name: str, node: Node) -> RelationSpec:
        if self._is_empty(node):
            return RelationSpec(name, place=self._place(node))
        given = dict(self._mapping(node, _RELATION_KEYS, f"a key of the relation {name!r}"))

        def read(key: str, how: Callable[[Node], list[str]]) -> tuple[str, ...]:
            return tuple(how(given[key])) if key in given else ()

        sorts: dict[str, str] = {}
        if "columns" in given:
            for column, sort in self._mapping(given["columns"], None, "a column"):
                sorts[column] = self._one_of(sort, SORTS, "a sort")
        return RelationSpec(
            name,
            self._text(given["file"]) if "file" in given else "",
            read("key", self._texts),
            read("private", self._texts),
            tuple([tuple(self._texts(one)) for one in self._list(given["index"])]) if "index" in given else (),
            sorts,
            self._place(node),
        )

    # ------------------------------------------------------------------ nodes

    def _at(self, line: int, column: int) -> Place:
        line = min(line + 1, len(self._lines) - 1)
        return Place(self._file, line + 1, column + 1, self._lines[line])

    def _place(self, node: Node) -> Place:
        return self._at(node.start_mark.line, node.start_mark.column)

    def _fail(self, node: Node, message: str, remedy: str) -> FrontMatter:
        return FrontMatter(message, remedy=remedy, place=self._place(node))

    def _mapping(self, node: Node, allowed: tuple[str, ...] | None, what: str) -> list[tuple[str, Node]]:
        from yaml import MappingNode

        if not isinstance(node, MappingNode):
            raise self._fail(node, f"expected {what}, a colon and its value here", "write `key: value`")
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = self._one_of(key_node, allowed, what) if allowed else self._text(key_node)
            if key in found:
                raise self._fail(key_node, f"{key!r} is given twice", "keep one of them")
            found[key] = value
        return list(found.items())

    def _one_of(self, node: Node, allowed: tuple[str, ...], what: str) -> str:
        text = self._text(node)
        if text not in allowed:
            remedy = did_you_mean(text, allowed) or "known are " + ", ".join(allowed)
            raise self._fail(node, f"{text!r} is not {what}", remedy)
        return text

    def _is_empty(self, node: Node) -> bool:
        from yaml import ScalarNode

        return isinstance(node, ScalarNode) and node.value == ""

    def _text(self, node: Node) -> str:
        from yaml import ScalarNode

        if not isinstance(node, ScalarNode) or not node.value.strip():
            raise self._fail(node, "expected a text here", "write one value, in quotes if it has special characters")
        return str(node.value).strip()

    def _list(self, node: Node) -> list[Node]:
        from yaml import SequenceNode

        if isinstance(node, SequenceNode):
            return list(node.value)
        return [] if self._is_empty(node) else [node]

    def _texts(self, node: Node) -> list[str]:
        return [self._text(one) for one in self._list(node)]

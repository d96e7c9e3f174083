"""The chart: words, remembered results, and how far the parse came; shared by all parts of the grammar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, TypeVar

from quod.language.lexer import END, Word

Node = TypeVar("Node")
Found = list[tuple[Node, int]]

MAX_WAYS: Final = 12  # parses of the same words
MAX_JOINED: Final = 400  # partial lists begun at one word


class TooManyWays(Exception):
    """A stretch of words has more parses than are worth telling apart; the reader reports it as unread."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class Cursor:
    """Words with random access and a chart; results are lists of (tree, index after it)."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.size = len(words)
        self.far = 0
        self.notes: dict[int, str] = {}
        self._chart: dict[tuple[str, int, str], list[tuple[object, int]]] = {}
        self._low = [word.low for word in words] + [""] * 6

    def low(self, index: int) -> str:
        """The lower-case word at *index*, or "" after the end."""
        return self._low[index]

    def word(self, index: int) -> Word:
        """The word at *index*, or the empty word after the end."""
        return self.words[index] if index < self.size else END

    def phrase(self, index: int, text: str) -> int:
        """The index after the fixed words *text*, or -1 where they do not stand at *index*."""
        for part in text.split():
            if self._low[index] != part:
                return -1
            index += 1
        return index

    def note(self, index: int, reason: str) -> None:
        """Remember why something at *index* was refused, in case nothing else reads."""
        self.notes.setdefault(index, reason)

    def charted(self, name: str, index: int, option: str, parse: Callable[[], Found[Node]]) -> Found[Node]:
        """The results of *parse* at *index*, computed once."""
        key = (name, index, option)
        known = self._chart.get(key)
        if known is None:
            found = parse()
            if len(found) > MAX_WAYS and max(Counter(end for _, end in found).values()) > MAX_WAYS:
                raise TooManyWays(index)
            for _, end in found:
                if end > self.far:
                    self.far = end
            self._chart[key] = list(found)
            return found
        return known  # type: ignore[return-value]  # reason: a chart cell holds what its own rule put there

    def joined(
        self, index: int, item: Callable[[int], Found[Node]], link: str = "", commas: bool = True, but: bool = False
    ) -> list[tuple[str, list[Node], int]]:
        """Items joined by commas, *and*, *or* (or *link*; *but* as *and*): (operator, items, end), two at least."""
        results: list[tuple[str, list[Node], int]] = []
        stack: list[tuple[str, list[Node], int]] = [("", [node], end) for node, end in item(index)]
        while stack:
            operator, items, end = stack.pop()
            after, linking = self._link(end, link, commas, but)
            if (
                after < 0
                or (linking != operator and operator not in ("", ","))
                or (linking == "," and operator not in ("", ","))
            ):
                continue
            for node, stop in item(after):
                longer = [*items, node]
                stack.append((linking, longer, stop))
                if linking != ",":
                    results.append((linking, longer, stop))
            if len(results) + len(stack) > MAX_JOINED:
                raise TooManyWays(index)
        return results

    def _link(self, index: int, link: str, commas: bool, but: bool) -> tuple[int, str]:
        """The index after the joining words at *index* and what they say, or (-1, "")."""
        low = self._low[index]
        if but and (low == "but" or (low == "," and self._low[index + 1] == "but")):
            return index + (2 if low == "," else 1), "and"
        if low == "," and commas:
            following = self._low[index + 1]
            if following in ("and", "or", "nor") and (not link or following == link):
                return index + 2, following
            return index + 1, ","
        if low == link or (not link and low in ("and", "or")):
            return index + 1, low
        return -1, ""

"""Random changes to a proof, its context and its goal; afterwards digests and numbering may be put right again.

Most changes of a sealed document only show that seals hold. So that changed clauses, rows and leaves are also looked
into, `resealed` carries a change on to the digests above it, and `renumbered` puts the steps back into post-order.
"""

import contextlib
import copy
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from seal import canon, cell_key, raw_digest, sealed, text_digest

Json = Any
MISSING = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What is raised where a document has lost a part that its repair needs: then it stays as it is."""
Place = tuple[Any, Any]
"""A list or object, and the index or key of one of its parts."""

Change = Callable[[Place, list[Place], random.Random], None]

TERMS: list[Json] = [
    ["s", "anne"],
    ["s", "!X"],
    ["n", "0"],
    ["n", "2"],
    ["n", "-1/2"],
    ["v", "X"],
    ["v", "Fresh"],
    ["t", "text"],
    ["d", "2024-02-29"],
    ["u", "0", "1"],
    ["b", "true"],
    ["f", "sk:1", [["s", "anne"]]],
    ["f", "quantity", [["n", "3"], ["s", "eur"]]],
    ["h", sealed("cell", ["0123456789abcdef", ["n", "1"]])],
]
TAGS = {term[0] for term in TERMS}
WORDS = [
    ["+", "-"],
    ["yes", "no"],
    ["eq", "ne", "lt", "le", "gt", "ge", "starts_with", "contains"],
    ["add", "sub", "mul", "div", "least", "greatest", "months_between", "years_between", "concat"],
    ["abs", "floor", "ceiling", "year", "month", "day", "weekday", "length", "lowercase", "text_of"],
    ["count", "sum", "min", "max"],
    ["proved", "recomputed", "quorum", "attested", "claimed"],
    ["holds", "proved", "not_derivable", "refuted", "contested"],
    ["", "2020-01-01", "2024-03-01", "2999-12-31"],
]


def places(value: Json) -> Iterator[Place]:
    """Every part of a document, with what it stands in."""
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def shape(value: Json) -> str:
    """What a part seems to be: parts of one shape can often stand for each other."""
    if isinstance(value, str):
        return (
            "digits" if value.isdigit() else "digest" if len(value) == 43 else "predicate" if "/" in value else "text"
        )
    if isinstance(value, dict):
        return " ".join(sorted(value))
    if value and isinstance(value[0], str):
        return "term" if value[0] in TAGS else "atom" if "/" in value[0] else "tagged"
    return "list"


def changed_text(text: str, draw: random.Random) -> str:
    """Another text that might stand there."""
    choices = [word for words in WORDS if text in words for word in words]
    if choices:
        return draw.choice(choices)
    if text.isdigit():
        return str(max(0, int(text) + draw.choice([-1, 1, 1, 7])))
    if len(text) == 43:
        return draw.choice("AQgw") + text[1:]
    if "/" in text:
        return text[1:] if text.startswith("~") else "~" + text
    return draw.choice([text + "x", text[1:], "X", "Y", "*"])


def drop(place: Place, _: list[Place], __: random.Random) -> None:
    del place[0][place[1]]


def double(place: Place, _: list[Place], draw: random.Random) -> None:
    holder, key = place
    if isinstance(holder, list):
        holder.insert(draw.randint(0, len(holder)), copy.deepcopy(holder[key]))


def swap(place: Place, _: list[Place], draw: random.Random) -> None:
    holder, key = place
    other = draw.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[key], holder[other] = holder[other], holder[key]


def alter(place: Place, _: list[Place], draw: random.Random) -> None:
    holder, key = place
    if isinstance(holder[key], str):
        holder[key] = changed_text(holder[key], draw)
    elif shape(holder[key]) == "term":
        holder[key] = copy.deepcopy(draw.choice(TERMS))
    elif isinstance(holder[key], list):
        draw.shuffle(holder[key])


def transplant(place: Place, others: list[Place], draw: random.Random) -> None:
    """Put another part of the same shape there."""
    holder, key = place
    source, at = draw.choice([other for other in others if shape(other[0][other[1]]) == shape(holder[key])])
    holder[key] = copy.deepcopy(source[at])


def everywhere(documents: list[Json], draw: random.Random) -> list[Json]:
    """One term replaced by another wherever it stands, in all three documents."""
    terms = [holder[key] for holder, key in places(documents) if shape(holder[key]) == "term"]
    if not terms:
        return documents
    return replaced(documents, [canon(draw.choice(terms))], [canon(draw.choice(draw.choice([TERMS, terms])))])


def changes(place: Place) -> list[Change]:
    """The changes that may leave a document of a good form come more often."""
    holder, key = place
    if isinstance(holder, list) and shape(holder) == "list":
        return [drop, double, swap, alter, transplant, transplant]
    if isinstance(holder[key], (str, list)):
        return [alter, alter, transplant, transplant] * 5 + [drop, double, swap]
    return [transplant, transplant, drop]


def mutated(documents: list[Json], draw: random.Random) -> list[Json]:
    """A few changes of the three documents; then perhaps everything is put right that can be."""
    before, after = documents, copy.deepcopy(documents)
    if draw.random() < 0.3:
        after = everywhere(after, draw)
    for _ in range(draw.choice([0, 1, 1, 2, 3]) if after != before else draw.choice([1, 1, 1, 2])):
        which = draw.choices(range(3), [12, 1, 3])[0]
        found = list(places(after[which]))
        if found:
            place = draw.choice(found)
            draw.choice(changes(place))(place, found, draw)
    for repair in (renumbered, partial(resealed, before)):
        if draw.random() < 0.8:
            with contextlib.suppress(*MISSING):
                after = repair(after)
    return after


# Numbering ---------------------------------------------------------------------------------------------------------


def renumbered(documents: list[Json]) -> list[Json]:
    """The steps in post-order from the last, those that are not reached left out."""
    proof, *rest = documents
    steps, numbers, kept = proof["steps"], {}, []

    def visit(index: int, above: tuple[int, ...]) -> str:
        if index in above or not 0 <= index < len(steps):
            raise ValueError(index)
        if index not in numbers:
            premises = [visit(int(premise), (*above, index)) for premise in steps[index]["premises"]]
            numbers[index] = str(len(kept))
            kept.append({**steps[index], "premises": premises})
        return str(numbers[index])

    visit(len(steps) - 1, ())
    return [{**proof, "steps": kept}, *rest]


# Seals -------------------------------------------------------------------------------------------------------------


def opened_root(items: list[Json], order: list[int] | None) -> str:
    """The root digest of an opened tree: of predicates, or of rows in an order."""
    stack: list[bytes] = []
    for tag, *parts in items:
        if tag == "h":
            stack.append(raw_digest(parts[0]))
        elif tag == "n":
            right, left = stack.pop(), stack.pop()
            stack.append(hashlib.sha256(b"quod1.node\n" + int(parts[0]).to_bytes(4, "big") + left + right).digest())
        else:
            if order is None:
                key, value = parts[0].encode() + b"\x00", raw_digest(sealed("predicate", parts[1]))
            else:
                key, value = b"".join(cell_key(parts[0][column]) for column in order), b""
            stack.append(hashlib.sha256(b"quod1.leaf\n" + len(key).to_bytes(4, "big") + key + value).digest())
    return text_digest(stack[0] if stack else hashlib.sha256(b"quod1.empty\n").digest())


def leaves(proof: Json) -> dict[str, Json]:
    theories = [step for step in proof["steps"] if step["by"] == "theory"]
    return {item[1]: item[2] for step in theories for item in step["tree"] if item[0] == "l"}


def seals(proof: Json) -> list[str]:
    """The digests of clauses and roots of rows, in the order of the steps; then those of relations."""
    opened, found = leaves(proof), []
    for step in proof["steps"]:
        if step["by"] == "clause":
            found.append(sealed("clause", step["clause"]))
        elif step["by"] == "rows":
            order, _ = opened[step["predicate"]]["relation"]["indexes"][int(step["index"])]
            found.append(opened_root(step["tree"], [int(column) for column in order]))
    return found


def relations(proof: Json) -> list[str]:
    return [sealed("relation", leaf["relation"]) for leaf in leaves(proof).values() if leaf["relation"]]


def replaced(documents: list[Json], old: list[str], new: list[str]) -> list[Json]:
    text = canon(documents)
    for was, now in zip(old, new, strict=True):
        text = text.replace(was, now)
    result: list[Json] = json.loads(text)
    return result


def resealed(before: list[Json], after: list[Json]) -> list[Json]:
    """Clauses and rows carried on to leaves, relations to the context's roots, leaves to the context's theory."""
    sealed_before, sealed_after = seals(before[0]), seals(after[0])
    if len(sealed_before) == len(sealed_after):
        after = replaced(after, sealed_before, sealed_after)
    for leaf in leaves(after[0]).values():
        leaf["clauses"].sort()
    if len(relations(before[0])) == len(relations(after[0])):
        after = replaced(after, relations(before[0]), relations(after[0]))
    (theory, *_) = (step for step in after[0]["steps"] if step["by"] == "theory")
    root = {"pending": theory["pending"], "predicates": opened_root(theory["tree"], None)}
    after[1]["theory"] = sealed("theory", root)
    return after

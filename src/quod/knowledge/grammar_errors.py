"""Why a text in logic notation does not parse, said so that its writer knows what to change."""

from __future__ import annotations

from collections.abc import Iterable

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from quod.kernel.errors import Place
from quod.knowledge.errors import LogicSyntax

_CHARACTERS = {
    '"': (
        "this text is not closed",
        'close it with `"` on the same line; write a line break inside as `\\n`',
    ),
    "'": ("this quoted name is not closed", "close it with `'` on the same line"),
    ";": ("`;` is not part of the notation", "write one clause for each alternative"),
    "&": ("`&` is not part of the notation", "separate conditions with `,`"),
    "|": ("`|` is not part of the notation", "write one clause for each alternative"),
    "\\": ("`\\` is not part of the notation", "write `neg` (stated to be false) or `absent` (not shown)"),
    "!": (
        "`!` is not part of the notation",
        "write `!=` for *is not equal to*, `neg` for *it is false that*",
    ),
    "~": ("`~` is not part of the notation", "write `neg` for *it is false that*"),
    "¬": ("`¬` is not part of the notation", "write `neg` for *it is false that*"),
}

_SPOKEN = {
    "$END": "the end of the text",
    "ABSENT": "`absent`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "DOT": "`.`",
    "EQUAL": "`=`",
    "LPAR": "`(`",
    "NUMBER": "a number",
    "QUOTED": "a quoted name",
    "RPAR": "`)`",
    "SYMBOL": "a lower-case name",
    "TEXT": "a text",
    "VARIABLE": "a variable",
    "__ANON_0": "`:-`",
}

_IF = "__ANON_0"
_STARTS = {"SYMBOL", "QUOTED", "NEG", "DECLARE", "UNUSED", "QMARK", "SINCE", "UNTIL", "$END"}


def explain(error: UnexpectedInput, parser: Lark, text: str, file: str, first_line: int) -> LogicSyntax:
    """The error to show for lark's *error* in *text*, which begins on line *first_line* of *file*."""
    line, column = error.line, error.column
    lines = text.split("\n")
    if isinstance(error, UnexpectedCharacters):
        message, remedy = _CHARACTERS.get(
            error.char, (f"{error.char!r} is not part of the notation", "quote names that contain it")
        )
    elif isinstance(error, UnexpectedToken):
        before = _token_before(error, parser, text)
        message, remedy = _about(error, before)
        if before is not None and (_wants_stop(error, before) or error.token.type == "$END"):
            line, column = before.end_line or 1, before.end_column or 1
    else:
        message, remedy = "this does not parse", "see the logic notation in the documentation"
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    return LogicSyntax(message, remedy=remedy, place=Place(file, first_line + line - 1, column, shown))


def _token_before(error: UnexpectedToken, parser: Lark, text: str) -> Token | None:
    """The token before the one that was not expected: lark does not keep it, so the text is lexed again."""
    before = None
    try:
        for token in parser.lex(text):
            if error.token.type != "$END" and token.start_pos == error.token.start_pos:
                break
            before = token
    except UnexpectedCharacters:
        pass  # what cannot be lexed comes after the error that is explained
    return before


def _expected(error: UnexpectedToken) -> set[str]:
    return set(error.accepts or error.expected)


def _wants_stop(error: UnexpectedToken, before: Token) -> bool:
    """Whether a full stop is missing: the next token stands on a later line, where an item could begin."""
    later = error.token.type == "$END" or (error.token.line or 0) > (before.end_line or 0)
    return "DOT" in _expected(error) and error.token.type in _STARTS and later


def _about(error: UnexpectedToken, before: Token | None) -> tuple[str, str]:
    token, text = error.token, str(error.token)
    expected = _expected(error)
    previous = str(before) if before is not None else ""
    if before is not None and _wants_stop(error, before):
        return "this item is not finished", "end it with a full stop"
    if token.type == "LPAR" and before is not None and before.type == "VARIABLE":
        lower = previous[0].lower() + previous[1:]
        return (
            f"`{previous}` begins with a capital, so it is a variable and cannot take arguments",
            f"write `{lower}(…)` or, to keep the capital, `'{previous}'(…)`",
        )
    if previous in ("not", "no", "never"):
        return (
            f"`{previous}` is not a word of the notation",
            "write `neg` (stated false) or `absent` (not shown)",
        )
    if text in ("or", "xor") and _IF in expected:
        return "deduction cannot use an alternative as a conclusion", "begin the statement with `unused:`"
    if text in ("or", "xor"):
        return "a condition cannot have an alternative", "write one clause for each alternative"
    if text == "=" and previous == "=":
        return "`==` is not part of the notation", "write `=`"
    if text in ("<", ">") and previous in ("=", "<"):
        fix = "<=" if previous + text == "=<" else ">=" if previous == "=" else "!="
        return f"`{previous}{text}` is not part of the notation", f"write `{fix}`"
    if token.type == "COMMA" and _IF in expected and "COMMA" not in expected:
        return "a clause has one conclusion", "write one clause for each conclusion"
    if text in ("<", "<=") and _IF in expected:
        return f"`{text}` cannot stand after a conclusion", "write `:-` between conclusion and conditions"
    if token.type == "VARIABLE" and "SYMBOL" in expected and "VARIABLE" not in expected:
        lower = text[0].lower() + text[1:]
        message = f"`{text}` begins with a capital, so it is a variable and cannot begin a statement"
        return message, f"write `{lower}` or, to keep the capital, `'{text}'`"
    shown = text if token.type != "$END" else _SPOKEN["$END"]
    return f"{shown!r} cannot stand here", f"expected {_one_of(expected)}"


def _one_of(expected: Iterable[str]) -> str:
    known = sorted({_SPOKEN[name] for name in expected if name in _SPOKEN})
    return " or ".join(known) if known else "something else: see the logic notation"

"""Random policy books with their tables and cases: division, rounding, dates, ties, empty sums, missing cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

DAYS = ("2024-01-31", "2024-02-29", "2023-02-28", "2023-12-31", "2024-03-01", "2020-02-29", "2024-01-30", "2021-06-15")
NUMBERS = ("0", "1", "-1", "2", "3", "10", "0.5", "-0.25", "99.99", "100", "12.345", "-7", "1/3", "1000000")
MODES = ("up", "down", "ceiling", "floor", "half_up", "half_down", "half_even")
LEVELS = ("0", "1", "2", "3")
BASE = "case(C, U, A, D, Q)"
WIDE = f"{BASE}, cust(U, L, S, R)"
FRONT = """---
title: Random
relations:
  case:
    file: case.csv
    key: [id]
    columns: {id: symbol, cust: symbol, amount: number, day: date, quantity: number}
  cust:
    file: cust.csv
    key: [id]
    columns: {id: symbol, level: number, since: date, region: symbol}
  item:
    file: item.csv
    key: [id]
    columns: {id: symbol, case: symbol, price: number}
    index: [[case]]
  ref:
    file: ref.csv
    columns: {one: symbol, other: symbol}
"""


@dataclass
class Book:
    """A book written into a folder; the questions that can be asked about each case."""

    folder: Path
    questions: list[str]
    rules: list[str]

    @property
    def path(self) -> Path:
        return self.folder / "book.md"

    @property
    def cases(self) -> Path:
        return self.folder / "case.csv"


class Author:
    """Writes one book."""

    def __init__(self, random: Random, cases: int = 12) -> None:
        self.random = random
        self.cases = cases
        self.rules: list[str] = []
        self.values: list[str] = []
        self.flags: list[str] = []
        self.closed: list[str] = []

    def write(self, folder: Path) -> Book:
        pick = self.random
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(pick.randint(1, 3)):
            self._value(number)
        for number in range(pick.randint(2, 5)):
            self._flag(number)
        if pick.random() < 0.4:
            self.rules.append("linked(X, Y) :- ref(X, Y).")
            self.rules.append("linked(X, Z) :- linked(X, Y), ref(Y, Z).")
            body = pick.choice((f"{BASE}, linked(U, U)", f"{BASE}, linked(U, X), cust(X, L, S, R), L >= 2"))
            self.rules.append(f"chained(C) :- {body}.")
            self.closed += ["linked/2", "chained/1"]
            self.flags.append("chained")
        self._tables(folder)
        declared = f"closed: [{', '.join(self.closed)}]\n" if self.closed else ""
        text = FRONT + declared + "---\n\n# Random\n\n```quod\n" + "\n".join(self.rules) + "\n```\n"
        (folder / "book.md").write_text(text, encoding="utf-8")
        questions = [f"? X: {flag}(X)." for flag in self.flags] + [f"? X, V: {value}(X, V)." for value in self.values]
        return Book(folder, questions, self.rules)

    # --- rules --------------------------------------------------------------------------------------------------------

    def _value(self, number: int) -> None:
        pick, name = self.random, f"val{number}"
        kind = pick.random()
        if kind < 0.25:
            op = pick.choice(("sum", "min", "max"))
            self.rules.append(f"{name}(C, V) :- {BASE}, V = {op} P, I : item(I, C, P).")
        elif kind < 0.35:
            inner = pick.choice(
                ("item(I, C, P), P > A", "item(I, C, P), P <= 10", "case(I, U, P, E, W)", "item(I, C, P)")
            )
            self.rules.append(f"{name}(C, V) :- {BASE}, V = count I, P : {{ {inner} }}.".replace("I, P", "I"))
        else:
            body = pick.choice((BASE, WIDE))
            names = ["A", "Q"] + (["L"] if body == WIDE else [])
            if self.values and pick.random() < 0.5:
                body += f", {pick.choice(self.values)}(C, W)"
                names.append("W")
            guard = f", {pick.choice(names)} != 0" if pick.random() < 0.3 else ""
            self.rules.append(f"{name}(C, V) :- {body}{guard}, V = 0 + {self._expression(names, body == WIDE)}.")
        self.values.append(name)
        if pick.random() < 0.7:
            self.closed.append(f"{name}/2")

    def _expression(self, names: list[str], wide: bool, depth: int = 2) -> str:
        pick = self.random
        kind = pick.random()
        if depth == 0 or kind < 0.15:
            return pick.choice(names) if pick.random() < 0.7 else self._number()
        if wide and kind < 0.3:
            return pick.choice(("#months_between(S, D)", "#years_between(S, D)", "#months_between(D, S)"))
        if kind < 0.38:
            return f"#{pick.choice(('day', 'month', 'year', 'weekday'))}(D)"
        one, other = self._expression(names, wide, depth - 1), self._expression(names, wide, depth - 1)
        if kind < 0.75:
            return f"({one} {pick.choice('+-*/')} {other})"
        if kind < 0.9:
            return f"#round({one}, {pick.choice(('0', '1', '2', '-1'))}, {pick.choice(MODES)})"
        if kind < 0.95:
            return f"#{pick.choice(('abs', 'floor', 'ceiling'))}({one})"
        return f"#{pick.choice(('least', 'greatest'))}({one}, {other})"

    def _number(self) -> str:
        number = self.random.choice(NUMBERS)
        return f"(0 - {number[1:]})" if number.startswith("-") else f"({number})"

    def _flag(self, number: int) -> None:
        pick, name = self.random, f"flag{number}"
        for _ in range(pick.choice((1, 1, 2))):
            self.rules.append(f"{name}(C) :- {self._condition()}.")
        if pick.random() < 0.2:
            self.rules.append(f"neg {name}(C) :- {self._condition()}.")
        if pick.random() < 0.75:
            self.closed.append(f"{name}/1")
        self.flags.append(name)

    def _condition(self) -> str:
        pick = self.random
        wide = pick.random() < 0.5
        parts = [WIDE if wide else BASE]
        names = ["A", "Q"] + (["L"] if wide else [])
        if self.values and pick.random() < 0.6:
            parts.append(f"{pick.choice(self.values)}(C, W)")
            names.append("W")
        sign = pick.choice(("<", "<=", ">", ">=", "=", "!="))
        parts.append(f"{pick.choice(names)} {sign} {self._expression(names, wide, 1)}")
        if wide and pick.random() < 0.4:
            months, days = pick.choice(((1, 0), (12, 0), (0, 30), (-1, 0), (1, 1), (240, -31)))
            sign = pick.choice(("<", "<=", ">", ">=", "="))
            parts.append(f"D {sign} S + duration({months}, {days})")
        if self.flags and pick.random() < 0.5:
            parts.append(f"absent {pick.choice(self.flags)}(C)")
        elif self.flags and pick.random() < 0.3:
            parts.append(f"{pick.choice(('', 'neg '))}{pick.choice(self.flags)}(C)")
        if wide and pick.random() < 0.2:
            parts.append(pick.choice(("R = north", "R != north", "ref(U, X)", "absent ref(U, U)")))
        return ", ".join(parts)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _tables(self, folder: Path) -> None:
        pick = self.random
        number = [each for each in NUMBERS if "/" not in each] if pick.random() < 0.8 else list(NUMBERS)
        custs = [f"u{at}" for at in range(5)]
        rows = ["id,level,since,region"]
        rows += [f"{u},{pick.choice(LEVELS)},{pick.choice(DAYS)},{pick.choice(('north', 'south'))}" for u in custs[:4]]
        (folder / "cust.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        pairs = dict.fromkeys((pick.choice(custs), pick.choice(custs)) for _ in range(pick.randint(1, 6)))
        (folder / "ref.csv").write_text("one,other\n" + "".join(f"{a},{b}\n" for a, b in pairs), encoding="utf-8")
        items = [
            f"i{at},c{pick.randrange(self.cases)},{pick.choice(number)}" for at in range(pick.randint(1, self.cases))
        ]
        (folder / "item.csv").write_text("id,case,price\n" + "\n".join(items) + "\n", encoding="utf-8")
        lines = ["id,cust,amount,day,quantity"]
        missing = pick.random() < 0.3
        for at in range(self.cases):
            cells = [f"c{at}", pick.choice(custs), pick.choice(number), pick.choice(DAYS), pick.choice(NUMBERS[:6])]
            if missing and pick.random() < 0.1:
                cells[pick.randint(1, 4)] = ""
            lines.append(",".join(cells))
        (folder / "case.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

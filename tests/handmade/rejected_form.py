"""Rejected for their form: bytes, context, goal, proof, steps, references, order, values, trees."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

import base64

from build import *
from worlds import *

GOAL = [holds(atom("bird", "tweety"))]
"""Shown by steps 0 theory, 1 clause, 2 apply, 3 conclude of `plain()`."""


def plain() -> Step:
    return apply(the(theory(Birds, "bird/1"), TWEETY), {})


def text() -> str:
    return canon(document(sequence(conclude(plain()))))


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def bytes_case(kind: str, name: str, why: str, raw: str | bytes | list[Json]) -> None:
    if isinstance(raw, bytes):
        extra = {"proof_base64": encoded(raw)}
    else:
        extra = {"proof" if isinstance(raw, str) else "proof_parts": raw}
    reject(f"{kind}_{name}", why, kind, "", Birds, GOAL, plain(), extra=extra)


def raw_bytes() -> None:
    good = text()
    bytes_case("too_large", "spaces", "a good proof and 16 MiB of spaces", [[good, 1], [" ", 16777216]])
    bytes_case(
        "too_large", "one_too_many", "one byte more than allowed, and nothing else right", [['"', 1], ["[", 16777216]]
    )
    bytes_case("too_large", "commas", "more commas than allowed, in a string", [['"', 1], [",", 400001], ['"', 1]])
    bytes_case("too_deep", "nested", "65 arrays in each other", "[" * 65 + "]" * 65)
    bytes_case(
        "too_deep",
        "never_closed",
        "the cap is tested on bytes, before any parsing; digits come later",
        "1" * 301 + '{"' * 32 + "[" * 65,
    )
    bytes_case(
        "too_deep",
        "after_strings",
        "strings with escaped quotes are skipped rightly",
        '["[[\\"[[","\\\\",' + "[" * 32 + '{"a":' * 32,
    )
    bytes_case("too_many_digits", "number", "a number of 301 digits", good.replace('"tweety"', '"' + "7" * 301 + '"'))
    bytes_case("too_many_digits", "bare", "301 digits, not even in a string", "0" * 301)
    bad = {
        "newline": (good + "\n", "a newline after the document"),
        "space": (good.replace(":", ": "), "white space between tokens"),
        "mark": (b"\xef\xbb\xbf" + good.encode(), "a byte order mark"),
        "number": (good.replace('"quod":"1"', '"quod":1'), "a JSON number"),
        "null": (good.replace('"pending":[]', '"pending":null'), "null"),
        "true": (good.replace('"since":""', '"since":false'), "false"),
        "key_order": ('{"steps":' + good[len('{"quod":"1","steps":') : -1] + ',"quod":"1"}', "keys out of order"),
        "key_twice": (good.replace('"quod":"1"', '"quod":"1","quod":"1"'), "a key twice"),
        "solidus": (good.replace("bird/1", "bird\\/1"), "a needless escape"),
        "letter": (good.replace("tweety", "tw\\u0065ety"), "an escaped letter"),
        "upper_hex": (good.replace("by hand", "by \\u001F"), "upper-case hex in an escape"),
        "long_tab": (good.replace("by hand", "by\\u0009hand"), "a tab has a short escape"),
        "raw_tab": (good.replace("by hand", "by\thand"), "a tab that is not escaped"),
        "pair": (good.replace("by hand", "by \\ud83d\\ude00"), "an escaped surrogate pair"),
        "surrogate": (good.replace("by hand", "by \\ud800"), "a lone surrogate, escaped"),
        "surrogate_raw": (good.encode().replace(b"by hand", b"by \xed\xa0\x80"), "a lone surrogate, encoded"),
        "decomposed": (good.replace("by hand", "by e\u0301"), "not in normal form C"),
        "nul": (good.replace("by hand", "by \\u0000"), "U+0000"),
        "byte": (good.encode().replace(b"by hand", b"by \xff"), "a byte that is not UTF-8"),
        "overlong": (good.encode().replace(b"by hand", b"by \xc0\xaf"), "an overlong encoding"),
        "empty": ("", "nothing at all"),
        "truncated": (good[:-1], "the last brace is missing"),
        "two": (good + good, "two documents"),
        "comma": (good.replace('"pending":[]', '"pending":[,]'), "a comma too many"),
        "closers": ("]" * 5 + "[" * 65, "closing brackets first: never deeper than 60, but no JSON"),
        "open_string": ('"' + "[" * 100, "brackets in a string that never ends are not depth"),
        "single": (good.replace('"1"', "'1'"), "single quotes"),
    }
    for name, (raw, why) in bad.items():
        bytes_case("malformed_bytes", name, why, raw)
    bytes_case("malformed_bytes", "largest", "as large as allowed, but no JSON", [[" ", 16777216]])
    bytes_case("malformed_proof", "commas", "as many commas as allowed", [['"', 1], [",", 400000], ['"', 1]])
    bytes_case("malformed_proof", "deepest", "64 arrays in each other are canonical, but no proof", "[" * 64 + "]" * 64)


def put(*path: Any) -> Any:
    """An edit: put the last of `path` at the place the others lead to."""
    *way, last, value = path

    def edit(doc: Json) -> None:
        for part in way:
            doc = doc[part]
        doc[last] = value

    return edit


def drop(*path: Any) -> Any:
    *way, last = path

    def edit(doc: Json) -> None:
        for part in way:
            doc = doc[part]
        del doc[last]

    return edit


def callers() -> None:
    digest = Birds.digest
    spare = digest[:-1] + chr(ord(digest[-1]) + 1)
    contexts = {
        "extra_key": (put("trust", []), "a key too many"),
        "no_now": (drop("now"), "a key is missing"),
        "no_such_day": (put("now", "2026-02-30"), "a date that does not exist"),
        "short_date": (put("now", "2026-3-1"), "a date written otherwise"),
        "negative_fuel": (put("fuel", "-1"), "negative fuel"),
        "fuel_zeros": (put("fuel", "0100"), "a leading zero"),
        "fuel_fraction": (put("fuel", "1/2"), "fuel that is no integer"),
        "grade": (put("roots", [[digest, "sure"]]), "an unknown grade"),
        "root_digest": (put("roots", [["abc", "proved"]]), "a root that is no digest"),
        "digest_short": (put("theory", digest[:-1]), "a digest of 42 characters"),
        "digest_spare_bits": (put("theory", spare), "43 characters that are not the encoding of 32 bytes"),
        "digest_padded": (put("theory", digest + "="), "padding"),
        "digest_alphabet": (put("theory", "+" * 42 + "A"), "the other base64 alphabet"),
        "root_twice": (put("roots", [[digest, "proved"], [digest, "claimed"]]), "a root with two grades"),
        "roots": (put("roots", {}), "roots that are no array"),
    }
    for name, (edit, why) in contexts.items():
        reject(f"malformed_context_{name}", why, "malformed_context", "", Birds, GOAL, plain(), edit_context=edit)
    th = Theory(Files)
    goals = {
        "empty": (put("goals", []), "nothing is asked"),
        "kind": (put("goals", 0, "kind", "true"), "an unknown kind of goal"),
        "extra_key": (put("goals", 0, "closed", "yes"), "a key too many"),
        "missing_key": (drop("defaults"), "a key is missing"),
        "not_ground": (put("goals", 0, "atom", atom("bird", X)), "`holds` of an atom with a variable"),
        "refuted_not_ground": (put("goals", [refuted(atom("bird", X))]), "`refuted` of an atom with a variable"),
        "repeated": (put("goals", [not_derivable(atom("like", X, X))]), "`not derivable` with a variable twice"),
        "inner_variable": (put("goals", [not_derivable(atom("like", f("a", X), Y))]), "a variable inside a compound"),
        "arity": (put("goals", 0, "atom", ["bird/2", [s("tweety")]]), "too few arguments"),
        "grade": (put("grade", "certain"), "an unknown grade"),
        "default": (put("defaults", ["bird"]), "a default that is no predicate"),
        "star_and_more": (put("defaults", ["*", "bird/1"]), "the star is alone or absent"),
        "closed": (put("goals", [exactly(atom("bird", V), [], "maybe")]), "neither yes nor no"),
        "question_head": (
            put("question", [clause("?", atom("bird", X), pos("bird", X))]),
            "a question may not add to the theory",
        ),
        "question_eigen": (
            put("question", [clause("?", atom("?"), pos("bird", s("!X")))]),
            "an eigen symbol in a question",
        ),
        "question_negated": (
            put("question", [clause("?", ["~?/0", []], pos("bird", X))]),
            "a question predicate has no complement",
        ),
        "number": (put("goals", 0, "atom", atom("bird", n("2/4"))), "a number not in lowest terms"),
    }
    for name, (edit, why) in goals.items():
        reject(f"malformed_goal_{name}", why, "malformed_goal", "", Birds, GOAL, plain(), edit_goal=edit)
    good = Setting(Birds, GOAL)
    spoiled = {
        "bytes": (canon(good.context()) + " ", canon(good.goal()), "malformed_context", "a space after the context"),
        "deep": ("[" * 65, canon(good.goal()), "malformed_context", "a context too deep is malformed"),
        "digits": (canon(good.context()), "1" * 301, "malformed_goal", "a goal with too many digits is malformed"),
        "both": ("", "", "malformed_context", "the context is read before the goal, and the goal before the proof"),
        "text": (canon(good.context()), '"tweety"', "malformed_goal", "a goal that is no object"),
    }
    for name, (context, goal, kind, why) in spoiled.items():
        reject(f"{kind}_bytes_{name}", why, kind, "", th, GOAL, plain(), extra={"context": context, "goal": goal})


def proofs() -> None:
    bad = {
        "version": (put("quod", "2"), "a version to come"),
        "no_steps": (put("steps", []), "no steps"),
        "extra_key": (put("note", ""), "a key too many"),
        "steps": (put("steps", {}), "steps that are no array"),
    }
    for name, (edit, why) in bad.items():
        reject(f"malformed_proof_{name}", why, "malformed_proof", "", Birds, GOAL, plain(), edit=edit)
    bad_steps = {
        "unknown": (put("steps", 2, "by", "magic"), "2", "a primitive nobody knows"),
        "no_by": (drop("steps", 1, "by"), "1", "no primitive"),
        "extra_key": (put("steps", 3, "note", ""), "3", "a key too many"),
        "missing_key": (drop("steps", 2, "bindings"), "2", "a field is missing"),
        "other_fields": (put("steps", 2, "by", "clause"), "2", "the fields of another primitive"),
        "text": (put("steps", 1, "clause"), "1", "a step that is a text"),
        "premises_text": (put("steps", 2, "premises", "1"), "2", "premises that are no array"),
        "premises_nested": (put("steps", 2, "premises", [["1"]]), "2", "a premise that is no text"),
        "before_values": (
            put("steps", 3, "by", "concluded"),
            "3",
            "shape comes before values: step 0 is also malformed inside",
        ),
    }
    for name, (edit, at, why) in bad_steps.items():

        def also(doc: Json, edit: Any = edit, name: str = name) -> None:
            edit(doc)
            if name == "before_values":
                doc["steps"][0]["tree"] = [["x"]]

        reject(f"malformed_step_{name}", why, "malformed_step", at, Birds, GOAL, plain(), edit=also)
    references = {
        "itself": ("2", "2", "a step that rests on itself"),
        "later": ("2", "3", "a step that rests on a later one"),
        "zeros": ("2", "01", "a leading zero"),
        "negative": ("2", "-1", "a negative index"),
        "beyond": ("3", "4", "beyond the end"),
        "empty": ("3", "", "an empty reference"),
        "digits": ("1", "\u0660", "a digit of another script"),
    }
    for name, (at, to, why) in references.items():
        edit = put("steps", int(at), "premises", 0, to)
        reject(f"bad_reference_{name}", why, "bad_reference", at, Birds, GOAL, plain(), edit=edit)

    def unreachable(doc: Json) -> None:
        doc["steps"].insert(0, {"atom": atom("bird", "x"), "by": "assume", "premises": []})
        for step in doc["steps"][1:]:
            step["premises"] = [str(int(p) + 1) for p in step["premises"]]

    reject(
        "not_post_order_unreachable",
        "a step nothing rests on",
        "not_post_order",
        "",
        Birds,
        GOAL,
        plain(),
        edit=unreachable,
    )

    def swapped(doc: Json) -> None:
        doc["steps"][0], doc["steps"][1] = doc["steps"][1], doc["steps"][0]
        doc["steps"][2]["premises"] = ["1", "0"]

    two = [assume(atom("p")), assume(atom("q"))]
    reject(
        "not_post_order_swapped",
        "two premises numbered from right to left",
        "not_post_order",
        "",
        Birds,
        [holds(atom("p")), holds(atom("q"))],
        *two,
        assumptions=[atom("p"), atom("q")],
        edit=swapped,
    )
    reject(
        "not_post_order_tail",
        "the last step is not the one that rests on all others",
        "not_post_order",
        "",
        Birds,
        GOAL,
        plain(),
        edit=lambda doc: doc["steps"].append({"atom": atom("p"), "by": "assume", "premises": []}),
    )


def value_case(name: str, why: str, at: Step, *shown: Step, th: Theory = Birds, **more: Any) -> None:
    goals = [holds(atom("bird", "tweety"))] * len(shown)
    reject(f"malformed_value_{name}", why, "malformed_value", at, th, goals, *shown, **more)


def values() -> None:
    bad_terms = {
        "lowest_terms": (n("2/4"), "a number not in lowest terms"),
        "minus_zero": (n("-0"), "minus nought"),
        "over_one": (n("3/1"), "a denominator of one"),
        "zeros": (n("007"), "leading zeros"),
        "plus": (n("+1"), "a plus sign"),
        "decimal": (n("0.5"), "no decimal fractions"),
        "over_zero": (n("1/0"), "a denominator of nought"),
        "leap_day": (d("2023-02-29"), "no leap day"),
        "year_zero": (d("0000-01-01"), "no year nought"),
        "date_form": (d("20240229"), "another way to write dates"),
        "symbol": (s(""), "a symbol without a name"),
        "boolean": (["b", "yes"], "neither true nor false"),
        "duration": (["u", "1/2", "0"], "half a month"),
        "compound": (["f", "a", []], "a compound without arguments"),
        "tag": (["x", "a"], "an unknown sort"),
        "long": (["s", "a", "b"], "a term too long"),
        "cell": (["h", "abc"], "a private cell that is no digest"),
        "variable": (X, "an assumption with a variable"),
    }
    for name, (term, why) in bad_terms.items():
        step = assume(["bird/1", [term]])
        value_case(name, why, step, step)
    bad_atoms = {
        "arity": (["bird/2", [s("a")]], "too few arguments"),
        "space": (["big bird/0", []], "a predicate with a space"),
        "tilde": (["~~bird/0", []], "negated twice"),
        "arity_zeros": (["bird/01", [s("a")]], "an arity with a leading zero"),
        "arity_big": (["bird/100", [s("a")] * 100], "an arity of three digits"),
        "question": (atom("?", "a"), "an assumption on a question predicate"),
        "no_arity": (["bird", []], "a predicate without arity"),
    }
    for name, (a, why) in bad_atoms.items():
        step = assume(a)
        value_case(f"atom_{name}", why, step, step)
    one = atom("bird", "a")
    bad_claims = {
        "probability": (claim(one, "m", n("3/2")), "a probability above one"),
        "negative": (claim(one, "m", n("-1/2")), "a probability below nought"),
        "model": (claim(one, ""), "a model without a name"),
        "eigen": (claim(atom("bird", s("!X"))), "a claim about a generic individual"),
        "text": (claim(one, "m", t("1")), "a probability that is no number"),
    }
    for name, (step, why) in bad_claims.items():
        value_case(f"claim_{name}", why, step, step, grade="claimed")
    o = theory(Birds, "bird/1", "penguin/1")
    bound = {
        "not_ground": [["X", Y]],
        "descending": [["X", s("a")], ["A", s("a")]],
        "twice": [["X", s("pingu")], ["X", s("pingu")]],
        "pair": [["X"]],
    }
    for name, pairs in bound.items():
        step = Step("apply", [the(o, BIRDS), pingu(o)], {"bindings": pairs})
        value_case(f"bindings_{name}", "bindings that are none", step, step)
    step = ask("00")
    value_case("ask", "an index with a leading zero", step, apply(step, {}), question=[clause("?", atom("?"))])
    bad_clauses = {
        "question": clause("?", atom("?", "a")),
        "question_body": clause("Odd.", atom("bird", X), pos("?", X)),
        "keys": {**TWEETY, "source": "p. 1"},
        "since": {**TWEETY, "since": "2024-13-01"},
        "count": clause("Odd.", atom("size", T), agg("count", T, S, pos("bird", S))),
        "inner": clause("Odd.", atom("size", T), agg("sum", T, S, pos("bird", S), absent("bird", S))),
        "no_inner": clause("Odd.", atom("size", T), agg("sum", T, S, c("eq", S, n(1)))),
        "op": clause("Odd.", atom("bird", X), c("similar", X, X)),
        "op_arity": clause("Odd.", atom("bird", X), c("add", X, X)),
        "aggregate": clause("Odd.", atom("size", T), agg("mean", T, S, pos("bird", S))),
        "literal": clause("Odd.", atom("bird", X), ["not", "bird/1", [X]]),
    }
    for name, cl in bad_clauses.items():
        th = Theory(TWEETY, cl)
        step = the(theory(th, *{"bird/1", cl["head"][0]} - {"?/1"}), cl)
        value_case(f"clause_{name}", "a committed clause that is none", step, apply(step, {}), th=th)
    closures = {
        "no_pattern": ([], []),
        "twice": ([atom("penguin", V), atom("penguin", V)], [[], []]),
        "repeated": ([atom("like", V, V)], [[]]),
        "inner_variable": ([atom("penguin", f("a", V))], [[]]),
        "fewer_answers": ([atom("penguin", V), atom("bird", V)], [[]]),
        "atom": ([atom("penguin", V)], [[["penguin/1", []]]]),
    }
    for name, (patterns, answers) in closures.items():
        fields = {"answers": answers, "orders": [], "patterns": patterns}
        step = Step("tables", [o, the(o, PINGU)], fields)
        value_case(f"tables_{name}", "patterns and answers that are none", step, step)
    step = tables([(atom("penguin", V), [atom("penguin", "pingu")])], o, the(o, PINGU), orders=[["0", "00", []]])
    value_case("tables_orders", "an order with a number written otherwise", step, step)
    o = theory(Clinic, "file/3", "noted/1")
    hidden = row(rows(o, Files, "ann"), "ann", SECRET, SECRET2)
    cells = {
        "column": (reveal(hidden, 3, SALT, n(42)), "a column beyond the last"),
        "column_zeros": (reveal(hidden, "01", SALT, n(42)), "a column written otherwise"),
        "salt": (reveal(hidden, 1, "short", n(42)), "a salt too short to hide anything"),
        "variable": (reveal(hidden, 1, SALT, X), "a value with a variable"),
        "private": (reveal(hidden, 1, SALT, SECRET2), "a private cell as the value of a private cell"),
        "null": (reveal(hidden, 1, SALT, f("sk:1", "a")), "a null as the value of a private cell"),
        "eigen": (reveal(hidden, 1, SALT, f("a", s("!X"))), "an eigen symbol in the value"),
    }
    for name, (step, why) in cells.items():
        value_case(f"reveal_{name}", why, step, step, th=Clinic, roots=FILE_ROOT)
    o = theory(Office, "staff/3")
    step = rows(o, Staff, X, tree=Staff.open([]))
    value_case("rows_prefix", "a prefix with a variable", step, step, th=Office)
    step = rows(o, Staff, predicate="?/3")
    value_case("rows_question", "rows of a question predicate", step, step, th=Office)
    step = rows(o, Staff, tree=[["r", terms(["ann", "sales"])]])
    value_case("rows_cells", "a row with a cell too few", step, step, th=Office)
    step = rows(o, Staff, index="00")
    value_case("rows_index", "an index written otherwise", step, step, th=Office)
    body, head = [atom("man", s("!X"))], atom("mortal", X)
    o = theory(People, "mortal/1")
    mortal = apply(the(o, MEN), {"X": s("!X")}, assume(atom("man", s("!X"))))
    step = each(body, head, o, mortal)
    value_case("each_eigen", "an eigen symbol where a variable belongs", step, step, th=People)
    step = each([atom("man", X)], atom("?", X), o, mortal)
    value_case("each_question", "`each` on a question predicate", step, step, th=People)
    o = theory(Birds, tree=Birds.open("bird/1"), waiting=[{"bears": [], "kind": "odd", "sentence": "Gribble."}])
    value_case("pending", "a pending sentence of no known kind", o, apply(the(o, TWEETY), {}))
    leaf = {**Birds.leaf["bird/1"], "closed": "perhaps"}
    o = theory(Birds, tree=[["l", "bird/1", leaf]])
    value_case("leaf", "a leaf that is neither open nor closed", o, apply(the(o, TWEETY), {}))
    o = theory(Birds, tree=[["h", "tweety"]])
    value_case("pruned", "a pruned part without a digest", o, apply(the(o, TWEETY), {}))


def tree_case(name: str, why: str, items: Json) -> None:
    o = theory(Birds, tree=items)
    reject(f"malformed_tree_{name}", why, "malformed_tree", o, Birds, GOAL, apply(the(o, TWEETY), {}))


def trees() -> None:
    good = Birds.open("bird/1")
    root = ["h", Birds.root]
    tree_case("pruned", "nothing opened: the right root, but no sample", [root])
    tree_case("underflow", "a node with one side", [*good, ["n", "3"]])
    tree_case("node_first", "a node with no sides", [["n", "0"], *good])
    tree_case("two_left", "two entries left", [*good, root])
    tree_case("no_sample", "a node made of two pruned parts", [root, root, ["n", "7"], *good, ["n", "1"]])
    tree_case("bit", "a bit that does not fit in four bytes", [*good, root, ["n", "4294967296"]])
    tree_case("tag", "an item of no known kind", [["x", Birds.root], *good])
    tree_case("row", "a row in a map", [["r", [s("a")]], *good, ["n", "1"]])
    tree_case("length", "an item too long", [["h", Birds.root, ""], *good])
    tree_case("item", "an item that is a text", ["h", *good])
    tree_case("empty", "an empty array is a tree, but of another theory", [])
    CASES["malformed_tree_empty"]["expect"]["kind"] = "wrong_theory"
    CASES["wrong_theory_empty"] = {**CASES.pop("malformed_tree_empty"), "name": "wrong_theory_empty"}
    o = theory(Office, "staff/3")
    leaf = ["l", "staff/3", Office.leaf["staff/3"]]
    wrong = {
        "leaf_in_index": [leaf],
        "index_underflow": [*Staff.open([]), ["n", "0"]],
        "index_two": [*Staff.open([]), *Staff.open([])],
    }
    for name, items in wrong.items():
        step = rows(o, Staff, tree=items)
        shown = row(step, *ANN)
        reject(
            f"malformed_tree_{name}",
            "an index tree that is none",
            "malformed_tree",
            step,
            Office,
            [holds(atom("staff", *ANN))],
            shown,
            grade="claimed",
        )


def all_cases() -> None:
    raw_bytes()
    callers()
    proofs()
    values()
    trees()

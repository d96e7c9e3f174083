"""The page in Chromium, opened from disk."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Show = Callable[..., Any]
FAULTS = ("Runtime.exceptionThrown", "Log.entryAdded")


def faults(tab: Any) -> list[Any]:
    return [event for method in FAULTS for event in tab.events(method)]


# --- what it shows --------------------------------------------------------------------------------------------------


def test_consistent_at_first_and_what_is_large(show: Show, nice: dict[str, Any]) -> None:
    tab = show(nice, {"10": "Anne is nice"})
    assert tab.state() == "consistent"
    assert tab.text("h1") == "Is Anne nice?"
    assert "Is it true that Anne is nice?" in tab.text("#read-as")
    assert tab.text(".verdict-word") == "Proved"
    assert "nice(anne) holds" in tab.text("#goals")
    context = json.loads(nice["context"])
    assert context["theory"] in tab.text("#facts") and context["now"] in tab.text("#facts")
    assert not faults(tab)


def test_sentences_come_from_the_proof(show: Show, nice: dict[str, Any]) -> None:
    tab = show(nice)
    tree = tab.text("#tree")
    for said in (
        "All cats are quiet.",
        "If X is cat, then X is quiet.",
        "Anne is a cat.",
        "quiet(X) :- cat(X).",
        "X = anne",
    ):
        assert said in tree
    proof = nice["proof"].replace("All cats are quiet.", "All cats are lions.")
    assert "All cats are lions." in show({**nice, "proof": proof}).text("#tree")


def test_a_shared_step_is_drawn_once(show: Show, nice: dict[str, Any]) -> None:
    tab = show(nice)
    assert tab.text("#tree").count("All cats are quiet.") == 1
    assert tab.run("document.querySelectorAll('.again').length") == 1
    tab.run("document.querySelector('.reference').click()")
    assert tab.run("document.activeElement.closest('li').id") == tab.run(
        "document.querySelector('.reference').hash.slice(1)"
    )


def test_labels_stand_beside_the_notation(show: Show, nice: dict[str, Any]) -> None:
    steps = json.loads(nice["proof"])["steps"]
    at = next(i for i, step in enumerate(steps) if step["by"] == "apply")
    tab = show(nice, {str(at): "Anne is a cat indeed"})
    assert "Anne is a cat indeed cat(anne)" in tab.text(f"#s{at} .says")


def test_the_verdict_is_that_of_the_goal(show: Show, nice: dict[str, Any]) -> None:
    tab = show({**nice, "verdict": "refuted"})
    assert tab.text(".verdict-word") == "Proved"
    assert "The file calls this “refuted”" in tab.text("#verdict")


def test_verdicts(show: Show, world: SimpleNamespace) -> None:
    clauses = (*world.animals, world.fact("~kind", "bob"), world.fact("~round", "anne"))
    expected = {"nice": "Conflict", "quiet": "Proved"}
    for name, word in expected.items():
        try:
            answer = world.answer(clauses, world.about(name))
        except AssertionError:
            continue
        assert show(answer).text(".verdict-word") == word
    assert show(world.answer(clauses, world.about("kind", "bob"))).text(".verdict-word") == "Refuted"
    assert show(world.answer(clauses, world.about("round", "anne"))).text(".verdict-word") == "Conflict"
    assert show(world.answer(clauses, world.about("round", "bob"))).text(".verdict-word") == "Unknown"


def test_the_answers_of_a_which_question(show: Show, world: SimpleNamespace) -> None:
    asked = world.rule("?", "quiet")
    asked = asked._replace(head=("?/1", asked.head[1]))
    bundle = world.answer((*world.animals, world.fact("cat", "carl")), asked, answers=["Anne", "Carl"])
    tab = show(bundle)
    assert tab.state() == "consistent"
    assert tab.text(".verdict-word") == "2 answers" and tab.text(".answers") == "Anne\nCarl"
    assert "An answer: anne" in tab.text("#tree")
    assert "these are what was checked" in show({**bundle, "answers": ["Anne"]}).text("#verdict")


def test_closures_are_folded_and_hold_all_that_was_consulted(show: Show, world: SimpleNamespace) -> None:
    tab = show(world.answer(world.animals, world.about("merry")))
    assert tab.state() == "consistent"
    assert tab.run("[...document.querySelectorAll('details.closure')].every((fold) => !fold.open)")
    assert "It cannot be derived: sad(anne)" in tab.text("#tree")
    unknown = show(world.answer(world.animals, world.about("kind", "bob")))
    assert "All cats are quiet." not in unknown.text("#tree")
    unknown.run("document.getElementById('unfold').click()")
    tree = unknown.text("#tree")
    for said in (
        "kind(bob): nothing",
        "All cats are quiet.",
        "Anne is a cat.",
        "No sentence or row of the book leads to this.",
    ):
        assert said in tree


def test_an_answer_without_a_proof(show: Show) -> None:
    bundle = {
        "question": "Is it?",
        "read_as": "",
        "verdict": "ambiguous",
        "answers": [],
        "proof": "",
        "context": "",
        "goal": "",
    }
    tab = show(bundle)
    assert tab.state() == "none" and "no proof" in tab.text("#seal-line") and tab.text(".verdict-word") == "Ambiguous"


# --- keyboard and size ----------------------------------------------------------------------------------------------


def test_folding_by_keyboard(show: Show, nice: dict[str, Any]) -> None:
    tab = show(nice)
    assert tab.run("document.querySelector('#tree details').open")
    tab.run("document.querySelector('#tree summary').focus()")
    tab.press("Enter")
    assert not tab.run("document.querySelector('#tree details').open")
    tab.press("ArrowRight")
    assert tab.run("document.querySelector('#tree details').open")
    tab.press("ArrowDown")
    assert tab.run("document.activeElement === document.querySelectorAll('#tree summary')[1]")
    tab.press("ArrowLeft")
    assert not tab.run("document.activeElement.parentElement.open")
    tab.press("ArrowLeft")
    assert tab.run("document.activeElement === document.querySelectorAll('#tree summary')[0]")


@pytest.mark.parametrize("length", [3, 150, 2000])
def test_long_proofs_fit_a_phone(show: Show, world: SimpleNamespace, length: int) -> None:
    chain = [world.fact("p0", "anne"), *(world.rule(f"p{n + 1}", f"p{n}") for n in range(length))]
    tab = show(world.answer(chain, world.about(f"p{length}")))
    assert tab.state() == "consistent" and not faults(tab)
    for scheme in ("light", "dark"):
        tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        tab.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
        tab.run("document.getElementById('unfold').click()")
        assert tab.run("document.documentElement.scrollWidth") <= 360
        assert (
            tab.run(
                "Math.min(...[...document.querySelectorAll('.says')].slice(0, 200).map((e) => e.clientWidth || 999))"
            )
            > 200
        )


# --- the colour -----------------------------------------------------------------------------------------------------


def test_accepted_after_a_lock_is_chosen(
    show: Show, nice: dict[str, Any], world: SimpleNamespace, tmp_path: Path
) -> None:
    tab = show(nice)
    neutral = tab.run("getComputedStyle(document.getElementById('seal')).color")
    lock = tmp_path / "book.lock"
    lock.write_text(world.lock_of(nice), encoding="utf-8")
    tab.choose("#lock", lock)
    tab.wait("document.body.dataset.state === 'accepted'")
    assert tab.text("#seal-line") == "accepted against book.lock"
    assert tab.run("getComputedStyle(document.getElementById('seal')).color") != neutral


def drop(tab: Any, name: str, content: str) -> None:
    tab.run(
        f"""(() => {{
        const data = new DataTransfer();
        data.items.add(new File([{json.dumps(content)}], {json.dumps(name)}));
        for (const type of ["dragover", "drop"])
          document.body.dispatchEvent(new DragEvent(type, {{ dataTransfer: data, bubbles: true, cancelable: true }}));
        }})()"""
    )


def test_accepted_after_a_lock_is_dropped(show: Show, nice: dict[str, Any], world: SimpleNamespace) -> None:
    tab = show(nice)
    drop(tab, "book.lock", world.lock_of(nice))
    tab.wait("document.body.dataset.state === 'accepted'")


def test_red_against_the_lock_of_another_book(show: Show, nice: dict[str, Any], world: SimpleNamespace) -> None:
    other = world.answer((*world.animals, world.fact("sad", "bob")), world.about("nice"))
    tab = show(nice)
    drop(tab, "book.lock", world.lock_of(other))
    tab.wait("document.body.dataset.state === 'rejected'")
    assert "wrong_theory" in tab.text("#seal-line") and "another book" in tab.text("#seal-text")
    assert tab.run("getComputedStyle(document.querySelector('.verdict-word')).textDecorationLine") == "line-through"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no JSON",
        "null",
        "[]",
        '"x"',
        "{}",
        '{"quod":"2","theory":"x"}',
        '{"quod":"1"}',
        '{"quod":"1","theory":"x","roots":[["a"]]}',
    ],
)
def test_what_is_no_lock_takes_green_away(
    show: Show, nice: dict[str, Any], world: SimpleNamespace, content: str
) -> None:
    tab = show(nice)
    drop(tab, "book.lock", world.lock_of(nice))
    tab.wait("document.body.dataset.state === 'accepted'")
    drop(tab, "notes.txt", content)
    tab.wait("document.body.dataset.state === 'consistent'")
    assert "notes.txt is not a book.lock" in tab.text("#seal-line")


def test_roots_come_from_the_lock_alone(
    show: Show, handmade: Callable[[str], dict[str, Any]], world: SimpleNamespace
) -> None:
    bundle = handmade("ok_row")
    tab = show(bundle)
    assert tab.state() == "consistent"
    drop(tab, "book.lock", world.lock_of(bundle, roots=[]))
    tab.wait("document.body.dataset.state === 'rejected'")
    assert "grade_too_low" in tab.text("#seal-line")


def test_an_edited_byte_turns_it_red_and_back(show: Show, nice: dict[str, Any], world: SimpleNamespace) -> None:
    tab = show(nice)
    drop(tab, "book.lock", world.lock_of(nice))
    tab.wait("document.body.dataset.state === 'accepted'")
    tab.run("document.getElementById('edit-fold').open = true")
    tab.wait("document.getElementById('bytes').value !== ''")
    assert tab.run("document.getElementById('bytes').value") == nice["proof"]
    place = nice["proof"].index("All cats are quiet")
    tab.run("document.getElementById('bytes').focus()")
    tab.run(f"document.activeElement.setSelectionRange({place}, {place + 3})")
    tab.call("Input.insertText", text="No")
    tab.wait("document.body.dataset.state === 'rejected'")
    assert "clause_not_in_theory" in tab.text("#seal-line") and "step" in tab.text("#seal-line")
    assert "No cats are quiet." in tab.text("#tree") and tab.run("document.querySelectorAll('.faulty').length") == 1
    tab.run("document.getElementById('restore').click()")
    tab.wait("document.body.dataset.state === 'accepted'")
    assert tab.run("document.querySelectorAll('.faulty').length") == 0


def test_every_single_edit_turns_it_red(show: Show, nice: dict[str, Any]) -> None:
    tab = show(nice)
    length = len(nice["proof"])
    script = """(async (places) => {
      const { answer } = JSON.parse(document.getElementById("data").textContent);
      const bytes = (text) => new TextEncoder().encode(text);
      return places.filter((at) => {
        const text = answer.proof.slice(0, at) + (answer.proof[at] === "q" ? "z" : "q") + answer.proof.slice(at + 1);
        return quodCheck(bytes(text), bytes(answer.context), bytes(answer.goal)).accepted;
      });
    })"""
    assert tab.run(f"{script}({json.dumps(list(range(0, length, 7)))})") == []


def test_bytes_that_are_no_proof(show: Show, nice: dict[str, Any]) -> None:
    tab = show({**nice, "proof": nice["proof"][:-1]})
    assert tab.state() == "rejected" and "malformed_bytes" in tab.text("#seal-line")
    assert not tab.run("document.getElementById('stale').hidden")


# --- nothing leaves, nothing runs -----------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that records who calls."""
    calls: list[str] = []

    class Recorder(http.server.BaseHTTPRequestHandler):
        timeout = 1  # a browser may connect ahead of asking, and then never ask

        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Recorder) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", calls
        running.shutdown()
        thread.join()


def test_no_request_leaves_the_page(show: Show, nice: dict[str, Any], world: SimpleNamespace) -> None:
    tab = show(nice)
    drop(tab, "book.lock", world.lock_of(nice))
    tab.wait("document.body.dataset.state === 'accepted'")
    tab.run("document.getElementById('unfold').click()")
    asked = [event["request"]["url"] for event in tab.events("Network.requestWillBeSent")]
    assert len(asked) == 1 and asked[0].startswith("file://")


def test_the_policy_blocks(show: Show, nice: dict[str, Any], server: tuple[str, list[str]]) -> None:
    url, calls = server
    tab = show(nice)
    blocked = tab.run(
        f"""(async () => {{
        const seen = [];
        document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
        const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
        const attempt = async (what) => {{ try {{ await what(); }} catch {{ }} }};
        await attempt(() => fetch("{url}/fetch"));
        await attempt(() => navigator.sendBeacon("{url}/beacon"));
        await attempt(() => new WebSocket("{url.replace("http", "ws")}/socket"));
        await attempt(() => add("img", {{ src: "{url}/image" }}));
        await attempt(() => add("script", {{ src: "{url}/script" }}));
        await attempt(() => add("script", {{ textContent: "globalThis.hacked = 1" }}));
        await attempt(() => add("style", {{ textContent: "body {{ color: red }}" }}));
        await attempt(() => add("iframe", {{ src: "{url}/frame" }}));
        await attempt(() => document.body.setAttribute("onclick", "globalThis.hacked = 1"));
        await attempt(() => {{ document.body.innerHTML = "<b>markup</b>"; }});
        await attempt(() => eval("globalThis.hacked = 1"));
        document.body.click();
        await new Promise((done) => setTimeout(done, 300));
        return {{ seen, hacked: globalThis.hacked ?? null, markup: document.body.textContent === "markup" }};
        }})()"""
    )
    assert blocked["hacked"] is None and not blocked["markup"] and not calls
    assert {"connect-src", "img-src", "style-src-elem", "frame-src", "require-trusted-types-for"} <= set(
        blocked["seen"]
    )


HOSTILE = {
    "script_end": "</script><script>alert(1)</script>",
    "image": '<img src=x onerror="globalThis.hacked=1">',
    "javascript_url": "javascript:globalThis.hacked=1",
    "bidi_override": "paid \u202e000,1\u202c euro",
    "bidi_isolate": "a\u2066b\u2069c",
    "zero_width": "ad\u200bmin\ufeff",
    "proto": "__proto__",
    "constructor": "constructor",
    "terminal_escape": "\x1b[31mred\x1b[0m\x07",
    "c1_control": "a\u009b31m",
    "line_separator": "a\u2028b\u2029c",
    "comment": "<!-- --><!--<script>",
    "template": "{{script}}${globalThis.hacked=1}",
    "formula": "=cmd|' /C calc'!A0",
    "combining": "z" + "\u0316" * 40,
    "tag_characters": "x\U000e0041\U000e0042",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_cells_are_inert(show: Show, world: SimpleNamespace, name: str) -> None:
    text = HOSTILE[name]
    spaceless = "".join(text.split()).replace("/", "∕").replace("~", "") or "x"
    clauses = (
        world.fact("cat", text, sentence=text),
        world.rule(spaceless, "cat", sentence=text)._replace(paraphrase=text + " read"),
    )
    bundle = world.answer(
        clauses, world.about(spaceless, text), question=text, read_as=text, answers=[text], verdict=text
    )
    tab = show(bundle, {str(at): text for at in range(20)})
    tab.run("document.getElementById('unfold').click()")
    assert tab.state() == "consistent" and not tab.events("Runtime.exceptionThrown")
    assert tab.run("document.getElementById('stale').hidden")
    assert tab.run("globalThis.hacked ?? null") is None
    assert tab.run("document.scripts.length") == 3
    assert tab.run("document.querySelectorAll('img, iframe, object, embed, link, base, form, svg').length") == 0
    links = tab.run("[...document.links].map((link) => link.getAttribute('href'))")
    assert all(link.startswith("#s") and link[2:].isdigit() for link in links)
    shown = tab.run("document.body.innerText")
    hidden = [c for c in shown if c in "\u202e\u202c\u2066\u2069\u200b\ufeff\x1b\x07\u009b\u2028\u2029\U000e0041"]
    assert not hidden
    assert not tab.run("/\\p{M}{5}/u.test(document.getElementById('question').textContent)")
    if any(not c.isprintable() for c in text):
        code = f"U+{ord(next(c for c in text if not c.isprintable())):04X}"
        assert code in tab.text("h1") and code in tab.text("#tree") and code in tab.run("document.title")
    elif name != "combining":
        assert tab.text("h1") == text and text in tab.text("#tree")


def test_a_hostile_row_and_column(show: Show, world: SimpleNamespace) -> None:
    from quod.kernel.values import Clause, holds, text, variable
    from quod.knowledge.commitments import CommittedRelation

    bad = HOSTILE["script_end"]
    relation = CommittedRelation([HOSTILE["image"], "__proto__"], [(text(bad), text(HOSTILE["bidi_override"]))])
    x, y = variable("__proto__"), variable("constructor")
    clause = Clause(("seen/1", (x,)), (holds(("table/2", (x, y))),), bad, bad, "hand")
    tab = show(world.answer([clause], ("seen/1", (text(bad),)), {"table/2": relation}))
    tab.run("document.getElementById('unfold').click()")
    assert tab.state() == "consistent" and not faults(tab)
    tree = tab.text("#tree")
    assert HOSTILE["image"] in tree and "__proto__" in tree and "U+202E" in tree and bad in tree
    assert tab.run("document.scripts.length") == 3


@pytest.mark.parametrize(
    "name",
    [
        "ok_count",
        "ok_reveal",
        "ok_claim",
        "ok_each",
        "ok_contested",
        "ok_exactly_closed",
        "ok_replay_sums",
        "ok_assume",
    ],
)
def test_handmade_proofs_are_drawn(show: Show, handmade: Callable[[str], dict[str, Any]], name: str) -> None:
    tab = show(handmade(name))
    tab.run("document.getElementById('unfold').click()")
    assert tab.state() == "consistent" and not faults(tab)
    assert tab.run("document.getElementById('stale').hidden")
    assert "undefined" not in tab.text("#tree") and "[object" not in tab.text("#tree")

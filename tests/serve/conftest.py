"""A Chromium driven over the DevTools protocol, through a pipe, with the standard library alone."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quod.kernel import Rejection, canonical, check
from quod.kernel.values import Atom, Clause, absent, holds, symbol, variable
from quod.knowledge.commitments import CommittedRelation, TheoryCommitment
from quod.reasoning import Program, Prover
from quod.serve import page

PATIENCE = 60.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
)
# Chromium speaks on the descriptors 3 (in) and 4 (out); both are moved out of the way first.
ON_PIPES = """
import os, sys
read, write = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
read, write = (fd if fd > 4 else os.dup(os.dup(os.dup(fd))) for fd in (read, write))
os.dup2(read, 3); os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One running Chromium; `open` gives a tab."""

    def __init__(self, program: Path, profile: Path) -> None:
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", ON_PIPES, str(to_child), str(from_child)]  # noqa: RUF005  # reason: two commands
            + [str(program), *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_child, from_child),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self._buffer = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events on the way are kept."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._receive(until)
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])
            self.events.append(answer)

    def _receive(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._read], [], [], max(until - time.monotonic(), 0))[0]:
                raise TimeoutError("Chromium does not answer")
            part = os.read(self._read, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has ended")
            self._buffer += part
        message, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(message))

    def open(self, url: str) -> Tab:
        return Tab(self, url)

    def close(self) -> None:
        try:
            self.call("Browser.close")
            self._process.wait(10)
        except (RuntimeError, OSError, TimeoutError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._read)
        os.close(self._write)


class Tab:
    """One page: scripts, input, pictures, and everything it asked for or complained about."""

    def __init__(self, browser: Browser, url: str, **media: str) -> None:
        self._browser = browser
        self._target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "DOM", "Log"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && document.body.dataset.state !== 'checking'")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)

    def run(self, script: str) -> Any:
        """The value of an expression, by way of JSON; promises are waited for."""
        found = self.call(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
            allowUnsafeEvalBlockedByCSP=False,
        )
        if "exceptionDetails" in found:
            raise RuntimeError(f"{script}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        until = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > until:
                raise TimeoutError(f"never came true: {condition}")
            time.sleep(0.02)

    def state(self) -> str:
        return str(self.run("document.body.dataset.state"))

    def text(self, selector: str = "body") -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def press(self, key: str) -> None:
        code = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            extra = {"text": code} if code and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, **extra)

    def choose(self, selector: str, file: Path) -> None:
        """Choose a file with a file input, as a reader does."""
        node = self.run_object(f"document.querySelector({json.dumps(selector)})")
        self.call("DOM.setFileInputFiles", objectId=node, files=[str(file)])

    def run_object(self, script: str) -> str:
        return str(self.call("Runtime.evaluate", expression=script)["result"]["objectId"])

    def events(self, method: str) -> list[dict[str, Any]]:
        self.run("0")  # what was sent before has arrived then
        return [
            event["params"]
            for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] == method
        ]

    def picture(self, file: Path, width: int = 1100, scheme: str = "light", height: int = 0) -> None:
        """A picture of the page, whole unless *height* is given."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height or 900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        found = self.call("Page.captureScreenshot", captureBeyondViewport=not height)
        file.write_bytes(base64.b64decode(found["data"]))

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = Browser(chromium, Path(profile))
        try:
            yield running
        finally:
            running.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Tab]]:
    """Open the page of an answer file in a tab, from disk."""
    tabs: list[Tab] = []

    def opened(bundle: dict[str, Any], labels: dict[str, str] | None = None) -> Tab:
        file = tmp_path / f"proof{len(tabs)}.html"
        file.write_text(page(bundle, labels or {}), encoding="utf-8")
        tabs.append(browser.open(file.as_uri()))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture
def handmade(root: Path) -> Callable[[str], dict[str, Any]]:
    """A hand-made proof as an answer file; the verdict it is given is its goal's."""

    def bundle(name: str) -> dict[str, Any]:
        case = json.loads((root / "spec" / "handmade" / f"{name}.json").read_text(encoding="utf-8"))
        fields = {field: case[field] for field in ("proof", "context", "goal")}
        return {"quod": "1", "question": case["why"], "read_as": "", "verdict": "", "answers": [], **fields}

    return bundle


def answer(
    clauses: Iterable[Clause],
    asked: Atom | Clause,
    relations: Mapping[str, CommittedRelation] | None = None,
    **shown: Any,
) -> dict[str, Any]:
    """The answer file of a question about a theory: an atom to be judged, or a clause that defines ``?/N``."""
    rules = list(clauses)
    theory = TheoryCommitment(rules, relations, closed=relations or ())
    prover = Prover(theory, Program(rules))
    finding = prover.which([asked]) if isinstance(asked, Clause) else prover.verdict(asked)
    if finding.shown is None:
        raise AssertionError(f"no proof: {finding}")
    parts = {"proof": finding.shown.proof, "goal": finding.shown.goal, "context": theory.context("2026-11-24")}
    texts = {name: canonical(value).decode() for name, value in parts.items()}
    report = check(*(texts[name].encode() for name in ("proof", "context", "goal")))
    if isinstance(report, Rejection):
        raise AssertionError(f"rejected: {report}")
    known = {"quod": "1", "question": "A question?", "read_as": "", "verdict": finding.verdict, "answers": []}
    return {**known, **texts, **shown}


def fact(name: str, *args: str, sentence: str = "") -> Clause:
    """A fact about symbols."""
    said = sentence or f"{' and '.join(args)}: {name}."
    return Clause((f"{name}/{len(args)}", tuple(map(symbol, args))), (), said, said, "hand")


def rule(head: str, *body: str, sentence: str = "", unless: str = "") -> Clause:
    """A rule about one thing, X; the names are predicates of one place."""
    x = (variable("X"),)
    literals = [holds((f"{name}/1", x)) for name in body] + ([absent((f"{unless}/1", x))] if unless else [])
    said = sentence or f"What is {' and '.join(body)} is {head}."
    return Clause((f"{head}/1", x), tuple(literals), said, f"If X is {' and '.join(body)}, then X is {head}.", "hand")


ANIMALS = (
    fact("cat", "anne", sentence="Anne is a cat."),
    fact("dog", "bob", sentence="Bob is a dog."),
    fact("round", "anne", sentence="Anne is round."),
    rule("quiet", "cat", sentence="All cats are quiet."),
    rule("kind", "quiet", sentence="Quiet things are kind."),
    rule("nice", "kind", "round", "quiet", sentence="Kind, round and quiet things are nice."),
    rule("merry", "kind", unless="sad", sentence="Kind things are merry unless they are sad."),
)


def about(name: str, who: str = "anne") -> Atom:
    """An atom of one place."""
    return (f"{name}/1", (symbol(who),))


@pytest.fixture(scope="session")
def nice() -> dict[str, Any]:
    """The answer file of a proof of eleven steps, one of them shared."""
    return answer(ANIMALS, about("nice"), question="Is Anne nice?", read_as="Is it true that Anne is nice?")


def lock_of(bundle: dict[str, Any], **changed: Any) -> str:
    """The lock of the theory that an answer file names."""
    context = json.loads(bundle["context"])
    known = {"quod": "1", "theory": context["theory"], "roots": context["roots"], "now": "", "sentences": []}
    return json.dumps({**known, **changed})


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    """The makers above, for tests that need a theory of their own."""
    return SimpleNamespace(animals=ANIMALS, about=about, answer=answer, fact=fact, lock_of=lock_of, rule=rule)

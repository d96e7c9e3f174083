"""Hostile documents are rejected with the same kind by both checkers, within two seconds and 200 MB each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
HOSTILE = HERE / "hostile.py"
CHECKER = HERE.parents[1] / "checker" / "check.js"
SECONDS, MEGABYTES = 2.0, 200
# A shared or busy machine is not the machine the bar is for.
PATIENCE = 2.0

SCRIPT = """
import { check } from %s;
import fs, { readFileSync } from "node:fs";
const parts = process.argv.slice(1).map((path) => readFileSync(path));
const start = process.cpuUsage();
const outcome = check(...parts);
const used = process.cpuUsage(start);
const status = fs.existsSync("/proc/self/status") ? fs.readFileSync("/proc/self/status", "utf8") : "";
const own = /VmHWM:\\s*(\\d+)/.exec(status); // resourceUsage() would count the parent's memory at the fork
const peak = own ? Number(own[1]) : process.resourceUsage().maxRSS;
console.log(JSON.stringify({
  kind: outcome.accepted ? "" : outcome.kind, step: outcome.step,
  seconds: (used.user + used.system) / 1e6, mb: peak / 1024,
}));
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(HOSTILE), "write", str(folder)], check=True)
    return folder


def run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def too_much(found: dict[str, Any]) -> bool:
    return bool(found["seconds"] > SECONDS * PATIENCE or found["mb"] > MEGABYTES)


def in_python(folder: Path, name: str) -> dict[str, Any]:
    return run([sys.executable, str(HOSTILE), "check", str(folder), name])


def in_javascript(folder: Path, name: str, node: Path) -> dict[str, Any]:
    paths = [str(folder / f"{name}.{what}") for what in ("proof", "context", "goal")]
    return run([str(node), "--input-type=module", "-e", SCRIPT % json.dumps(CHECKER.as_uri()), *paths])


def test_python(cases: Path) -> None:
    found = {name: (kind, in_python(cases, name)) for name, kind in json.loads((cases / "index.json").read_text())}
    assert not {name: each for name, each in found.items() if each[0] != each[1]["kind"]}
    assert not {name: each for name, each in found.items() if too_much(each[1])}


def test_javascript(cases: Path, node: Path) -> None:
    if not CHECKER.exists():
        pytest.skip("no second checker yet")
    names = json.loads((cases / "index.json").read_text())
    found = {name: (kind, in_javascript(cases, name, node)) for name, kind in names}
    assert not {name: each for name, each in found.items() if each[0] != each[1]["kind"]}
    assert not {name: each for name, each in found.items() if too_much(each[1])}


def main(folder: str) -> None:
    """Print a table: `python test_hostile.py FOLDER`."""
    at, node = Path(folder), Path(os.environ.get("QUOD_NODE", "node"))
    for name, kind in json.loads((at / "index.json").read_text()):
        for found in (in_python(at, name), in_javascript(at, name, node)):
            mark = "" if kind == found["kind"] and not too_much(found) else "  <<<"
            sys.stdout.write(f"{name:26} {found['kind']:22} {found['seconds']:7.2f} s {found['mb']:7.0f} MB{mark}\n")


if __name__ == "__main__":
    main(sys.argv[1])

"""Run the commands in the documentation and put their real output beneath them.

A ```console block holds lines ``$ quod …`` followed by their output; a ```python block is run. With ``--check`` nothing is
written, and the exit code is 1 if a page is not as it would be written.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """The pages whose blocks are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "spec" / "english.md"]


def console(block: str) -> str:
    """The commands of a block, each followed by what it prints."""
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines.append(line)
            lines += run(line[2:]).rstrip("\n").splitlines()
    return "\n".join(lines) + "\n"


def run(command: str) -> str:
    """What a command prints, run from the repository's root with this Python's `quod`."""
    words = shlex.split(command)
    if words[0] != "quod":
        raise ValueError(f"only quod is run in the documentation, not {words[0]!r}")
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "quod", *words[1:]],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False, timeout=120,
    )
    return ran.stdout + ran.stderr


def python(block: str) -> None:
    """Run a block; a block that raises is an error in the documentation."""
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(block, "documentation", "exec"), {"__name__": "documentation"})


def refreshed(text: str) -> str:
    """The page with the real output of its commands."""

    def replace(found: re.Match[str]) -> str:
        if found[1] == "python":
            python(found[2])
            return found[0]
        return f"```console\n{console(found[2])}```"

    return BLOCK.sub(replace, text)


def main() -> int:
    """Refresh every page, or with ``--check`` name those that are out of date."""
    stale = []
    for page in pages():
        if page.exists():
            text = page.read_text(encoding="utf-8")
            fresh = refreshed(text)
            if fresh != text:
                stale.append(page)
                if "--check" not in sys.argv:
                    page.write_text(fresh, encoding="utf-8")
    for page in stale:
        print(page.relative_to(ROOT))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())

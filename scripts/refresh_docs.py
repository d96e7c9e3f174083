"""Run the commands in the documentation and put their real output beneath them.

Each page is run in a folder of its own that holds a copy of `examples`. A ```console block holds lines ``$ quod …``
followed by their output; a ```python block is run; a block such as ```markdown club/book.md is written to the file it
names. With ``--check`` nothing is written to the pages, and the exit code is 1 if one is not as it would be written.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)


def pages() -> list[Path]:
    """The pages whose blocks are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "spec" / "english.md"]


def console(block: str, folder: Path = ROOT) -> str:
    """The commands of a block, each followed by what it prints."""
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines.append(line)
            lines += run(line[2:], folder).rstrip("\n").splitlines()
    return "\n".join(lines) + "\n"


def run(command: str, folder: Path = ROOT) -> str:
    """What a command prints, run in *folder* with this Python's `quod`."""
    words = shlex.split(command)
    if words[0] != "quod":
        raise ValueError(f"only quod is run in the documentation, not {words[0]!r}")
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(
        [sys.executable, "-m", "quod", *words[1:]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, env=environment, check=False,
        timeout=120,
    )
    return ran.stdout


def python(block: str, folder: Path = ROOT) -> None:
    """Run a block in *folder*; a block that raises is an error in the documentation."""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(block, "documentation", "exec"), {"__name__": "documentation"})


def write(block: str, file: Path) -> None:
    """Write a block to the file it names, inside the folder of the page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block, encoding="utf-8")


def refreshed(text: str) -> str:
    """The page with the real output of its commands."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("*.salts"))

        def replace(found: re.Match[str]) -> str:
            fence, kind, file, block = found["fence"], found["kind"], found["file"], found["text"]
            if file is not None:
                write(block, folder / file)
            elif kind == "python":
                python(block, folder)
            elif kind == "console":
                return f"{fence}console\n{console(block, folder)}{fence}"
            return found[0]

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

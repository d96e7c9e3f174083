"""Answers and actions that carry their proof.

`quod.load(path)` reads a theory; `theory.ask(question)` returns an answer whose proof a small kernel has
re-checked from bytes. Importing the package imports no room: `load` fetches the routing room when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quod.routing import load as load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> object:
    """Return `load` from the routing room, imported on first use so that `import quod` stays cheap."""
    if name != "load":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = importlib.import_module("quod.routing").load
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

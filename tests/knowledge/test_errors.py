"""Every error of the room has a code of its own, stands in the drawn tree, and has a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from quod.kernel.errors import NotUsable, QuodError
from quod.knowledge import errors

KINDS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, QuodError)),
    key=lambda kind: kind.__name__,
)
TESTS = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    if path.name != "test_errors.py"
)


def test_codes_are_distinct():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not NotUsable], ids=lambda kind: kind.code)
def test_drawn_derived_and_tested(kind):
    assert issubclass(kind, NotUsable)
    assert kind.__name__ in (errors.__doc__ or "")
    if not kind.__subclasses__():
        assert f'"{kind.code}"' in TESTS, f"no test expects the code {kind.code}"


def test_did_you_mean():
    assert errors.did_you_mean("titel", ["title", "open"]) == "Did you mean 'title'?"
    assert errors.did_you_mean("xyz", ["title"]) == ""

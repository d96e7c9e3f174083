"""How a check ends when it does not accept: one kind per way a proof can be wrong (``spec/rejections.md``)."""

from __future__ import annotations

from typing import NoReturn


class Rejection(Exception):
    """A proof was not accepted. *kind* names why, *step* the index of the step, or ``""``."""

    def __init__(self, kind: str, **fields: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.step = ""
        self.fields = fields

    accepted = False

    def json(self) -> dict[str, object]:
        """The rejection as the JSON object both checkers print."""
        return {
            "accepted": False,
            "fields": {name: str(value) for name, value in self.fields.items()},
            "kind": self.kind,
            "step": self.step,
        }

    def __str__(self) -> str:
        place = f" at step {self.step}" if self.step else ""
        fields = "".join(f", {name}: {value}" for name, value in self.fields.items())
        return f"rejected: {self.kind}{place}{fields}"


def reject(kind: str, **fields: object) -> NoReturn:
    """Stop the check with a rejection of *kind*."""
    raise Rejection(kind, **fields)

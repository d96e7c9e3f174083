"""Why a program is not evaluated in bulk: its cases are then decided one by one."""

from __future__ import annotations

from quod.kernel.errors import QuodError


class NotInBulk(QuodError):
    """Something in these rules has no exact SQL."""

    code = "not_in_bulk"


class TooLarge(NotInBulk):
    """A number may come up that no SQL integer holds."""

    code = "too_large"

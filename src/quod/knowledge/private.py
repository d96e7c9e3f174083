"""Private columns: their cells are committed as salted digests, so that a proof names rows without showing the values.

All salts of a book follow from one random secret, kept in a file beside it that only its owner can read. Each cell has
a salt of its own: two equal values are committed differently, and whoever learns one salt learns nothing of the others.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from quod.kernel.canonical import canonical
from quod.kernel.commit import cell_digest
from quod.kernel.errors import NotUsable, Place
from quod.kernel.values import Term
from quod.knowledge.relations import Relation, Row

_HEADER = "quod salts 1"
_CONTENT = re.compile(rf"{_HEADER}\n([0-9a-f]{{64}})\n")


class PrivateValue(NotUsable):
    """The answer depends on a value of a private column, which its proof would have to show."""

    code = "private_value"


class SaltsFile(NotUsable):
    """The file with the salts of private columns cannot be used, or others can read it."""

    code = "salts_file"


@dataclass(frozen=True, repr=False)
class Salts:
    """The secret from which the salt of every private cell of a book follows."""

    secret: bytes

    def salt(self, relation: Relation, row: Row, column: int) -> str:
        """The salt of one cell: HMAC-SHA256 of the whole row under the secret, so that no two cells share one."""
        where = canonical([relation.predicate, relation.columns[column], row])
        return hmac.digest(self.secret, where, "sha256").hex()

    def hide(self, relation: Relation, row: Row, column: int) -> Term:
        """The cell as a proof shows it."""
        return ("h", cell_digest(self.salt(relation, row, column), row[column]))


def salts_path(theory: Path) -> Path:
    """Where the salts of a theory are kept: in its folder, or beside its file under the same name."""
    return theory / "book.salts" if theory.is_dir() else theory.with_suffix(".salts")


def salted(relation: Relation, salts: Salts | None) -> Relation:
    """*relation* as it is committed to: cells of private columns are digests.

    *Fails when* it has private columns and there are no *salts* (`SaltsFile`).
    """
    if not relation.private:
        return relation
    if salts is None:
        raise SaltsFile(
            f"the table {relation.name!r} has private columns, and there are no salts for them",
            remedy="load the theory from its file or folder, beside which its salts are kept",
        )
    private = relation.positions(relation.private)
    rows = [
        tuple([salts.hide(relation, row, at) if at in private else cell for at, cell in enumerate(row)])
        for row in relation.rows
    ]
    return replace(relation, rows=tuple(rows))


def salts_for(theory: Path, relations: Iterable[Relation]) -> Salts | None:
    """The salts of the theory at *theory*, made now if it has none; None if none of *relations* needs any.

    *Fails when* the file is not one, cannot be read or made, or others can read it (`SaltsFile`).
    """
    if not any(relation.private for relation in relations):
        return None
    path = salts_path(theory)
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise SaltsFile(
            f"the salts of the private columns cannot be kept in {path.name}: {error.strerror}",
            remedy=f"make the folder writable, or put {path.name} there from where you keep it",
            place=Place(str(path)),
        ) from None


def _make(path: Path) -> None:
    """Make the file, whole or not at all; where another process was quicker, its file stays."""
    number, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # only the owner can read what this makes
    made = Path(name)
    try:
        with open(number, "w", encoding="ascii", newline="\n") as file:
            file.write(f"{_HEADER}\n{secrets.token_hex(32)}\n")
        try:
            os.link(made, path)
        except FileExistsError:
            return
    finally:
        made.unlink()


def _read(path: Path) -> Salts:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        message, remedy = "others can read the salts, and with them guess private values", f"chmod 600 {path.name}"
        raise SaltsFile(message, remedy=remedy, place=Place(str(path)))
    found = _CONTENT.fullmatch(path.read_bytes().decode("ascii", "replace"))
    if found is None:
        remedy = "put the right file back; or remove it, and lock and answer again: old proofs need the old salts"
        raise SaltsFile("this is not a file of salts", remedy=remedy, place=Place(str(path)))
    return Salts(bytes.fromhex(found[1]))

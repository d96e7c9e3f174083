"""``book.lock``: the readings that people have reviewed, so that another version of the reader cannot change them.

One entry for each reading: sentence, logical form, paraphrase and the reader's version, ordered by sentence; where a
sentence stands does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from quod.kernel.errors import Place
from quod.knowledge.errors import LockFile, ReadingChanged
from quod.knowledge.readings import Read

#: The version of the file format.
FORMAT = "1"
_SHOWN = 5


@dataclass(frozen=True)
class LockedReading:
    """A reading as it was locked; ``logic`` is its logical form in logic notation."""

    sentence: str
    logic: tuple[str, ...]
    paraphrase: str
    reader: str


@dataclass(frozen=True)
class Lock:
    """The contents of a lock file; ``theory`` is the digest of the theory, ``""`` if it was not locked.

    ``roots`` are the relations the theory rests on, each ``(digest, grade)``, as a context vouches for them.
    """

    readings: tuple[LockedReading, ...]
    theory: str = ""
    roots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Change:
    """A sentence that is no longer read as it was locked; ``after`` is empty if it is not read at all."""

    sentence: str
    before: tuple[LockedReading, ...]
    after: tuple[LockedReading, ...]

    def __str__(self) -> str:
        return f"«{self.sentence}»\n      was read as  {_shown(self.before)}\n      is read as   {_shown(self.after)}"


def _shown(readings: tuple[LockedReading, ...]) -> str:
    if not readings:
        return "nothing: it is not read"
    return "\n        or         ".join(
        f"{' '.join(one.logic)}   ({one.paraphrase} — {one.reader})" for one in readings
    )


def make_lock(reads: Iterable[Read], theory: str = "", roots: Iterable[tuple[str, str]] = ()) -> Lock:
    """The lock of what *reads* say; sentences that are not read have no entry."""
    locked = [one for read in reads for one in _locked(read)]
    return Lock(tuple(sorted(dict.fromkeys(locked), key=_order)), theory, tuple(sorted(roots)))


def _locked(read: Read) -> list[LockedReading]:
    return [LockedReading(read.sentence, one.logic, one.paraphrase, one.reader) for one in read.readings]


def _order(locked: LockedReading) -> tuple[str, tuple[str, ...], str, str]:
    return locked.sentence, locked.logic, locked.paraphrase, locked.reader


def compare(lock: Lock, reads: Iterable[Read]) -> list[Change]:
    """The sentences of *lock* that *reads* now read differently; another paraphrase alone is no difference.

    Sentences that are only in the lock or only in *reads* were taken away or added by their writer: no change.
    """
    before: dict[str, list[LockedReading]] = {}
    for one in lock.readings:
        before.setdefault(one.sentence, []).append(one)
    changes: dict[str, Change] = {}
    for read in reads:
        was = before.get(read.sentence)
        after = sorted(_locked(read), key=_order)
        if was is not None and {one.logic for one in was} != {one.logic for one in after}:
            changes.setdefault(read.sentence, Change(read.sentence, tuple(was), tuple(after)))
    return list(changes.values())


def require_unchanged(lock: Lock, reads: Iterable[Read], file: str = "book.lock") -> None:
    """Do nothing if all locked sentences read as they did.

    *Fails when* one does not (`ReadingChanged`, which shows both readings).
    """
    changes = compare(lock, reads)
    if changes:
        count = "one sentence is" if len(changes) == 1 else f"{len(changes)} sentences are"
        more = f"\n    and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
        raise ReadingChanged(
            f"{count} not read as locked:\n    " + "\n    ".join(map(str, changes[:_SHOWN])) + more,
            remedy="review the new readings, then lock them again with `quod read --lock`",
            place=Place(file),
            changes=tuple(changes),
        )


def show_lock(lock: Lock) -> str:
    """The text of the lock file: JSON, the same bytes for the same readings."""
    readings = [asdict(one) for one in lock.readings]
    content = {"quod.lock": FORMAT, "readings": readings, "roots": lock.roots, "theory": lock.theory}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_lock(lock: Lock, path: Path) -> None:
    """Write the lock file at *path*."""
    path.write_text(show_lock(lock), encoding="utf-8", newline="\n")


def read_lock(path: Path) -> Lock:
    """The lock in the file at *path*.

    *Fails when* there is none, or it is not a lock file of this version (`LockFile`).
    """
    remedy = "make it again with `quod read --lock`"
    try:
        content: object = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise LockFile(f"{path.name} cannot be read: {error.strerror}", remedy=remedy, path=str(path)) from None
    except (ValueError, RecursionError):
        raise LockFile(f"{path.name} is not a lock file", remedy=remedy, place=Place(path.name)) from None
    fields = _object(content, path, ("quod.lock", "readings", "roots", "theory"))
    readings, roots = fields["readings"], fields["roots"]
    if fields["quod.lock"] != FORMAT or not isinstance(readings, list) or not isinstance(roots, list):
        raise LockFile(f"{path.name} is of another version", remedy=remedy, place=Place(path.name))
    locked = [_reading(one, path) for one in cast("list[object]", readings)]
    vouched = [_root(one, path) for one in cast("list[object]", roots)]
    return Lock(tuple(locked), _text(fields["theory"], path), tuple(vouched))


def _object(value: object, path: Path, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        if sorted(found) == sorted(keys):
            return found
    raise LockFile(
        f"{path.name} is not a lock file", remedy="make it again with `quod read --lock`", place=Place(path.name)
    )


def _reading(value: object, path: Path) -> LockedReading:
    fields = _object(value, path, ("logic", "paraphrase", "reader", "sentence"))
    logic: object = fields["logic"]
    forms = cast("list[object]", logic) if isinstance(logic, list) else [logic]
    texts = tuple([_text(form, path) for form in forms])
    sentence, paraphrase, reader = (_text(fields[key], path) for key in ("sentence", "paraphrase", "reader"))
    return LockedReading(sentence, texts, paraphrase, reader)


def _root(value: object, path: Path) -> tuple[str, str]:
    pair = cast("list[object]", value) if isinstance(value, list) else []
    if len(pair) != 2:
        raise LockFile(
            f"{path.name} is not a lock file", remedy="make it again with `quod read --lock`", place=Place(path.name)
        )
    return _text(pair[0], path), _text(pair[1], path)


def _text(value: object, path: Path) -> str:
    if not isinstance(value, str):
        raise LockFile(
            f"{path.name} is not a lock file", remedy="make it again with `quod read --lock`", place=Place(path.name)
        )
    return value

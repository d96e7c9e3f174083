"""Progress of long work, on a terminal's standard error and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager


@contextmanager
def rows_committed() -> Generator[Callable[[int], None]]:
    """What to call with the number of rows of a table committed so far; the first call brings up the line.

    Small tables never call it, so a quick answer imports no progress bar.
    """
    with ExitStack() as stack:
        shown: list[Callable[[int], None]] = []

        def progress(rows: int) -> None:
            if not shown:
                shown.append(_line(stack))
            shown[0](rows)

        yield progress


def _line(stack: ExitStack) -> Callable[[int], None]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = stack.enter_context(Progress(*columns, console=console, transient=True, disable=not console.is_terminal))
    task = bar.add_task("committing a table")

    def show(rows: int) -> None:
        bar.update(task, description=f"committing a table: {rows:,} rows")

    return show

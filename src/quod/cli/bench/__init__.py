"""``quod bench``: the scorers, each printing one JSON object with a key for each set or family."""

from quod.cli.bench.command import command

__all__ = ["command"]

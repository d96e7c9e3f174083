"""`python -m quod` is the `quod` command."""

from quod.cli import main

if __name__ == "__main__":
    main(prog_name="quod")

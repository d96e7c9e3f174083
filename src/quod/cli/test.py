"""``quod test``: the examples in a book, whether they come out as expected, and what they cover."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import click

from quod.cli.group import plain
from quod.kernel.errors import NotUsable
from quod.knowledge.cases import read_cases
from quod.routing import Outcome, Tested, load

_MARKS = {"passed": "pass", "failed": "FAIL", "error": "ERROR"}


class NoExamples(NotUsable):
    """The book has no examples."""

    code = "no_examples"


@click.command("test")
@click.argument("book", type=click.Path(exists=True, path_type=Path))
@click.option("--as-of", metavar="DATE", help="Answer as on this date (YYYY-MM-DD); today if not given.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the tables are.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write the outcomes here as JUnit XML.")
@click.option("--quiet", is_flag=True, help="Show only examples that did not pass, and the summary.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(book: Path, as_of: str | None, data: Path | None, junit: Path | None, quiet: bool, as_json: bool) -> None:
    """Run the examples in a book and say which rules they cover.

    Exit code 0: all examples passed; 1: one did not; 2: the book, or one of its examples, cannot be used.
    """
    cases = read_cases(book)
    if not cases:
        raise NoExamples(
            f"{book} has no examples", remedy="put them in a block that begins with ```examples", path=str(book)
        )
    handle = load(book, now=as_of, data=data)
    tested = handle.test(cases, None if as_json else lambda outcome: _show(outcome, quiet))
    if junit is not None:
        junit.write_bytes(junit_xml(tested, str(book)))
    if as_json:
        click.echo(json.dumps(tested.json(), sort_keys=True, ensure_ascii=True))
    else:
        click.echo(plain("\n".join(["", *summary(tested)])))
    raise SystemExit(2 if tested.count("error") else 1 if tested.count("failed") else 0)


def _show(outcome: Outcome, quiet: bool) -> None:
    if quiet and outcome.status == "passed":
        return
    click.echo(plain(f"{_MARKS[outcome.status]:<5} {outcome.case.name} {outcome.case.expected}"))
    if outcome.reason:
        click.echo(plain("\n".join(f"      {line}" for line in outcome.reason.splitlines())))
        click.echo(plain(f"      at {outcome.case.place.file}:{outcome.case.place.line}"))


def summary(tested: Tested) -> list[str]:
    """The counts, and what no example covers."""
    fired, rules, blocked, exceptions = tested.coverage.counts()
    counts = f"{tested.count('passed')} passed, {tested.count('failed')} failed, {tested.count('error')} unusable"
    proofs = sum([each.proof == "accepted" for each in tested.outcomes])
    lines = [f"{counts}; {proofs} with a proof that the kernel accepted"]
    lines.append(f"covered: {fired} of {rules} rules, {blocked} of {exceptions} exceptions")
    lines += [f"  never fired    {each.sentence}" for each in tested.coverage.rules if not each.fired]
    lines += [
        f"  never blocked  {rule.sentence} ({one.literal})"
        for rule, one in tested.coverage.exceptions
        if not one.blocked
    ]
    return lines


def junit_xml(tested: Tested, book: str) -> bytes:
    """The outcomes as JUnit XML, the same bytes for the same outcomes."""
    totals = {"errors": str(tested.count("error")), "failures": str(tested.count("failed"))}
    suite = ElementTree.Element("testsuite", {"name": _xml(book), "tests": str(len(tested.outcomes)), **totals})
    for outcome in tested.outcomes:
        place = outcome.case.place
        case = ElementTree.SubElement(
            suite,
            "testcase",
            {
                "classname": _xml(place.file),
                "file": _xml(place.file),
                "line": str(place.line),
                "name": _xml(f"{outcome.case.name} {outcome.case.expected}"),
            },
        )
        if outcome.status != "passed":
            kind = "failure" if outcome.status == "failed" else "error"
            ElementTree.SubElement(case, kind, {"message": _xml(outcome.reason.split("\n")[0])}).text = _xml(
                outcome.reason
            )
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _xml(text: str) -> str:
    """*text* without the characters that XML cannot hold."""
    return plain(text)

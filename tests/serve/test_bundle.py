"""Bundling ES modules into one classic script."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from quod.kernel.errors import NotUsable
from quod.serve import bundle, checker_script


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def run(node: Path, script: str) -> str:
    done = subprocess.run([node, "-"], input=script, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_imports_exports_and_private_names(tmp_path: Path, node: Path) -> None:
    main = write(
        tmp_path,
        main='import {\n  double,\n  one as first,\n} from "./a.js";\nimport * as b from "./b.js";\n'
        "const hidden = 3;\nexport function total() {\n  return double(hidden) + first + b.hidden() + b.two;\n}\n",
        a="const hidden = 2;\nexport const one = 1;\nexport function double(n) {\n  return hidden * n;\n}\n",
        b='import { one } from "./a.js";\nconst shadow = 10;\nfunction secret() {\n  return shadow + one;\n}\n'
        "export { secret as hidden };\nexport class Two {}\nexport const two = 100;\n",
    )
    assert run(node, bundle(main, {"sum": "total"}) + "console.log(globalThis.sum());") == "118"


def test_a_module_is_run_once(tmp_path: Path, node: Path) -> None:
    main = write(
        tmp_path,
        main='import { b } from "./b.js";\nimport { c } from "./c.js";\nconsole.log(b, c);\n',
        b='import { counter } from "./d.js";\nexport const b = counter.next();\n',
        c='import { counter } from "./d.js";\nexport const c = counter.next();\n',
        d="let n = 0;\nexport const counter = { next: () => ++n };\n",
    )
    assert run(node, bundle(main)) == "1 2"


@pytest.mark.parametrize(
    "line",
    [
        'import "./a.js";',
        'import a from "./a.js";',
        'import { a } from "a";',
        'import { a } from "https://example.org/a.js";',
        "export default 1;",
        "export let a = 1;",
        "export const { a } = {};",
        'export * from "./a.js";',
        'export { a } from "./a.js";',
    ],
)
def test_other_forms_are_refused(tmp_path: Path, line: str) -> None:
    main = write(tmp_path, main=line + "\n", a="export const a = 1;\n")
    with pytest.raises(NotUsable, match="subset"):
        bundle(main)


def test_a_cycle_is_refused(tmp_path: Path) -> None:
    main = write(
        tmp_path, main='import { a } from "./a.js";\n', a='import { b } from "./main.js";\nexport const a = 1;\n'
    )
    with pytest.raises(NotUsable, match="itself"):
        bundle(main)


def test_a_missing_module_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotUsable, match=r"no module gone\.js"):
        bundle(write(tmp_path, main='import { a } from "./gone.js";\n'))


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "<!--", "<script>"])
def test_what_would_end_the_script_element_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotUsable, match="end its script"):
        bundle(write(tmp_path, main=f'const a = "{text}";\n'))


def test_line_ends_do_not_matter(tmp_path: Path) -> None:
    unix = bundle(write(tmp_path, main="const a = 1;\n"))
    (tmp_path / "main.js").write_bytes(b"const a = 1;\r\n")
    assert bundle(tmp_path / "main.js") == unix


def test_the_checker_as_a_script_checks(node: Path, root: Path) -> None:
    script = """
    const { readFileSync } = require("node:fs");
    const verdicts = ["ok_chain_uncontested", "wrong_theory_digest", "ok_count"].map((name) => {
      const path = process.env.HANDMADE + "/" + name + ".json";
      let c; try { c = JSON.parse(readFileSync(path)); } catch { return "missing"; }
      const found = quodCheck(...["proof", "context", "goal"].map((part) => new TextEncoder().encode(c[part])));
      return found.accepted === c.expect.accepted && (found.accepted || found.kind === c.expect.kind);
    });
    console.log(verdicts.filter((each) => each !== "missing").every(Boolean) && verdicts[0] === true);
    """
    done = subprocess.run(
        [node, "-"],
        input=checker_script() + script,
        env={"HANDMADE": str(root / "spec" / "handmade"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "true"

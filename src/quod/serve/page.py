"""The proof page: one file, no network, that draws a proof and re-checks it in the reader's browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from quod.kernel.errors import NotUsable
from quod.serve.bundle import bundle as bundle_modules
from quod.serve.bundle import checker_script

STATIC = Path(__file__).resolve().parent / "static"
NEEDED = ("proof", "context", "goal")
SHOWN = ("question", "read_as", "verdict")
SLOT = re.compile(r"\{\{(\w+)\}\}")


def page(bundle: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The page for an answer file *bundle*; *labels* say steps of the proof in English, by their index.

    The data is put in as JSON and nothing else, and reaches the document as text content only.

    Fails when: *bundle* has no proof, context or goal, or a field is not text (`NotUsable`).
    """
    data = json.dumps({"answer": _answer(bundle), "labels": dict(labels)}, sort_keys=True, ensure_ascii=True)
    # In JSON these stand only inside strings, where the escape means the same character.
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    slots = {**_fixed(), "data": data}
    # One pass: what is put in is never looked at for slots again.
    return SLOT.sub(lambda found: slots[found[1]], _static("page.html"))


def _answer(bundle: Mapping[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    for name in (*NEEDED, *SHOWN):
        value = bundle.get(name, None if name in NEEDED else "")
        if not isinstance(value, str):
            raise NotUsable(f"an answer file needs {name!r} as text", remedy="write it with `quod ask --proof FILE`")
        answer[name] = value
    answers = bundle.get("answers", ())
    if isinstance(answers, str) or not all(isinstance(each, str) for each in answers):
        raise NotUsable("an answer file needs 'answers' as a list of texts")
    answer["answers"] = list(answers)
    return answer


@cache
def _fixed() -> dict[str, str]:
    """The parts that do not depend on the answer, and the policy that allows them and nothing else."""
    style = _static("page.css")
    checker = checker_script()
    script = bundle_modules(STATIC / "main.js")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(checker)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    return {"policy": policy, "style": style, "checker": checker, "script": script}


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

"""Seal all hand-made proofs and write them to spec/handmade: `python tests/handmade/make.py [folder]`."""

import sys
from pathlib import Path

import accepted
import accepted_data
import accepted_odd
import build
import lies
import lies_closure
import lies_rows
import lies_steps
import rejected_closure
import rejected_end
import rejected_evidence
import rejected_form
import rejected_goal

FOLDER = Path(__file__).resolve().parents[2] / "spec" / "handmade"
PARTS = (
    accepted,
    accepted_data,
    accepted_odd,
    rejected_form,
    rejected_evidence,
    rejected_closure,
    rejected_end,
    rejected_goal,
    lies,
    lies_steps,
    lies_closure,
    lies_rows,
)


def main(folder: Path) -> None:
    for part in PARTS:
        part.all_cases()
    build.save(folder)
    accepted_ones = [case for case in build.CASES.values() if case["expect"]["accepted"]]
    lying = sum("false_goal" in case for case in build.CASES.values())
    sys.stdout.write(
        f"{len(build.CASES)} hand-made proofs: {len(accepted_ones)} accepted "
        f"({sum('fuel' in case['expect'] for case in accepted_ones)} with fuel), "
        f"{len(build.CASES) - len(accepted_ones)} rejected, {lying} of them lies\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""The mutations seal their documents again with the functions of the hand-made proofs, which neither checker shares."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "handmade"))

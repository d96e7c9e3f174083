"""The mutations seal their documents again with the functions of the hand-made proofs, which neither checker shares."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "handmade")]

"""The kernel's tests share `world` and `notation`, which lie beside them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

collect_ignore = ["hostile.py", "mutation.py", "notation.py", "world.py"]

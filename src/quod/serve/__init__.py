"""Pages: what a reader opens in a browser.

`page` makes the proof page, one self-contained file that draws a proof and re-checks it where it is read. Nothing of
what is shown is trusted: the second checker, bundled into the page, decides the colour.
"""

from quod.serve.bundle import bundle, checker_script
from quod.serve.page import page

__all__ = ["bundle", "checker_script", "page"]

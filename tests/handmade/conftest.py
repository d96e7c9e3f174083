"""The generator's modules are a script of their own, not tests and not doctests."""

collect_ignore_glob = ["[!t]*.py"]

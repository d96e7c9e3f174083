# `make demo` and `make test` do all the set-up they need on a machine that has Python 3.11 or newer.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check assure bench clean

help:
	@echo 'make demo    ask an example a question and check its proof twice'
	@echo 'make test    lint, types, the floors and every test (at most 6 minutes)'
	@echo 'make check   lint and types only'
	@echo 'make assure  the long run: mutants, fuzzing, crash tests (hours; resumable)'
	@echo 'make bench   measured comparisons with peers, in an environment of their own'

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo 'Quod needs Python 3.11 or newer; set PYTHON=/path/to/python3'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	$(PIP) install -e '.[node]'
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml
	$(PIP) install -e '.[test]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pyright

# The floors come first and alone: they are quick, and they time imports.
test: check
	$(BIN)/python -m pytest -q tests/test_house.py
	$(BIN)/python -m pytest -n 2 --ignore=tests/test_house.py

assure: $(VENV)/.test
	PATH="$(CURDIR)/$(BIN):$$PATH" scripts/assure

bench:
	PYTHON="$(PYTHON)" scripts/bench

clean:
	rm -rf $(VENV) .venv-bench .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

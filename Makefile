# make run | test | bench | lint | lock        (Windows: the README has the plain commands)
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test bench lint lock browser help

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.stamp: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; fi
	touch $@

run: .venv/.stamp  ## set up and open the dashboard on the sample
	$(BIN)/python -m dashboard run

browser: .venv/.stamp
	$(BIN)/python tests/browser/chromium.py --install

test: .venv/.stamp browser  ## set up and run the tests
	$(BIN)/python -m pytest

bench: .venv/.stamp browser  ## times, as ratios in one run
	$(BIN)/python -m tests.benchmarks.bench

lint: .venv/.stamp  ## format, lint, types, catalogue and queries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m dashboard check

lock: .venv/.stamp  ## compile requirements.txt from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-header \
	  --no-emit-index-url pyproject.toml -o requirements.txt

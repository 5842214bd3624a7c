# make run | test | exhaustive | fuzz | bench | same | lint | lock | sbom | help   (Windows: the README has the plain commands)
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell grep '^uv==' requirements.txt)

.PHONY: run test exhaustive fuzz bench same lint lock sbom browser help

run: .venv/.stamp  ## set up and open the dashboard; publishes the sample where there is no snapshot
	$(BIN)/python -m dashboard run

# uv installs in seconds what takes pip half a minute; where it can't be had, pip does the same.
.venv/.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; say make PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv --clear .venv
	if $(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'; \
	then $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; fi
	touch $@

browser: .venv/.stamp
	$(BIN)/python -m tests.browser.chromium --install

test: .venv/.stamp browser  ## set up, find a Chromium and run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

exhaustive: .venv/.stamp browser  ## the tests with all of what `make test` takes a few of
	EXHAUSTIVE=1 $(BIN)/python -m pytest -n auto --dist loadfile

fuzz: .venv/.stamp  ## ten thousand hostile files, addresses and statements: make fuzz INPUTS=10000 SEED=1
	$(BIN)/python -m tests.fuzz $(if $(INPUTS),--inputs $(INPUTS)) $(if $(SEED),--seed $(SEED))

bench: .venv/.stamp browser  ## times of one run, ours beside bare DuckDB's; with more records: make bench SCALE=100
	$(BIN)/python -m tests.benchmarks.$(if $(SCALE),scaled 1 $(SCALE),bench)

same: .venv/.stamp  ## what the sample's figures say beside another revision: make same BASE=rev
	$(BIN)/python -m tests.gate.same $(or $(BASE),HEAD) $(if $(LIST),--list $(LIST))

lint: .venv/.stamp  ## format, lint, types, catalogue and queries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.columns > .venv/columns.py
	$(BIN)/vulture dashboard pages tests .venv/columns.py
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 queries
	$(BIN)/python -m dashboard check

lock: .venv/.stamp  ## compile requirements.txt from pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
	  --no-header --no-emit-index-url pyproject.toml -o requirements.txt

sbom: .venv/.stamp  ## sbom.json, what the program is made of (CycloneDX), and its known faults
	$(BIN)/python .docs/sbom.py

help:  ## what there is
	@sed -n 's/^\([a-z]*\):.*## */\1	/p' $(MAKEFILE_LIST)

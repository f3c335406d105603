# Everything a person types here. `make help` lists it. The environment is .venv; the command is .venv/bin/mdo.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two workers: the smallest machine we promise to run on has two cores. One file stays on one worker.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

KILLS ?= 20
FUZZ ?= 200
SEED ?= 0

BENCH := .venv-bench
ROWS ?= 1000000
REPEAT ?= 3
SOURCES ?= 300
RECORDS ?= 1000000
SEEDS ?= 301 302 303 304 305
MODEL_SEED ?= 5
PERSONS ?= 1000000
EVENTS ?= 10000000

.DEFAULT_GOAL := help
.PHONY: help env demo ui test test-system check lint lock lock-bench bench bench-night bench-pages bench-readers bench-detectors
.PHONY: bench-matching bench-matching-speed bench-retention bench-suppression model pictures endure clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(VENV)/.ready ## make the environment .venv from requirements.lock

# Two steps, so that a change of pyproject.toml does not install everything again.
$(VENV)/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' 2>/dev/null || { \
	  echo "$(PYTHON) is missing or older than Python 3.11. Name another one: make env PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) (two minutes)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --disable-pip-version-check >$(VENV)/check.txt || { \
	  cat $(VENV)/check.txt; echo "requirements.lock does not fit pyproject.toml: make lock" >&2; exit 1; }
	@touch $@

demo: env ## two customers, two nights, from files to the central register
	@$(BIN)/mdo demo

ui: env ## the Dagster pages, with the daemon that runs schedules
	@$(BIN)/mdo ui

lint: env ## style, types, and imports that run one way only
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint ## every test, as CI runs them
	@$(PYTEST)

check: lint ## the quick subset, under a minute
	@MDO_HYPOTHESIS=quick $(PYTEST) tests/unit tests/property

test-system: env ## the pages and their daemon, started for real and used
	@$(BIN)/python -m pytest -m system -n 2 --dist loadfile tests/system

pictures: env ## the pictures of the documents, taken anew in the browser
	@MDO_SCREENSHOTS=docs/images $(BIN)/python -m pytest -m system tests/system/test_browser.py

endure: env ## long fault injection: make endure KILLS=200 FUZZ=2000 SEED=7
	@MDO_ENDURE_KILLS=$(KILLS) MDO_ENDURE_FUZZ=$(FUZZ) MDO_ENDURE_SEED=$(SEED) \
	  $(BIN)/python -m pytest -m endure --timeout 0

lock: ## resolve the dependencies of pyproject.toml anew; those of a production are of the same versions
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
	  && "$$folder/bin/pip" install -qq --disable-pip-version-check uv \
	  && "$$folder/bin/uv" pip compile --quiet --upgrade pyproject.toml --group test --group build --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock \
	  && "$$folder/bin/uv" pip compile --quiet pyproject.toml --group build --universal --python-version 3.11 -c requirements.lock \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	    -o requirements-deploy.lock

lock-bench: ## the same for what make bench compares with
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
	  && "$$folder/bin/pip" install -qq --disable-pip-version-check uv \
	  && "$$folder/bin/uv" pip compile --quiet --upgrade --group bench --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock-bench" -o requirements-bench.lock

bench: env $(BENCH)/.ready ## the sync against the fastest loader: make bench ROWS=200000 REPEAT=3
	@$(BIN)/python tests/benchmarks/run.py --rows $(ROWS) --repeat $(REPEAT) --peer $(BENCH)/bin/python

bench-night: env $(BENCH)/.ready ## a night of many small sources against the same loader: make bench-night SOURCES=60
	@$(BIN)/python tests/benchmarks/night.py --sources $(SOURCES) --repeat $(REPEAT) --peer $(BENCH)/bin/python

bench-pages: env ## the pages of many sources in a browser: make bench-pages SOURCES=100
	@$(BIN)/python tests/benchmarks/browsing.py --sources $(SOURCES) --repeat $(REPEAT)

bench-readers: env ## reading a workbook and an API, against nothing but their libraries
	@$(BIN)/python tests/benchmarks/readers.py --repeat $(REPEAT)

bench-matching-speed: env ## matching a million records, a night's change and nothing: make bench-matching-speed RECORDS=100000
	@$(BIN)/python tests/benchmarks/matching_speed.py --records $(RECORDS) --repeat $(REPEAT)

bench-matching: env $(BENCH)/.ready ## who is taken for whom: make bench-matching ROWS=200000 SEEDS="301 302"
	@$(BENCH)/bin/python tests/benchmarks/febrl_data.py .benchmarks/febrl
	@$(BIN)/python tests/benchmarks/febrl.py .benchmarks/febrl
	@$(BIN)/python tests/benchmarks/matching.py --rows $(ROWS) --seeds $(SEEDS)

model: env ## train the matching model anew, on a million generated records: make model MODEL_SEED=5
	@$(BIN)/python -m register.matching.scoring.train --seed $(MODEL_SEED)

bench-detectors: env $(BENCH)/.ready ## what the detectors cost a night, and against Presidio: make bench-detectors ROWS=200000
	@$(BIN)/python tests/benchmarks/detectors.py --rows $(ROWS) --repeat $(REPEAT) --peer $(BENCH)/bin/python

bench-suppression: env ## two nights with and without 100,000 suppression tokens: make bench-suppression ROWS=200000
	@$(BIN)/python tests/benchmarks/suppression.py --rows $(ROWS) --repeat $(REPEAT)

bench-retention: env ## a night of retention, against bare DELETEs: make bench-retention PERSONS=200000 EVENTS=1000000
	@$(BIN)/python tests/benchmarks/retention.py --persons $(PERSONS) --events $(EVENTS) --repeat $(REPEAT)

$(BENCH)/.ready: requirements-bench.lock
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

clean: ## remove the environment and caches; .mdo, which holds data, stays
	rm -rf $(VENV) $(BENCH) dist .pytest_cache .hypothesis .ruff_cache .mypy_cache .import_linter_cache .grimp_cache .tmp_dagster_home_*
	find . -name __pycache__ -type d -prune -not -path './.mdo/*' -exec rm -rf {} +

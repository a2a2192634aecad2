# The two commands are `make run` and `make test`; each does all its own set-up.
PYTHON ?= python3
BIN := .venv/bin
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

.PHONY: run test check format bench screens snapshots catalogues locks clean
.DEFAULT_GOAL := run

# `-` before the simpleaudio line: it needs a compiler and ALSA headers, and is never needed.
.venv/.run: .lock/run.txt pyproject.toml
	@echo "Setting up (once, about half a minute) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Orderbell needs Python 3.11 or newer; set PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .lock/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m sounds.optional || true
	@touch $@

.venv/.test: .venv/.run .lock/dev.txt
	@echo "Setting up the test tools (once, about a minute) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .lock/dev.txt
	@touch $@

run: .venv/.run
	@$(BIN)/orderbell demo

test: .venv/.test
	@$(BIN)/pytest -n auto

check: .venv/.test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry --no-ansi .

format: .venv/.test
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: .venv/.test
	@$(BIN)/python -m tests.bench

screens: .venv/.test
	@$(BIN)/python -m tests.tui.gallery --all build/screens

snapshots: .venv/.test
	@$(BIN)/pytest -n 0 tests/tui -m snapshot --snapshot-update

# Words for staff: extract, merge into each language, compile.
catalogues: .venv/.test
	@$(BIN)/python -m tests.tui.catalogues

# Needs uv on the path; the locks hold names, versions and hashes, no address.
locks:
	uv pip compile pyproject.toml .lock/build.in $(LOCK_FLAGS) -o .lock/run.txt
	uv pip compile pyproject.toml .lock/build.in $(LOCK_FLAGS) --extra dev --extra postgres --extra keyring --extra browser -o .lock/dev.txt
	@! grep -nE '://|^-' .lock/*.txt

clean:
	rm -rf .venv build

# Two commands matter: `make demo` shows the bot at work, `make test` runs all that CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# Else each of the many processes that tests start compiles the whole bot anew, and each start of the bot its migrations.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo run test coverage check cards bench pins clean
help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(VENV)/run.stamp ## the real bot against the sandbox (ARGS=--tour, ARGS=--fresh)
	@$(BIN)/smsbot demo $(ARGS)

run: $(VENV)/run.stamp ## the real bot from .env
	@$(BIN)/smsbot run

test: check ## everything CI runs
	@PYTHON=$(BIN)/python tests/browser.sh
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not kill"
	$(BIN)/python -m pytest -m kill

coverage: $(VENV)/dev.stamp ## how much of the code the tests run through (takes three times as long)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not kill" --cov

check: $(VENV)/dev.stamp ## linters and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cards: $(VENV)/dev.stamp ## print every card in both languages
	@$(BIN)/python -m tests.golden $(ARGS)

bench: $(VENV)/dev.stamp ## measured speed, as ratios beside a yardstick
	@$(BIN)/python -m tests.bench $(ARGS)

pins: $(VENV)/dev.stamp ## refresh the pinned requirements
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

$(VENV)/run.stamp: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned requirements (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "Installing the pinned developer requirements (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean: ## forget the environment and the demo's state
	rm -rf $(VENV) .demo

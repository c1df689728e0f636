.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
# Many tests start gridbot as a process of its own: its modules are compiled once.
unexport PYTHONDONTWRITEBYTECODE

help:            ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# The one place that makes the virtual environment; every target below starts from it.
$(STAMP): pyproject.toml gridbot/nlp/native.pyx
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/run: pyproject.toml gridbot/nlp/native.pyx
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -e $(STAMP) || $(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

run: .venv/run   ## start gridbot with the demo community on http://127.0.0.1:8311/chat
	@$(BIN)/gridbot run --demo --open

test: $(STAMP)   ## every test
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(STAMP)   ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gridbot rules check
	$(BIN)/gridbot rules test

check: lint test ## all that CI runs

fix: $(STAMP)    ## mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.bench/installed:
	@test -x .bench/bin/python || $(PYTHON) -m venv .bench
	@.bench/bin/python -m pip install -q --disable-pip-version-check nonebot2 aiogram
	@touch $@

bench: $(STAMP) .bench/installed  ## measure; figures go to docs/performance.md
	$(BIN)/python -m tests.benchmark

rows: $(STAMP)   ## play every row of the five source systems; writes docs/rows.md
	@$(BIN)/python -m tests.rows

demo-month: $(STAMP)  ## let the demo street live a month; what five people got is in month/, to be read
	$(BIN)/python -m tools.demo_month month

clean:           ## remove the virtual environment and caches
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

.PHONY: help run test lint check fix bench rows demo-month clean

migration: $(STAMP)  ## write the next migration from the models
	$(BIN)/python -m tortoise -c gridbot.models.database.DEVELOPMENT makemigrations
	@# the writer forgets that these keys are given, not generated
	@sed -i -E "s/\('(no|key)', fields\.(Big)?IntField\(primary_key=True, unique/('\1', fields.\2IntField(primary_key=True, generated=False, unique/" gridbot/models/migrations/0*.py

stubs: $(STAMP)  ## generate the stubs of the Wechaty wire from puppet.proto
	$(BIN)/python -m grpc_tools.protoc -I . --python_out=. --pyi_out=. gridbot/transports/wechaty/puppet.proto

.PHONY: migration stubs

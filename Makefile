# Two commands: `make run` runs the label on the sample, `make test` runs every check that CI runs.
# Needed on the machine: Python 3.11 or newer, make and a shell. Everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check audit bench docs lock clean

run: $(VENV)/.run
	$(BIN)/python tools/run_sample.py

test: check
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/pytest -n 2 -m "not slow" tests/web
	$(BIN)/pytest -n 2 -m slow
	CLUSTERMARK_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 tests/web

# the loop of every day: style, types and the tests of the engine, under two minutes; the web's tests are a minute
# more by themselves: pytest -n 2 -m "not slow" tests/web
check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m "not slow" --ignore tests/web

# known weaknesses of what is locked; asks a service on the network
audit: $(VENV)/.test
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements/run.txt --require-hashes --disable-pip

bench: $(VENV)/.test
	$(BIN)/python benchmarks/run.py

# everything in docs/ that is made from the code, and the catalogues of translations
docs: $(VENV)/.test
	$(BIN)/python tools/write_docs.py
	$(BIN)/python tools/messages.py

# new versions of everything; needs uv (pip install uv)
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet -o requirements/run.txt
	uv pip compile pyproject.toml --group test --all-extras --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet -o requirements/test.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: $(VENV)/bin/python requirements/test.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/test.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis

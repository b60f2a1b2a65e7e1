# `make run` opens the app, `make test` runs every check. Both need only Python 3.11 or newer, make and git.

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
# a Chromium of your own: make test CHROMIUM=/path/to/chromium
export CHROMIUM

# The first of these that is new enough and able to make environments; override with make PYTHON=...
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

.PHONY: run test check lint format bench test-torch hosting-test load fuzz dearest attack lock audit shots prints chromium nginx clean
.DEFAULT_GOAL := run

run: $(VENV)/runtime.stamp
	$(BIN)/python -m streamlit run app.py

# Cheap checks first. Each worker has one server and one browser for the browser tests that fall to it.
test: lint chromium
	$(PYTEST) -n 2 --dist loadgroup

check: test

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/biome ci --colors=off --error-on-warnings
	$(BIN)/mypy

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/biome check --write

# Measurements want the machine for themselves: one process, and what they print is shown.
bench: $(VENV)/dev.stamp chromium
	@if [ -d tests/bench ]; then $(PYTEST) tests/bench -s -p no:xdist; else echo "There is no tests/bench."; fi

test-torch: $(VENV)/dev.stamp
	@if [ -d tests/torch ]; then $(MAKE) $(VENV)/torch.stamp && $(PYTEST) tests/torch; \
	else echo "There is no tests/torch."; fi

# nginx in front of three replicas, as compose.yaml runs them, and a browser that sees replicas die.
hosting-test: $(VENV)/dev.stamp chromium nginx
	$(PYTEST) tests/hosting -p no:xdist

# Sessions that load the page and edit a weight every 5 s: make load LOAD="--sessions 100 --seconds 120 --replicas 1"
load: $(VENV)/dev.stamp
	$(BIN)/python -m tests.hosting.load $(LOAD)

# Mutated links and files, and the dearest network, through the running app: make fuzz COUNT=10000 SEED=1
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.hosting.fuzz --count $(or $(COUNT),10000) --seed $(or $(SEED),0)
	$(BIN)/python -m tests.hosting.dearest --count 40 --seed $(or $(SEED),0)

# The network that costs the app most, found by growing what was dear: make dearest DEAREST="--count 60 --seed 1"
dearest: $(VENV)/dev.stamp
	$(BIN)/python -m tests.hosting.dearest $(DEAREST)

# Five sessions that send the dearest links and train at the limits beside ten that edit; fifty with the largest network
attack: $(VENV)/dev.stamp
	$(BIN)/python -m tests.hosting.attack starve
	$(BIN)/python -m tests.hosting.attack press

# Known vulnerabilities in what the containers run on; a package that cannot be looked up is a failure too.
audit: $(VENV)/audit.stamp
	$(VENV)/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

# What the containers install, to the last hash. On Linux, with the oldest Python supported, so that nothing is missing.
lock: $(VENV)/lock.stamp
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
		--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file requirements.lock requirements.txt

# Pictures of pages, both themes, desktop and phone: make shots PAGES="/ /derivation"
shots: $(VENV)/dev.stamp chromium
	$(BIN)/python -m tests.browser.shots $(PAGES)

# What is wrong on paper, A4 and Letter, from light and dark: make prints PAGES="/training", or of every preset
prints: $(VENV)/dev.stamp chromium
	$(BIN)/python -m tests.browser.prints $(PAGES)

chromium: $(VENV)/dev.stamp
	@PYTHON=$(BIN)/python sh tests/browser/chromium.sh install

nginx:
	@sh tests/hosting/nginx.sh

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .shots .prints
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/created.stamp:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer with the venv module was not found \
	(on Debian and Ubuntu: apt-get install python3 python3-venv). Name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime.stamp: requirements.txt $(VENV)/created.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The build for CPUs where there is one: the default for Linux brings gigabytes of CUDA.
$(VENV)/torch.stamp: $(VENV)/dev.stamp
	$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check --extra-index-url https://download.pytorch.org/whl/cpu torch==2.13.0
	@touch $@

# In an environment of its own: it brings `rich`, and Streamlit behaves differently where that is installed.
$(VENV)/audit.stamp: $(VENV)/created.stamp
	$(BIN)/python -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3'
	@touch $@

$(VENV)/lock.stamp: $(VENV)/created.stamp
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check 'pip-tools>=7.5,<8'
	@touch $@

# make run     starts the voicebot on http://127.0.0.1:8080 (makes .venv the first time)
# make test    every check that this machine can run; names what it skips and how to get it
# make demo    four callers ring a real server, with no telephone and no browser
# make browser Debian's Chromium, for the browser test      make train-tools  torch and test voices
# make check   style, types and layers only                 make pins         pins the requirements anew

PYTHON ?= python3
BIN := .venv/bin
APT := $(if $(filter 0,$(shell id -u)),apt-get,sudo apt-get)

.PHONY: run demo test check venv browser train-tools pins clean
.DEFAULT_GOAL := run

venv: .venv/.run

.venv/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "voicebot needs Python 3.11 or newer: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what voicebot needs, some minutes the first time …"
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -r requirements/run.txt
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --editable .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -r requirements/test.txt
	@touch $@

run: .venv/.run
	$(BIN)/voicebot serve

demo: .venv/.run
	$(BIN)/voicebot demo

check: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/voicebot lint

test: check
	$(BIN)/pytest

browser:
	command -v chromium || { $(APT) update && $(APT) install --yes --no-install-recommends chromium; }

train-tools: .venv/.run
	$(BIN)/pip install --disable-pip-version-check -r requirements/train.txt
	command -v pico2wave && command -v mbrola || { $(APT) update && $(APT) install --yes --no-install-recommends \
		libttspico-utils espeak-ng mbrola mbrola-fr1 mbrola-fr4 mbrola-fr6; } || \
		echo "pico2wave and mbrola are in Debian's non-free section: enable it, then: make train-tools"

pins:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/pip install --quiet -r requirements/run.in
	build/pins/bin/pip freeze > requirements/run.txt
	build/pins/bin/pip install --quiet -r requirements/run.txt -r requirements/test.in
	build/pins/bin/pip freeze | grep --invert-match --line-regexp --fixed-strings --file requirements/run.txt > requirements/test.txt

clean:
	rm -rf .venv build *.egg-info

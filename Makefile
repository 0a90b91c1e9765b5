# make run     starts the voicebot on http://127.0.0.1:8080 (makes .venv the first time)
# make test    every check that this machine can run; names what it skips and how to get it
# make demo    four callers ring a real server, with no telephone and no browser
# make browser Debian's Chromium, for the browser test      make train-tools  torch and test voices
# make check   style, types and layers only                 make pins         pins the requirements anew
# make postgresql  a server and its driver, for a store on PostgreSQL and its tests
# make rasa    Rasa's own environment, .venv-rasa, for `voicebot nlu train` and `voicebot nlu serve`

PYTHON ?= python3
RASA_PYTHON ?= python3.11 python3.10 $(PYTHON)
BIN := .venv/bin
# MBROLA's: French, English, and people from abroad who speak English. They test the ears and train none.
VOICES := fr1 fr4 fr6 en1 us1 us2 us3 de4 nl2 pl1 ro1
APT := $(if $(filter 0,$(shell id -u)),apt-get,sudo apt-get)

.PHONY: run demo test check venv browser train-tools rasa postgresql pins clean
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
	test -d /usr/share/tuxpaint/stamps || { $(APT) update && \
		$(APT) install --yes --no-install-recommends tuxpaint-stamps-default; } || \
		echo "without Debian's tuxpaint-stamps-default the ear is trained on synthesised voices alone"
	command -v flite && command -v festival || { $(APT) update && $(APT) install --yes --no-install-recommends \
		flite festival festvox-rablpc16k festvox-kdlpc16k; } || \
		echo "without flite the English ear is trained on fewer voices"
	command -v pico2wave && test -d /usr/share/mbrola/ro1 || { $(APT) update && \
		$(APT) install --yes --no-install-recommends libttspico-utils espeak-ng mbrola $(VOICES:%=mbrola-%); } || \
		echo "pico2wave and mbrola are in Debian's non-free section: enable it, then: make train-tools"

postgresql: .venv/.run
	$(BIN)/pip install --disable-pip-version-check --quiet -r requirements/postgresql.txt
	command -v initdb || ls /usr/lib/postgresql/*/bin/initdb || { $(APT) update && \
		$(APT) install --yes --no-install-recommends postgresql; }

rasa: .venv-rasa/.done

# The first of RASA_PYTHON that is 3.10 or 3.11 and really runs: pyenv has commands of versions that are not chosen.
.venv-rasa/.done: requirements/rasa.txt
	@for python in $(RASA_PYTHON); do \
		$$python -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 10), (3, 11)))' 2>/dev/null || continue; \
		test -x .venv-rasa/bin/python || $$python -m venv .venv-rasa; exit; \
	done; echo "Rasa needs Python 3.10 or 3.11: make rasa RASA_PYTHON=FILE"; exit 1
	@echo "Installing Rasa, 1.8 GB, two minutes or more …"
	.venv-rasa/bin/pip install --disable-pip-version-check --progress-bar on --no-deps --ignore-requires-python \
		-r requirements/rasa.txt
	@touch $@

pins:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/pip install --quiet -r requirements/run.in
	build/pins/bin/pip freeze > requirements/run.txt
	build/pins/bin/pip install --quiet -r requirements/run.txt -r requirements/test.in
	build/pins/bin/pip freeze | grep --invert-match --line-regexp --fixed-strings --file requirements/run.txt > requirements/test.txt

clean:
	rm -rf .venv .venv-rasa build *.egg-info

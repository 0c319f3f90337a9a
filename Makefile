# Everything runs in .venv, which is made when a lock changes: see requirements/venv.sh.
# DATA=DIR builds there and not where the settings say (data/); ARGS="…" is handed on to the command.

BIN := .venv/bin
DATA ?=
ARGS ?=

# Debian packages that tests need: servers, what sends to others, what verifies signatures. They are
# installed when make runs as root; without them their tests are skipped by name.
SYSTEM_PACKAGES := caddy minisign nginx-light rsync

# Compiled modules of our own are kept, whatever the machine says: start-up is 2.4 times faster.
unexport PYTHONDONTWRITEBYTECODE
# Other people's code on the path would be found before ours.
unexport PYTHONPATH PYTHONHOME

# A .venv that was copied or moved along with the project starts nothing.
ifneq ($(shell cat .venv/.place 2>/dev/null),$(CURDIR))
.PHONY: .venv/.run .venv/.dev
endif

# Extras stay named: pip, which goes on where uv fails, takes a lock without them for unpinned.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-header --no-annotate --no-emit-index-url

.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

.PHONY: run
run: .venv/.run ## Set up, then build and publish everything below data/
	$(BIN)/pim build $(if $(DATA),--data "$(DATA)") $(ARGS)

.PHONY: dev
dev: .venv/.dev ## Show the whole graph in the browser (Dagster)
	$(BIN)/pim dev $(if $(DATA),--data "$(DATA)") $(ARGS)

.PHONY: test
test: .venv/.dev system portal-validator-if-possible ## Run all tests, with coverage; ARGS="tests/schemas -k gate" runs some
	$(if $(ARGS),,PYTEST_PLUGINS=tests.measuring) $(BIN)/pytest \
		$(or $(ARGS),-n auto --dist loadfile --no-loadscope-reorder)

.PHONY: lint
lint: .venv/.dev ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: format
format: .venv/.dev ## Mend style and format where it can be done by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: .venv/.dev ## Check types
	$(BIN)/mypy .

.PHONY: docs
docs: .venv/.run ## Write the parts of docs/ that follow from the code
	$(BIN)/python -m pipelines.docs

.PHONY: bench
bench: .venv/.dev ## Measure time and memory; BENCH=warehouse measures that and not the commands
	$(BIN)/python -m benchmarks.$(or $(BENCH),measures) $(ARGS)

.PHONY: hooks
hooks: .venv/.dev ## Check style before every commit
	$(BIN)/pre-commit install

# The dev lock is made first: dagster-webserver decides which Dagster both get. ARGS=--upgrade
# takes the newest versions; without it only what the lists ask for changes.
.PHONY: lock
lock: .venv/.run ## Make the locks from pyproject.toml; ARGS=--upgrade renews all versions
	$(COMPILE) $(ARGS) requirements/bootstrap.in -o requirements/bootstrap.lock
	$(COMPILE) $(ARGS) pyproject.toml --group pyproject.toml:dev -o requirements/dev.lock
	$(COMPILE) $(ARGS) pyproject.toml -c requirements/dev.lock -o requirements/run.lock
	$(COMPILE) $(ARGS) requirements/portal.in -o requirements/portal.lock

.PHONY: lock-check
lock-check: .venv/.dev ## Check that the locks say what pyproject.toml asks for
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; cp requirements/*.lock "$$new"; \
	$(COMPILE) requirements/bootstrap.in -o "$$new/bootstrap.lock"; \
	$(COMPILE) pyproject.toml --group pyproject.toml:dev -o "$$new/dev.lock"; \
	$(COMPILE) pyproject.toml -c requirements/dev.lock -o "$$new/run.lock"; \
	$(COMPILE) requirements/portal.in -o "$$new/portal.lock"; \
	for lock in bootstrap dev run portal; do \
		diff -u requirements/$$lock.lock "$$new/$$lock.lock" || \
		{ echo "requirements/$$lock.lock is out of date: make lock" >&2; exit 1; }; done
	$(BIN)/uv pip check --quiet --python $(BIN)/python

.PHONY: system
system:
ifneq ($(SYSTEM_PACKAGES),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		! dpkg -s $(SYSTEM_PACKAGES) >/dev/null 2>&1; then \
		apt-get update -qq && apt-get install -qq --no-install-recommends $(SYSTEM_PACKAGES); fi
endif

.PHONY: portal-validator
portal-validator: .venv/.run .venv-portal/.made ## Set up the validator of dane.gov.pl, by itself

# Its tests are skipped by name where it cannot be had; in CI a skipped test fails.
.PHONY: portal-validator-if-possible
portal-validator-if-possible: .venv/.run
	@$(MAKE) --no-print-directory .venv-portal/.made || true

.PHONY: clean
clean: ## Remove .venv, .venv-portal and what the tools keep, not data/
	rm -rf .venv .venv-portal .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements/bootstrap.lock requirements/run.lock requirements/venv.sh pyproject.toml
	@requirements/venv.sh run

.venv/.dev: requirements/bootstrap.lock requirements/dev.lock requirements/venv.sh pyproject.toml
	@requirements/venv.sh dev

.venv-portal/.made: requirements/portal.lock requirements/portal-venv.sh
	@requirements/portal-venv.sh

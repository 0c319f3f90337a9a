#!/bin/sh
# Makes .venv-portal, where the validator of dane.gov.pl lives, out of requirements/portal.lock.
#
# Called by make when the lock is newer than the stamp .venv-portal/.made. Where it cannot be made
# (no network), the tests that need it are skipped by name; in CI they fail.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_USER VIRTUAL_ENV UV_PYTHON UV_SYSTEM_PYTHON
python=.venv-portal/bin/python

echo "Przygotowuję .venv-portal / Setting up .venv-portal" >&2
rm -f .venv-portal/.made
if [ "$(cat .venv-portal/.place 2>/dev/null)" != "$here" ] || ! $python -c '' 2>/dev/null; then
    rm -rf .venv-portal
    .venv/bin/python -m venv .venv-portal
    echo "$here" >.venv-portal/.place
fi
export UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
# What builds the rest comes first, by its hash; nothing is built in an environment of its own,
# which would fetch whatever is newest.
awk '/^[a-z]/ { keep = /^(setuptools|wheel|packaging)==/ } keep' requirements/portal.lock \
    >.venv-portal/build.lock
.venv/bin/uv pip install --quiet --python $python --require-hashes -r .venv-portal/build.lock
.venv/bin/uv pip sync --quiet --python $python --require-hashes --no-build-isolation \
    requirements/portal.lock
touch .venv-portal/.made

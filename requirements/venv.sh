#!/bin/sh
# Makes .venv and installs a lock into it: `requirements/venv.sh run` or `… dev`.
#
# Called by make when a lock is newer than the stamp .venv/.run or .venv/.dev. Only Python with
# venv is needed: pip installs uv by its hash, and uv the rest (in a fifth of pip's time).
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
lock=$1
# A developer's .venv stays one: the dev lock holds all of the run lock.
if [ -e .venv/.dev ]; then lock=dev; fi
# Settings of the caller that would send packages elsewhere or hide those installed here.
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_USER VIRTUAL_ENV UV_PYTHON UV_SYSTEM_PYTHON

# Of those on the path the system's own Python comes first: distributions compile it with all
# optimisations and version managers do not, which makes everything here a quarter slower.
# PYTHON=… takes another.
find_python() {
    case ":$PATH:" in *:/usr/bin:*) own=/usr/bin/python3 ;; *) own= ;; esac
    for name in ${PYTHON:-$own python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import ensurepip, sys, venv
sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

echo "Przygotowuję .venv / Setting up .venv ($lock)" >&2
# Kept as long as it is ours, in this place, and its Python is still there.
if [ "$(cat .venv/.place 2>/dev/null)" != "$here" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python)
    if [ -z "$python" ]; then
        echo "Potrzebny jest Python od 3.11 do 3.14 z modułem venv." \
            "Debian, Ubuntu: apt-get install python3 python3-venv" >&2
        echo "Python 3.11 to 3.14 with its module venv is needed." \
            "Debian, Ubuntu: apt-get install python3 python3-venv" >&2
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: -r requirements/bootstrap.lock
    echo "$here" >.venv/.place
fi

rm -f .venv/.run .venv/.dev
# Start-up without compiled modules is 2.4 times slower, and uv does not compile by itself.
export UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
# pip is slower, but knows the mirrors of pip.conf and does without a cache folder.
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes --no-build \
    requirements/bootstrap.lock "requirements/$lock.lock" || {
    echo "uv nie dał rady; instaluję wolniejszym pip. / uv failed; installing with pip, slower." >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "requirements/$lock.lock"
}
# uv is its own build backend, so this neither downloads nor isolates anything.
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-cache --offline -e .
.venv/bin/python -m compileall -q pipelines assets sources reconcile schemas warehouse exports
touch .venv/.run
if [ "$lock" = dev ]; then touch .venv/.dev; fi

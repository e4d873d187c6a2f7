#!/bin/sh
# Makes the virtual environment and installs Dragoman with everything the tests need, at the locked versions.
set -eu
venv=$1
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Dragoman needs Python 3.11 or newer; '$python' is older or missing. Install it, or say PYTHON=/path/to/python make setup" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's python3-venv ..."
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    else
        echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv ; then run make again" >&2
        exit 1
    fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing Dragoman and its tools into $venv (a few minutes the first time) ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

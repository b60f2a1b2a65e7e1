#!/bin/sh
# Finds a Chromium that starts, and installs one if there is none. One without windows takes a quarter less time, so it
# comes first, and is fetched for root.
#
#   sh tests/browser/chromium.sh find      prints its path, or fails
#   sh tests/browser/chromium.sh install   the same, after installing one if need be
#
# $CHROMIUM names one to use. $PYTHON is the interpreter that has Playwright (default: the one in .venv).
set -u
WINDOWLESS=chromium-headless-shell
PYTHON=${PYTHON:-.venv/bin/python}

starts() { # Ubuntu's chromium-browser may be a stub that only asks for a snap
    [ -n "$1" ] && "$1" --version >/dev/null 2>&1
}

playwrights_own() {
    "$PYTHON" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null
}

find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        if starts "$CHROMIUM"; then echo "$CHROMIUM"; return 0; fi
        echo "CHROMIUM is set to $CHROMIUM, which does not start." >&2
        return 1
    fi
    for name in $WINDOWLESS chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name") && starts "$path" && echo "$path" && return 0
    done
    path=$(playwrights_own) && starts "$path" && echo "$path"
}

as_root() { # never asks for a password
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

by_apt() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
    as_root timeout 60 apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive timeout 240 apt-get install -y -qq --no-install-recommends "$1"
}

by_playwright() {
    as_root true 2>/dev/null && "$PYTHON" -m playwright install --with-deps chromium && return 0
    "$PYTHON" -m playwright install chromium
}

case "${1:-find}" in
find)
    find_chromium ;;
install)
    if [ -n "${CHROMIUM:-}" ]; then find_chromium; exit; fi
    # unasked only where there is no user to ask: in a container
    [ "$(id -u)" != 0 ] || command -v $WINDOWLESS >/dev/null || by_apt $WINDOWLESS >/dev/null 2>&1 </dev/null
    find_chromium && exit 0
    echo "No Chromium found: installing one for the browser tests." >&2
    by_apt chromium >&2 </dev/null; find_chromium && exit 0
    by_playwright >&2 </dev/null; find_chromium && exit 0
    echo "No Chromium could be installed. Install chromium or Chrome yourself, or set CHROMIUM to one." >&2
    exit 1 ;;
*)
    echo "usage: $0 find | install" >&2
    exit 2 ;;
esac

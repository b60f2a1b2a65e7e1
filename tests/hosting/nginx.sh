#!/bin/sh
# Installs nginx from the system's packages if there is none, and does not start it.
set -u
command -v nginx >/dev/null && exit 0
as_root() { # never asks for a password
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
echo "No nginx found: installing one for the hosting tests." >&2
if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    as_root apt-get update -qq
    # RUNLEVEL=1 keeps the package from starting its service
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx-light
fi >&2 </dev/null
command -v nginx >/dev/null && exit 0
echo "No nginx could be installed. Install it yourself; the tests run it as a program, not as a service." >&2
exit 1

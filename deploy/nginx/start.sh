#!/bin/sh
# What the proxy's container does: write nginx's configuration, then run nginx in the foreground.
set -eu
here=$(dirname "$0")
mkdir -p "$STATE"
sh "$here/render.sh" > "$STATE/nginx.conf"
exec nginx -p "$STATE" -c "$STATE/nginx.conf" -g 'daemon off;'

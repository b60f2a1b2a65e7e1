#!/bin/sh
# Usage: static.sh ENVIRONMENT TARGET
# Puts the files of Streamlit's own pages, out of an environment with Streamlit, into TARGET/static, and beside each
# one that gains from it the compressed one that nginx then sends (gzip_static). Streamlit itself compresses none.
set -eu
source=$("$1/bin/python" -c 'import pathlib, streamlit; print(pathlib.Path(streamlit.__file__).parent / "static")')
mkdir -p "$2"
cp -R "$source/static" "$2/static"
find "$2/static" -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.json' -o -name '*.map' \
    -o -name '*.ttf' -o -name '*.wasm' \) -exec gzip -9 -k -n {} +
# nginx runs as another user than whoever copied them
chmod -R a+rX "$2"

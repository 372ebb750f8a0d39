#!/bin/sh
# Make sure that the browser tests find a Chromium: sh tests/chromium.sh .venv/bin/python
#
# Installs nothing when there is one. As root on Debian it takes the distribution's, which brings
# the libraries it needs; elsewhere Playwright's own build. Never fails: the browser tests do.

python=${1:-python3}

found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    "$python" - <<'END' 2>/dev/null
from pathlib import Path
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    raise SystemExit(not Path(playwright.chromium.executable_path).exists())
END
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "No Chromium here: installing Debian's." >&2
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null
    found && exit 0
fi
echo "No Chromium here: asking Playwright for one." >&2
"$python" -m playwright install chromium >&2
found || echo "Still no Chromium; install one: apt-get install chromium" >&2
exit 0

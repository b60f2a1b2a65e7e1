"""Prints pages of the app and says what is wrong with the sheets: A4 and Letter, from light and from dark.

`make prints` takes the Derivation and the Network page of every preset, `make prints PAGES="/training"` others. PDFs to
be looked at, with the coloured lines of sheets.py, are written to .prints/.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from engine import PRESETS
from tests.browser.driver import ROOT, running_app, running_chromium, settle
from tests.browser.sheets import faults, printed

PRINTS = ROOT / ".prints"
FORMS, SCHEMES = ("A4", "Letter"), ("light", "dark")


def opened(browser: Browser, url: str, scheme: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme).new_page()
    page.goto(url)
    settle(page, seconds=90)
    page.wait_for_timeout(500)
    return page


def examined(browser: Browser, url: str, name: str) -> list[str]:
    """What is wrong with a page's prints; the light ones and the dark ones have as much to be read."""
    found, inks = [], {}
    for scheme in SCHEMES:
        page = opened(browser, url, scheme)
        for form in FORMS:
            sheets = printed(page, form)
            (PRINTS / f"{name}-{form}-{scheme}.pdf").write_bytes(sheets.pdf)
            inks[form, scheme] = sheets.ink
            found += [f"{form} {scheme}, {len(sheets.pictures)} sheets, {fault}" for fault in faults(sheets)]
        page.context.close()
    shares = {form: inks[form, "dark"] / inks[form, "light"] for form in FORMS}
    return found + [
        f"{form}: from dark {share:.0%} of the ink" for form, share in shares.items() if abs(share - 1) > 0.2
    ]


def main(paths: list[str]) -> int:
    PRINTS.mkdir(exist_ok=True)
    wrong = 0
    log = Path(tempfile.mkdtemp()) / "streamlit.log"
    with running_app(log) as server, running_chromium() as browser:
        for path in paths:
            found = examined(browser, server.url + path, path.strip("/").replace("/", "-").replace("?preset=", "-"))
            wrong += len(found)
            sys.stdout.write("\n  ".join([f"{path}: {len(found) or 'no'} faults", *found]) + "\n")
            sys.stdout.flush()
    return int(wrong > 0)


def every() -> list[str]:
    return [f"{page}?preset={name}" for page, name in product(("/derivation", "/"), PRESETS)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or every()))

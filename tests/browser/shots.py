"""Pictures of the app's pages, to be looked at: both themes, desktop and phone, in full height.

`make shots PAGES="/ /derivation"` writes them to .shots/; run it before you call a change of looks done.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.driver import ROOT, running_app, running_chromium, settle

SHOTS = ROOT / ".shots"
VIEWS = {"desktop": (1400, 900), "phone": (390, 844)}
# Streamlit scrolls inside its own container, so the window has to grow to show all of it
FULL_HEIGHT = """() => Math.max(
    ...[...document.querySelectorAll('[data-testid=stMain], section')].map(element => element.scrollHeight)
)"""


def shoot(page: Page, url: str, name: str, width: int, height: int) -> None:
    page.goto(url)
    settle(page)
    full = page.evaluate(FULL_HEIGHT)
    page.set_viewport_size({"width": width, "height": min(max(int(full), height), 8000)})
    page.wait_for_timeout(700)
    page.screenshot(path=SHOTS / f"{name}.png")


def main(paths: list[str]) -> None:
    SHOTS.mkdir(exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "streamlit.log"
    with running_app(log) as server, running_chromium() as browser:
        for path in paths:
            for view, (width, height) in VIEWS.items():
                for scheme in ("light", "dark"):
                    name = f"{path.strip('/').split('?')[0].replace('/', '-') or 'network'}-{view}-{scheme}"
                    viewport = {"width": width, "height": height}
                    context = browser.new_context(viewport=viewport, color_scheme=scheme)
                    shoot(context.new_page(), server.url + path, name, width, height)
                    context.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["/"])

"""The modules of pages/widgets in a browser, each loaded from its file as it stands, without the app."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.driver import ROOT

WIDGETS = ROOT / "pages" / "widgets"
ADDRESS = "https://modules.test"
CALL = """async ([path, name, ...given]) => {
    const found = await (await import(path))[name](...given);
    return ArrayBuffer.isView(found) ? [...found] : found;
}"""


@dataclass(frozen=True)
class Modules:
    """A page that can import modules, by their paths below pages/widgets."""

    page: Page

    def call(self, path: str, name: str, *given: Any) -> Any:
        """What an exported function gives; typed arrays as lists."""
        return self.page.evaluate(CALL, [f"/{path}", name, *given])


def open_modules(chromium: Browser, folder: Path = WIDGETS) -> Page:
    """A blank page at an address below which the files of a folder are."""
    page = chromium.new_context(reduced_motion="reduce").new_page()
    page.route(
        f"{ADDRESS}/", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><main></main>")
    )
    page.route(f"{ADDRESS}/**/*.js", lambda route: route.fulfill(path=folder / route.request.url[len(ADDRESS) + 1 :]))
    page.goto(f"{ADDRESS}/")
    return page

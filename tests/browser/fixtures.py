"""The running app and a browser, as fixtures for tests/browser and tests/bench.

A test that takes `open_page` fails when the page or the server complained, whatever else it asserts.
"""

from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.driver import Server, running_app, running_chromium, settle
from tests.browser.modules import Modules, open_modules

# Ends of console errors that are no fault of the app; give a reason for each.
ALLOWED = (
    # On a deep link Streamlit first looks for its server below the page's path, and then at the root.
    "/_stcore/health)",
    "/_stcore/host-config)",
)


class OpenPage(Protocol):
    """Opens a path of the app in a browser of its own and waits until it has settled."""

    def __call__(
        self, path: str = "/", width: int = 1400, height: int = 900, scheme: str = "light", **context: Any
    ) -> Page: ...


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, running; `server.url` is its address and `server.said()` its log."""
    with running_app(tmp_path_factory.mktemp("server") / "streamlit.log") as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def modules(chromium: Browser) -> Iterator[Modules]:
    """The modules of pages/widgets; a test that takes it fails when the page complained."""
    page = open_modules(chromium)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Modules(page)
    page.context.close()
    assert not complaints


@pytest.fixture
def open_page(server: Server, chromium: Browser) -> Iterator[OpenPage]:
    """A function that opens a page; more keywords go to Playwright's `new_context`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    said_before = server.log.stat().st_size

    def complain(text: str) -> None:
        if not text.endswith(ALLOWED):
            complaints.append(text)

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error":
            complain(f"console: {said.text} ({said.location.get('url')})")

    def open_page(path: str = "/", width: int = 1400, height: int = 900, scheme: str = "light", **context: Any) -> Page:
        viewport = {"width": width, "height": height}
        contexts.append(chromium.new_context(viewport=viewport, color_scheme=scheme, **context))
        page = contexts[-1].new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complain(f"page error: {error}"))
        page.goto(server.url + path)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    said = server.said(said_before)
    if "Traceback" in said:  # `rich` puts colours between the words that usually follow
        complaints.append(f"the server: {said[-4000:]}")
    assert not complaints, "The browser or the server complained:\n" + "\n".join(complaints)

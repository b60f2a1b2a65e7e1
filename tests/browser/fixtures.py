"""The running app and a browser, as fixtures for tests/browser and tests/bench.

A test that takes `open_page` fails when the page or the server complained, whatever else it asserts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.driver import Server, running_app, running_chromium, settle
from tests.browser.modules import ADDRESS, Modules, open_modules

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


@pytest.fixture(scope="session")
def modules_page(chromium: Browser) -> Page:
    return open_modules(chromium)


@pytest.fixture
def modules(modules_page: Page) -> Iterator[Modules]:
    """The modules of pages/widgets, in a document of their own; a test fails when the page complained."""
    complaints: list[str] = []

    def complain(error: object) -> None:
        complaints.append(str(error))

    modules_page.goto(f"{ADDRESS}/")
    modules_page.evaluate("sessionStorage.clear(); localStorage.clear()")
    modules_page.on("pageerror", complain)
    yield Modules(modules_page)
    modules_page.remove_listener("pageerror", complain)
    assert not complaints


@dataclass
class Contexts:
    """Browsers of their own, for a test each; what they have loaded of Streamlit's scripts serves the next test too.

    A third of the time that a page takes to open goes into those.
    """

    chromium: Browser
    origin: str
    idle: dict[str, BrowserContext] = field(default_factory=dict)
    taken: list[tuple[str, BrowserContext]] = field(default_factory=list)

    def take(self, **options: Any) -> BrowserContext:
        """One with these options for `new_context` in which nothing is kept."""
        name = repr(sorted(options.items()))
        context = self.idle.pop(name, None) or self.chromium.new_context(**options)
        self.taken.append((name, context))
        return context

    def give_back(self) -> None:
        """Clear all that were taken, and keep one of each kind."""
        for name, context in self.taken:
            if name in self.idle or not self._cleared(context):
                context.close()
            else:
                self.idle[name] = context
        self.taken.clear()

    def _cleared(self, context: BrowserContext) -> bool:
        """Clear what a test left behind; where no page is left to do it in, this cannot be done."""
        pages = context.pages
        if not pages:
            return False
        kept = {"origin": self.origin, "storageTypes": "local_storage,cookies"}
        context.new_cdp_session(pages[0]).send("Storage.clearDataForOrigin", kept)
        context.unroute_all()
        context.set_offline(False)
        for page in pages:
            page.close()
        return True


@pytest.fixture(scope="session")
def contexts(server: Server, chromium: Browser) -> Contexts:
    return Contexts(chromium, server.url)


@pytest.fixture
def open_page(server: Server, contexts: Contexts) -> Iterator[OpenPage]:
    """A function that opens a page; more keywords go to Playwright's `new_context`."""
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
        page = contexts.take(viewport=viewport, color_scheme=scheme, **context).new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complain(f"page error: {error}"))
        page.goto(server.url + path)
        settle(page)
        return page

    yield open_page
    contexts.give_back()
    said = server.said(said_before)
    if "Traceback" in said:  # `rich` puts colours between the words that usually follow
        complaints.append(f"the server: {said[-4000:]}")
    assert not complaints, "The browser or the server complained:\n" + "\n".join(complaints)

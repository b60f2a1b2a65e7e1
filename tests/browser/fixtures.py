"""The running app and a browser, as fixtures for tests/browser and tests/bench.

A test that takes `open_page` fails when the page or the server complained, whatever else it asserts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize

from tests.browser.driver import TOLD, Server, running_app, running_chromium, settle
from tests.browser.modules import ADDRESS, Modules, open_modules

# Ends of console errors that are no fault of the app; give a reason for each.
ALLOWED = (
    # On a deep link Streamlit first looks for its server below the page's path, and then at the root.
    "/_stcore/health)",
    "/_stcore/host-config)",
)


ColorScheme = Literal["light", "dark"]


class OpenPage(Protocol):
    """Opens a path of the app in a browser of its own and waits until it has settled."""

    def __call__(
        self, path: str = "/", width: int = 1400, height: int = 900, scheme: ColorScheme = "light", **options: Any
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


@dataclass(frozen=True)
class Tab:
    """A page in a browser of its own, and the options that this was made with."""

    page: Page
    scheme: ColorScheme
    options: dict[str, Any]

    def empty(self, nothing: str) -> None:
        """Leave it as a new one is, but at an address of the app's: so it keeps its process."""
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.context.unroute_all()
        self.page.context.set_offline(False)
        self.page.context.clear_cookies()
        self.page.unroute_all()
        self.page.goto(nothing)
        self.page.evaluate("sessionStorage.clear(); localStorage.clear(); window.name = ''")
        self.page.context.new_cdp_session(self.page).send("Page.resetNavigationHistory")
        self.page.mouse.move(0, 0)
        motion = self.options.get("reduced_motion", "no-preference")
        self.page.emulate_media(media="screen", color_scheme=self.scheme, reduced_motion=motion)


@dataclass
class Tabs:
    """Tabs for a test each, which serve the next one too: with what it has loaded, a page opens in half the time."""

    chromium: Browser
    nothing: str
    idle: list[Tab] = field(default_factory=list)
    taken: list[Tab] = field(default_factory=list)

    def take(self, size: ViewportSize, scheme: ColorScheme, options: dict[str, Any]) -> Page:
        """An empty one with these options for `new_context`."""
        tab = next((tab for tab in self.idle if (tab.scheme, tab.options) == (scheme, options)), None)
        if tab:
            self.idle.remove(tab)
            tab.page.set_viewport_size(size)
        else:
            context = self.chromium.new_context(viewport=size, color_scheme=scheme, **options)
            context.add_init_script(TOLD)
            tab = Tab(context.new_page(), scheme, options)
        self.taken.append(tab)
        return tab.page

    def give_back(self) -> None:
        """Empty those that were taken, but for those that their test has closed."""
        for tab in self.taken:
            if tab.page.is_closed():
                tab.page.context.close()
            else:
                tab.empty(self.nothing)
                self.idle.append(tab)
        self.taken.clear()


@pytest.fixture(scope="session")
def tabs(server: Server, chromium: Browser) -> Tabs:
    return Tabs(chromium, f"{server.url}/_stcore/health")


@dataclass
class Complaints:
    """What pages and the server complain of while a test runs."""

    server: Server
    said: list[str] = field(default_factory=list)
    heard: list[tuple[Page, str, Callable[[Any], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = self.server.log.stat().st_size

    def hear(self, page: Page) -> None:
        for event, listen in (("console", self._console), ("pageerror", self._broken)):
            page.on(event, listen)
            self.heard.append((page, event, listen))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"console: {message.text} ({message.location.get('url')})")

    def _broken(self, error: Error) -> None:
        self._complain(f"page error: {error}")

    def _complain(self, text: str) -> None:
        if not text.endswith(ALLOWED):
            self.said.append(text)

    def end(self) -> list[str]:
        """Hear no more; return all that was said."""
        for page, event, listen in self.heard:
            page.remove_listener(event, listen)
        said = self.server.said(self.before)
        # `rich` puts colours between the words that usually follow
        return [*self.said, *([f"the server: {said[-4000:]}"] if "Traceback" in said else [])]


@pytest.fixture
def open_page(server: Server, tabs: Tabs) -> Iterator[OpenPage]:
    """A function that opens a page; more keywords go to Playwright's `new_context`.

    A test that gives its page scripts for each document closes it.
    """
    complaints = Complaints(server)

    def open_page(
        path: str = "/", width: int = 1400, height: int = 900, scheme: ColorScheme = "light", **options: Any
    ) -> Page:
        page = tabs.take({"width": width, "height": height}, scheme, options)
        complaints.hear(page)
        page.goto(server.url + path)
        settle(page)
        return page

    yield open_page
    found = complaints.end()
    tabs.give_back()
    assert not found, "The browser or the server complained:\n" + "\n".join(found)

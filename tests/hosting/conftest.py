"""The site, running, and visitors with a browser each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.driver import settle
from tests.browser.fixtures import ALLOWED
from tests.hosting.rig import Replica, Site, running_site


@dataclass
class Visitor:
    """A page in a browser of its own, and what the console complained of."""

    context: BrowserContext
    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)
        settle(self.page)

    def replica(self) -> Replica:
        """The replica that the visitor's cookie names."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        return self.site.answering(cookies["replica"])

    def hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not (said.location.get("url") or "").endswith(ENDS):
            self.complaints.append(f"{said.text} ({said.location.get('url')})")


ENDS = tuple(end.rstrip(")") for end in ALLOWED)
Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # nginx, started by root, reads as another user
    for above in (folder, *folder.parents[:3]):
        above.chmod(above.stat().st_mode | 0o055)
    return folder


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[Site]:
    """Nginx in front of three replicas."""
    with running_site(folder) as site:
        yield site


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """A function that opens a path of the site in a browser of its own; with None it opens only the browser."""
    contexts: list[BrowserContext] = []

    def visit(path: str | None = "/") -> Visitor:
        contexts.append(chromium.new_context(viewport={"width": 1400, "height": 900}))
        visitor = Visitor(contexts[-1], contexts[-1].new_page(), site)
        visitor.page.on("console", visitor.hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(f"page error: {error}"))
        if path is not None:
            visitor.open(path)
        return visitor

    yield visit
    for context in contexts:
        context.close()

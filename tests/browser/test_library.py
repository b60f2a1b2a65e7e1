"""The drawing library comes late, or not at all, or the server goes: the player says so and goes on."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.driver import ROOT, Server, running_app, settle, stop
from tests.browser.fixtures import OpenPage
from tests.browser.modules import Modules

LIBRARY = "**/PlotlyChart.*.js"
LINK = "/?preset=mazur&step=5"
MODULE = "shared/plotly.js"
PROBLEM, TITLE, POSITION = ".player .problem", ".player .title", ".player .position"
SECONDS = 1_000
CONNECTION = "state => document.querySelector('[data-testid=stApp]').dataset.testConnectionState === state"
DRAWN = "() => [...document.querySelectorAll('.player .plot text')].map(text => text.textContent).join()"


def test_a_wait_is_spoken_of_after_a_while_and_a_failure_at_once(modules: Modules) -> None:
    def said(waited: int, failed: bool = False) -> str:
        return modules.call(MODULE, "wording", waited, failed)

    assert said(0) == said(2_999) == ""
    assert "still on its way" in said(3_000) and said(3_000) == said(600_000)
    assert "reload" in said(0, failed=True)


def test_the_library_is_asked_for_before_any_chart_is_there_and_once(open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector(".player[data-ready=true]")
    settle(page)
    libraries = [url for url in asked if "/PlotlyChart." in url]
    assert len(libraries) == 1
    # the navigation's part is drawn after it, the inspector's chart long after
    parts = [re.sub(r"\..*", "", url.rsplit("/", 1)[1]) for url in asked]
    assert parts.index("PlotlyChart") < parts.index("withFullScreenWrapper")
    assert not [part for part in parts if part.startswith(("DataFrame", "arrowFormatUtils"))]


def test_the_player_waits_for_a_late_library_says_so_and_draws_when_it_arrives(open_page: OpenPage) -> None:
    page = open_page(LINK)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(LIBRARY, hold)
    page.reload()
    expect(page.locator(PROBLEM)).to_contain_text("still on its way", timeout=60 * SECONDS)
    page.wait_for_timeout(4 * SECONDS)
    expect(page.locator(PROBLEM)).to_contain_text("still on its way")
    for route in held:
        route.continue_()
    page.wait_for_selector(".player[data-ready=true]", timeout=60 * SECONDS)
    expect(page.locator(PROBLEM)).to_be_hidden()
    settle(page)
    expect(page.locator(POSITION)).to_have_text(re.compile("^5 /"))
    assert page.evaluate(DRAWN)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    """A page that may complain."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()


def test_a_library_that_cannot_be_loaded_is_said(visitor: Page, server: Server) -> None:
    visitor.route(LIBRARY, lambda route: route.abort())
    visitor.goto(server.url + LINK)
    expect(visitor.locator(PROBLEM)).to_contain_text("could not be loaded", timeout=60 * SECONDS)
    expect(visitor.locator(PROBLEM)).to_contain_text("reload the page")


@pytest.fixture
def deserted(visitor: Page, tmp_path: Path) -> Iterator[tuple[Page, Server]]:
    """A page whose server is gone."""
    with running_app(tmp_path / "first.log") as server:
        visitor.goto(server.url + LINK)
        visitor.wait_for_selector(".player[data-ready=true]")
        settle(visitor)
        stop(server.process)
        visitor.wait_for_function(f"state => !({CONNECTION})(state)", arg="CONNECTED")
        yield visitor, server


def test_without_its_server_the_player_steps_and_plays(deserted: tuple[Page, Server]) -> None:
    page, _ = deserted
    before, title = page.evaluate(DRAWN), page.locator(TITLE).inner_text()
    page.locator(".player .next").click()
    expect(page.locator(POSITION)).to_have_text(re.compile("^6 /"))
    expect(page.locator(TITLE)).not_to_have_text(title)
    page.wait_for_function(f"before => ({DRAWN})() !== before", arg=before)
    page.locator(".player .play").click()
    expect(page.locator(POSITION)).to_have_text(re.compile("^8 /"), timeout=30 * SECONDS)
    expect(page.locator(PROBLEM)).to_be_hidden()


def test_the_step_is_still_there_when_a_server_comes_back(deserted: tuple[Page, Server]) -> None:
    page, server = deserted
    page.locator(".player .seek").fill("12")
    page.wait_for_url(re.compile("step=12"))
    with subprocess.Popen(server.process.args, cwd=ROOT, stdin=subprocess.DEVNULL) as again:
        try:
            page.wait_for_function(CONNECTION, arg="CONNECTED", timeout=60 * SECONDS)
            settle(page)
            expect(page.locator(POSITION)).to_have_text(re.compile("^12 /"))
            title = page.locator(TITLE).inner_text()
            expect(page.locator("[data-testid=stMarkdown]", has_text=title)).to_have_count(1)
            assert "step=12" in page.url
        finally:
            stop(again)

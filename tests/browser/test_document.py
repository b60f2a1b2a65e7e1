"""The document that every page begins with: style and scripts are in it, and the app lives without the files."""

import re
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Route

from pages.widgets.document import PAGES
from tests.browser.driver import ROOT, Server, running_app, settle
from tests.browser.player import ready

SCRIPTS = re.compile(r'src="\./(scripts-[0-9a-f]{8}\.js)"')
LIBRARY = re.compile(r'<link rel="modulepreload"[^>]* href="\./static/js/PlotlyChart\.[^"]*"')


def fetched(address: str) -> tuple[str, str]:
    """What a browser gets that asks for a document, and how long it may keep it."""
    with urlopen(Request(address, headers={"Accept": "text/html"}), timeout=10) as answer:
        return answer.read().decode(), answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_the_scripts_come_before_streamlit_s_and_the_style_before_all_that_is_drawn(server: Server, page: Any) -> None:
    text, kept = fetched(f"{server.url}{page.path}?preset=worked-example")
    order = [text.index(part) for part in ("<script defer", '<script type="module"', "<body", "<style>", 'id="root"')]
    assert order == sorted(order)
    assert kept == "no-cache"
    assert bool(LIBRARY.search(text)) == page.drawn


def test_the_file_of_the_scripts_is_kept_and_named_by_what_it_says(server: Server) -> None:
    name = SCRIPTS.search(fetched(server.url)[0])[1]
    text, kept = fetched(f"{server.url}/{name}")
    assert "immutable" in kept
    assert name.removeprefix("scripts-").removesuffix(".js") in text


def test_a_page_that_there_is_none_of_has_the_style_too_and_a_file_is_no_page(server: Server) -> None:
    assert SCRIPTS.search(fetched(f"{server.url}/nothing")[0])
    assert fetched(f"{server.url}/_stcore/health")[0] == "ok"
    assert not SCRIPTS.search(fetched(f"{server.url}/app.py")[0])


# whether the navigation was there when the player came
ORDER = """new MutationObserver(() => {
    if (document.querySelector(".player"))
        window.navigated ??= document.querySelector(".st-key-navigation") !== null;
}).observe(document, { subtree: true, childList: true });"""


def test_who_has_the_files_sees_the_picture_first_and_who_loads_them_has_the_navigation_meanwhile(
    chromium: Browser, server: Server
) -> None:
    context = chromium.new_context()
    context.add_init_script(ORDER)
    page = context.new_page()
    for again in (False, True):
        page.goto(server.url)
        ready(page)
        assert page.evaluate("navigated") is not again
        settle(page)
        assert page.locator(".st-key-navigation a").count() == len(PAGES)
        assert page.locator(".st-key-controls button").count() > 2
    context.close()


def test_scripts_that_did_not_come_are_asked_for_again(chromium: Browser, server: Server) -> None:
    context = chromium.new_context()
    page = context.new_page()
    failed: list[str] = []

    def fail_twice(route: Route) -> None:
        if len(failed) == 2:
            route.continue_()
            return
        failed.append(route.request.url)
        route.abort()

    page.route("**/scripts-*.js", fail_twice)
    page.goto(server.url)
    ready(page)
    settle(page)
    assert len(failed) == 2
    context.close()


def test_the_app_works_where_its_script_is_run_without_its_documents(chromium: Browser, tmp_path: Path) -> None:
    for name in ("engine", "pages", ".streamlit"):
        copytree(ROOT / name, tmp_path / name)
    # the script alone, which names no app
    script = (ROOT / "app.py").read_text().split("else:")[0].replace("from streamlit.starlette import App\n", "")
    (tmp_path / "app.py").write_text(script)
    with running_app(tmp_path / "streamlit.log", folder=tmp_path) as server:
        assert not SCRIPTS.search(fetched(server.url)[0])
        page = chromium.new_page()
        page.goto(server.url)
        ready(page)
        settle(page)
        # by the style, the navigation is one line
        assert page.locator(".st-key-navigation").bounding_box()["height"] < 50
        page.close()

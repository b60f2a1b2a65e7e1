"""What a visitor does on any page: choose a view, press a button, go to another page, and see that it fits."""

import re

from playwright.sync_api import Page

from tests.browser.driver import settle


def choose(page: Page, name: str) -> None:
    """Choose a view, or another of a few options that stand side by side."""
    page.get_by_role("radio", name=name, exact=True).click()
    settle(page)


def press(page: Page, name: str) -> None:
    """Press the button whose name begins so."""
    page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}\b")).click()
    settle(page)


def go(page: Page, name: str) -> None:
    """Go to a page by the navigation."""
    page.get_by_role("link", name=name, exact=True).click()
    arrive(page, name)


def arrive(page: Page, name: str) -> None:
    """Wait until a page is there."""
    page.wait_for_function("name => document.title.startsWith(`${name} ·`)", arg=name)
    settle(page)


def charts_drawn(page: Page, count: int) -> None:
    """Wait until that many charts of Plotly's are drawn."""
    page.wait_for_function(f"() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= {2 * count}")


def require_fit(page: Page) -> None:
    """Nothing is wider than the window; Streamlit scrolls inside of a container of its own."""
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def rgb(colour: str) -> str:
    """A colour of a theme, #rrggbb, as a browser says it."""
    return f"rgb({', '.join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))})"

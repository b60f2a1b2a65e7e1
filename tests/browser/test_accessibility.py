"""What axe-core finds on each page, in both themes: nothing but what Streamlit itself draws, which is listed here."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.fixtures import ColorScheme, OpenPage
from tests.browser.visiting import choose, go, press

PAGES = ("Network", "Activations", "Training", "Gradients", "Landscape", "Practice", "Share", "Derivation")
# rules, and in what they may be broken, as a part of its HTML; give a reason for each
STREAMLITS = {
    # A table in Markdown has a row of headings even where there is nothing to say; st.dataframe draws its own.
    "empty-table-header": "<th",
    # The block of st.code is scrolled, and cannot be reached with the keyboard; its button for copying can.
    "scrollable-region-focusable": "<pre",
    # The option that is chosen stands in the accent on a tint of it, in the dark theme at 4.3:1.
    "color-contrast": "<p>Contents</p>",
    # The field for a file, onto which one may be dropped, has no role of its own, and a name; its button is reached.
    "presentation-role-conflict": 'data-testid="stFileUploaderDropzone"',
}
# what KaTeX draws for the eyes alone: tens of thousands of elements, which take axe-core a minute
DRAWN = "() => { for (const drawn of document.querySelectorAll('.katex-html')) drawn.replaceChildren(); }"


VIEWS = ("A whole pass", "Find the error", "Predict", "Check my numbers", "Worksheet")


def complaints(page: Page) -> Iterator[str]:
    for found in Axe().run(page).response["violations"]:
        for node in found["nodes"]:
            if STREAMLITS.get(found["id"], "nothing") not in node["html"]:
                yield f"{found['id']}: {node['html'][:900]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(open_page: OpenPage, scheme: ColorScheme) -> None:
    page = open_page("/?preset=worked-example&step=16", width=1366, height=768, scheme=scheme)
    found = {}
    for name in PAGES:
        if name != "Network":
            go(page, name)
        if name == "Derivation":
            page.evaluate(DRAWN)
        found[name] = list(complaints(page))
        expect(page.locator("h1:visible")).to_have_count(1)
        navigation = page.get_by_role("navigation", name="Pages")
        current = navigation.locator("[aria-current=page]")
        expect(current).to_have_text(name)
        # told from one that has the focus, which has a ring
        shadow = "link => getComputedStyle(link).boxShadow"
        other = navigation.get_by_role("link").nth(1 if name == PAGES[0] else 0)
        other.focus()
        assert current.evaluate(shadow) != other.evaluate(shadow)
    assert not any(found.values()), found


def test_axe_finds_nothing_in_any_view_of_the_practice_page(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur", width=1366, height=768, scheme="dark")
    for stage in (1, 2, 3):
        press(page, f"Hint {stage} of 3")
    press(page, "Show the solution")
    page.evaluate(DRAWN)
    found = {"One question": list(complaints(page))}
    for view in VIEWS:
        choose(page, view)
        if view == "Check my numbers":
            page.get_by_role("textbox", name="Your numbers").fill("z1 = [0.3775, 0.4]")
            press(page, "Check my numbers")
        # an option under the pointer has a tint of its own
        page.mouse.move(0, 0)
        found[view] = list(complaints(page))
    assert not any(found.values()), found

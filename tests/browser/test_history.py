"""The browser's history and Undo: an edit makes no entry, Back leaves the page, and a reload forgets nothing."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.cells import cell, type_number
from tests.browser.driver import Server, settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import arrive, go, press

LINK = "/?preset=worked-example&step=5"
ENTRIES = "history.length"
KEPT = "JSON.parse(sessionStorage.getItem('undo'))"


def taken(page: Page, text: str, place: str = "w.1.1.1") -> None:
    """Type a number and wait until the address has it."""
    before = page.url
    type_number(page, place, text)
    page.wait_for_function("before => location.href !== before", arg=before)


def edit(page: Page, text: str, place: str = "w.1.1.1") -> None:
    taken(page, text, place)
    settle(page)


def require(page: Page, text: str, place: str = "w.1.1.1") -> None:
    expect(cell(page, place)).to_have_value(text)


def reload(page: Page) -> None:
    page.reload()
    settle(page)


def walk(page: Page, key: str, expected: list[str]) -> None:
    """Press Undo or Redo as often as numbers are expected, and see each; then there is no more of it."""
    button = page.get_by_role("button", name=re.compile(rf"^{key}\b"))
    for text in expected:
        button.click()
        require(page, text)
    expect(button).to_be_disabled()


def test_edits_undo_and_steps_make_no_entry_and_back_leads_to_the_page_before(open_page: OpenPage) -> None:
    page = open_page("/derivation?preset=mazur&step=2")
    go(page, "Network")
    length, address = page.evaluate(ENTRIES), page.url
    for text in ("1", "2", "3"):
        edit(page, text)
    press(page, "Undo")
    page.get_by_role("spinbutton", name="Number of layers").fill("4")
    page.keyboard.press("Enter")
    settle(page)
    press(page, "Apply the update")
    page.locator(".player .seek").fill("7")
    page.wait_for_url(re.compile("step=7"))
    assert page.evaluate(ENTRIES) == length and page.url != address
    ours = page.url
    page.go_back()
    arrive(page, "Derivation")
    # that entry's address holds the network as it was there
    assert "preset=mazur" in page.url
    page.go_forward()
    arrive(page, "Network")
    assert page.url == ours
    expect(page.get_by_role("spinbutton", name="Number of layers")).to_have_value("4")


@pytest.mark.parametrize("path", ["/", "/?preset=mazur", "/?net=broken", "/training?preset=xor"])
def test_an_address_that_is_completed_is_one_entry(open_page: OpenPage, server: Server, path: str) -> None:
    page = open_page(LINK)
    page.goto("about:blank")
    length = page.evaluate(ENTRIES)
    page.goto(server.url + path)
    page.wait_for_url(re.compile("preset=.*step="))
    settle(page)
    assert page.evaluate(ENTRIES) == length + 1
    page.get_by_role("textbox", name="Learning rate η").fill("7")
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile("net="))
    settle(page)
    assert page.evaluate(ENTRIES) == length + 1
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_ten_edits_are_undone_and_redone_after_a_reload(open_page: OpenPage) -> None:
    page = open_page(LINK)
    texts = [str(number) for number in range(1, 11)]
    for text in texts:
        taken(page, text)
    settle(page)
    reload(page)
    require(page, "10")
    walk(page, "Undo", [*texts[-2::-1], "0.1"])
    reload(page)
    for _ in range(2):
        press(page, "Redo")
    # what is redone half after a reload goes both ways
    reload(page)
    edit(page, "20")
    walk(page, "Undo", ["2", "1", "0.1"])


def test_another_link_in_the_same_tab_is_a_change_that_can_be_undone_and_another_tab_has_none(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page(LINK)
    edit(page, "1")
    page.goto(f"{server.url}/?preset=mazur&step=2")
    settle(page)
    require(page, "0.15")
    press(page, "Undo")
    require(page, "1")
    walk(page, "Undo", ["0.1"])
    other = _opened(page.context, server.url + LINK)
    expect(other.get_by_role("button", name=re.compile(r"^Undo\b"))).to_be_disabled()
    expect(other.get_by_role("button", name=re.compile(r"^Redo\b"))).to_be_disabled()


def _opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    settle(page)
    return page


# as a browser may keep whatever somebody put there
FOREIGN = {
    "no network": '{"past": ["net=1.x"], "present": "preset=xor", "future": []}',
    "no link": '{"past": ["preset=nowhere", "step=3"], "present": "", "future": ["", "?"]}',
    "no texts": '{"past": [1, {}], "present": null, "future": [[]]}',
    "too many": '{"past": [' + ",".join(['"preset=xor"'] * 5000) + '], "present": "", "future": []}',
    "no JSON": "{",
    "no lists": '{"past": "preset=xor"}',
}


@pytest.mark.parametrize("name", ["no network", "no link"])
def test_whatever_was_kept_the_page_stands_and_undo_says_what_it_leaves_out(open_page: OpenPage, name: str) -> None:
    page = open_page(LINK)
    page.evaluate("kept => sessionStorage.setItem('undo', kept)", FOREIGN[name])
    reload(page)
    undo = page.get_by_role("button", name=re.compile(r"^Undo\b"))
    press(page, "Undo")
    if name == "no network":
        # what was at hand before this link was opened
        press(page, "Undo")
    expect(page.get_by_text("so it is left out")).to_be_visible()
    while undo.is_enabled():
        press(page, "Undo")


def test_what_is_no_list_of_links_is_as_though_nothing_was_kept(open_page: OpenPage) -> None:
    page = open_page(LINK)
    undo = page.get_by_role("button", name=re.compile(r"^Undo\b"))
    for name in ("no texts", "too many", "no JSON", "no lists"):
        page.evaluate("kept => sessionStorage.setItem('undo', kept)", FOREIGN[name])
        reload(page)
        expect(undo).to_be_disabled()
    edit(page, "3")
    press(page, "Undo")
    expect(undo).to_be_disabled()


def test_undo_pressed_fast_takes_back_as_much_as_it_was_pressed(open_page: OpenPage) -> None:
    page = open_page("/?preset=worked-example")
    for number in ("21", "22", "23"):
        type_number(page, "w.1.1.1", number)
        settle(page)
    for _ in range(3):
        page.keyboard.press("Control+z")
    settle(page)
    expect(cell(page, "w.1.1.1")).to_have_value("0.1")
    for key in ("Control+Shift+z", "Control+y"):
        page.keyboard.press(key)
    settle(page)
    expect(cell(page, "w.1.1.1")).to_have_value("22")

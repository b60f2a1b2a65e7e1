"""The editor's tables in a browser: typed, pasted, copied, stepped, dragged; with keys alone, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from engine import encode
from engine.network.editing import randomised, resized
from tests.browser.cells import cell, type_number
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.samples import EXAMPLE

START = "/?preset=worked-example&step=3"


def opened(open_page: OpenPage, address: str = START, **how: object) -> Page:
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"], **how)
    page.wait_for_selector(".numbers[data-ready=true] input", state="attached")
    return page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement?.dataset?.place ?? ''")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def shows(page: Page, **texts: str) -> None:
    for place, text in texts.items():
        expect(cell(page, place.replace("_", "."))).to_have_value(text)


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    press(page, "Control+v")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1e-3", "0.001"),
        ("1e8", "100000000"),
        ("1/3", "0.3333333333333333"),
        ("0,5", "0.5"),
        ("−0.5", "-0.5"),
        ("sqrt(2)/2", "0.7071067811865476"),
    ],
)
def test_what_is_typed_is_what_it_says(open_page: OpenPage, typed: str, shown: str) -> None:
    page = opened(open_page)
    type_number(page, "w.1.1.1", typed)
    shows(page, w_1_1_1=shown)
    expect(cell(page, "w.1.1.1")).to_have_attribute("aria-invalid", "false")
    type_number(page, "y.2", "0.25")
    settle(page)
    shows(page, w_1_1_1=shown, y_2="0.25")


def test_a_value_is_set_and_set_back(open_page: OpenPage) -> None:
    page = opened(open_page)
    for place, other, first in (("w.1.1.1", "0.5", "0.1"), ("x.1", "-2", "0.1"), ("y.2", "0.5", "0")):
        type_number(page, place, other)
        expect(page.get_by_role("combobox", name="Example")).to_have_value("Your own network")
        type_number(page, place, first)
        expect(page.get_by_role("combobox", name="Example")).to_have_value("Worked example: ReLU, sigmoid, softmax")
    assert "preset=worked-example" in page.url


def test_letters_are_refused_at_the_field_and_escape_takes_them_back(open_page: OpenPage) -> None:
    page = opened(open_page)
    address = page.url
    type_number(page, "w.1.2.1", "many")
    expect(page.locator(".numbers .refused:visible")).to_contain_text("“many” is not a number")
    expect(cell(page, "w.1.2.1")).to_have_attribute("aria-invalid", "true")
    assert page.url == address
    press(page, "Escape")
    shows(page, w_1_2_1="0.2")
    expect(page.locator(".numbers .refused:visible")).to_have_count(0)
    assert focused(page) == "w.1.2.1"


def test_keys_walk_through_a_table_and_through_a_text(open_page: OpenPage) -> None:
    page = opened(open_page)
    cell(page, "w.1.1.1").focus()
    walked = []
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowDown", "ArrowDown", "Home", "ArrowUp", "Tab"):
        press(page, key)
        walked.append(focused(page))
    assert walked == ["w.1.1.2", "w.1.2.2", "b.1.2", "b.1.3", "b.1.3", "w.1.3.1", "w.1.2.1", "w.1.2.2"]
    page.keyboard.type("34")
    # in the middle of a text the arrow is the text's
    press(page, "ArrowLeft", "Backspace", "Enter")
    shows(page, w_1_2_2="4")
    assert focused(page) == "w.1.2.2"
    page.keyboard.type("9")
    press(page, "Escape")
    shows(page, w_1_2_2="4")


def test_alt_and_an_arrow_step_the_last_digit(open_page: OpenPage) -> None:
    page = opened(open_page)
    cell(page, "w.1.1.1").focus()
    press(page, "Alt+ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp")
    shows(page, w_1_1_1="0.4")
    press(page, *["Alt+ArrowDown"] * 5)
    shows(page, w_1_1_1="-0.1")
    assert focused(page) == "w.1.1.1"


def test_a_block_is_pasted_and_copied_out_again(open_page: OpenPage) -> None:
    page = opened(open_page)
    cell(page, "w.1.1.1").focus()
    paste(page, "0,5\t-1\t2\r\n3\t4\t5\r\n6\t7\t8\r\n")
    shows(page, w_1_1_1="0.5", w_1_1_3="2", w_1_3_3="8", w_1_2_1="3")
    press(page, "Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "0.5\t-1\n3\t4"
    paste(page, "1\t2\t3\t4\t5")
    expect(page.locator(".numbers .refused:visible")).to_contain_text("there is room for 3 rows and 4 columns")
    shows(page, w_1_1_1="0.5")
    # one number goes into the text, comma and all
    cell(page, "x.1").focus()
    paste(page, "0,25")
    press(page, "Enter")
    shows(page, x_1="0.25")


def test_a_number_is_dragged_and_all_of_it_is_undone_at_once(open_page: OpenPage) -> None:
    page = opened(open_page)
    field = cell(page, "w.1.1.1")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for far in range(0, 124, 4):
        page.mouse.move(x + far, y)
    expect(field).to_have_value("0.3")
    # the drawing follows while the button is still down
    page.wait_for_function("""() => [...document.querySelectorAll(".player .plot text")]
        .some(text => text.textContent.includes("1.37"))""")
    page.mouse.up()
    settle(page)
    shows(page, w_1_1_1="0.3")
    press(page, "Control+z")
    shows(page, w_1_1_1="0.1")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    press(page, "Control+Shift+Z")
    shows(page, w_1_1_1="0.3")


def test_a_click_begins_to_write_and_ctrl_z_in_the_text_is_the_text_s(open_page: OpenPage) -> None:
    page = opened(open_page)
    type_number(page, "x.2", "7")
    settle(page)
    cell(page, "x.1").click()
    assert focused(page) == "x.1"
    page.keyboard.type("5")
    press(page, "Control+z")
    settle(page)
    shows(page, x_1="0.1", x_2="7")


def test_edits_that_follow_each_other_fast_are_all_taken(open_page: OpenPage) -> None:
    page = opened(open_page)
    cell(page, "w.1.1.1").focus()
    for number in range(1, 10):
        page.keyboard.type(str(number))
        press(page, "Tab")
    settle(page)
    names = ["w.1.1.1", "w.1.1.2", "w.1.1.3", "b.1.1", "w.1.2.1", "w.1.2.2", "w.1.2.3", "b.1.2", "w.1.3.1"]
    shows(page, **{name.replace(".", "_"): str(number) for number, name in enumerate(names, start=1)})


def test_the_learning_rate_is_read_by_the_same_rules(open_page: OpenPage) -> None:
    page = opened(open_page)
    rate = page.get_by_role("textbox", name="Learning rate η")
    for typed, shown in (("1/4", "0.25"), ("abc", "abc"), ("1e-3", "0.001")):
        rate.fill(typed)
        rate.press("Enter")
        expect(rate).to_have_value(shown)
        expect(page.get_by_text("“abc” is not a number")).to_have_count(int(typed == "abc"))


def test_on_a_phone_there_are_keys_for_the_sign_and_the_last_digit(open_page: OpenPage) -> None:
    page = opened(open_page, "/training?preset=worked-example", width=390, height=844, has_touch=True, is_mobile=True)
    page.get_by_test_id("stExpandSidebarButton").tap()
    field = cell(page, "w.1.1.1")
    field.scroll_into_view_if_needed()
    field.tap()
    assert field.get_attribute("inputmode") == "decimal"
    page.get_by_role("button", name="Change the sign").tap()
    shows(page, w_1_1_1="-0.1")
    page.get_by_role("button", name="One less in the last digit").tap()
    shows(page, w_1_1_1="-0.2")
    assert focused(page) == "w.1.1.1"


def test_what_is_typed_is_seen_under_way_until_it_is_answered(open_page: OpenPage) -> None:
    page = opened(open_page)
    # a line that takes nothing: what is sent is lost
    page.evaluate("() => { window.sends = WebSocket.prototype.send; WebSocket.prototype.send = () => {}; }")
    type_number(page, "w.1.1.1", "0.77")
    for field in page.locator("input[data-place='w.1.1.1']").all():
        if field.is_visible():
            expect(field).to_have_attribute("aria-busy", "true")
    expect(page.locator(".numbers .waiting:not([hidden])").first).to_contain_text("stays here", timeout=8000)
    page.evaluate("() => { WebSocket.prototype.send = window.sends; }")
    type_number(page, "w.1.1.2", "0.5")
    shows(page, w_1_1_1="0.77", w_1_1_2="0.5")
    expect(cell(page, "w.1.1.1")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".numbers .waiting:not([hidden])")).to_have_count(0)


# whether what is at the middle of an element is the element, and not what lies over it
SEEN = """element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def test_a_large_layer_scrolls_inside_its_table_and_its_headings_stay(open_page: OpenPage) -> None:
    page = opened(open_page, f"/?net={encode(randomised(resized(EXAMPLE, [10, 10, 3]), 'xavier', 4))}")
    table = page.locator(".numbers table").filter(has=page.locator('[data-place="w.1.1.1"]'))
    assert not cell(page, "w.1.10.10").evaluate(SEEN)
    cell(page, "w.1.10.10").focus()
    for seen in (cell(page, "w.1.10.10"), table.locator("thead th").nth(10), table.locator('th[scope="row"]').nth(9)):
        assert seen.evaluate(SEEN)
    sidebar = page.get_by_test_id("stSidebarContent")
    assert sidebar.evaluate("sidebar => sidebar.scrollWidth <= sidebar.clientWidth")

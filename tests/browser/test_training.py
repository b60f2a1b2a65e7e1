"""The Training page in a real browser: a run is trained, scrubbed, pointed at and taken; every view fits a phone."""

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import choose, go, press, require_fit

# what happens within so many seconds of the click is "at once"; the suite itself does not time it
PATIENCE = 20_000

# in pixels of the screen, though the charts are drawn in units of their own
TEXT_SIZES = """() => [...document.querySelectorAll('.training .chart text')].map((text) => {
    const chart = text.ownerSVGElement;
    return parseFloat(getComputedStyle(text).fontSize) * chart.getBoundingClientRect().width
        / chart.viewBox.baseVal.width;
})"""


def train(page: Page) -> None:
    press(page, "Take a network that suits them")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_selector(".training[data-ready=true]", timeout=PATIENCE)
    settle(page)


def colour_at(page: Page, x: float, y: float) -> list[int]:
    """The colour of the large picture at a place, in shares of it."""
    return page.locator(".training .main canvas").evaluate(
        """(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(
            Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data]""",
        [x, y],
    )


def test_a_run_is_scrubbed_pointed_at_and_its_weights_are_taken(open_page: OpenPage) -> None:
    page = open_page("/training", reduced_motion="reduce")
    train(page)
    epoch = scrub(page)
    settle(page)
    expect(page.get_by_role("button", name=f"Take the weights of epoch {epoch}")).to_be_visible()

    page.get_by_role("button", name="Hidden 1, neuron 3").hover()
    expect(page.locator(".training .main .name")).to_have_text("Hidden 1, neuron 3")
    expect(page.locator(".training .note")).to_contain_text("z = ")
    page.mouse.move(0, 0)
    expect(page.locator(".training .main .name")).to_have_text("Output")

    page.get_by_role("button", name="Take the weights of").click()
    settle(page)
    assert "net=" in page.url
    page.get_by_role("link", name="Step through it").click()
    page.wait_for_selector(".player[data-ready=true]", timeout=PATIENCE)
    expect(page.locator(".player .plot").first).to_be_visible()


def scrub(page: Page) -> int:
    """Go through the run, with the keys and then with a click on its loss; return the epoch at the end."""
    readout = page.locator(".training .readout")
    expect(readout).to_contain_text(re.compile(r"^Epoch 100 · loss 0\.\d+ \(test 0\.\d+\) · accuracy \d+%"))
    # moons: the upper left is class 0, orange-red, and the lower right class 1, blue
    red, blue = colour_at(page, 0.2, 0.1), colour_at(page, 0.9, 0.8)
    assert red[0] > red[2] + 40 and blue[2] > blue[0] + 40

    page.locator(".player.training").focus()
    page.keyboard.press("Home")
    expect(readout).to_contain_text("Epoch 0 ·")
    assert colour_at(page, 0.2, 0.1) != red
    page.keyboard.press("ArrowRight")
    expect(readout).to_contain_text("Epoch 2 ·")
    page.locator(".training .chart").first.click(position={"x": 200, "y": 60})
    epoch = int(re.match(r"Epoch (\d+)", readout.inner_text())[1])
    assert 30 < epoch < 75
    return epoch


def test_a_long_run_is_followed_and_stopped(open_page: OpenPage) -> None:
    page = open_page("/training", reduced_motion="reduce")
    press(page, "Take a network that suits them")
    for name, value in (("Epochs", "10000"), ("Batch size", "1")):
        page.get_by_role("spinbutton", name=name).fill(value)
        page.keyboard.press("Tab")
        settle(page)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch [\d,]+ of 10,000"))).to_be_visible(timeout=PATIENCE)
    # Streamlit's own Stop in the head is there too while a run of the page takes long
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile(r"The run was stopped after \d+ of 10000 epochs"))).to_be_visible(
        timeout=PATIENCE
    )
    page.wait_for_selector(".training[data-ready=true]", timeout=PATIENCE)
    time.sleep(0.3)
    settle(page)


def test_a_run_stands_where_it_stood_after_another_view_and_another_page(open_page: OpenPage) -> None:
    page = open_page("/training", reduced_motion="reduce")
    train(page)
    page.locator(".player.training").focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    readout, position = page.locator(".training .readout"), page.locator(".training .position")
    settle(page)
    words, place = readout.inner_text(), position.inner_text()
    epoch = re.match(r"Epoch (\d+)", words)[1]
    assert int(epoch) > 4 and place == f"Epoch {epoch} / 100"
    for step, there, back in ((choose, "Data", "Run"), (go, "Network", "Training")):
        step(page, there)
        step(page, back)
        page.wait_for_selector(".training[data-ready=true]", timeout=PATIENCE)
        expect(readout).to_have_text(words)
        expect(position).to_have_text(place)
        expect(page.get_by_role("button", name=f"Take the weights of epoch {epoch}")).to_be_visible()
    press(page, "Train")
    expect(readout).to_contain_text(re.compile(r"^Epoch 100 "))


def test_every_view_fits_a_phone_in_the_dark(open_page: OpenPage) -> None:
    page = open_page("/training", width=390, scheme="dark", reduced_motion="reduce")
    train(page)
    press(page, "Keep for comparison")
    press(page, "Train")
    for name in ("Data", "Run", "Compare"):
        choose(page, name)
        page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg, .training canvas').length")
        require_fit(page)
        if name == "Run":
            assert min(page.evaluate(TEXT_SIZES)) >= 11
            box = page.locator(".training .net .around")
            assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
            # the controls stand right below the picture that they change
            picture, bar, net = (page.locator(f".training .{part}").bounding_box() for part in ("main", "bar", "net"))
            assert picture["y"] < bar["y"] < net["y"]


def plane_of(open_page: OpenPage, **how: Any) -> tuple[Page, Locator, Locator]:
    """The page with a data set, its plane, and the points of one's own in it."""
    page = open_page("/training", reduced_motion="reduce", **how)
    page.wait_for_selector(".plane[data-ready=true]", timeout=PATIENCE)
    return page, page.locator(".plane .own"), page.locator(".plane .mine")


def test_a_point_is_added_and_moved_by_the_mouse(open_page: OpenPage) -> None:
    page, plane, mine = plane_of(open_page)
    named = page.locator(".plane .named")
    box = plane.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    page.mouse.click(x, y)
    settle(page)
    expect(mine).to_have_count(1)
    expect(named).to_contain_text("Point 1 of your own")
    before = named.inner_text()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    settle(page)
    assert named.inner_text() != before and mine.count() == 1
    # the table beside has what the picture has
    expect(page.get_by_label("x₁ of point 1")).not_to_have_value("")


def test_points_are_added_and_taken_away_by_keys(open_page: OpenPage) -> None:
    page, plane, mine = plane_of(open_page)
    plane.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    settle(page)
    expect(mine).to_have_count(2)
    mine.first.focus()
    page.keyboard.press("Delete")
    settle(page)
    expect(mine).to_have_count(1)
    page.get_by_role("button", name="Point 1 of your own").focus()
    page.get_by_role("button", name="Take this point away").click()
    settle(page)
    expect(mine).to_have_count(0)


def test_a_tap_adds_a_point_on_a_phone(open_page: OpenPage) -> None:
    page, plane, mine = plane_of(open_page, width=390, height=844, has_touch=True)
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 150)
    expect(mine).to_have_count(1)
    require_fit(page)


def test_examples_are_chosen_by_tap_and_by_keys_and_taken(open_page: OpenPage) -> None:
    page = open_page("/training", width=390, height=844, has_touch=True, reduced_motion="reduce")
    press(page, "Take a network that suits them")
    choose(page, "chooses an example")
    page.wait_for_selector(".plane[data-ready=true]", timeout=PATIENCE)
    plane, taken = page.locator(".plane .own"), page.locator(".plane .taken")
    plane.scroll_into_view_if_needed()
    dots = page.locator(".plane .plot .points path")
    for dot in (dots.nth(3), dots.nth(40)):
        box = dot.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(taken).to_have_count(2)
    plane.focus()
    for key in ("ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(taken).to_have_count(3)
    taken.first.focus()
    page.keyboard.press("Delete")
    expect(taken).to_have_count(2)
    settle(page)
    require_fit(page)
    page.get_by_role("button", name="Take the 2 chosen into the network").click()
    expect(page.get_by_text("The examples are in your network")).to_be_visible()


def test_the_next_step_of_a_run_is_played_with_the_optimizers_own_update(open_page: OpenPage) -> None:
    page = open_page("/training", reduced_motion="reduce")
    train(page)
    page.get_by_text("Step this batch").click()
    player = page.locator(".st-key-run_player")
    page.wait_for_selector(".st-key-run_player .player[data-ready=true]", timeout=PATIENCE)
    player.locator(".last").click()
    expect(player.locator(".title")).to_contain_text("once more, with the new parameters")
    player.locator(".prev").click()
    expect(player.locator(".title")).to_contain_text("by Adam")
    settle(page)
    # what is written out below is the step that the player rests on
    expect(page.locator(".st-key-explanation")).to_contain_text("changes most")

"""A batch in a browser: its examples are played in turn before they meet, and their gradients run together into one."""

from playwright.sync_api import expect

from engine import PRESETS, trace
from tests.browser.fixtures import OpenPage
from tests.browser.player import ready
from tests.browser.visiting import choose

BATCH = PRESETS["and-four-rows"].experiment
STEPS = trace(BATCH)
# notes each example and step that is played
WATCH = """() => {
    window.seen = [];
    const note = () => {
        const title = document.querySelector(".player .title").textContent;
        const example = new URLSearchParams(location.search).get("example") ?? "1";
        const now = `${example} ${title.split(" · ")[0]}`;
        if (window.seen.at(-1) !== now) window.seen.push(now);
        requestAnimationFrame(note);
    };
    note();
}"""


def test_all_examples_are_played_in_turn_and_then_meet(open_page: OpenPage) -> None:
    # from the first one on, whichever is shown
    page = open_page("/?preset=and-four-rows&step=1&example=3")
    ready(page)
    choose(page, "all in turn")
    page.locator(".player .speed select").select_option("8")
    page.evaluate(WATCH)
    page.locator(".player .play").click()
    expect(page.locator(".player .position")).to_have_text(f"{len(STEPS)} / {len(STEPS)}", timeout=40_000)
    # the address may know of the next example before the line does
    seen = list(dict.fromkeys(page.evaluate("window.seen")))
    backwards = [f"{k} Backward" for k in range(1, BATCH.examples + 1)]
    assert [now for now in seen if now.endswith("Backward")] == backwards
    assert [now for now in seen if now.endswith(("Examples", "Update"))] == ["4 Examples", "4 Update"]


def test_the_shapes_stand_under_the_matrices_of_the_whole_batch(open_page: OpenPage) -> None:
    page = open_page("/?preset=and-four-rows&step=1&detail=batch")
    ready(page)
    line = page.locator(".player .formula")
    expect(line.locator("sub", has_text="4 × 2").first).to_be_visible()
    expect(page.locator(".katex", has_text="4×2").first).to_be_visible()

"""The Network page in a browser: playing, scrubbing, keys, clicks, cells, the address, small and dark screens."""

import re

import pytest
from playwright.sync_api import Page, expect

from engine import PRESETS, encode, trace
from engine.network.editing import randomised, resized
from pages.figures.theme import DARK, LIGHT, contrast
from tests.browser.cells import type_number
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.player import TEXTS, point_of, position, ready, require_apart, wait_for_step
from tests.browser.visiting import go, rgb
from tests.samples import EXAMPLE

STEPS = len(trace(EXAMPLE))
# notes each title that is shown, and how many places each dot and neuron has been in while it was
WATCH = """() => {
    window.seen = [];
    const note = () => {
        const title = document.querySelector(".player .title").textContent;
        if (window.seen.at(-1)?.title !== title) window.seen.push({ title, places: new Map() });
        const { places } = window.seen.at(-1);
        for (const point of document.querySelectorAll(".player .plot path.point")) {
            if (!places.has(point)) places.set(point, new Set());
            const { x, y } = point.getBoundingClientRect();
            places.get(point).add(`${x} ${y}`);
        }
        if (!window.done) requestAnimationFrame(note);
    };
    note();
}"""
SEEN = """() => {
    window.done = true;
    return window.seen.map(({ title, places }) => [title, Math.max(0, ...[...places.values()].map(set => set.size))]);
}"""


# steps whose contributions are seen on their way
TRAVELLING = ("weighted_sum", "loss", "loss_gradient", "summed_gradient", "weight_gradient", "new_loss")


def texts(page: Page) -> list[str]:
    return [text for text, *_ in page.evaluate(TEXTS)]


def count_travels(page: Page) -> None:
    page.evaluate("""() => {
        const { animate } = Element.prototype;
        window.travels = 0;
        Element.prototype.animate = function (...given) { window.travels += 1; return animate.apply(this, given); };
    }""")


def drawn(page: Page) -> list[list[str]]:
    """All marks in the picture: kind, place, outline, how they look and what they say."""
    return page.evaluate("""() => [...document.querySelectorAll(".player .plot :is(path, text)")].map(mark => {
        const { x, y } = mark.getBoundingClientRect(), { fill, stroke, strokeWidth } = getComputedStyle(mark);
        return [mark.tagName, `${Math.round(x)} ${Math.round(y)}`, fill, stroke, strokeWidth, mark.textContent];
    })""")


def test_play_runs_from_the_start_through_all_phases_with_dots_on_their_way_and_ends(open_page: OpenPage) -> None:
    experiment = PRESETS["first-look"].experiment
    count = len(trace(experiment))
    page = ready(open_page(f"/?preset=first-look&step={count}"))
    page.locator(".player .speed select").select_option("2")
    page.evaluate(WATCH)
    page.locator(".player .play").click()
    expect(page.locator(".player .play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator(".player .play")).to_have_attribute("aria-label", "Play", timeout=30_000)
    seen = page.evaluate(SEEN)[1:]
    steps = trace(experiment)
    phases = [title.split(" · ")[0].lower() for title, _ in seen]
    assert phases == [step.phase for step in steps], seen
    for (title, places), step in zip(seen, steps, strict=True):
        assert places >= 4 if step.op in TRAVELLING else places <= 3, (title, places)
    wait_for_step(page, count)
    # whoever asked for less motion sees none
    page.emulate_media(reduced_motion="reduce")
    count_travels(page)
    page.locator(".player .first").click()
    page.locator(".player .next").click()
    wait_for_step(page, 2)
    assert page.evaluate("window.travels") == 0
    page.emulate_media(reduced_motion="no-preference")
    page.locator(".player .first").click()
    page.locator(".player .play").click()
    page.wait_for_function("window.travels >= 1")


def test_a_step_that_overtakes_another_is_drawn_as_if_there_had_been_no_other(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=2"))
    for _ in range(12):
        page.locator(".player .next").click()
        page.wait_for_timeout(90)
    # longer than a dot is on its way
    page.wait_for_timeout(1500)
    wait_for_step(page, 14)
    hasty = drawn(page)
    assert len(hasty) > 60
    page.reload()
    settle(ready(page))
    assert position(page) == f"14 / {STEPS}" and drawn(page) == hasty


def test_buttons_slider_and_keys_move_the_step(open_page: OpenPage) -> None:
    page = ready(open_page(f"/?step={STEPS}"))
    player, slider = page.locator(".player"), page.locator(".player .seek")
    assert position(page) == f"{STEPS} / {STEPS}" and slider.get_attribute("max") == str(STEPS)
    page.locator(".player .prev").click()
    wait_for_step(page, STEPS - 1)
    for press, step in (
        (page.locator(".player .first").click, 1),
        (page.locator(".player .next").click, 2),
        (page.locator(".player .last").click, STEPS),
        (lambda: slider.fill("12"), 12),
        (lambda: player.press("ArrowRight"), 13),
        (lambda: player.press("ArrowLeft"), 12),
        (lambda: player.press("Home"), 1),
        (lambda: player.press("ArrowLeft"), 1),
        (lambda: player.press("End"), STEPS),
        (lambda: slider.press("ArrowLeft"), STEPS - 1),
    ):
        press()
        title = page.locator(".player .title").inner_text()
        assert position(page) == f"{step} / {STEPS}"
        assert slider.get_attribute("aria-valuetext") == f"Step {step} of {STEPS}: {title}"
    for playing in ("true", "false"):
        player.press("Space")
        expect(page.locator(".player .play")).to_have_attribute("data-playing", playing)


def test_the_address_holds_network_and_step_for_this_browser_and_for_others(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=mazur"))
    page.locator(".player .seek").fill("16")
    wait_for_step(page, 16)
    settle(page)
    title = page.locator(".player .title").inner_text()
    expect(page.locator("[data-testid=stMarkdown]", has_text=title)).to_have_count(1)
    assert not page.locator(".katex-error").count() and page.locator(".katex").count() >= 3
    shown = (page.url, position(page), texts(page))
    page.reload()
    settle(ready(page))
    assert (page.url, position(page), texts(page)) == shown
    other = ready(open_page(page.url[page.url.index("/?") :]))
    assert (other.url, position(other), texts(other)) == shown
    go(page, "Share")
    assert "step=16" in page.url


def test_steps_are_in_the_address_but_not_in_the_history(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=mazur"))
    settle(page)
    before = page.evaluate("history.length")
    for step in (1, 2, 3):
        page.locator(".player .seek").fill(str(step))
        wait_for_step(page, step)
        settle(page)
    assert page.evaluate("history.length") == before
    page.get_by_role("link", name="Derivation").click()
    expect(page.get_by_role("heading", name="Network architecture")).to_be_visible()
    page.go_back()
    ready(page)
    wait_for_step(page, 3)


def test_clicks_fill_the_inspector_and_a_cell_changes_the_drawing_at_its_step(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=2"))
    inspected = page.get_by_role("combobox", name="Neuron or weight")
    for name, words in (("n.2.1", "Hidden 2, neuron 1 (a₁)"), ("w.3.1.2", "Weight a₂ → ŷ₁, Output")):
        at = point_of(page, name)
        page.mouse.move(**at)
        # what is said about a place is in its card
        expect(page.locator(".player .hoverlayer .hovertext")).to_have_count(0)
        page.mouse.click(**at)
        expect(inspected).to_have_value(words)
        # its card may lie over what is clicked next
        page.keyboard.press("Escape")
    page.mouse.click(**point_of(page, "w.3.1.2"))
    settle(page)
    assert "z 1.35" in texts(page)
    for typed, z in (("0.75", "z 1.42"), ("-2", "z 1.14")):
        type_number(page, "w.1.1.1", typed)
        page.wait_for_function(f"({TEXTS})().some(([text]) => text === '{z}')")
        wait_for_step(page, 2)
        settle(page)
    assert position(page) == f"2 / {STEPS}" and "net=" in page.url
    expect(page.get_by_role("combobox", name="Example")).to_have_value("Your own network")


def hex_of(colour: str) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in re.findall(r"\d+", colour)[:3])


def test_on_a_phone_in_the_dark_it_fits_and_can_be_read(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=3", width=390, height=844, scheme="dark"))
    wide = page.evaluate("""() => [document.scrollingElement, ...document.querySelectorAll("[data-testid=stMain]")]
        .map(element => element.scrollWidth - element.clientWidth)""")
    assert max(wide) <= 0
    require_apart(page)
    style = "element => [getComputedStyle(element).color, getComputedStyle(element.closest('.line')).backgroundColor]"
    for part in (".title", ".formula", ".formula span"):
        ink, ground = map(hex_of, page.locator(f".player {part}").first.evaluate(style))
        assert contrast(ink, ground) >= 4.5, part
    fills = page.evaluate("""() => [...document.querySelectorAll(".player .plot .textpoint text, .player .plot tspan")]
        .map(text => getComputedStyle(text).fill)""")
    found = {hex_of(fill) for fill in fills}
    assert DARK.value.positive_text in found and not found & {LIGHT.text, LIGHT.value.positive_text, LIGHT.muted}


@pytest.mark.parametrize(("size", "depth", "width"), [(8, 8, 1400), (10, 3, 390)])
def test_large_networks_are_drawn_without_overlap(open_page: OpenPage, size: int, depth: int, width: int) -> None:
    experiment = randomised(resized(EXAMPLE, [size] * (depth + 1)), "xavier", 4)
    count = len(trace(experiment))
    page = ready(open_page(f"/?net={encode(experiment)}&step={count}", width=width))
    assert position(page) == f"{count} / {count}"
    assert len(texts(page)) >= sum(experiment.network.sizes) + sum(experiment.network.sizes[1:])
    require_apart(page)


def test_a_theme_that_changes_is_followed_by_the_picture_and_the_charts(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    for scheme, theme in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=scheme)
        name = page.locator(".player .plot text", has_text="z").first
        expect(name).to_have_css("fill", rgb(theme.muted))
        settle(page)
        axis = page.locator(".stPlotlyChart .xtick text").first
        expect(axis).to_have_css("fill", rgb(theme.muted))

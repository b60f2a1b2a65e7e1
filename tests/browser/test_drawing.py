"""Numbers that are put into a picture that stands look as those of a picture that is drawn for them."""

from typing import Any

import pytest
from playwright.sync_api import Page

from engine import Experiment
from engine.backprop.trace import plan
from engine.network.editing import randomised, resized
from engine.network.places import Bias, Given, Input, Weight
from pages.figures.network.glimpse import View, glimpses
from pages.figures.network.message import document
from pages.figures.theme import DARK, LIGHT, Theme
from tests.browser.fixtures import OpenPage
from tests.browser.modules import WIDGETS
from tests.samples import EXAMPLE

DEEP = randomised(resized(EXAMPLE, [6, 6, 6, 6]), "xavier", 1)
# draws each step, puts patches into it one after the other, and draws each anew: what differs then, and how many of
# the patches did not fit in
PUT = """async ([figure, width, steps]) => {
    const { Picture } = await import("/modules/network/picture.js");
    const root = document.createElement("div");
    root.innerHTML = '<div class="scroll"><div class="plot"></div></div>';
    document.body.append(root);
    const nothing = () => {};
    const picture = new Picture(root, { select: nothing, painted: nothing, room: () => ({ room: width }) });
    picture.load(window.Plotly, { ...figure, headed: true });
    const styled = (element) => {
        const { fill, fillOpacity, stroke, strokeOpacity, strokeWidth, strokeDasharray, fontSize, opacity } =
            getComputedStyle(element);
        return [fill, fillOpacity, stroke, strokeOpacity, strokeWidth, strokeDasharray, fontSize, opacity];
    };
    const where = (element) => ["d", "transform", "x", "y", "dy"].map((name) => element.getAttribute(name));
    const look = (element) => [element.tagName, ...where(element), ...styled(element), element.textContent].join(" ");
    const looks = (selector) => [...root.querySelectorAll(`.scatterlayer ${selector}`)].map(look);
    // edges may lie in another order
    const seen = () => [looks(".js-line").sort(), looks(".point"), looks(":is(.textpoint, .textpoint *)")].flat();
    const [differing, drawn] = [[], []];
    for (const [step, patches] of steps) {
        await picture.draw(step, false, 0);
        const before = seen().join();
        for (const patch of patches) {
            const { paints } = picture;
            await picture.glimpse(step, patch);
            if (picture.paints > paints) drawn.push(step);
            const put = seen();
            picture.drawing = null;
            await picture.glimpse(step, patch);
            const anew = seen();
            if (put.join() !== anew.join()) differing.push([step, put.filter((one) => !anew.includes(one))]);
            // and the next one is put into what was put
            await picture.draw(step, false, 0);
            await picture.glimpse(step, patch);
        }
        await picture.draw(step, false, 0);
        if (seen().join() !== before) differing.push([step, "it does not go back"]);
    }
    return [differing, drawn];
}"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The app, which has the drawing library, and at an address of its own the scripts as they stand in their files."""
    page = open_page("/")
    page.wait_for_function("window.Plotly")
    base = f"{page.url.split('?')[0].rstrip('/')}/modules/"
    page.route(f"{base}**/*.js", lambda route: route.fulfill(path=WIDGETS / route.request.url[len(base) :]))
    return page


def put(
    page: Page, experiment: Experiment, place: Given, numbers: list[float], every: int, theme: Theme, width: int
) -> Any:
    steps = range(1, len(plan(experiment, "neuron")) + 1, every)
    patches = [
        (step, [glimpse.patch for glimpse in glimpses(View(experiment, theme, "neuron", step), place, numbers)])
        for step in steps
    ]
    return page.evaluate(PUT, [document(experiment, theme), width, patches])


@pytest.mark.parametrize(
    ("experiment", "place", "numbers", "every", "theme", "width"),
    [
        (EXAMPLE, Weight(1, 1, 1), [0.11, -0.45, 12.5], 3, LIGHT, 900),
        (EXAMPLE, Weight(2, 1, 1), [0.21, -1.0], 4, DARK, 420),
        (DEEP, Weight(2, 3, 1), [0.5, -3.0], 23, LIGHT, 800),
    ],
    ids=["example", "narrow and dark", "6 neurons a layer"],
)
def test_numbers_put_into_a_picture_look_as_if_drawn(
    page: Page, experiment: Experiment, place: Given, numbers: list[float], every: int, theme: Theme, width: int
) -> None:
    differing, drawn = put(page, experiment, place, numbers, every, theme, width)
    assert differing == [] and drawn == []


@pytest.mark.parametrize(("place", "number"), [(Bias(1, 1), -5.0), (Input(2), 0.0)])
def test_what_does_not_fit_into_a_picture_is_drawn_anew(page: Page, place: Given, number: float) -> None:
    differing, drawn = put(page, EXAMPLE, place, [number], 4, LIGHT, 900)
    # where gradients of 0 take the heads of arrows away
    assert differing == [] and drawn and min(drawn) > len(plan(EXAMPLE, "neuron")) // 3

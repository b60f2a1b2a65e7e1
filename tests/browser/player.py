"""The player in a browser, for tests: its step, what stands where in its picture, and whether all is in view."""

import re

from playwright.sync_api import Page, expect

PARTS = (".board", ":scope > .line", ".bar")
BOXES = """parts => parts.map(part => document.querySelector(".player").querySelector(part).getBoundingClientRect())
    .map(({ left, top, right, bottom }) => [left, top, right, bottom])"""
# every text of the picture that says something: what it says and its box; a space stands for nothing
TEXTS = """() => [...document.querySelectorAll(".player .plot text")]
    .filter(text => text.textContent.trim() && text.getBoundingClientRect().width)
    .map(text => { const box = text.getBoundingClientRect();
                   return [text.textContent, box.left, box.right, box.top, box.bottom]; })"""


def ready(page: Page) -> Page:
    page.wait_for_selector(".player[data-ready=true]")
    return page


def position(page: Page) -> str:
    return page.locator(".player .position").inner_text()


def wait_for_step(page: Page, step: int) -> None:
    """Wait until the player shows the step and the address holds it."""
    expect(page.locator(".player .position")).to_have_text(re.compile(rf"^{step} /"))
    page.wait_for_url(re.compile(rf"[?&]step={step}(&|$)"))


def require_apart(page: Page) -> None:
    """No text in the picture lies on another one or is cut off; a box is a little taller than its letters."""
    boxes = page.evaluate(TEXTS)
    plot = page.locator(".player .plot .main-svg").first.bounding_box()
    for index, (text, left, right, top, bottom) in enumerate(boxes):
        assert plot["x"] - 1 <= left and right <= plot["x"] + plot["width"] + 1, f"{text} is cut off"
        assert plot["y"] - 1 <= top and bottom <= plot["y"] + plot["height"] + 1, f"{text} is cut off"
        for other, left2, right2, top2, bottom2 in boxes[:index]:
            across, down = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
            assert across <= 1 or down <= 3, f"{text!r} lies on {other!r}"


# so far along an edge's band, on the screen, whatever it is scaled by
SPOT = """([place, share]) => {
    const spot = document.querySelector(`[data-spot="${place}"]`), screen = spot.getScreenCTM();
    const on = (x, y) => { const at = new DOMPoint(x, y).matrixTransform(screen); return [at.x, at.y]; };
    const points = (spot.getAttribute("points") ?? "").split(" ").map(point => point.split(",").map(Number));
    if (points.length < 4) return on(spot.cx.baseVal.value, spot.cy.baseVal.value);
    const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = points;
    const [from, to] = [[(ax + dx) / 2, (ay + dy) / 2], [(bx + cx) / 2, (by + cy) / 2]];
    return on(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
}"""


def at(page: Page, place: str, share: float = 0.5) -> tuple[float, float]:
    """Where a place of the picture is on the screen; of an edge, so far along it."""
    x, y = page.evaluate(SPOT, [place, share])
    return x, y


def point_of(page: Page, name: str) -> dict[str, float]:
    """Where the neuron or weight of this name stands on the screen; of edges that cross, where no other one is."""
    if name.startswith("w."):
        x, y = at(page, name, 0.3)
        return {"x": x, "y": y}
    return page.evaluate(
        """name => {
            const plot = document.querySelector(".player .plot"), { xaxis, yaxis } = plot._fullLayout;
            const trace = plot.data.find(({ customdata }) => customdata?.includes(name));
            const index = trace.customdata.indexOf(name), box = plot.getBoundingClientRect();
            return { x: box.left + xaxis.l2p(trace.x[index]) + xaxis._offset,
                     y: box.top + yaxis.l2p(trace.y[index]) + yaxis._offset };
        }""",
        name,
    )


def require_in_view(page: Page, width: int, height: int) -> dict[str, list[float]]:
    """Picture, line and controls are one below the other within the window."""
    boxes = page.evaluate(BOXES, list(PARTS))
    for (left, top, right, bottom), below in zip(boxes, [*boxes[1:], None], strict=True):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height, boxes
        assert below is None or bottom <= below[1] + 1, boxes
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    return dict(zip(("picture", "line", "bar"), boxes, strict=True))

"""Glimpses in the browser: what is asked for when, and what a drag on the page is handed, with what there is."""

import json
from typing import Any

import pytest

from engine.backprop.learning_step import learning_step
from engine.network.editing import with_numbers
from engine.network.places import Weight
from pages.figures.network.canvas import apply
from pages.figures.theme import LIGHT
from tests.browser.fixtures import OpenPage
from tests.browser.modules import Modules
from tests.figures.network.played import bare, states
from tests.samples import EXAMPLE

# runs steps of a drag and says what was asked for; an answer has each text's number in its place
DRAG = """async (steps) => {
    const { Glimpses } = await import("/network/live.js");
    const [asked, seen] = [[], []];
    let time = 0;
    const glimpse = (number) => (number < 0 ? null : { number, loss: 2, text: "2", note: "", formula: "", patch: {} });
    const glimpses = new Glimpses((question) => asked.push(question), () => time);
    const answer = ({ id, step, texts }, version = 7, number = 0.2) => glimpses.answer({
        id, step: step ?? 3, version, base: { number, loss: 1, gradient: 0 },
        answers: Object.fromEntries(texts.map((text) => [text, glimpse(Number(text))])),
    });
    const act = {
        begin: (text, exponent, step) => glimpses.begin("w.1.1.1", text, exponent ?? undefined, step),
        move: (text) => glimpses.move(text),
        step: (step) => glimpses.follow(step),
        answer: (index, ...more) => answer(asked.at(index), ...more),
        wait: (ms) => { time += ms; },
        end: () => glimpses.end(),
        again: () => glimpses.again(),
        lose: () => glimpses.lose(),
        doubted: () => seen.push(glimpses.doubted),
    };
    for (const [what, ...given] of steps) {
        if (what === "at") seen.push(glimpses.at(given[0]) ?? null);
        else if (what === "points") seen.push(glimpses.points);
        else act[what](...given);
    }
    return { asked, seen };
}"""
# drags a weight as the grid and the picture say it, and returns what is handed out
DRAGGED = """async ([place, first, texts]) => {
    const seen = [];
    const see = ({ detail }) => seen.push(detail);
    const say = (more) => {
        const detail = { place, exponent: -2, ...more };
        window.dispatchEvent(new CustomEvent("backprop:drag", { detail }));
    };
    const shown = (text) => new Promise((done, failed) => {
        const late = setTimeout(() => failed(new Error(`${text} was not handed out`)), 20000);
        const look = () => {
            if (seen.at(-1)?.text !== text) return requestAnimationFrame(look);
            clearTimeout(late);
            done();
        };
        look();
    });
    window.addEventListener("backprop:glimpse", see);
    say({ phase: "begin", text: first });
    for (const text of texts) {
        say({ phase: "move", text });
        await shown(text);
    }
    say({ phase: "end" });
    window.removeEventListener("backprop:glimpse", see);
    return seen;
}"""


def drag(modules: Modules, *steps: Any) -> dict[str, Any]:
    return modules.page.evaluate(DRAG, [list(step) for step in steps])


def test_the_steps_within_reach_are_around_the_beginning_and_then_ahead(modules: Modules) -> None:
    def reach(at: int, direction: int) -> list[int]:
        return modules.call("network/live.js", "reach", at, direction)

    assert sorted(reach(0, 0)) == list(range(-20, 21)) and set(reach(5, 0)[:3]) == {4, 5, 6}
    up, down = reach(10, 1), reach(10, -1)
    assert sorted(up) == list(range(-2, 55)) and sorted(down) == list(range(-34, 23))
    assert up[:4] == [10, 11, 12, 13] and down[:4] == [10, 9, 8, 7]


@pytest.mark.parametrize(
    ("text", "first", "exponent", "steps"),
    [
        ("0.25", "0.2", -2, 5), ("-0.1", "0.2", -2, -30), ("0.1", "0.1", -3, 0), ("1200", "1000", 2, 2),
        ("1.5e-7", "1e-7", -8, 5),
    ],
)  # fmt: skip
def test_a_text_is_so_many_steps_from_the_first(
    modules: Modules, text: str, first: str, exponent: int, steps: int
) -> None:
    assert modules.call("network/live.js", "distance", text, first, exponent) == steps


def test_a_drag_begins_with_the_numbers_around_the_nearest_first(modules: Modules) -> None:
    (question,) = drag(modules, ("begin", "0.2", -2, 5))["asked"]
    assert {name: question[name] for name in ("place", "step")} == {"place": "w.1.1.1", "step": 5}
    numbers = [float(text) for text in question["texts"]]
    assert sorted(numbers) == pytest.approx([round(0.2 + k / 100, 2) for k in range(-20, 21)])
    assert numbers[0] == 0.2 and set(numbers[1:3]) == {0.19, 0.21}


def test_one_ask_is_on_its_way_at_a_time_and_more_follow_ahead_before_they_are_wanted(modules: Modules) -> None:
    asked = drag(modules, ("begin", "0.2", -2), ("move", "0.21"), ("move", "0.22"))["asked"]
    assert len(asked) == 1
    asked = drag(modules, ("begin", "0.2", -2), ("move", "0.21"), ("answer", 0))["asked"]
    assert len(asked) == 2 and len(asked[1]["texts"]) <= 64
    assert min(map(float, asked[1]["texts"])) == 0.41 and not set(asked[1]["texts"]) & set(asked[0]["texts"])


def test_at_another_step_what_was_known_is_asked_anew(modules: Modules) -> None:
    begun = [("begin", "0.2", -2, 3), ("answer", 0), ("step", 3), ("at", "0.21")]
    found = drag(modules, *begun, ("step", 4), ("at", "0.21"), ("answer", -1), ("at", "0.21"))
    assert [question["step"] for question in found["asked"]] == [3, 4]
    assert [seen and seen["step"] for seen in found["seen"]] == [3, None, 4]
    # one ask is on its way at a time
    found = drag(
        modules, ("begin", "0.2", -2, 3), ("step", 4), ("answer", 0), ("at", "0.21"), ("answer", 1), ("at", "0.21")
    )
    assert [question["step"] for question in found["asked"][:2]] == [3, 4]
    assert [seen and seen["step"] for seen in found["seen"]] == [None, 4]


def test_with_enough_ahead_nothing_is_asked(modules: Modules) -> None:
    steps = [("begin", "0.2", -2), ("move", "0.21"), ("answer", 0), ("answer", 1), ("move", "0.22"), ("move", "0.25")]
    assert len(drag(modules, *steps)["asked"]) == 2
    assert len(drag(modules, *steps, ("move", "0.45"))["asked"]) == 3


def test_a_text_far_off_is_asked_for_before_all_others(modules: Modules) -> None:
    asked = drag(modules, ("begin", "0.2", -2), ("answer", 0), ("move", "9.875"))["asked"]
    assert asked[-1]["texts"][0] == "9.875"


def test_a_fast_drag_is_met_where_it_will_be_when_the_answer_comes(modules: Modules) -> None:
    steps = [("begin", "0.2", -2), ("move", "0.5"), ("answer", 0)]
    asked = drag(modules, *steps)["asked"]
    assert asked[1]["texts"][:4] == ["0.5", "0.8", "0.81", "0.82"]
    # not once it has turned
    asked = drag(modules, *steps, ("move", "0.49"), ("answer", 1), ("move", "0.3"), ("answer", -1))["asked"]
    assert asked[2]["texts"][0] == "0.49" and max(map(float, asked[2]["texts"])) <= 0.61


def test_while_a_number_is_typed_only_it_and_the_one_at_hand_are_asked_for(modules: Modules) -> None:
    asked = drag(modules, ("begin", "0.2", None), ("move", "1"), ("answer", 0), ("move", "1/"), ("answer", -1))["asked"]
    assert [question["texts"] for question in asked] == [["1", "0.2"], ["1/"]]


def test_an_ask_without_an_answer_is_given_up(modules: Modules) -> None:
    steps = [("begin", "0.2", -2), ("wait", 1000), ("move", "0.21"), ("wait", 1500), ("move", "0.22")]
    asked = drag(modules, *steps)["asked"]
    assert [question["id"] for question in asked] == [1, 2]
    # an answer to the first one comes after all: it is not what is waited for
    assert drag(modules, *steps, ("answer", 0), ("at", "0.2"))["seen"] == [None]


LOST = (("begin", "0.2", None), ("move", "6"), ("lose",))


def test_what_was_under_way_when_the_connection_was_lost_is_not_asked_for_again(modules: Modules) -> None:
    found = drag(modules, *LOST, ("wait", 3000), ("move", "66"), ("step", 4), ("at", "66"), ("doubted",))
    assert len(found["asked"]) == 1 and found["seen"] == [None, True]
    dragged = drag(modules, ("begin", "0.2", -2), ("answer", 0), ("move", "9.875"), ("lose",), ("move", "0.21"))
    assert len(dragged["asked"]) == 2
    # with none under way, more is asked for
    assert len(drag(modules, *LOST[:2], ("answer", 0), ("lose",), ("move", "66"))["asked"]) == 2


def test_nor_at_this_place_until_a_number_was_given_there(modules: Modules) -> None:
    again = (("begin", "0.2", -2), ("doubted",))
    left = drag(modules, *LOST, ("move", "0.2"), ("doubted",), ("end",), *again)
    assert len(left["asked"]) == 1 and left["seen"] == [False, False]
    assert len(drag(modules, *LOST, ("end",), *again)["asked"]) == 2
    # what was given while it was asked for: its picture does not come any more
    assert len(drag(modules, *LOST[:2], ("end",), ("lose",), *again)["asked"]) == 2


def test_where_a_number_holds_still_an_ask_that_was_dropped_is_made_anew(modules: Modules) -> None:
    asked = drag(modules, ("begin", "0.2", -2), ("wait", 1999), ("again",), ("wait", 1), ("again",))["asked"]
    assert [question["id"] for question in asked] == [1, 2] and asked[0]["texts"] == asked[1]["texts"]
    for steps in ([("answer", 0), ("wait", 2000), ("again",)], [("end",), ("wait", 2000), ("again",)]):
        assert len(drag(modules, ("begin", "0.2", -2), *steps)["asked"]) == 1


def test_what_is_known_is_handed_out_with_what_it_belongs_to(modules: Modules) -> None:
    seen = drag(modules, ("begin", "0.01", -2), ("at", "0.02"), ("answer", 0), ("at", "0.02"), ("at", "-0.01"))["seen"]
    assert seen[0] is None and seen[2] is None
    assert seen[1] | {"base": None} == {
        "place": "w.1.1.1", "step": 3, "version": 7, "base": None, "text": "0.02", "number": 0.02, "loss": 2,
        "words": "2", "note": "", "formula": "", "patch": {},
    }  # fmt: skip


def test_the_points_are_in_order_with_the_one_that_the_drag_began_with(modules: Modules) -> None:
    (points,) = drag(modules, ("begin", "0.21", -2), ("answer", 0), ("points",))["seen"]
    assert points == sorted(points) and [0.2, 1] in points and [0.21, 2] in points and len(points) == 41


def test_glimpses_of_another_network_are_forgotten(modules: Modules) -> None:
    steps = [("begin", "0.2", -2), ("answer", 0), ("move", "0.3"), ("answer", -1, 8)]
    assert drag(modules, *steps, ("at", "0.2"), ("at", "0.5"))["seen"][0] is None
    assert drag(modules, *steps, ("at", "0.5"))["seen"][0]["version"] == 8


def test_after_the_end_nothing_is_known(modules: Modules) -> None:
    found = drag(modules, ("begin", "0.2", -2), ("end",), ("answer", 0), ("move", "0.3"), ("at", "0.2"))
    assert len(found["asked"]) == 1 and found["seen"] == [None]


PASTED = (("begin", "0.2", None), ("move", "1"), ("end",))


def test_what_was_given_last_is_still_handed_out_when_its_answer_comes(modules: Modules) -> None:
    found = drag(modules, *PASTED, ("at", "1"), ("answer", 0), ("at", "1"), ("end",), ("at", "1"))
    assert [seen and seen["number"] for seen in found["seen"]] == [None, 1, None] and len(found["asked"]) == 1


@pytest.mark.parametrize(("asked", "more"), [
    (1, [("move", "0.2"), ("end",), ("answer", 0)]),    # the number at hand again
    (1, [("move", "12"), ("end",), ("answer", 0)]),    # the answer is not about it
    (1, [("end",), ("answer", 0, 8, 1)]),    # the edit was there first
    (2, [("answer", 0), ("move", "-1"), ("end",), ("answer", 1)]),    # there is no such picture
])  # fmt: skip
def test_otherwise_nothing_comes_after_the_end(modules: Modules, asked: int, more: list[tuple[object, ...]]) -> None:
    found = drag(modules, *PASTED[:2], *more, ("at", "1"), ("at", "12"), ("at", "0.2"))
    assert found["seen"] == [None, None, None] and len(found["asked"]) == asked


def test_a_drag_on_the_page_is_handed_the_pictures_of_its_numbers(open_page: OpenPage) -> None:
    page = open_page("/?preset=worked-example&step=30")
    page.wait_for_selector(".player[data-ready=true]")
    texts = ["0.11", "0.2", "0.05", "0.75"]
    seen = page.evaluate(DRAGGED, ["w.1.1.1", "0.1", texts])
    assert [one["text"] for one in seen] == texts
    base = states(EXAMPLE, LIGHT, "neuron")[30]
    for one in seen:
        other = with_numbers(EXAMPLE, {Weight(1, 1, 1): float(one["text"])})
        patch = [(int(trace), path, value) for trace, paths in one["patch"].items() for path, value in paths.items()]
        patch = [(trace, path, _items(value)) for trace, path, value in patch]
        wanted = bare(states(other, LIGHT, "neuron")[30])
        assert json.loads(json.dumps(bare(apply(base, patch)))) == json.loads(json.dumps(wanted))
        assert one["loss"] == learning_step(other).backward.loss and one["note"].startswith("loss ")
        assert (one["place"], one["step"]) == ("w.1.1.1", 30)
    # the component itself takes no room
    assert page.locator(".st-key-glimpses").bounding_box() is None


def _items(value: Any) -> Any:
    return {int(index): item for index, item in value.items()} if isinstance(value, dict) else value

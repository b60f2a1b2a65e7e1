"""The pure functions of the scripts, each against what it should give; the modules run as they stand in their files."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from engine import DATASETS, PRESETS, train
from engine.formulas import numbers, parse_number, split_block
from engine.training.adaptation import suited
from pages.figures import theme as look
from pages.figures.landscape.walk import Stepped
from pages.figures.network.animation import animation
from pages.figures.network.canvas import apply
from pages.figures.network.message import message
from pages.figures.theme import CLEAR, LIGHT
from pages.figures.training.marks import SHAPES, Shape
from pages.figures.training.playback import playback
from pages.widgets.document.modules import script
from tests.browser.modules import Modules, open_modules
from tests.twins import TWINS

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORKED = PRESETS["worked-example"].experiment
PRESS = """async ([press, tag]) => {
    const { pressed } = await import("/shared/keys.js");
    const [name, type] = tag.split(":");
    const target = document.createElement(name);
    if (name === "input") target.type = type;
    if (type === "spot") Object.assign(target, { role: "button" }).dataset.spot = "n.1.1";
    const inner = target.appendChild(document.createElement("span"));
    const own = { slider: type === "range" ? target : null, speed: type === "speed" ? target : null };
    return [pressed(press, target, own), pressed(press, inner, own)];
}"""
OPENED = """async ([path, name, packed]) => {
    const { arrays, ...header } = await (await import(path))[name](packed);
    const plain = ([name, { shape, values }]) => [name, { shape, type: values.constructor.name, values: [...values] }];
    return { header, arrays: Object.fromEntries(Object.entries(arrays).map(plain)) };
}"""


@pytest.mark.parametrize("case", TWINS["patches"], ids=lambda case: case["what"])
def test_a_patch_gives_what_it_gives_in_python(modules: Modules, case: dict[str, Any]) -> None:
    assert modules.call("network/patches.js", "patched", case["traces"], case["patch"]) == case["patched"]


def test_what_a_patch_does_not_change_is_shared_and_the_traces_before_stay(modules: Modules) -> None:
    assert modules.page.evaluate("""async () => {
        const { patched } = await import("/network/patches.js");
        const before = [{ x: [1, 2], marker: { size: [3] } }, { x: [4] }], kept = structuredClone(before);
        const [one, other] = patched(before, { 0: { x: { 1: 5 } } });
        return other === before[1] && one.marker === before[0].marker && one.x !== before[0].x
            && JSON.stringify(before) === JSON.stringify(kept);
    }""")


def test_every_step_of_an_animation_is_read_and_laid_over_the_last_as_python_does(modules: Modules) -> None:
    sent = message(WORKED, LIGHT, "neuron", step=7, alt="α → ŷ")
    head, states = modules.page.evaluate(
        """async (bytes) => {
            const { read, sent } = await import("/network/message.js");
            const { patched } = await import("/network/patches.js");
            const { figure, ...head } = read(new Uint8Array(bytes));
            const { traces, frames } = figure();
            let now = traces;
            const states = frames.map(({ patches }) => (now = patches.reduce(patched, now)));
            return [{ ...head, sent: sent(new Uint8Array(bytes)) }, states];
        }""",
        list(sent),
    )
    assert head == {"step": 7, "alt": "α → ŷ", **json.loads(sent.split(b"\n")[0]), "sent": True}
    figure = animation(WORKED, LIGHT, "neuron")
    traces = figure.traces
    for frame, state in zip(figure.frames, states, strict=True):
        for patch in (frame.setup, frame.move, frame.reveal):
            traces = apply(traces, patch)
        assert state == json.loads(json.dumps(traces))


def test_what_a_saved_file_holds_is_read_as_what_the_app_sends(modules: Modules) -> None:
    packed = Stepped(figures=[{"δ": 1}], titles=["−1"], moves=[]).packed()
    head, figure = modules.page.evaluate(
        """async (packed) => {
            const { read, sent } = await import("/network/message.js");
            const { figure, ...head } = read({ step: 1, version: 1, packed });
            return [[head.step, head.version, sent({ packed })], await figure()];
        }""",
        packed,
    )
    assert head == [1, 1, False]
    assert figure == {"figures": [{"δ": 1}], "titles": ["−1"], "moves": []}


@pytest.mark.parametrize("case", TWINS["sizes"], ids=lambda case: str(case["column"]))
def test_the_picture_shrinks_as_the_tests_of_its_geometry_take_it_to(modules: Modules, case: dict[str, Any]) -> None:
    measured = modules.call("network/sizes.js", "measured", case["columns"], 482, {"room": case["room"]})
    same = {"scale": 1, "grown": 1, "total": 482}
    assert measured == pytest.approx({key: case[key] for key in ("width", "column", "factor")} | same)
    (heading,) = modules.call(
        "network/sizes.js", "sizedHeadings", [{"text": "h", "y": 470, "font": {"size": 12}}], case["factor"]
    )
    assert heading == {"text": "h", "y": 470, "font": {"size": pytest.approx(case["letters of 12"])}}


@pytest.mark.parametrize(
    ("tall", "room", "most", "scale", "factor", "total"),
    [
        # twice as tall, and as wide as that needs
        (964, 1200, 3, 2, 2, 964),
        (964, 1200, 1.5, 1.5, 1.5, 723),
        # what is narrow does not grow
        (964, 320, 3, 1, 0.66, 482),
        # the headings, of 52 pixels, do not shrink: 267 is 52 and half of 430
        (396, 1200, 3, 0.8, 0.8, 396),
        (100, 1200, 3, 0.62, 0.66, 319),
    ],
)
def test_the_picture_is_as_large_as_it_has_room(
    modules: Modules, tall: int, room: int, most: float, scale: float, factor: float, total: int
) -> None:
    given = {"room": room, "tall": tall, "most": most}
    measured = modules.call("network/sizes.js", "measured", 5, 482, given)
    assert [measured[name] for name in ("scale", "factor", "total")] == pytest.approx([scale, factor, total])


@pytest.mark.parametrize(
    ("trace", "shrunk"),
    [
        ({"x": [1]}, {"x": [1]}),
        ({"marker": {"size": 10, "color": "c"}}, {"marker": {"size": 5, "color": "c"}}),
        ({"marker": {"size": [10, 20]}}, {"marker": {"size": [5, 10]}}),
        ({"marker": {"color": "c"}}, {"marker": {"color": "c"}}),
        ({"textfont": {"size": 30, "color": "c"}}, {"textfont": {"size": 15, "color": "c"}}),
        ({"textfont": {"size": 10}}, {"textfont": {"size": 11}}),
    ],
)
def test_marks_and_letters_shrink_and_nothing_else(modules: Modules, trace: dict, shrunk: dict) -> None:
    assert modules.call("network/sizes.js", "sizedTrace", trace, 0.5) == shrunk


def test_marks_that_cannot_be_seen_are_not_drawn_and_the_others_keep_what_is_theirs(modules: Modules) -> None:
    heads = {"mode": "markers", "x": [1, 2, 3], "y": [4, 5, 6], "uid": "of3"}
    marker = {"symbol": "triangle-left", "color": [CLEAR, "#123456", CLEAR], "size": [7, 8, 9]}
    left = {"symbol": "triangle-left", "color": ["#123456"], "size": [8]}
    drawn = modules.call("network/visible.js", "visible", heads | {"marker": marker})
    assert drawn == {"mode": "markers", "x": [2], "y": [5], "uid": "of3", "marker": left}
    outlined = heads | {"marker": marker | {"line": {"width": 1}}}
    captions = {"mode": "text", "x": [1, 2], "y": [3, 4], "text": [" ", "<i>z</i> 0.5"], "textfont": {"size": 11}}
    in_marks = captions | {"mode": "markers+text", "marker": {"color": [CLEAR, CLEAR]}}
    lines = {"mode": "lines", "x": [1, None, 2], "y": [1, None, 2], "line": {"color": CLEAR}}
    for whole in (outlined, in_marks, lines):
        assert modules.call("network/visible.js", "visible", whole) == whole
    assert modules.call("network/visible.js", "visible", captions) == captions | {
        "x": [2],
        "y": [4],
        "text": ["<i>z</i> 0.5"],
    }


def test_a_number_is_as_small_as_its_circle_wants(modules: Modules) -> None:
    marks = {"mode": "markers+text", "marker": {"size": 56, "opacity": 1}, "textfont": {"size": 14}}
    sized = modules.call("network/sizes.js", "sizedTrace", marks | {"text": ["<b>0.5</b>", "<b>−0.000321</b>"]}, 1)
    few, many = sized["textfont"]["size"]
    # nine letters of about half their size and a point
    assert few == 14 and many * (9 * 0.5 + 0.25) < 56


@pytest.mark.parametrize(
    ("key", "tag", "control"),
    [
        ("ArrowLeft", "div", "prev"),
        ("ArrowRight", "input:range", "next"),
        ("PageDown", "div", "next"),
        ("PageUp", "button", "prev"),
        ("Home", "div", "first"),
        ("End", "button", "last"),
        (" ", "div", "play"),
        (" ", "input:range", "play"),
        # of the picture: a click into it leaves the focus there
        (" ", "div:spot", "play"),
        ("ArrowRight", "div:spot", "next"),
        # these have a use of their own for the key
        (" ", "button", None),
        (" ", "input:checkbox", None),
        ("ArrowLeft", "select", None),
        ("Home", "select", None),
        ("PageDown", "select", None),
        # of the player's own speed, and those of a presenter's remote
        ("PageDown", "select:speed", "next"),
        ("PageUp", "select:speed", "prev"),
        ("ArrowDown", "select:speed", None),
        ("ArrowRight", "select:speed", None),
        ("End", "select:speed", None),
        ("b", "select:speed", None),
        ("PageDown", "input:text", None),
        ("h", "input:text", None),
        ("B", "div", "b"),
        ("7", "div", None),
        ("Enter", "button", None),
    ],
)
def test_a_key_presses_a_control_unless_what_has_the_focus_needs_it(
    modules: Modules, key: str, tag: str, control: str | None
) -> None:
    assert modules.page.evaluate(PRESS, [{"key": key}, tag]) == [control, control]
    for modifier in ("altKey", "ctrlKey", "metaKey"):
        assert modules.page.evaluate(PRESS, [{"key": key, modifier: True}, tag]) == [None, None]


def test_steps_follow_each_other_to_the_end_or_round(modules: Modules) -> None:
    def following(step: int, loop: bool) -> Any:
        return modules.call("shared/steps.js", "following", step, 3, loop)

    assert [following(step, loop=False) for step in (1, 2, 3)] == [2, 3, None]
    assert [following(step, loop=True) for step in (1, 2, 3)] == [2, 3, 1]
    assert [modules.call("shared/steps.js", "within", step, 3) for step in (-1, 0, 1, 3, 4)] == [1, 1, 1, 3, 3]


@pytest.mark.parametrize(
    ("reported", "step", "left"),
    [
        ([], 3, None),
        ([3], 3, []),
        # the answer to an earlier report never comes once a later one was answered
        ([3, 4, 5], 4, [5]),
        ([3, 4, 5], 6, None),
        ([3, 4, 3], 3, [4, 3]),
    ],
)
def test_an_answer_is_told_from_another_step(modules: Modules, reported: list[int], step: int, left: Any) -> None:
    assert modules.call("shared/steps.js", "unanswered", reported, step) == left


def test_phases_are_as_long_as_their_steps_and_in_order(modules: Modules) -> None:
    phases = ["forward", "forward", "loss", "backward", "backward", "backward"]
    assert modules.call("shared/steps.js", "lengths", phases) == [["forward", 2], ["loss", 1], ["backward", 3]]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("/derivation?preset=xor", "/derivation?preset=xor&step=3", True),
        ("/training?preset=xor&step=3", "/training?preset=xor&step=3&run=1", True),
        ("/", "/?preset=xor&step=3&detail=layer", True),
        ("/?embed=true", "?embed=true&preset=xor", True),
        ("/?preset=xor&step=3", "/?net=abc&step=3", True),
        ("/?preset=xor&step=3&detail=layer", "/?preset=mazur&step=3", True),
        ("/derivation?preset=xor&chapter=loss", "/derivation?net=abc&step=4&chapter=loss", True),
        ("/?preset=xor", "/derivation?preset=xor&step=3", False),
        ("/?embed=true&preset=xor", "/?preset=mazur", False),
        ("/derivation?preset=xor&step=3", "/derivation?preset=xor&step=3&chapter=loss", False),
        ("/derivation?preset=xor&chapter=loss", "/derivation?net=abc&chapter=code", False),
        ("/derivation?preset=xor&chapter=loss", "/derivation?preset=xor", False),
    ],
)
def test_what_the_server_writes_belongs_to_the_entry_of_the_page_and_what_is_gone_to_does_not(
    modules: Modules, before: str, after: str, same: bool
) -> None:
    assert modules.call("shared/history.js", "sameEntry", f"https://example.org{before}", after) == same


@pytest.mark.parametrize(
    ("here", "given", "address"),
    [
        ("/?preset=xor&step=3&hide=results", "/?preset=xor&step=4&hide=results", "/?preset=xor&step=4&hide=results"),
        ("/?preset=xor&step=3", "/?preset=xor&step=4&hide=results&present=1", "/?preset=xor&step=4"),
        ("/?preset=xor&present=1", "?net=abc", "/?net=abc&present=1"),
        ("/?preset=xor&hide=results", "/share?preset=xor", "/share?preset=xor"),
    ],
)
def test_an_address_that_the_server_writes_late_leaves_what_only_the_browser_changes(
    modules: Modules, here: str, given: str, address: str
) -> None:
    found = modules.call("shared/history.js", "current", f"https://example.org{here}", given)
    assert found == f"https://example.org{address}"


def test_a_parameter_of_an_address_is_set_and_the_rest_stays(modules: Modules) -> None:
    def changed(address: str) -> str:
        return modules.call("shared/address.js", "withParameter", address, "step", 4)

    assert changed("http://demo.org/a?net=1.x&step=3#here") == "http://demo.org/a?net=1.x&step=4#here"
    assert changed("http://demo.org/") == "http://demo.org/?step=4"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.00"),
        (0.5, "0.500"),
        (-0.12345, "−0.123"),
        (12.345, "12.3"),
        (-0.00009, "0.00"),
        (0.00012, "0.000120"),
        (1234, "1.23e+3"),
    ],
)
def test_a_number_has_three_digits_and_a_real_minus_sign(modules: Modules, value: float, text: str) -> None:
    assert modules.call("training/words.js", "number", value) == text


@pytest.mark.parametrize("case", TWINS["shortened"], ids=lambda case: case["what"])
def test_a_long_name_is_shortened_in_the_middle(modules: Modules, case: dict[str, Any]) -> None:
    assert modules.call("training/words.js", "shortened", case["name"], case["most"]) == case["shortened"]


@pytest.mark.parametrize(
    ("value", "reach", "rounded"),
    [(0.123456, 4, 0.12), (-1.98768, 0.04, -1.9877), (12345.6, 4000, 12346), (0.5, 1e-9, 0.5)],
)
def test_a_place_in_a_picture_has_as_many_digits_as_can_be_seen(
    modules: Modules, value: float, reach: float, rounded: float
) -> None:
    assert modules.call("training/own_points.js", "rounded", value, reach) == rounded


def test_a_weighted_sum_names_six_inputs_and_the_bias(modules: Modules) -> None:
    two = modules.call("training/words.js", "weightedSum", "Output", ["x", "Hidden 1, neuron 2"], [0.5, -1, 2])
    assert two == "Output: z = 0.500 · x + (−1.00) · a2 + b (2.00)"
    names = [f"x{index}" for index in range(8)]
    many = modules.call("training/words.js", "weightedSum", "Output", names, [0.0] * 8 + [3])
    assert many.endswith("0.00 · x5 + … + b (3.00)") and "x6" not in many


def test_the_contour_of_a_plane_is_its_line(modules: Modules) -> None:
    side = 9
    rows, columns = np.mgrid[0:side, 0:side] / (side - 1)
    plane = 3 * columns + rows - 1.7
    segments = modules.call("training/contour.js", "contour", plane.ravel().tolist(), side, 0.3)
    for x, y in np.concatenate(segments):
        assert 3 * x + y - 1.7 == pytest.approx(0.3)
    length = sum(math.dist(*segment) for segment in segments)
    # from (2/3, 0) to (1/3, 1)
    assert length == pytest.approx(math.hypot(1 / 3, 1))


def test_the_contour_of_a_bowl_is_a_closed_ring_round_its_bottom(modules: Modules) -> None:
    side = 41
    rows, columns = np.mgrid[0:side, 0:side] / (side - 1)
    bowl = np.hypot(columns - 0.5, rows - 0.5)
    segments = modules.call("training/contour.js", "contour", bowl.ravel().tolist(), side, 0.3)
    ends = [tuple(np.round(point, 9)) for segment in segments for point in segment]
    assert all(ends.count(point) == 2 for point in ends)
    assert all(math.dist(point, (0.5, 0.5)) == pytest.approx(0.3, abs=1e-3) for point in ends)
    assert sum(math.dist(*segment) for segment in segments) == pytest.approx(2 * math.pi * 0.3, rel=1e-2)


@pytest.mark.parametrize(("level", "count"), [(-1, 0), (0.5, 2), (2, 0)])
def test_a_saddle_has_two_segments_and_a_map_that_never_crosses_has_none(
    modules: Modules, level: float, count: int
) -> None:
    assert len(modules.call("training/contour.js", "contour", [1, 0, 0, 1], 2, level)) == count


def test_a_run_is_opened_to_the_header_and_the_arrays_that_python_packed(modules: Modules) -> None:
    data = DATASETS["moons"].make(24)
    rng = np.random.default_rng(0)
    history = train(suited(data, (3,), rng), data.x, data.y, epochs=3, batch_size=8, seed=0)
    sent = playback(LIGHT, history, data, None)
    found = modules.page.evaluate(OPENED, ["/training/bytes.js", "opened", sent.packed()])
    assert found["header"] == json.loads(json.dumps(sent.header))
    assert list(found["arrays"]) == list(sent.arrays)
    for name, array in sent.arrays.items():
        opened = found["arrays"][name]
        assert opened["type"] == {"uint8": "Uint8Array", "float32": "Float32Array"}[array.dtype.name]
        assert np.array_equal(np.reshape(opened["values"], opened["shape"]).astype(array.dtype), array), name


def test_bytes_are_painted_in_the_colours_of_their_ramp(modules: Modules) -> None:
    ramp = look.ramp((LIGHT.value.negative, LIGHT.zero, LIGHT.value.positive), 256)
    painted = modules.page.evaluate(
        """async ([ramp, bytes]) => {
            const { css, paint, pixels } = await import("/training/colours.js");
            const canvas = Object.assign(document.createElement("canvas"), { width: 3, height: 1 });
            paint(canvas, bytes, pixels(ramp));
            return [[...canvas.getContext("2d").getImageData(0, 0, 3, 1).data], css(ramp[0])];
        }""",
        [ramp, [0, 128, 255]],
    )
    assert painted[0] == [*ramp[0], 255, *ramp[128], 255, *ramp[255], 255]
    assert painted[1] == f"rgb({' '.join(map(str, ramp[0]))})"


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.corners], ids=lambda shape: shape.symbol)
def test_a_dot_with_corners_is_regular_and_stands_as_it_is_said_to(modules: Modules, shape: Shape) -> None:
    points = modules.call("training/polygon.js", "polygon", {"corners": shape.corners, "angle": shape.angle}, 10)
    angles = [math.degrees(math.atan2(y, x)) for x, y in points]
    assert [math.hypot(x, y) for x, y in points] == pytest.approx([13.0] * shape.corners)
    turned = [(after - before) % 360 for before, after in pairwise(angles)]
    assert angles[0] == pytest.approx(shape.angle) and turned == pytest.approx([360 / shape.corners] * len(turned))


@pytest.mark.parametrize(("sizes", "room"), [([2, 4, 1], 600), ([2, 30, 30, 3], 300), ([1, 1], 100)])
def test_tiles_stand_apart_and_in_the_picture(modules: Modules, sizes: list[int], room: int) -> None:
    width, height, size, places = modules.page.evaluate(
        """async ([sizes, room]) => {
            const { layout } = await import("/training/layout.js");
            const { width, height, size, at } = layout(sizes, room);
            const column = (count, layer) => [...Array(count).keys()].map((row) => at(layer, row));
            return [width, height, size, sizes.map(column)];
        }""",
        [sizes, room],
    )
    assert width >= room
    for column in places:
        assert len({place["x"] for place in column}) == 1
        assert all(size / 2 <= place["x"] <= width - size / 2 for place in column)
        assert all(size / 2 <= place["y"] <= height - size / 2 for place in column)
        assert all(after["y"] - before["y"] >= size for before, after in pairwise(column))
    assert all(after[0]["x"] - before[0]["x"] >= size for before, after in pairwise(places))


def test_the_nearest_place_is_found(modules: Modules) -> None:
    for x, index in ((-5, 0), (14, 0), (16, 1), (100, 2)):
        assert modules.call("training/layout.js", "nearest", [10, 20, 30], x) == index


def test_moves_are_sorted_by_figure_and_axis_as_plotly_takes_them(modules: Modules) -> None:
    moves = [[0, 2, {"x": [1], "y": [2]}], [1, 3, {"x": [5], "y": [6], "z": [7]}], [0, 4, {"x": [3], "y": [4]}]]
    restyling = [modules.call("landscape/moves.js", "restyling", moves, figure) for figure in (0, 1, 2)]
    assert restyling == [
        [{"x": [[1], [3]], "y": [[2], [4]]}, [2, 4]],
        [{"x": [[5]], "y": [[6]], "z": [[7]]}, [3]],
        [{}, []],
    ]


def test_one_text_does_what_the_modules_do_though_they_use_the_same_names(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "entry.js").write_text(
        'import { one } from "./one.js";\nimport { count, two } from "./deep/two.js";\nconst name = "entry";\n'
        "export default function () {\n  return [name, one(), two(), count()].join();\n}\n"
    )
    (tmp_path / "one.js").write_text(
        'import { two } from "./deep/two.js";\n// the same name again\nconst name = "one";\n'
        "export const one = () => name + two();\n"
    )
    (tmp_path / "deep" / "two.js").write_text(
        'const name = "two";\nlet calls = 0;\nexport const count = () => calls;\n'
        "export function two() {\n  calls += 1;\n  return name;\n}\n"
    )
    page = open_modules(chromium, tmp_path)
    apart = page.evaluate('async () => (await import("/entry.js")).default()')
    whole = page.evaluate(
        """async (text) => {
            const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
            return (await import(address)).default();
        }""",
        script(tmp_path / "entry.js"),
    )
    page.context.close()
    assert apart == whole == "entry,onetwo,two,2"


@pytest.mark.parametrize(
    ("text", "steps", "stepped"),
    [
        ("0.1", 1, "0.2"),
        ("0.1", -2, "-0.1"),
        ("0.15", 1, "0.16"),
        ("7", 3, "10"),
        ("-0.05", 10, "0.05"),
        ("0", 1, "0.1"),
        ("1e-7", 1, "2e-7"),
        ("2.5e3", 1, "2600"),
        # of many digits the third: the last would change nothing that anybody sees
        ("0.3333333333333333", 1, "0.334"),
        ("123456789", -1, "122000000"),
    ],
)
def test_a_number_is_stepped_by_its_last_digit(modules: Modules, text: str, steps: int, stepped: str) -> None:
    assert modules.call("grid/digits.js", "stepped", text, steps) == stepped


def test_the_sign_changes_whichever_minus_it_has(modules: Modules) -> None:
    changed = [modules.call("grid/digits.js", "negated", text) for text in ("0.5", "-0.5", "−0.5", "1/3")]
    assert changed == ["-0.5", "0.5", "0.5", "-1/3"]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("0.5", False),
        ("0,5", False),
        ("0,5\n", False),
        ("1\t2", True),
        ("1;2", True),
        ("1\n2", True),
        ("1, 2", True),
        ("[0.1 0.2]", True),
        ("1,2,3", True),
        ("0.5,1", True),
        ("sqrt(2)/2", False),
    ],
)
def test_a_block_is_told_from_a_number(modules: Modules, text: str, several: bool) -> None:
    assert modules.call("grid/blocks.js", "isBlock", text) is several


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=5))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_copied_is_a_block_that_python_reads(modules: Modules, rows: list[tuple[float, ...]]) -> None:
    texts = [[numbers.exact(value) for value in row] for row in rows]
    copied = modules.call("grid/blocks.js", "block", texts)
    assert modules.call("grid/blocks.js", "isBlock", copied) is True
    assert [tuple(map(parse_number, row)) for row in split_block(copied)] == rows


@pytest.mark.parametrize(
    ("key", "at", "to"),
    [
        ("ArrowUp", [0, 1], [0, 1]),
        ("ArrowDown", [0, 1], [1, 1]),
        ("ArrowLeft", [1, 0], [1, 0]),
        ("ArrowRight", [1, 0], [1, 1]),
        ("Home", [1, 2], [1, 0]),
        ("End", [0, 0], [0, 2]),
        ("a", [0, 0], None),
    ],
)
def test_a_key_leads_to_a_cell(modules: Modules, key: str, at: list[int], to: list[int] | None) -> None:
    assert modules.call("grid/moves.js", "moved", key, at, [2, 3]) == to


@pytest.mark.parametrize(
    ("key", "start", "end", "own"),
    [
        ("ArrowLeft", 0, 3, False),
        ("ArrowLeft", 2, 2, True),
        ("ArrowLeft", 0, 0, False),
        ("ArrowRight", 3, 3, False),
        ("ArrowRight", 1, 1, True),
        ("Home", 2, 2, True),
        ("End", 0, 3, False),
        ("ArrowUp", 2, 2, False),
    ],
)
def test_an_arrow_is_the_texts_until_its_end(modules: Modules, key: str, start: int, end: int, own: bool) -> None:
    field = {"selectionStart": start, "selectionEnd": end, "value": "0.5"}
    assert modules.call("grid/moves.js", "forText", key, field) is own


def test_the_cells_between_two_are_a_rectangle(modules: Modules) -> None:
    assert modules.call("grid/moves.js", "between", [1, 2], [0, 1]) == [[[0, 1], [0, 2]], [[1, 1], [1, 2]]]


def test_edits_without_an_answer_are_sent_again_and_others_answers_answer_nothing(modules: Modules) -> None:
    sent, given, idle = modules.page.evaluate("""async () => {
        const { Edits } = await import("/grid/edits.js");
        const sent = [], edits = new Edits(({ edits }) => sent.push(edits.map(({ id, gesture }) => [id, gesture])));
        edits.make({ texts: { a: "1" } });
        edits.make({ texts: { a: "2" } }, 1);
        edits.answer({ client: "another", last: 9 });
        edits.answer({ client: edits.client, last: 1 });
        const given = [edits.given("a"), edits.given("b") ?? null];
        edits.make({ texts: { b: "3" } });
        edits.answer({ client: edits.client, last: 3 });
        return [sent, given, edits.idle];
    }""")
    # the second time the other is sent again at once: Python takes so many of a message, and the rest later
    assert sent == [[[1, 1]], [[1, 1], [2, 1]], [[2, 1]], [[2, 1], [3, 3]]]
    assert given == ["2", None] and idle


def test_presses_of_undo_and_redo_are_counted_and_told_once_more_if_they_are_not_taken(modules: Modules) -> None:
    told, taken = modules.page.evaluate("""async () => {
        const { UndoKeys } = await import("/network/undo_keys.js");
        const told = [], keys = new UndoKeys(({ count, last }) => told.push([count, last]));
        const ctrl = (key, more) => ({ key, ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, ...more });
        const written = Object.assign(document.createElement("input"), { type: "text" });
        const taken = [
            keys.press(ctrl("z"), document.body),
            keys.press(ctrl("Z", { shiftKey: true }), document.body),
            keys.press(ctrl("y"), document.body),
            keys.press(ctrl("x"), document.body),
            keys.press(ctrl("z", { altKey: true }), document.body),
            keys.press({ ...ctrl("z"), ctrlKey: false }, document.body),
            keys.press(ctrl("z"), written),
        ];
        keys.heard({ client: keys.client, count: 3 });
        keys.heard({ client: keys.client, count: 2 });
        keys.heard({ client: "another", count: 9 });
        return [told, taken];
    }""")
    assert told == [[1, "u"], [2, "ur"], [3, "urr"], [3, "urr"]]
    assert taken == [True, True, True, False, False, False, False]


def test_a_press_of_undo_waits_for_the_edits_that_are_on_their_way(modules: Modules) -> None:
    told = modules.page.evaluate("""async () => {
        const { UndoKeys } = await import("/network/undo_keys.js");
        const { announce } = await import("/shared/signals.js");
        const { underWay } = await import("/shared/under_way.js");
        const told = [], keys = new UndoKeys(({ count, last }) => told.push([count, last]));
        const press = () => keys.press({ key: "z", ctrlKey: true }, document.body);
        const [one, other] = [{}, {}];
        underWay((any) => keys.hold(any));
        const edit = (of, on) => announce("waiting", { of, on });
        edit(one, true);
        edit(other, true);
        press();
        press();
        keys.heard({ client: keys.client, count: 0 });
        edit(one, false);
        told.push("one is answered");
        edit(other, false);
        told.push("both are");
        press();
        return told;
    }""")
    assert told == ["one is answered", [2, "uu"], "both are", [3, "uuu"]]


def test_numbers_on_edges_are_left_out_where_columns_are_narrow(modules: Modules) -> None:
    trace = {"meta": "on edges", "x": [0.5], "y": [10], "text": ["0.1"]}
    kept, left_out = (modules.call("network/sizes.js", "sizedTrace", trace, 1, column) for column in (72, 71))
    assert kept == trace and (left_out["x"], left_out["text"]) == ([], [])


def test_over_a_neuron_the_new_number_stands_alone_where_columns_are_narrow(modules: Modules) -> None:
    side, below = "<i>b</i> <span style='color:#111'>+0.68 →+0.596</span>", "<span>+0.5<br>→+0.49</span>"
    trace = {"meta": "over neurons", "text": [side, below]}
    roomy, narrow = (modules.call("network/sizes.js", "sizedTrace", trace, 1, column) for column in (100, 99))
    assert roomy == trace
    assert narrow["text"] == ["<i>b</i> <span style='color:#111'>→+0.596</span>", below]
    on_edges = {"meta": "on edges", "x": [0.5, 0.5], "y": [10, 20], "text": ["0.1 →0.107", "0.1 −7e−5"]}
    roomy, narrow = (modules.call("network/sizes.js", "sizedTrace", on_edges, 1, column) for column in (100, 99))
    assert roomy == on_edges and narrow["text"] == ["→0.107", "0.1 −7e−5"]

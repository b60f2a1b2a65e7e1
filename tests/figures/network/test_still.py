"""The picture of one step holds what the player shows at it, and its caption fits under it."""

import re

import pytest

from engine import PRESETS
from engine.backprop.trace import trace
from engine.formulas.equations import title
from engine.network.editing import resized
from pages.figures.network.animation import animation
from pages.figures.network.still import LETTER, still
from pages.figures.theme import DARK, LIGHT

EXPERIMENT = PRESETS["worked-example"].experiment
# the last has captions of more than a line, and parts of one that are longer than it
CASES = {name: preset.experiment.example(1) for name, preset in PRESETS.items()} | {
    "wide": resized(EXPERIMENT, [10, 10])
}


def texts(figure: dict) -> list[str]:
    return [annotation["text"] for annotation in figure["layout"]["annotations"]]


def shown(figure: dict) -> str:
    return " ".join(text for trace in figure["data"] for text in trace.get("text", []))


@pytest.mark.parametrize("detail", ["neuron", "layer"])
@pytest.mark.parametrize("name", CASES)
def test_every_step_has_its_title_and_a_caption_that_fits(name: str, detail: str) -> None:
    experiment = CASES[name]
    for number, step in enumerate(trace(experiment, detail), 1):
        layout = still(experiment, LIGHT, detail, number)["layout"]
        lines = texts({"layout": layout})
        assert f"<b>{title(step, experiment)}</b>" in lines
        below = [line for line in layout["annotations"] if line.get("yref") == "y" and line["y"] < 0]
        assert len(below) >= 2
        assert layout["yaxis"]["range"][0] <= min(line["y"] for line in below)
        assert layout["height"] == layout["yaxis"]["range"][1] - layout["yaxis"]["range"][0]
        for line in below:
            bare = re.sub("<[^>]*>", "", line["text"])
            # a part between two signs of equality is never broken
            assert len(bare) * LETTER <= layout["width"] or " = " not in bare[1:]


def test_numbers_appear_in_the_step_that_computes_them() -> None:
    last = len(trace(EXPERIMENT, "layer"))
    assert "0.198" not in shown(still(EXPERIMENT, LIGHT, "layer", 1))
    (back,) = (n for n, step in enumerate(trace(EXPERIMENT, "layer"), 1) if (step.op, step.layer) == ("delta", 1))
    there = shown(still(EXPERIMENT, LIGHT, "layer", back))
    assert "0.198" in there and "1.62" in there and "−0.802" in there
    # with the new parameters
    final = shown(still(EXPERIMENT, LIGHT, "layer", last))
    assert "0.206" in final and "1.58" in final and "−0.802" not in final


def test_the_figure_that_all_sessions_share_is_left_alone() -> None:
    before = repr(animation(EXPERIMENT, DARK, "layer"))
    figure = still(EXPERIMENT, DARK, "layer", 5)
    assert repr(animation(EXPERIMENT, DARK, "layer")) == before
    assert figure["layout"]["paper_bgcolor"] == DARK.background

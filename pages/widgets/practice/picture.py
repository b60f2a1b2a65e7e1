"""The network of a question, played up to the step that is asked for, whose result is a question mark.

Of a batch, the examples meet in that step; for a shape, the matrices of all examples stand there without theirs.
"""

import streamlit as st

from engine import Experiment
from engine.backprop.ops import OPS
from engine.backprop.trace import Level, plan
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import Problem
from engine.network.model import Network
from engine.practice import Question
from pages.figures.network.message import message
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.player import PLAYER
from pages.widgets.session import shown

_component = PLAYER.registered("practice_player")
KEY, FRAME = "practice_player", "practice_picture"
# on a phone the controls stay below the picture: at the bottom of the window they would cover the answer
STYLE = f"""@media (max-width: 40rem) {{
  .st-key-{FRAME} .player .bar {{position: static; border-top: none; padding-inline: 0}}
}}"""


def picture(theme: Theme, question: Question, answered: bool) -> None:
    """Draw the network of a question; a large one is written out."""
    setting = question.wording.setting(shown.notation())
    large = is_large(question.problem.network.sizes)
    if not large:
        _asking(theme, question, answered)
    # the picture has the numbers of one example, and no matrix
    if setting and (large or question.kind == "shape" or question.problem.examples > 1):
        st.code(setting, language=None, wrap_lines=True)
    elif setting:
        with st.expander("The numbers in words"):
            st.code(setting, language=None, wrap_lines=True)


def _asking(theme: Theme, question: Question, answered: bool) -> None:
    at, shape = question.wording.moment(), question.kind == "shape"
    covered = "The shapes that are asked for are" if shape else "The number that is asked for is"
    alt = f"{_alt(question.problem.network)} {covered} covered."
    asks = None if answered else at.number
    _draw(theme, at.experiment, at.level, at.number, KEY, alt, asks=asks, shapes=not shape)


def with_weights(theme: Theme, problem: Problem, key: str) -> str | None:
    """Draw a network after its forward pass, in which a weight is to be selected; return the name of what is."""
    one = problem.one(0)
    until = next(n for n, step in enumerate(plan(one, "neuron"), start=1) if OPS[step.op].phase == "loss")
    _draw(theme, one, "neuron", until, key, f"{_alt(problem.network)} Select a weight.")
    return fields.told.words(key, "selected")


def _draw(
    theme: Theme,
    experiment: Experiment,
    detail: Level,
    until: int,
    key: str,
    alt: str,
    asks: int | None = None,
    shapes: bool = True,
) -> None:
    data = message(
        experiment,
        theme,
        detail,
        shown.notation(),
        until=until,
        shapes=shapes,
        step=until,
        asks=asks,
        noted=False,
        alt=alt,
        selected="",
        changeable=False,
        promise=None,
        refused={},
        answered={"client": "", "last": 0},
    )
    st.html(f"<style>{STYLE}</style>")
    with st.container(key=FRAME):
        _component(key=key, data=data, on_step_change=lambda: None, on_selected_change=lambda: None)


def _alt(network: Network) -> str:
    layers = ", ".join(f"{layer_name(network, index)} {size}" for index, size in enumerate(network.sizes))
    return f"Neural network, drawn left to right; neurons per layer: {layers}."

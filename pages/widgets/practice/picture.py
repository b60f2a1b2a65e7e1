"""The network of a question, played up to the step that is asked for, whose result is a question mark."""

from dataclasses import asdict

import streamlit as st

from engine import Experiment
from engine.backprop.ops import OPS
from engine.backprop.trace import Detail, plan
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import Problem
from engine.network.model import Network
from engine.practice import Question
from pages.figures.network.message import message
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.player import PLAYER
from pages.widgets.practice.notation import asked_in, translation

_component = st.components.v2.component("practice_player", **asdict(PLAYER), isolate_styles=False)
KEY = "practice_player"


def picture(theme: Theme, question: Question, answered: bool) -> None:
    """Draw the network of a question; what has no step in a picture, as a batch, is written out."""
    step = question.step
    if step is None or is_large(question.problem.network.sizes):
        if question.setting:
            st.code(_setting(question), language=None, wrap_lines=True)
        return
    asked = question.asked
    detail: Detail = "layer" if asked is not None and asked.is_table else "neuron"
    alt = f"{_alt(question.problem.network)} The number that is asked for is covered."
    _draw(theme, question.problem.one(0), detail, step, KEY, alt, None if answered else step)
    with st.expander("The numbers in words"):
        st.code(_setting(question), language=None, wrap_lines=True)


def _setting(question: Question) -> str:
    return translation(question.problem).words(question.setting)


def with_weights(theme: Theme, problem: Problem, key: str) -> str | None:
    """Draw a network after its forward pass, in which a weight is to be selected; return the name of what is."""
    one = problem.one(0)
    until = next(n for n, step in enumerate(plan(one, "neuron"), start=1) if OPS[step.op].phase == "loss")
    _draw(theme, one, "neuron", until, key, f"{_alt(problem.network)} Select a weight.")
    return fields.told.words(key, "selected")


def _draw(
    theme: Theme, one: Experiment, detail: Detail, until: int, key: str, alt: str, asks: int | None = None
) -> None:
    data = message(
        one,
        theme,
        detail,
        asked_in(),
        until=until,
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
    _component(key=key, data=data, on_step_change=lambda: None, on_selected_change=lambda: None)


def _alt(network: Network) -> str:
    layers = ", ".join(f"{layer_name(network, index)} {size}" for index, size in enumerate(network.sizes))
    return f"Neural network, drawn left to right; neurons per layer: {layers}."

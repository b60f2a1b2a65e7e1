"""The settings of one network of the laboratory."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, INITIALIZERS
from engine.analysis.init_experiment import DEPTHS, WIDTHS, Setting
from pages.widgets import fields
from pages.widgets.activations.parameter import parameter_slider
from pages.widgets.session import shown

SCALES = (0.001, 10.0)


def setting(name: str, first: Setting) -> Setting:
    """Draw the settings of network `name`, at first those of `first`, and return them.

    Raises InvalidExperiment where they do not go together.
    """
    st.markdown(f"**Network {name}**")
    with st.container(horizontal=True):
        activation = _record("Activation", f"lab_activation_{name}", ACTIVATIONS, first.activation)
        initializer = _record("Initial weights", f"lab_initializer_{name}", INITIALIZERS, first.initializer)
        record = INITIALIZERS[initializer]
        scale = _number("Scale s", name, *SCALES, first.scale, 0.01) if record.scaled else first.scale
        parameter = parameter_slider(activation, f"lab_{name}")
    with st.container(horizontal=True):
        depth = _number("Layers", name, *DEPTHS, first.depth, 1)
        width = _number("Neurons a layer", name, *WIDTHS, first.width, 1)
        seed = _number("Seed", name, 0, 9999, first.seed, 1)
    st.caption(f"${shown.translation().formula(record.latex)}$  \u2003{record.remark}")
    return Setting(
        depth=int(depth),
        width=int(width),
        activation=activation,
        initializer=initializer,
        scale=float(scale),
        seed=int(seed),
        parameter=parameter,
    )


def _record(label: str, key: str, records: Mapping[str, Any], first: str) -> str:
    return fields.choice(
        st.selectbox,
        label,
        list(records),
        first=first,
        format_func=lambda choice: records[choice].title,
        key=key,
        width=160,
        persist_state="session",
    )


def _number(label: str, name: str, low: float, high: float, first: float, step: float) -> float:
    return fields.number(
        st.number_input,
        label,
        low,
        high,
        first=first,
        step=step,
        format="%.3f" if isinstance(step, float) else "%d",
        key=f"lab_{label}_{name}",
        width=125,
        persist_state="session",
    )

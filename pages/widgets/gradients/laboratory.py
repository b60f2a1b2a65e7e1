"""Two deep networks with fresh weights side by side: what depth, activation and initializer do to the flow."""

import streamlit as st

from engine import InvalidExperiment
from engine.analysis.init_experiment import EXAMPLES, LaboratoryRun, Setting, run
from engine.formulas.numbers import percent, text
from pages.figures.gradients.layer_norms import Sizes, layer_norms
from pages.figures.gradients.ridges import ridges, span
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.gradients.setting import setting
from pages.widgets.session import shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart

# from so many multiplications on there is a progress bar
LONG = 20 * 200**2
FIRST = {"A": Setting(initializer="normal", scale=0.06), "B": Setting(initializer="xavier")}
AXES = {"Size, in powers of ten": True, "Value": False}
KINDS = {
    "activations": ("Activations", False),
    "deltas": ("Gradients ∂L/∂z", True),
    "weight_gradients": ("Gradients ∂L/∂W", True),
}
RUNS: Slot[tuple[LaboratoryRun, ...]] = Slot("laboratory_runs", ())


def laboratory(theme: Theme) -> None:
    """Draw the settings of both networks, their sizes per layer in one picture, and the distributions as ridges."""
    st.markdown(
        f"Equal layers without biases; {EXAMPLES} inputs drawn from N(0, 1) go forward, and a gradient drawn from "
        "N(0, 1) arrives at the last layer and goes back. What is left of each in every layer?"
    )
    runs = {}
    for column, (name, first) in zip(st.columns(2, gap="large"), FIRST.items(), strict=True):
        with column:
            made = _made(name, first)
        if made is not None:
            runs[name] = made
    if runs:
        _sizes(theme, runs)
        _distributions(theme, runs)


def _made(name: str, first: Setting) -> LaboratoryRun | None:
    try:
        made = _run(setting(name, first))
    except InvalidExperiment as error:
        st.warning(str(error))
        return None
    forwards, backwards = made.growth
    dead = (
        f" Up to {percent(max(made.dead))} of a layer's neurons are inactive for all inputs: dead."
        if any(made.dead)
        else ""
    )
    st.markdown(
        f"Per layer, activations change by a factor of **{text(forwards, 3)}** on the way forward, gradients by "
        f"**{text(backwards, 3)}** on the way back.{dead}"
    )
    return made


def _run(wanted: Setting) -> LaboratoryRun:
    done = next((made for made in RUNS.get() if made.setting == wanted), None)
    if done is not None:
        return done
    if wanted.depth * wanted.width**2 < LONG:
        made = run(wanted)
    else:
        bar = st.progress(0.0, "Computing the network")
        made = run(wanted, lambda share: _progressed(bar, share))
        bar.empty()
    RUNS.set((*RUNS.get(), made)[-4:])
    return made


def _progressed(bar: st.delta_generator.DeltaGenerator, share: float) -> None:
    bar.progress(share)
    give_way()


def _sizes(theme: Theme, runs: dict[str, LaboratoryRun]) -> None:
    dashes = {"A": "solid", "B": "dot"}
    for column, (what, (kind, gradient)) in zip(st.columns(3), KINDS.items(), strict=True):
        lines = [
            Sizes(
                name=name,
                values=tuple(spread.rms for spread in getattr(made, what)),
                gradient=gradient,
                dash=dashes[name],
            )
            for name, made in runs.items()
        ]
        title = shown.translation().words(kind)
        with column:
            st.caption(f"{title}, root mean square")
            chart(
                layer_norms(theme, lines, "", 260),
                key=f"lab_sizes_{what}",
                alt=f"{title}: root mean square of every layer, on a logarithmic axis, for {' and '.join(runs)}",
            )


def _distributions(theme: Theme, runs: dict[str, LaboratoryRun]) -> None:
    with st.container(horizontal=True, gap="medium"):
        axis = fields.choice(
            st.segmented_control, "Distributions over the", list(AXES), key="lab_axis", persist_state="session"
        )
    st.caption(
        shown.translation().words("One ridge a layer, the first at the top; ∂L/∂W is the mean over the inputs. ")
        + "Over the size, a mark stands at the root mean square, and zeros have no place."
    )
    for what, (kind, gradient) in KINDS.items():
        title = shown.translation().words(kind)
        spreads = {name: getattr(made, what) for name, made in runs.items()}
        shared = span([spread for some in spreads.values() for spread in some], AXES[axis])
        for column, (name, some) in zip(st.columns(2, gap="large"), spreads.items(), strict=False):
            with column:
                st.caption(f"**{name}** · {title}")
                chart(
                    ridges(theme, some, shared, gradient, 150 + 8 * len(some)),
                    key=f"lab_ridges_{what}_{name}",
                    alt=f"{title} of network {name}: their distribution in every layer",
                )

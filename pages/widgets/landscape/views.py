"""The views of the page: the loss along one parameter, over two, over random directions, and along a run."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from engine import InvalidExperiment
from engine.arrays import Array
from engine.formulas.numbers import percent
from engine.landscape import Descent, Landscape, principal_directions
from pages.figures.landscape import Profile, Stepped, Terrain, landscape_figures, slice_figure
from pages.figures.network.loss_history import loss_history
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.landscape.cuts import CURVE, SIDE, Cut, Parameters, Random, landscape_of, losses_around
from pages.widgets.landscape.picking import pick
from pages.widgets.landscape.player import player, step_of
from pages.widgets.landscape.position import go_there, reach, stand
from pages.widgets.landscape.subject import Subject, few, subject
from pages.widgets.landscape.verdict import verdict
from pages.widgets.landscape.walking import walking
from pages.widgets.session.compute_lock import give_way
from pages.widgets.session.shown import translation
from pages.widgets.shared.chart import chart
from pages.widgets.shared.markdown import plain
from pages.widgets.training import run


def one_parameter(theme: Theme) -> None:
    """Draw the loss against one parameter, and gradient descent on it alone."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = subject(width=230)
        cut = Parameters(pick(theme, 1, chosen.network, chosen.steepest()))
        extent = reach(3.0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        walk = walking(optimizers=False, width=220)
        start = stand(cut, chosen.network, extent)
    landscape = landscape_of(chosen.network, chosen.data, cut, chosen.reduction)
    descent = walk.descent(landscape, start)
    give_way()
    gradients = _gradients(landscape, descent)
    origin = cut.origin(chosen.network)
    give_way()
    seen = _seen(descent, extent)
    loss = losses_around(chosen.network, chosen.data, cut, chosen.reduction, seen)
    (title,), say = cut.titles(chosen.network), translation(chosen.network).words
    values = origin[0] + np.linspace(-seen, seen, CURVE)
    profile = Profile(values, loss, say(title), say(f"∂L/∂{title}"))
    stepped = slice_figure(theme, profile, _moved(descent, origin), gradients)
    _show(
        theme,
        landscape,
        stepped,
        descent,
        lambda: verdict(landscape, descent, gradients[:, 0], walk.learning_rate, loss),
    )


def two_parameters(theme: Theme) -> None:
    """Draw the loss over two parameters that are picked, and the descent of any optimizer on it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = subject(width=230)
        cut = Parameters(pick(theme, 2, chosen.network, chosen.steepest()))
        extent = reach(3.0)
    if len(set(cut.indices)) < 2:
        st.info("Pick two different parameters.", icon=":material/info:")
        return
    _surface(theme, chosen, cut, extent)


def random_directions(theme: Theme) -> None:
    """Draw the loss over two random directions."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = subject(width=230)
        seed = fields.number(
            st.number_input, "Seed", 0, 999_999, key="landscape_seed", width=120, persist_state="session"
        )
        extent = reach(1.0)
    st.caption(
        "All weights move at once, those into each neuron by a random vector of their own length "
        "(filter-normalised, Li et al. 2018): at ±1 a weight has changed by about its own size."
    )
    _surface(theme, chosen, Random(seed), extent)


def _surface(theme: Theme, chosen: Subject, cut: Cut, extent: float) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        walk = walking(optimizers=True, width=180)
        start = stand(cut, chosen.network, extent)
    landscape = landscape_of(chosen.network, chosen.data, cut, chosen.reduction)
    descent = walk.descent(landscape, start)
    say = translation(chosen.network).words
    origin, titles = cut.origin(chosen.network), [say(title) for title in cut.titles(chosen.network)]
    give_way()
    seen = _seen(descent, extent)
    side = np.linspace(-seen, seen, SIDE)
    loss = losses_around(chosen.network, chosen.data, cut, chosen.reduction, seen)
    terrain = Terrain(first=origin[0] + side, second=origin[1] + side, loss=loss, titles=(titles[0], titles[1]))
    stepped = landscape_figures(theme, terrain, _moved(descent, origin), _gradients(landscape, descent))
    _show(theme, landscape, stepped, descent)


def of_the_run(theme: Theme) -> None:
    """Draw the loss over the two directions in which the last run moved most, with the run's own descent."""
    last = run.last.get()
    if last is None:
        st.info("Train the network on the Training page; its run is then drawn here.", icon=":material/model_training:")
        return
    try:
        principal = principal_directions(last.history)
    except InvalidExperiment as error:
        st.info(str(error), icon=":material/info:")
        return
    data = few(last.data, last.history.network.sizes[-1])
    landscape = Landscape(last.history.network, data.x, data.y, principal.directions)
    descent = Descent(principal.coordinates, landscape.loss(principal.coordinates), diverged=False)
    first, second = (_around(principal.coordinates[:, axis]) for axis in (0, 1))
    names = tuple(f"direction {n + 1} ({percent(share)} of the movement)" for n, share in enumerate(principal.shares))
    terrain = Terrain(first=first, second=second, loss=landscape.grid(first, second), titles=(names[0], names[1]))
    st.caption(
        f"{plain(last.data.title)}, {last.title}: {len(descent.points)} snapshots of the run, seen in the plane that "
        "holds most of its way; the end of the run is at 0, 0. The height is the loss in the plane, close to that "
        "of the run."
    )
    stepped = landscape_figures(theme, terrain, descent, _gradients(landscape, descent))
    epochs = last.history.snapshot_epochs
    titles = [
        f"Epoch {epoch:,} · {title.partition(' · ')[2]}" for epoch, title in zip(epochs, stepped.titles, strict=True)
    ]
    _show(theme, landscape, replace(stepped, titles=titles), descent)


def _around(coordinates: Array) -> Array:
    low, high = float(coordinates.min()), float(coordinates.max())
    margin = 0.25 * (high - low) or 0.5
    return np.linspace(low - margin, high + margin, SIDE)


def _seen(descent: Descent, extent: float) -> float:
    """Return how far is drawn: further than asked for if the descent leads there, but not to where a lost one ends."""
    return float(np.clip(1.15 * np.abs(descent.points).max(), extent, 3 * extent))


def _gradients(landscape: Landscape, descent: Descent) -> Array:
    return np.stack([landscape.gradient(point) for point in descent.points])


def _moved(descent: Descent, origin: Array) -> Descent:
    return replace(descent, points=descent.points + origin)


def _legend() -> None:
    st.caption(
        "The red dot is where the path stands; the purple arrow is the gradient there. It points uphill: descent goes "
        "the other way."
    )


def _show(
    theme: Theme, landscape: Landscape, stepped: Stepped, descent: Descent, explain: Callable[[], None] = _legend
) -> None:
    player(stepped)
    give_way()
    explain()
    step = step_of(stepped)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        go_there(landscape.network_at(descent.points[step]), step)
        if descent.diverged:
            st.markdown(":red[The path leaves for infinity: the learning rate is too large.]")
    chart(
        loss_history(theme, descent.loss.tolist()),
        key="landscape_losses",
        alt=f"The loss over the {len(descent.loss) - 1} steps, from {descent.loss[0]:.4g} to {descent.loss[-1]:.4g}",
    )

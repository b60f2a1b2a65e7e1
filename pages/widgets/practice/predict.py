"""Predict: which weight, made larger by 0.1, lowers the loss most? One is chosen, then all gradients are seen."""

import time
from dataclasses import dataclass, replace

import streamlit as st

from engine.formulas import plain
from engine.formulas.numbers import text
from engine.network.places import Weight
from engine.practice.modes import Prediction, prediction
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.practice.notation import translation
from pages.widgets.practice.numbers import experiment, numbers
from pages.widgets.practice.picture import with_weights
from pages.widgets.session.slots import Slot

UNCHOSEN = ""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Which network is looked at, and the weight that was chosen."""

    seed: int
    chosen: str = UNCHOSEN


_guess: Slot[Guess | None] = Slot("practice_guess", None)


def predict(theme: Theme) -> None:
    """Draw the network, the choice of a weight, and what each one does."""
    own = numbers("predict")
    guess = _guess.get() or Guess(seed=time.time_ns() % 100_000)
    _guess.set(guess)
    made = prediction(guess.seed, experiment(own))
    st.markdown("Which **one** weight, made larger by **0.1**, lowers the loss most?")
    selected = with_weights(theme, made.problem, f"predict_{guess.seed}_{own}")
    names = [change.weight.text for change in made.changes]
    with st.form(f"predict_form_{guess.seed}_{own}", border=False):
        chosen = fields.choice(
            st.selectbox,
            "The weight: select it in the picture, or choose it here",
            [UNCHOSEN, *names],
            first=selected if selected in names else UNCHOSEN,
            key=f"predict_choice_{guess.seed}_{own}_{selected if selected in names else ''}",
            format_func=lambda place: _name(made, place),
            width=360,
        )
        if st.form_submit_button("This one", icon=":material/check:"):
            guess = replace(guess, chosen=chosen)
            _guess.set(guess)
            if chosen == UNCHOSEN:
                st.info("Choose a weight first.", icon=":material/touch_app:")
    if guess.chosen in names:
        _told(made, guess.chosen)
    st.button("Another network", icon=":material/refresh:", key="predict_new", on_click=_renew)


def _name(made: Prediction, place: str) -> str:
    if place == UNCHOSEN:
        return "No weight yet"
    change = made.of(place)
    if change is None:
        return place
    layer = made.problem.layer(change.weight.layer)
    return f"{_called(made, change.weight)} = {text(change.weight.of([layer.W] * change.weight.layer))}"


def _told(made: Prediction, place: str) -> None:
    chosen, best = made.of(place), made.best
    assert chosen is not None
    name = _called(made, best.weight)
    if chosen == best:
        st.success(f"Right: {name} lowers the loss most, by {text(-best.change)}.", icon=":material/check_circle:")
    else:
        st.error(
            f"No: {_called(made, chosen.weight)} {_does(chosen.change)}. "
            f"{name} lowers the loss most, by {text(-best.change)}.",
            icon=":material/cancel:",
        )
    say = translation(made.problem).words
    ordered = sorted(made.changes, key=lambda change: change.change)
    st.dataframe(
        {
            "weight": [_called(made, change.weight) for change in ordered],
            say("gradient ∂L/∂w"): [text(change.gradient) for change in ordered],
            say("0.1 · ∂L/∂w, what it promises"): [text(0.1 * change.gradient, signed=True) for change in ordered],
            "what the loss really does": [text(change.change, signed=True) for change in ordered],
        },
        hide_index=True,
        key="predict_table",
    )
    st.caption(
        f"The loss is {text(made.loss)}. The weight with the most negative gradient lowers it most: the gradient says "
        + say("how steeply the loss rises with the weight, and δ times the activation before it makes it large.")
    )


def _called(made: Prediction, weight: Weight) -> str:
    return translation(made.problem).words(plain.parameter(weight))


def _does(change: float) -> str:
    if change == 0:
        return "does not change it"
    return f"{'lowers' if change < 0 else 'raises'} it by {text(abs(change))}"


def _renew() -> None:
    guess = _guess.get()
    _guess.set(Guess(seed=(guess.seed if guess else 0) + 1))

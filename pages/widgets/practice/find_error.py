"""Find the error: a worked pass with one slip in it; the first wrong number is to be clicked, and the slip named."""

import time
from dataclasses import dataclass, replace
from itertools import groupby

import streamlit as st

from engine.formulas.numbers import text
from engine.formulas.symbols import layer_name
from engine.gradcheck.mistakes import SLIPS
from engine.practice.modes import Flawed, Quantity, flawed
from pages.figures.theme import Theme
from pages.widgets.practice.notation import translation
from pages.widgets.practice.numbers import experiment, numbers
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot

# at what was chosen: a button in the accent cannot be read in the dark
MARK = ":material/arrow_right:"


@dataclass(frozen=True, kw_only=True)
class Search:
    """Which pass is looked at, and what was clicked and named so far."""

    seed: int
    clicked: str = ""
    named: str = ""


_search: Slot[Search | None] = Slot("practice_search", None)


def find_error(theme: Theme) -> None:
    """Draw a pass with an error, and what is said of what was clicked."""
    own = numbers("error")
    search = _search.get() or Search(seed=time.time_ns() % 100_000)
    _search.set(search)
    made = flawed(search.seed, experiment(own))
    st.markdown(
        "Somebody worked this pass out and made **one** mistake. Everything after it follows rightly from it. "
        "Press the **first** number that is wrong."
    )
    st.code(made.setting(shown.notation()), language=None, wrap_lines=True)
    _numbers(made, search)
    _said(made, search)
    st.button("Another pass", icon=":material/refresh:", key="error_new", on_click=_renew)


def _numbers(made: Flawed, search: Search) -> None:
    for where, group in groupby(made.numbers, key=lambda entry: _where(made, entry[0])):
        st.markdown(f"**{where}**")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for asked, value in group:
                st.button(
                    f"{translation(made.problem).words(asked.name(made.problem))} = {text(value)}",
                    key=f"error_{search.seed}_{asked.text}",
                    icon=MARK if asked.text == search.clicked else None,
                    on_click=_click,
                    args=(asked.text,),
                )


def _where(made: Flawed, asked: Quantity) -> str:
    if asked.kind == "loss":
        return "The loss"
    return f"{'Forward' if asked.kind in ('z', 'a') else 'Backward'}, {layer_name(made.problem.network, asked.layer)}"


def _said(made: Flawed, search: Search) -> None:
    if not search.clicked:
        return
    if search.clicked != made.place.text:
        if made.comes_after(search.clicked):
            st.warning("This one comes after the mistake: it follows from a wrong number. Look further up.")
        else:
            st.error("This one is right. The mistake is made later.", icon=":material/cancel:")
        return
    st.success("Yes: here the mistake is made. Which one is it?", icon=":material/check_circle:")
    with st.container(key="error_slips"):
        for name in made.choices:
            st.button(
                translation(made.problem).words(SLIPS[name].title),
                key=f"error_slip_{search.seed}_{name}",
                icon=MARK if name == search.named else None,
                on_click=_name,
                args=(name,),
            )
    if search.named == made.slip:
        say = translation(made.problem).words
        name = say(made.place.name(made.problem))
        st.success(
            f"Right: {say(SLIPS[made.slip].said)}. Without it, {name} = {text(made.right)}.",
            icon=":material/check_circle:",
        )
    elif search.named:
        st.error("That mistake would give another number here.", icon=":material/cancel:")


def _click(place: str) -> None:
    search = _search.get()
    if search:
        _search.set(replace(search, clicked=place, named=""))


def _name(slip: str) -> None:
    search = _search.get()
    if search:
        _search.set(replace(search, named=slip))


def _renew() -> None:
    search = _search.get()
    _search.set(Search(seed=(search.seed if search else 0) + 1))

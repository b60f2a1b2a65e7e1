"""The player: the animated figure with its controls, a component that tells Python the step it rests on.

A Plotly chart of Streamlit's is mounted anew at every change; a keyed component is not, and so keeps its step.
"""

import re
import time
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from engine.formulas.symbols import layer_name
from pages.figures.network.message import message
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.document.served import is_opened_again
from pages.widgets.network.invitation import invitation
from pages.widgets.network.promise import promised
from pages.widgets.network.tables import editing, in_the_picture
from pages.widgets.session import at_hand, location, reruns, selection, shown
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.slots import Slot
from pages.widgets.shared.component import Component

KEY = "player"
# in seconds: as long as the browser takes to draw it; when a page is opened in a browser that has the files; and where
# scripts and the drawing library are still to come, as it would take far longer beside all else
DRAWING, OPENING, LOADING = 0.06, 0.35, 0.6
_begun: Slot[bool] = Slot("player_begun", False)
PLAYER = Component.player(Path(__file__).parent)

_component = PLAYER.registered("network_player")


@st.fragment(key=KEY)
def player(theme: Theme, *followers: str, of_step: str = "", changeable: bool = True) -> None:
    """Draw the player for the experiment at hand; its step and its selection go into the session.

    The fragments that follow it are drawn anew then, or, after a step, the one `of_step` alone. In one that is not
    `changeable`, places are selected only. As a fragment of its own, the player tells nothing of the widgets around it,
    whose values may be older (fields/stale.py).
    """
    with turn():
        _draw(theme, followers, (KEY, of_step) if of_step else followers, changeable)


def _draw(theme: Theme, followers: Sequence[str], of_step: Sequence[str], changeable: bool) -> None:
    changed = editing(KEY, in_the_picture)
    place = selection.selected()
    others = {
        "step": shown.step(),
        "alt": f"{_alt()} All numbers stand in a table below." if changeable else _alt(),
        "selected": place.text if place else "",
        "changeable": changeable,
        "promise": promised(),
        "opening": shown.openings(),
        "turn": _turn(),
        "invitation": invitation(shown.looked_at()) if shown.step() == 1 else "",
    }
    _component(
        key=KEY,
        data=message(shown.looked_at(), theme, shown.detail(), shown.notation(), **others, **changed.data),
        on_step_change=lambda: _take_step(of_step),
        on_turn_change=lambda: _take_turn(followers),
        on_selected_change=lambda: _take_selection(followers),
        on_edits_change=changed.told,
    )
    changed.catch_up()
    _go_on()


def head_start() -> None:
    """Let the server send the drawing, and the browser draw it, before the rest of the page is computed and drawn."""
    if not (reruns.is_first() and location.has_browser()):
        time.sleep(DRAWING)
    else:
        time.sleep(OPENING if is_opened_again() else LOADING)


def _go_on() -> None:
    """In a new session, show the step that the browser went on to while it had no server.

    The address that Streamlit sends then has the step `from` which it went on.
    """
    if _begun.get():
        return
    _begun.set(True)
    left, step = fields.told.number(KEY, "from"), fields.told.number(KEY, "step")
    if step is not None and left == shown.step():
        shown.set_step(step)


def _take_step(followers: Sequence[str]) -> None:
    step = fields.told.number(KEY, "step")
    if step is not None:
        shown.set_step(step)
        reruns.redraw(*followers)


def _turn() -> dict[str, int] | None:
    """Return the example shown and the one that playing goes on with, 0 for none; None where none is in turn."""
    if not shown.turns():
        return None
    here, count = shown.example(), at_hand.experiment().examples
    return {"example": here, "next": here + 1 if here < count else 0}


def _take_turn(followers: Sequence[str]) -> None:
    number = fields.told.number(KEY, "turn")
    if number is not None:
        shown.put_example(number)
        shown.set_step(1)
        reruns.redraw(*followers)


def _take_selection(followers: Sequence[str]) -> None:
    selected = fields.told.words(KEY, "selected")
    if selected is not None:
        selection.select(selected)
        # of a large network the tables show the neuron selected
        reruns.redraw(*followers, *([reruns.EDITOR_NUMBERS] if shown.summarised() else []))


def _alt() -> str:
    network = at_hand.experiment().network
    layers = ", ".join(f"{layer_name(network, index)} {size}" for index, size in enumerate(network.sizes))
    return f"Neural network, drawn left to right; neurons per layer: {layers}."


def detail_switch() -> None:
    """Draw the switch between steps per neuron and per layer, where there is a choice."""
    if shown.summarised() or shown.detail() == "batch":
        return
    fields.choice(
        st.segmented_control,
        "One step is",
        ["neuron", "layer"],
        label_visibility="collapsed",
        key="detail_switch",
        held=shown.detail(),
        format_func=lambda detail: f"one {detail}",
        take=shown.set_detail,
    )


def play_switch() -> None:
    """Draw the switch between what of a batch is played: one example, all in turn, or all at once in matrices."""
    if at_hand.experiment().examples == 1:
        return
    held = "batch" if shown.detail() == "batch" else "turns" if shown.turns() else "one"
    fields.choice(
        st.segmented_control,
        "What is played",
        list(PLAYED),
        label_visibility="collapsed",
        key="play_switch",
        held=held,
        format_func=PLAYED.__getitem__,
        take=_take_played,
        help="The whole batch at once is written in matrices that hold all examples; one example is drawn.",
    )


def _take_played(what: str) -> None:
    shown.set_turns(what == "turns")
    before = shown.detail()
    if (what == "batch") != (before == "batch"):
        shown.set_detail("batch" if what == "batch" else "layer")


def legend(theme: Theme) -> None:
    """Draw the button that explains everything in the picture."""
    with st.popover("What am I looking at?", icon=":material/help:"):
        words = LARGE_LEGEND if shown.summarised() else LEGEND
        words = _in_notation(words + BATCH_LEGEND if at_hand.experiment().examples > 1 else words)
        st.markdown(words.format(**_swatches(theme)), unsafe_allow_html=True)


def _in_notation(words: str) -> str:
    """Return a legend whose letters in italics are those that stand in the picture."""
    own = shown.translation()
    text, *others = re.split(r"<i>(.*?)</i>", words)
    pairs = zip(others[::2], others[1::2], strict=True)
    return own.words(text) + "".join(f"<i>{own.letter(name)}</i>{own.words(after)}" for name, after in pairs)


def _swatches(theme: Theme) -> dict[str, str]:
    colours = {
        "vp": theme.value.positive_text,
        "vn": theme.value.negative_text,
        "gp": theme.gradient.positive_text,
        "gn": theme.gradient.negative_text,
    }
    return {name: f"color:{colour};font-weight:600" for name, colour in colours.items()}


# what of a batch is played
PLAYED = {"one": "this example", "turns": "all in turn", "batch": "the whole batch"}

BATCH_LEGEND = """
**Examples.** The picture shows one example of the batch; choose another one below it. After its way back all examples
meet: on every line their gradients, one dot each, run together into their mean or sum. The update is made of that. The
key E goes there.
"""

LEGEND = """
**Neurons** are circles. The number and the fill are the activation <i>a</i>:
<span style="{vp}">blue is positive</span>, <span style="{vn}">orange-red negative</span>, the stronger the larger.
Above stands the bias <i>b</i>, below the weighted sum <i>z</i> and, on the way back, first <i>∂a</i>
(the gradient ∂L/∂a) and then <i>δ</i> (∂L/∂z).

**The ring** is |δ|: <span style="{gp}">purple is positive</span>, <span style="{gn}">green negative</span>,
the thicker the larger. A ring in the colour of the text marks the neuron that is being computed.

**Lines** are weights: <span style="{vp}">blue positive</span>, <span style="{vn}">orange-red negative</span>,
the thicker the larger. On the way back they become the gradients ∂L/∂w, <span style="{gp}">purple</span>
or <span style="{gn}">green</span>, with an arrowhead, and with the update the new weights, beside the old ones; where
they are too many for that, beside those that change most.
Dashed lines are negative, thin dotted ones 0. While a step goes back, the number on a line is what it contributes.

**The last step** runs the example again with the new parameters: did the loss fall by as much as the gradient promised?

**Moving dots** are what travels: forward each weight times its activation, backward each weight times a δ,
or a weight's gradient. The larger the dot, the larger the contribution.

**Squares** are the targets, **the diamond** is the loss.

**Keys**: ← → or Page ↑ ↓ one step, Home and End first and last, Space play or pause; F, L, B and U go to forward,
loss, backward and update. P presents: only picture, line and controls. H hides each result until the next press.
"""

LARGE_LEGEND = """
**A layer** is a strip of cells, one a neuron from top to bottom: first <i>z</i>, then the activation <i>a</i>.
<span style="{vp}">Blue is positive</span>, <span style="{vn}">orange-red negative</span>, the stronger the larger.
The narrow strip on its left holds the biases, on its right first <i>∂a</i> (the gradient ∂L/∂a) and then <i>δ</i>
(∂L/∂z): <span style="{gp}">purple is positive</span>, <span style="{gn}">green negative</span>.

**A map** before a strip holds the weights: a row for each neuron of the layer, a column for each one before it. On the
way back it shows the gradients ∂L/∂w, and with the update the new weights.

**Cells** are real numbers. Where there are too many to draw, a cell shows the one of the largest size in its block.
Everything is computed with all of them. Click a cell to look at its neuron or weight.

**Moving dots** show which way the numbers go.

**Keys**: ← → or Page ↑ ↓ one step, Home and End first and last, Space play or pause; F, L, B and U go to forward,
loss, backward and update. P presents: only picture, line and controls. H hides each result until the next press.
"""

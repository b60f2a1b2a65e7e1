"""Which parts of a page are drawn anew after an edit in a table: only those that show numbers, if nothing else changes.

Most of the sidebar stays as it is. To draw only the rest takes a third off what
an edit costs the server (docs/scaling.md).
"""

from collections.abc import Callable
from typing import ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from pages.widgets.session import at_hand, changes
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.slots import Slot

P = ParamSpec("P")
# the keys of fragments on every page: head and tables of the editor, what it has the browser keep, and the navigation,
# whose links hold the network
EDITOR_HEAD, EDITOR_NUMBERS, EDITOR_KEPT, NAVIGATION = "editor_head", "editor_numbers", "editor_kept", "navigation"
_own: Slot[tuple[str, ...] | None] = Slot("redrawn", None)


def page_has(*fragments: str) -> None:
    """Say by which fragments this page shows all of its numbers; a page that names none is always drawn whole."""
    _own.set(fragments)


def begin_page() -> None:
    """Forget the fragments of the page before: one without an editor says nothing of its own."""
    if not is_first():
        _own.set(())


def is_first() -> bool:
    """Return whether no page has been drawn to its end in this session, so that the browser still loads scripts."""
    return _own.get() is None


def after(take: Callable[P, None], quiet: Callable[[], bool]) -> Callable[P, None]:
    """Return the callback of a table: it takes an edit, and the parts that show numbers are drawn anew.

    It is the whole page after a change of layers or functions, and if messages come or go, that is if it was not
    `quiet` before, or is not after.
    """

    def taken(*given: P.args, **named: P.kwargs) -> None:
        before, head, structure = quiet(), _head(), _structure()
        with turn():
            take(*given, **named)
        if (parts := _own.get()) and before and quiet() and structure == _structure():
            others = ([] if _head() == head else [EDITOR_HEAD]) + ([] if st.context.is_embedded else [NAVIGATION])
            st.rerun([*parts, EDITOR_NUMBERS, EDITOR_KEPT, *others])
        st.rerun()

    return taken


def _head() -> tuple[object, ...]:
    """What the head of the editor shows."""
    return at_hand.preset(), changes.can_undo(), changes.can_redo()


def _structure() -> tuple[object, ...]:
    """What the rest of the editor shows."""
    network, examples = at_hand.experiment().network, at_hand.experiment().examples
    return examples, network.sizes, network.loss, [(layer.activation, layer.parameter) for layer in network.layers]


def redraw(*fragments: str) -> None:
    """Draw these fragments anew after this callback, instead of the one that was asked for, if not all is drawn."""
    context = get_script_run_ctx()
    if context and context.fragment_ids_this_run:
        st.rerun(list(fragments))


def whole(do: Callable[P, None]) -> Callable[P, None]:
    """Return the callback of a widget inside a fragment after which the whole page is drawn anew."""

    def done(*given: P.args, **named: P.kwargs) -> None:
        do(*given, **named)
        st.rerun()

    return done

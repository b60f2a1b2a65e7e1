"""What is kept for one visitor: typed values of the session, and the values of widgets.

The only module that touches st.session_state, so that every key has one owner and one type.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.runtime.state.session_state_proxy import get_session_state

T = TypeVar("T")


class Slot(Generic[T]):
    """One typed value of the session, with the default that it has before anybody sets it."""

    def __init__(self, key: str, default: T) -> None:
        self.key = key
        self.default = default

    def get(self) -> T:
        """Return the value of this session."""
        value: T = st.session_state.get(self.key, self.default)
        return value

    def set(self, value: T) -> None:
        """Set the value for this session."""
        # a run may be ended at any use of the session, when another is asked for: there is one here, so that nothing
        # is lost between two
        st.session_state[self.key] = value
        # Streamlit would keep the value of the run before beside it, and that may be a large network
        get_session_state()._state._old_state.pop(self.key, None)


@contextmanager
def unbroken() -> Iterator[None]:
    """Let the run not be ended within the block, though another is asked for: values that belong together are set."""
    state = get_session_state()
    ended = state._yield_callback
    # an attribute that is set would be a value of the session
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", ended)


def widget(key: str) -> Any:
    """Return the value of a keyed widget, for use in its callback; None before it was drawn."""
    return st.session_state.get(key)


def set_widget(key: str, value: object) -> None:
    """Set the value of a keyed widget before it is drawn."""
    st.session_state[key] = value


def forget_widget(key: str) -> None:
    """Forget the value of a keyed widget before it is drawn, so that it starts afresh."""
    st.session_state.pop(key, None)

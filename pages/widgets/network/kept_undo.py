"""Undo and redo outlast the session: the browser's tab keeps their links, and hands them to the next session.

A reload begins another session, and so does another server after the first one died. What a browser hands over may be
anything: it is bounded (fields.told), and a link is opened, and so checked, when somebody goes there.
"""

import secrets
from pathlib import Path

import streamlit as st

from pages.widgets import fields
from pages.widgets.session import changes
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.reruns import EDITOR_HEAD, EDITOR_KEPT, whole
from pages.widgets.session.slots import Slot
from pages.widgets.shared.component import Component

KEY = "kept_undo"
# by which a browser tells sessions apart, and whether it has handed over what it kept of the one before
_session: Slot[str] = Slot("undo_session", "")
_taken: Slot[bool] = Slot("undo_taken", False)
# of which browser's page how many presses of keys were taken
_pressed: Slot[tuple[str, int]] = Slot("undo_pressed", ("", 0))

_component = Component.of(Path(__file__).parent, KEY).registered(KEY)


@st.fragment(key=EDITOR_KEPT)
def kept_undo() -> None:
    """Have the browser keep what can be undone and redone, and take what it kept of the session before."""
    if not _session.get():
        _session.set(secrets.token_hex(8))
    with turn():
        client, count = _pressed.get()
        pressed = {"client": client, "count": count}
        data = changes.kept() | {"session": _session.get(), "taken": _taken.get(), "pressed": pressed}
    _component(key=KEY, data=data, on_kept_change=_take, on_pressed_change=whole(_press))


def _press() -> None:
    """Undo and redo as often as the keys were pressed since the last time."""
    client, count, last = fields.told.presses(KEY)
    before = _pressed.get()
    done = before[1] if before[0] == client else 0
    if count > done:
        changes.travel(last[-(count - done) :], lambda: _pressed.set((client, count)))


def _take() -> None:
    kept = fields.told.timeline(KEY)
    if kept is None or _taken.get():
        return
    _taken.set(True)
    with turn():
        changes.go_on_after(*kept)
    st.rerun([EDITOR_HEAD, EDITOR_KEPT])

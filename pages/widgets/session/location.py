"""The browser's address: written for the session, and compared with what the session wrote there itself.

The only module that touches st.query_params.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from pages.widgets.session import address
from pages.widgets.session.slots import Slot

# what was wrong with the address that was opened, or nothing
problem: Slot[str] = Slot("problem", "")
_written: Slot[Mapping[str, str] | None] = Slot("written", None)
# what the session wrote before that, the latest last, as hashes
_earlier: Slot[tuple[int, ...]] = Slot("written_earlier", ())
MOST_EARLIER = 100
# what was opened where it was left to the browser to make it what was written first
_opened: Slot[Mapping[str, str] | None] = Slot("opened", None)


def write(wanted: Mapping[str, str]) -> None:
    """Make the address hold these parameters; those that belong to a page stay as they are."""
    there, before = st.query_params.to_dict(), _written.get()
    if before is None and _browser_url():
        _opened.set(address.own(there))
        _earlier.set((_hash(address.own(there)),))
    if _repeats(wanted) or (address.own(there) != wanted and not (_left_to_the_browser() and before in (None, wanted))):
        st.query_params.from_dict({**wanted, **{name: there[name] for name in there if name not in address.OWN}})
    if before is not None and before != wanted:
        _earlier.set((*_earlier.get(), _hash(before), _hash(address.without_step(before)))[-MOST_EARLIER:])
    _written.set(wanted)


def _repeats(wanted: Mapping[str, str]) -> bool:
    """Return whether the address gives one of these more than once, of which only the last counts."""
    return any(len(st.query_params.get_all(name)) > 1 for name in wanted)


def completion() -> dict[str, Mapping[str, str] | None] | None:
    """Return what was opened and what the browser is to make of it; None where there is nothing to do.

    Streamlit would make another entry of the browser's history of it, before any script of ours is there to stop it.
    """
    left = _left_to_the_browser() and asked() is not None
    return {"opened": _opened.get(), "whole": _written.get()} if left else None


def _left_to_the_browser() -> bool:
    return address.own(st.query_params.to_dict()) == _opened.get()


def asked() -> Mapping[str, str] | None:
    """Return the parameters that somebody else has put into the address; None if all is as this session wrote it."""
    given = address.own(st.query_params.to_dict())
    return None if given == _written.get() else given


def is_late() -> bool:
    """Return whether the address is one that this session wrote before the last change.

    A browser sends it, and links to it, until it learns of the change. Nobody asks for it, unless by going back.
    """
    return _hash(address.own(st.query_params.to_dict())) in _earlier.get() and asked() is not None and not _goes_back()


def _hash(parameters: Mapping[str, str] | None) -> int:
    return hash(frozenset((parameters or {}).items()))


def has_browser() -> bool:
    """Return whether the run was asked for by a browser, and not by a test of the page alone."""
    return bool(_browser_url())


def _goes_back() -> bool:
    context = get_script_run_ctx()
    # without a browser there is none that could be late
    return not _browser_url() or (context is not None and context.is_history_navigation)


def _browser_url() -> str:
    context = get_script_run_ctx()
    return (context.context_info.url if context and context.context_info else "") or ""


def brings_network() -> bool:
    """Return whether the address of a session that begins holds a network, which is yet to be opened."""
    return _written.get() is None and "net" in st.query_params


def page_parameter(name: str) -> str | None:
    """Return one of the address's parameters that belong to the page shown."""
    return st.query_params.get(name)


def set_page_parameter(name: str, value: str) -> None:
    """Put a parameter that belongs to the page shown into the address."""
    st.query_params[name] = value

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
MOST_EARLIER = 50


def write(wanted: Mapping[str, str]) -> None:
    """Make the address hold these parameters; those that belong to a page stay as they are."""
    there = st.query_params.to_dict()
    if address.own(there) != wanted:
        st.query_params.from_dict({**wanted, **{name: there[name] for name in there if name not in address.OWN}})
    before = _written.get()
    if before not in (None, wanted):
        _earlier.set((*_earlier.get(), _hash(before))[-MOST_EARLIER:])
    _written.set(wanted)


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


def _goes_back() -> bool:
    context = get_script_run_ctx()
    # without a browser there is none that could be late
    browser = context is not None and context.context_info is not None and context.context_info.url
    return not browser or context.is_history_navigation


def brings_network() -> bool:
    """Return whether the address of a session that begins holds a network, which is yet to be opened."""
    return _written.get() is None and "net" in st.query_params


def page_parameter(name: str) -> str | None:
    """Return one of the address's parameters that belong to the page shown."""
    return st.query_params.get(name)


def set_page_parameter(name: str, value: str) -> None:
    """Put a parameter that belongs to the page shown into the address."""
    st.query_params[name] = value

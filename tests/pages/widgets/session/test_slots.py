"""A slot keeps what it held, or holds the new value, wherever a run is ended: Streamlit may end it at any use."""

import itertools

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state import session_state_proxy as proxy
from streamlit.runtime.state.safe_session_state import SafeSessionState

from pages.widgets.session import slots
from pages.widgets.session.slots import Slot


class Session:
    """A session of which the run is ended at its n-th use."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.record, self.uses = SessionState(), itertools.count()
        self.end_at = -1
        safe = SafeSessionState(self.record, self._use)
        for module in (proxy, slots):
            monkeypatch.setattr(module, "get_session_state", lambda: safe)

    def _use(self) -> None:
        if next(self.uses) == self.end_at:
            raise StopException

    def finish_run(self) -> None:
        self.record._compact_state()


@pytest.mark.parametrize("end_at", range(3))
@pytest.mark.parametrize("old", [True, False], ids=["set in a run before", "set in this run"])
def test_nothing_is_lost_when_a_run_is_ended(monkeypatch: pytest.MonkeyPatch, end_at: int, old: bool) -> None:
    session, slot = Session(monkeypatch), Slot("own", "nothing")
    slot.set("before")
    if old:
        session.finish_run()
    session.uses, session.end_at = itertools.count(), end_at
    try:
        slot.set("after")
        expected = "after"
    except StopException:
        expected = "before"
    session.end_at = -1
    assert slot.get() == expected


def test_the_value_of_the_run_before_is_not_kept_beside_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    session, slot = Session(monkeypatch), Slot("own", "nothing")
    slot.set("before")
    session.finish_run()
    slot.set("after")
    assert "before" not in session.record._old_state.values()
    session.finish_run()
    assert slot.get() == "after"

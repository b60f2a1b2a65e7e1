"""The entry of the browser's history in which the app was opened: its address is completed there, by the browser.

Opened without a step, or with a link that is broken, it would otherwise take two steps back to leave.
"""

from pathlib import Path

from pages.widgets.session import location
from pages.widgets.shared.component import Component

_component = Component.of(Path(__file__).parent, "entry").registered("entry")


def complete_address() -> None:
    """Have the browser complete the address that was opened, if something is missing."""
    _component(key="entry", data=location.completion())

"""The parts of the Network page: editor, player, what can be selected, and the page itself."""

from pages.widgets.network import editor, page, player, selectable

__all__ = ["editor", "page", "player", "selectable"]

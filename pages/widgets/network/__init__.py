"""The parts of the Network page: editor, player, inspector."""

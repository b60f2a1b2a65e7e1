"""Parts that the pages share: frame, state, editor, player, inspector."""

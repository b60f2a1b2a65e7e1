"""Text that is not ours, in places that read Markdown: what was typed or stood in a file is shown as it is."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it letter by letter: no links, no formatting, no formulas."""
    return _SPECIAL.sub(r"\\\1", text)

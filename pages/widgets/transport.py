"""The controls that all players share, put into a player's HTML and before its script."""

from pathlib import Path

HERE = Path(__file__).parent


def html(path: Path) -> str:
    """Return a player's HTML with the controls where it says so."""
    return path.read_text().replace("<!-- controls -->", (HERE / "transport.html").read_text().strip())


def script(path: Path) -> str:
    """Return a player's script with the controls' before it."""
    return (HERE / "transport.js").read_text() + path.read_text()

"""The players, each put together from files: its own, and the controls that all of them share."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Player:
    """What a browser needs of a player; the script exports a function that Streamlit calls with the data."""

    html: str
    js: str
    css: str

    @staticmethod
    def of(folder: Path, scripts: tuple[str, ...] = ("player",), styles: tuple[Path, ...] = ()) -> "Player":
        """Put the player of a folder together; its script may have parts, its styles may build on others."""
        html = (folder / "player.html").read_text()
        return Player(
            html.replace("<!-- controls -->", (HERE / "transport.html").read_text().strip()),
            script(*(folder / f"{name}.js" for name in scripts)),
            "".join(path.read_text() for path in (*styles, folder / "player.css")),
        )


def script(*parts: Path) -> str:
    """Return a script with the shared one before it."""
    return "".join(part.read_text() for part in (HERE / "transport.js", *parts))

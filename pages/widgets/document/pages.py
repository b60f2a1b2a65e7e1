"""The pages of the app, in the order of the navigation."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Page:
    """A page: the file it is in, its title in the navigation, and whether Plotly draws on it."""

    file: str
    title: str
    drawn: bool = True

    @property
    def path(self) -> str:
        """The path of its address; that of the first page is a slash."""
        return "/" if self == PAGES[0] else f"/{PurePosixPath(self.file).stem}"


PAGES = (
    Page("app.py", "Network"),
    Page("pages/derivation.py", "Derivation", drawn=False),
    Page("pages/activations.py", "Activations"),
    Page("pages/training.py", "Training"),
    Page("pages/gradients.py", "Gradients"),
    Page("pages/landscape.py", "Landscape"),
    Page("pages/practice.py", "Practice"),
    Page("pages/share.py", "Share"),
)

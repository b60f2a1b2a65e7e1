"""The parts of the Share page, one a file: link, pictures, programs, and files to open."""

from pages.widgets.share import link, opening, pictures, programs, saving

__all__ = ["link", "opening", "pictures", "programs", "saving"]

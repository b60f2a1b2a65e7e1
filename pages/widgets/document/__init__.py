"""What the app's server gives out as files: the document of every page, with the style, and the scripts.

It is read before there is a server, so no component may be registered here: it would belong to none.
"""

from pages.widgets.document import modules, served
from pages.widgets.document.pages import PAGES
from pages.widgets.document.served import routes

__all__ = ["PAGES", "modules", "routes", "served"]

"""Parts that all pages are made of."""

from pages.widgets.shared import (
    chart,
    component,
    copy_field,
    download_picture,
    example_picker,
    frame,
    limits,
    markdown,
    upload,
)

__all__ = [
    "chart",
    "component",
    "copy_field",
    "download_picture",
    "example_picker",
    "frame",
    "limits",
    "markdown",
    "upload",
]

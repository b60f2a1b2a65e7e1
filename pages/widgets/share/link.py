"""The link: which page and step it opens, with or without the navigation, and as a QR code and an iframe."""

import html
from pathlib import PurePosixPath
from urllib.parse import urlencode

import segno
import streamlit as st

from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, shown
from pages.widgets.shared import frame
from pages.widgets.shared.copy_field import copy_field

# beyond this a phone's camera has trouble with the code
MAX_QR = 1_200
FRAME_HEIGHT = 900
# how the first page can be opened: what is chosen, and the parameter that says so
PRESENTED = {
    "Presenting: only the picture, its line and the controls": ("present", "1"),
    "With each result hidden until a key is pressed": ("hide", "results"),
}


def link(_: Theme) -> None:
    """Draw the link to the experiment at hand."""
    if not at_hand.fits_address():
        st.info("This network is too large for a link. Share it as a file: choose “JSON”.", icon=":material/link_off:")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        address = _options()
        copy_field("Link", address, key="link")
        copy_field("To embed it in a page of yours", _iframe(address), key="iframe")
        st.caption("The whole network is in the link: nothing is stored on a server, and the link will not expire.")
    with right:
        _qr(address)


def _options() -> str:
    pages = {page.title: page for page in frame.PAGES}
    opened, start = st.columns(2, vertical_alignment="bottom")
    title = fields.choice(opened.selectbox, "Open the page", list(pages), key="link_page")
    last, key = len(shown.steps()), f"link_step_{at_hand.edition()}"
    step = fields.number(start.number_input, "at step", 1, last, first=shown.step(), key=key)
    embedded = fields.flag("Without navigation, for embedding in another page", key="link_embed")
    presented = PRESENTED if title == frame.PAGES[0].title else {}
    chosen = [asked for words, asked in presented.items() if fields.flag(words, key=f"link_{asked[0]}")]
    parameters = shown.link() | {"step": str(step)} | ({"embed": "true"} if embedded else {}) | dict(chosen)
    return f"{base(st.context.url or '')}{slug(pages[title].file)}?{urlencode(parameters)}"


def base(url: str) -> str:
    """Return the address of the app, with a slash at its end, from that of this page."""
    bare = url.partition("?")[0].rstrip("/")
    page = PurePosixPath(bare).name
    here = {slug(known.file) for known in frame.PAGES}
    return (bare.removesuffix(page) if page in here else f"{bare}/") if bare else ""


def slug(file: str) -> str:
    """Return the end of a page's address; the first page has none."""
    return "" if file == frame.PAGES[0].file else PurePosixPath(file).stem


def _iframe(address: str) -> str:
    source = address if "embed=true" in address else f"{address}&embed=true"
    return (
        f'<iframe src="{html.escape(source)}" title="{html.escape(frame.APP)}" width="100%" '
        f'height="{FRAME_HEIGHT}" style="border:0" loading="lazy"></iframe>'
    )


def _qr(address: str) -> None:
    if len(address) > MAX_QR:
        st.caption("The link is too long for a QR code that a phone could read.")
        return
    # a white margin of four modules belongs to the code, in the dark theme too
    code = segno.make(address, error="l", micro=False).svg_inline(scale=4, border=4, light="white")
    st.image(code, width=280, caption="The same link, for a phone’s camera", alt="QR code of the link")

"""The app, as `streamlit run` serves it, and its first page: the script that Streamlit runs, the Network page.

What draws is imported by the script only: components are known to a server that runs already.
"""

from streamlit.starlette import App

from pages.widgets.document import routes

if __name__ == "__main__":
    from pages.widgets.network.page import network_page

    network_page()
else:
    app = App(__file__, routes=routes())

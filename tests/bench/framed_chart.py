"""The same chart below what a page of several has in Streamlit: a style, a title, links to the pages and a choice."""

import streamlit as st

st.set_page_config(layout="wide")
st.html("<style>.note {color: gray}</style>")
with st.container(horizontal=True):
    st.title("A page", width="content")
    for number in range(8):
        st.page_link("https://example.com", label=f"Page {number}")
st.segmented_control("Detail", ["one neuron", "one layer"], default="one neuron")
st.plotly_chart({"data": [{"x": [1, 2, 3], "y": [1, 3, 2]}], "layout": {"height": 300}}, key="chart")

"""The least that Streamlit can draw: one small chart; loading the Network page is measured by it."""

import streamlit as st

st.plotly_chart({"data": [{"x": [1, 2, 3], "y": [1, 3, 2]}], "layout": {"height": 300}}, key="chart")

"""The least that Streamlit can do: a number in, a text out; edits on the Network page are measured by it."""

import streamlit as st

st.write(f"value {st.number_input('Number', value=0.0):g}")

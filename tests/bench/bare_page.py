"""The least that Streamlit can do: a number or a cell in, a text out; edits on the Network page are measured by it."""

import streamlit as st

st.write(f"value {st.number_input('Number', value=0.0):g}")
st.write(f"cell {st.data_editor({'x': [0.0]}, hide_index=True)['x'][0]:g}")

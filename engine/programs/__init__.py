"""The calculation as programs and as a notebook."""

"""Experiments as JSON and as links, and files of weights."""

"""The animated picture of a network."""

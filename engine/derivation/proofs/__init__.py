"""The derivatives of activations and losses, derived line by line."""

"""The loss as a curve or a surface over chosen directions, and ways down."""

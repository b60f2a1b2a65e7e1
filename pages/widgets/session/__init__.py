"""What a session holds: the experiment at hand, undo, the address, whose turn it is to compute."""

"""The parts of the Loss landscape page, one a file: what is cut, where one stands, the walk and its player."""

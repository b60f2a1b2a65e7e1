"""The forward pass, the backward pass and the learning step, as whole passes and as steps one can walk through."""

"""Questions about a network: sizes through the depth, paths of the chain rule, what another activation would do."""

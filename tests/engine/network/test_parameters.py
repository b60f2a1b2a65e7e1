"""Networks as vectors: what goes in comes out, and every entry is the weight it says it is."""

import numpy as np
from hypothesis import given

from engine.network.parameters import Parameter, flatten, is_bias, parameters, split, with_parameters
from tests.strategies import networks


@given(networks())
def test_a_network_survives_the_way_through_a_vector(network):
    assert with_parameters(network, flatten(network)) == network


@given(networks())
def test_each_parameter_points_at_its_weight(network):
    theta = flatten(network)
    for parameter in parameters(network):
        layer = network.layers[parameter.layer - 1]
        row = parameter.neuron - 1
        expected = layer.b[row] if parameter.source is None else layer.W[row, parameter.source - 1]
        assert theta[parameter.index] == expected
        assert is_bias(network)[parameter.index] == (parameter.source is None)


@given(networks())
def test_tables_are_views_of_a_stack(network):
    stack = np.stack([flatten(network)] * 3)
    for layer, table in zip(network.layers, split(network, stack), strict=True):
        assert table.shape == (3, layer.n_out, layer.n_in + 1)
        assert np.shares_memory(table, stack)
        assert (table[1, :, :-1] == layer.W).all() and (table[1, :, -1] == layer.b).all()


def test_a_parameter_is_written_as_on_the_screen():
    assert Parameter(0, 1, 2, 3).text == "w⁽¹⁾₂₃"
    assert Parameter(0, 12, 2, None).text == "b⁽¹²⁾₂"
    assert Parameter(0, 2, 1, 10).text == "w⁽²⁾₁,₁₀"

"""Networks as vectors: what goes in comes out, and every entry is the weight it says it is."""

import numpy as np
from hypothesis import given

from engine.network.parameters import flatten, index_of, is_bias, parameter, parameters, split, with_parameters
from tests.strategies import networks


@given(networks())
def test_a_network_survives_the_way_through_a_vector(network):
    assert with_parameters(network, flatten(network)) == network


@given(networks())
def test_each_parameter_is_found_at_its_index(network):
    assert [index_of(network, place) for place in parameters(network)] == list(range(network.parameter_count))
    assert [parameter(network, index) for index in range(network.parameter_count)] == list(parameters(network))


@given(networks())
def test_tables_are_views_of_a_stack(network):
    stack = np.stack([flatten(network)] * 3)
    for layer, table in zip(network.layers, split(network, stack), strict=True):
        assert table.shape == (3, layer.n_out, layer.n_in + 1)
        assert np.shares_memory(table, stack)
        assert (table[1, :, :-1] == layer.W).all() and (table[1, :, -1] == layer.b).all()


@given(networks())
def test_a_network_counts_what_its_vector_holds(network):
    assert network.parameter_count == flatten(network).size
    assert network.weight_count == network.parameter_count - is_bias(network).sum()


@given(networks())
def test_the_mask_of_biases_leaves_the_weights(network):
    kept = flatten(network)[~is_bias(network)]
    assert np.array_equal(kept, np.concatenate([layer.W.ravel() for layer in network.layers]))

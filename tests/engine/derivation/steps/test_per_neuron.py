"""Steps neuron by neuron: each equation comes to what the engine computes."""

from engine import Experiment
from engine.derivation import book
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import every_case
from tests.engine.derivation.reading import numeric, workings
from tests.engine.derivation.truth import parameter, require, truth


@every_case
def test_each_neurons_equation_comes_to_what_the_engine_computes(experiment: Experiment, exact: None) -> None:
    right = truth(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        for neuron in working.neurons:
            value = right[place] if neuron.number is None else right[place][neuron.number - 1]
            for side in numeric(neuron.latex):
                require(side, value, parameter(experiment, working))

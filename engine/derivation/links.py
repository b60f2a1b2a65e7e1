"""Where to read on, chapter by chapter: well-known sources that have stood at their addresses for years."""

from engine.derivation.blocks import Link

_BOOK = Link(
    "Goodfellow, Bengio and Courville: Deep Learning, chapter 6", "https://www.deeplearningbook.org/contents/mlp.html"
)
_NIELSEN_2 = Link(
    "Nielsen: How the backpropagation algorithm works", "http://neuralnetworksanddeeplearning.com/chap2.html"
)
_GRAPHS = Link("Stanford CS231n: Backpropagation, intuitions", "https://cs231n.github.io/optimization-2/")

ARCHITECTURE = (
    Link("3Blue1Brown: But what is a neural network?", "https://www.3blue1brown.com/lessons/neural-networks"),
    _BOOK,
)
FORWARD = (
    Link(
        "Nielsen: Using neural nets to recognize handwritten digits",
        "http://neuralnetworksanddeeplearning.com/chap1.html",
    ),
    Link("Stanford CS231n: Neural networks, part 1", "https://cs231n.github.io/neural-networks-1/"),
)
ACTIVATIONS = (
    Link("Wikipedia: Activation function", "https://en.wikipedia.org/wiki/Activation_function"),
    Link("Wikipedia: Differentiation rules", "https://en.wikipedia.org/wiki/Differentiation_rules"),
)
SOFTMAX = (
    Link(
        "Bendersky: The softmax function and its derivative",
        "https://eli.thegreenplace.net/2016/the-softmax-function-and-its-derivative/",
    ),
    Link("Wikipedia: Softmax function", "https://en.wikipedia.org/wiki/Softmax_function"),
)
ERROR = (
    Link("Nielsen: Improving the way neural networks learn", "http://neuralnetworksanddeeplearning.com/chap3.html"),
    Link("Wikipedia: Cross-entropy", "https://en.wikipedia.org/wiki/Cross-entropy"),
)
WEIGHT = (
    Link("3Blue1Brown: Backpropagation calculus", "https://www.3blue1brown.com/lessons/backpropagation-calculus"),
    Link("Wikipedia: Chain rule", "https://en.wikipedia.org/wiki/Chain_rule"),
)
UPDATE = (
    Link(
        "Ruder: An overview of gradient descent optimization algorithms",
        "https://www.ruder.io/optimizing-gradient-descent/",
    ),
    Link("Wikipedia: Gradient descent", "https://en.wikipedia.org/wiki/Gradient_descent"),
)
BACKWARD = (
    _NIELSEN_2,
    _GRAPHS,
    Link(
        "Rumelhart, Hinton and Williams 1986: Learning representations by back-propagating errors",
        "https://doi.org/10.1038/323533a0",
    ),
)
CODE = (
    Link("NumPy: The absolute basics for beginners", "https://numpy.org/doc/stable/user/absolute_beginners.html"),
    Link("Karpathy: micrograd, backpropagation in 100 lines", "https://github.com/karpathy/micrograd"),
)

r"""The notations of well-known courses, books and libraries, one record each: a new one is one record here."""

from engine.formulas.notations.gradients import attribute, differential, fraction, nabla
from engine.formulas.notations.labels import layered, numbered
from engine.formulas.notations.layout import Layout
from engine.formulas.notations.record import Letters, Notation
from engine.registry import Registry

OURS = Notation(
    name="ours",
    title="This app",
    words=(
        "Layers are counted from 1; the input is layer 0. The number of a layer stands above a symbol in "
        "parentheses, the number of a neuron below it. The weight $w_{ji}^{(l)}$ leads *from* neuron $i$ of the "
        "layer before *to* neuron $j$ of layer $l$. The first index is where the weight ends, the second where it "
        "begins. So row $j$ of the matrix $W^{(l)}$ holds all weights that lead into neuron $j$."
    ),
    labels=layered,
    gradient=fraction,
)

NOTATIONS: Registry[Notation] = Registry(
    "notation",
    [
        OURS,
        Notation(
            name="nielsen",
            title="Nielsen",
            words=(
                "As in Nielsen's book: the input is layer 1, so the first layer with weights is layer 2, and the last "
                "is layer $L$. The number of a layer stands above a symbol without brackets, and is no power. The "
                "weight $w_{jk}^{l}$ leads *from* neuron $k$ of the layer before *to* neuron $j$ of layer $l$; row "
                "$j$ of the matrix $w^{l}$ holds everything that flows into neuron $j$. The loss is the cost $C$, the "
                "prediction is $a^{L}$, and $\\nabla_{b} C$ is the vector of all $\\partial C / \\partial b_j$. The "
                "examples of a batch are columns, as in his matrix of a mini-batch, and $C_{k}$ is the cost of example "
                "$k$ alone, his $C_x$."
            ),
            url="http://neuralnetworksanddeeplearning.com/chap2.html",
            letters=Letters(weights="w", output="", loss="C"),
            layout=Layout(examples_as_columns=True),
            brackets=("", ""),
            first=2,
            source="k",
            labels=layered,
            gradient=nabla,
        ),
        Notation(
            name="ng",
            title="Ng / deeplearning.ai",
            words=(
                "As in Ng's courses: the number of a layer stands above a symbol in square brackets, the input is "
                "layer 0. A gradient of the cost $J$ is called $d$ with the name of what it is taken by: "
                "$dW^{[l]}$, $db^{[l]}$, $da^{[l]}$, and $dz^{[l]}$ for what others call delta. Examples are "
                "columns: $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$. The loss of example $k$ alone is $J_{k}$, which he "
                "writes $\\mathcal{L}$, and $dz^{[l](k)}$ is a gradient of it. Where the cost is a mean over $m$ "
                "examples, he divides $dW^{[l]}$ and $db^{[l]}$ by $m$; here $dZ^{[l]}$ is divided already. The "
                "activation function is $g$, its parameter, if it has one, $c$, and the learning rate $\\alpha$. Row "
                "$j$ of $W^{[l]}$ holds everything that flows into neuron $j$."
            ),
            url="https://www.coursera.org/learn/neural-networks-deep-learning",
            letters=Letters(delta="", loss="J", jacobian=r"\text{Jac}", function="g", parameter="c", rate=r"\alpha"),
            layout=Layout(examples_as_columns=True),
            brackets=("[", "]"),
            labels=layered,
            gradient=differential,
        ),
        Notation(
            name="mazur",
            title="Mazur",
            words=(
                "As in Mazur's example: a neuron is $i1$, $i2$ at the input, $h1$, $h2$ in hidden layers and $o1$, "
                "$o2$ at the output; $\\text{net}_{h1}$ is its weighted sum and $\\text{out}_{h1}$ its activation. "
                "Weights have one number each, $w_{1}$, $w_{2}$ and so on: layer by layer, in a layer neuron by "
                "neuron, at a neuron from its first input to its last. Where one of many is meant, it is "
                "$w_{i \\to j}$. He has one bias for a whole layer; here each neuron has its own, so $b_{1,2}$ is his "
                "$b_{1}$ at the second neuron of the first layer. What belongs to a whole layer has its number above: "
                "$\\text{net}^{(1)}$ for all of $h1$, $h2$ and so on. The loss is $E_{\\text{total}}$, in sentences E. "
                "An upright $\\text{i}$ is the input, an italic $i$ a number. New numbers have a plus: $w_{5}^{+}$."
            ),
            url="https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
            letters=Letters(
                z=r"\text{net}",
                activation=r"\text{out}",
                input=r"\text{i}",
                output=r"\text{out}",
                target=r"\text{target}",
                loss=r"E_{\text{total}}",
            ),
            new="+",
            one_number=True,
            labels=numbered,
            gradient=fraction,
        ),
        Notation(
            name="pytorch",
            title="PyTorch",
            words=(
                "As in PyTorch: a vector is a row, and a layer computes $x\\,{W}^{\\top} + b$, where $W$ is the "
                "`weight` of `nn.Linear`, with a row for each of its neurons, (out, in), and $b$ its `bias`. A "
                "gradient is what `backward()` leaves in `.grad`: $\\text{weight.grad}$, $\\text{bias.grad}$, and "
                "$z\\text{.grad}$ for what books call delta (after `retain_grad()`); the picture has ∇ for it. The "
                "number above in parentheses is that of the layer, counted from 1; one in square brackets is that of "
                "the example in a batch."
            ),
            url="https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html",
            letters=Letters(delta="", loss=r"\text{loss}", rate=r"\text{lr}"),
            layout=Layout(rows=True),
            short="∇",
            labels=layered,
            gradient=attribute,
        ),
        Notation(
            name="keras",
            title="scikit-learn / Keras",
            words=(
                "As in scikit-learn and Keras: a vector is a row, and a layer computes $x\\,W + b$, since `coefs_` and "
                "`kernel` have a row for each input, (in, out): they are shown so here, transposed against the tables "
                "of the editor. Layers are counted from 0, as `coefs_[0]` and `model.layers[0]`; where a rule has "
                "$a^{[l-1]}$, it is the input $x$ for layer 0. The weight "
                "$w_{ij}^{[l]}$ leads *from* number $i$ of what comes in *to* neuron $j$, so that column $j$ of "
                "$W^{[l]}$ holds everything that flows into neuron $j$."
            ),
            url="https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html",
            layout=Layout(rows=True, inputs_first=True),
            brackets=("[", "]"),
            first=0,
            source_first=True,
            labels=layered,
            gradient=fraction,
        ),
    ],
)

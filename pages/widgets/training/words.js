// Numbers and neurons in words.
const SHOWN = 6;

export const number = (value) => (Math.abs(value) < 1e-4 ? 0 : value).toPrecision(3).replace("-", "−");

// a name for little room; its end tells it from others as well, and the whole of it is to stand in a tooltip
export const shortened = (name, most) => {
  if (name.length <= most) return name;
  const end = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - end)}…${name.slice(-end)}`;
};

const short = (name) => name.replace(/Hidden (\d+), neuron (\d+)/, "a$2");

const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));

// the weighted sum of a neuron, with the weights of its inputs and then its bias
export const weightedSum = (name, inputs, weights) => {
  const parts = inputs.slice(0, SHOWN).map((input, i) => `${factor(weights[i])} · ${short(input)}`);
  const rest = inputs.length > SHOWN ? " + …" : "";
  return `${name}: z = ${parts.join(" + ")}${rest} + b (${number(weights[inputs.length])})`;
};

// Walking through the picture with the arrow keys: from neuron to neuron in a layer, and along the edges between layers.

const read = (place) => {
  const [kind, ...numbers] = place.split(".");
  return { kind, numbers: numbers.map(Number) };
};

// where a place stands: [column, row] of a neuron, and of what stands at one
const stand = (place, last) => {
  const { kind, numbers } = read(place);
  if (kind === "x") return [0, numbers[0]];
  if (kind === "y") return [last + 0.5, numbers[0]];
  if (kind === "loss") return [last + 1, 1];
  return numbers;
};

const isEdge = (place) => place.startsWith("w.");
const neuron = (layer, number) => (layer ? `n.${layer}.${number}` : `x.${number}`);
const lastLayer = (places) => Math.max(...places.filter(isEdge).map((place) => read(place).numbers[0]));

// the places in the same column, from top to bottom: a neuron below its bias, edges by where they come from
const column = (places, place) => {
  const layer = read(place).numbers[0];
  if (isEdge(place)) {
    const edges = places.filter((other) => isEdge(other) && read(other).numbers[0] === layer);
    return edges.sort((a, b) => read(a).numbers[2] - read(b).numbers[2] || read(a).numbers[1] - read(b).numbers[1]);
  }
  const last = lastLayer(places);
  const own = stand(place, last)[0];
  const there = places.filter((other) => !isEdge(other) && stand(other, last)[0] === own);
  const above = (other) => (other.startsWith("b.") ? 0 : 1);
  return there.sort((a, b) => stand(a, last)[1] - stand(b, last)[1] || above(a) - above(b));
};

const vertical = (places, place, by) => {
  const all = column(places, place);
  return all[all.indexOf(place) + by];
};

// the edges out of a neuron (forward) or into it
const edges = (places, place, forward) => {
  const [layer, number] = stand(place, lastLayer(places));
  return places.filter((other) => {
    const [own, to, source] = read(other).numbers;
    return isEdge(other) && (forward ? own === layer + 1 && source === number : own === layer && to === number);
  });
};

const bend = (edge) => Math.abs(read(edge).numbers[1] - read(edge).numbers[2]);

// of edges, the one that leads most nearly straight on
const straight = (found) => found.toSorted((a, b) => bend(a) - bend(b))[0];

const onwards = (places, place, forward) => {
  const { kind, numbers } = read(place);
  const last = lastLayer(places);
  if (kind === "w") return forward ? neuron(numbers[0], numbers[1]) : neuron(numbers[0] - 1, numbers[2]);
  if (kind === "loss") return forward ? undefined : "y.1";
  if (kind === "y") return forward ? "loss" : neuron(last, numbers[0]);
  if (forward && kind !== "x" && numbers[0] === last) return `y.${numbers[1]}`;
  return straight(edges(places, place, forward));
};

// the place that a key leads to from another; undefined for a key that leads nowhere
export const walked = (places, place, key) => {
  if (key === "ArrowUp") return vertical(places, place, -1);
  if (key === "ArrowDown") return vertical(places, place, 1);
  if (key === "ArrowRight") return onwards(places, place, true);
  if (key === "ArrowLeft") return onwards(places, place, false);
  return undefined;
};

// Where the tiles of a network stand: a column a layer, under its title.
const [LEFT, TOP] = [28, 26];

// the size of the picture and of a tile, and column(layer) and at(layer, row), for layers with so many neurons each
export const layout = (sizes, room) => {
  const rows = Math.max(...sizes);
  const width = Math.max(room, 62 * sizes.length);
  const spacing = Math.min(64, Math.max(34, 380 / rows));
  const height = rows * spacing + TOP;
  const column = (layer) => LEFT + ((width - 2 * LEFT) / Math.max(sizes.length - 1, 1)) * layer;
  const middle = (height + TOP) / 2;
  return {
    width,
    height,
    size: Math.min(48, spacing - 6),
    column,
    at: (layer, row) => ({ x: column(layer), y: middle + spacing * (row - (sizes[layer] - 1) / 2) }),
  };
};

// the index of the place that is nearest to x
export const nearest = (places, x) => {
  const distances = places.map((place) => Math.abs(place - x));
  return distances.indexOf(Math.min(...distances));
};

// Colours as Plotly sets them: one and how much it covers are two things, and a share is a place on a scale.
const FADED = /^rgba\((.+),\s*([\d.]+)\)$/;

// a colour of an element's "fill" or "stroke"
export const paint = ({ style }, kind, colour) => {
  const [, solid, share] = FADED.exec(colour) ?? [];
  style[kind] = share ? `rgb(${solid})` : colour;
  style[`${kind}Opacity`] = share ?? 1;
};

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

// the colour of a share on the scale of a trace's marks, [[place, #colour], …]; what is a colour already stays so
export const shaded = (shade, { colorscale: scale, cmin, cmax }) => {
  if (typeof shade !== "number") return shade;
  const place = (shade - cmin) / (cmax - cmin);
  const above = Math.max(
    scale.findIndex(([at]) => at >= place),
    1,
  );
  const [[low, from], [high, to]] = [scale[above - 1], scale[above]];
  const along = (place - low) / (high - low);
  const [start, end] = [channels(from), channels(to)];
  return `rgb(${start.map((one, index) => Math.round(one + along * (end[index] - one))).join(", ")})`;
};

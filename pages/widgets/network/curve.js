// The loss over one number, as the small curve that a change draws.

const [WIDTH, HEIGHT, MARGIN] = [200, 64, 7];

const range = (values) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 1, high + 1] : [low, high];
};

const scale =
  ([low, high], [from, to]) =>
  (value) =>
    from + ((value - low) / (high - low)) * (to - from);

// points: [number, loss], in the order of the numbers; before and now: two of them; slope: of the tangent before the
// change, or null. Returns the size of the picture and what is drawn in it, in its pixels.
export const curve = (points, before, now, slope) => {
  const x = scale(range(points.map(([number]) => number)), [MARGIN, WIDTH - MARGIN]);
  const y = scale(range(points.map(([, loss]) => loss)), [HEIGHT - MARGIN, MARGIN]);
  const at = ([number, loss]) => [x(number), y(loss)];
  const path = (some) =>
    `M${some
      .map((point) =>
        at(point)
          .map((one) => one.toFixed(1))
          .join(" "),
      )
      .join("L")}`;
  const ends = [points[0][0], points.at(-1)[0]];
  const tangent = slope === null ? [] : ends.map((number) => [number, before[1] + slope * (number - before[0])]);
  return {
    size: [WIDTH, HEIGHT],
    curve: path(points),
    tangent: tangent.length ? path(tangent) : "",
    before: at(before),
    now: at(now),
  };
};

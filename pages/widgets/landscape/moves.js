// What a step moves in a figure, of moves as pages/figures/landscape/walk.py has them: [figure, trace, {axis: places}].

// what Plotly.restyle takes: {axis: the new places of each trace}, and the traces
export const restyling = (moves, figure) => {
  const own = moves.filter(([of]) => of === figure);
  const axes = Object.keys(own[0]?.[2] ?? {});
  return [
    Object.fromEntries(axes.map((axis) => [axis, own.map(([, , places]) => places[axis])])),
    own.map(([, trace]) => trace),
  ];
};

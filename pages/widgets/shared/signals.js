// What components of one page tell each other: what is pointed at, selected or dragged, and that the connection is
// lost. Their scripts share only the window.

export const announce = (name, detail) => window.dispatchEvent(new CustomEvent(`backprop:${name}`, { detail }));

export const hear = (name, act, signal) =>
  window.addEventListener(`backprop:${name}`, ({ detail }) => act(detail), { signal });

// The marks of a trace that can be seen: Plotly takes as long for the others, and many have their turn at one step only.

// what pages/figures/theme.py calls CLEAR
const CLEAR = "rgba(0,0,0,0)";

const seen = ({ mode, text, marker }) => {
  if (mode === "text" && Array.isArray(text)) return text.map((said) => said.trim() !== "");
  if (mode === "markers" && Array.isArray(marker.color) && !marker.line?.width)
    return marker.color.map((colour) => colour !== CLEAR);
  return null;
};

// a trace with lists of the marks kept, in whatever they are: `x`, `marker.color`, …
const only = (node, kept) => {
  if (Array.isArray(node)) return node.length === kept.length ? node.filter((_, index) => kept[index]) : node;
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, only(part, kept)]));
};

export const visible = (trace) => {
  const kept = seen(trace);
  return kept && !kept.every(Boolean) ? only(trace, kept) : trace;
};

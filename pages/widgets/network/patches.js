// What a step changes in the traces, as pages/figures/network/canvas.py writes it: {trace: {path: value}}.

// the value at a path replaced; an {index: value} replaces items of a list
const set = (node, path, value) => {
  if (path.length) return { ...node, [path[0]]: set(node?.[path[0]], path.slice(1), value) };
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const items = [...node];
  for (const [index, item] of Object.entries(value)) items[index] = item;
  return items;
};

// the traces with a patch laid over them; what did not change is shared
export const patched = (traces, patch) => {
  const result = [...traces];
  for (const [index, changes] of Object.entries(patch))
    for (const [path, value] of Object.entries(changes)) result[index] = set(result[index], path.split("."), value);
  return result;
};

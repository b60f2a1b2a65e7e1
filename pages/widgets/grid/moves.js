// Which cell a key leads to, in a table of so many rows and columns.
const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const inside = (number, count) => Math.min(Math.max(number, 0), count - 1);

// the cell, [row, column], that a key leads to from another; null for a key that leads to none
export const moved = (key, [row, column], [rows, columns]) => {
  if (key === "Home") return [row, 0];
  if (key === "End") return [row, columns - 1];
  if (!WAYS[key]) return null;
  const [down, right] = WAYS[key];
  return [inside(row + down, rows), inside(column + right, columns)];
};

// whether a key is for the text in a field: its caret, or what is selected, is not yet at the end that the key leads to
export const forText = (key, { selectionStart, selectionEnd, value }) => {
  const all = selectionStart === 0 && selectionEnd === value.length;
  if (key === "ArrowLeft") return !all && selectionEnd > 0;
  if (key === "ArrowRight") return !all && selectionStart < value.length;
  return key === "Home" || key === "End" ? !all : false;
};

// the cells of the rectangle between two cells, row by row
export const between = ([row, column], [otherRow, otherColumn]) => {
  const span = (a, b) => Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => Math.min(a, b) + index);
  return span(row, otherRow).map((r) => span(column, otherColumn).map((c) => [r, c]));
};

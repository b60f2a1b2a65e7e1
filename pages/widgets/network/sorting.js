// The order of a table's rows: as they came, or by a column; column 0 holds the names.

// a column is sorted upwards, then downwards, then not
export const nextSort = (sort, column) => {
  if (sort.column !== column) return { column, direction: "ascending" };
  if (sort.direction === "ascending") return { column, direction: "descending" };
  return { column: null, direction: "none" };
};

// the indices of the rows in their order; rows without a number are last
export const sorted = (names, numbers, { column, direction }) => {
  const indices = names.map((_, index) => index);
  if (direction === "none") return indices;
  const ordered = direction === "descending" ? indices.reverse() : indices;
  if (column === 0) return ordered;
  const number = (index) => numbers[index][column - 1];
  const [having, without] = [ordered.filter((i) => number(i) !== null), ordered.filter((i) => number(i) === null)];
  const sign = direction === "descending" ? -1 : 1;
  return [...having.sort((one, other) => sign * (number(one) - number(other))), ...without.sort((a, b) => a - b)];
};

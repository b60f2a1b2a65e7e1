// The tables as elements: a heading for each row and column, and an input for each number.
import { made } from "../shared/elements.js";

const field = (place, words) => {
  const input = made("input", { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  input.maxLength = 120;
  input.dataset.place = place;
  input.setAttribute("aria-label", words);
  return input;
};

const listOf = (grid, column) => `choices-${grid.name}-${column}`.replace(/[^a-zA-Z0-9-]/g, "");

const row = (grid, index) => {
  const { rows, places, words, choices } = grid;
  const tr = made("tr");
  if (rows[index]) tr.append(made("th", { scope: "row", textContent: rows[index] }));
  places[index].forEach((place, column) => {
    const input = field(place, words[index][column]);
    if (choices[column]) input.setAttribute("list", listOf(grid, column));
    tr.append(made("td", { role: "gridcell" }, input));
  });
  return tr;
};

const lists = (grid) =>
  Object.entries(grid.choices).map(([column, texts]) =>
    made("datalist", { id: listOf(grid, column) }, ...texts.map((value) => made("option", { value }))),
  );

const head = ({ rows, columns, corner }) => {
  const tr = made("tr");
  if (rows[0]) tr.append(made("th", { scope: "col", className: "corner", textContent: corner }));
  tr.append(...columns.map((name) => made("th", { scope: "col", textContent: name })));
  return made("thead", {}, tr);
};

const table = (grid) => {
  const body = made("tbody", {}, ...grid.rows.map((_, index) => row(grid, index)));
  const element = made("table", {}, head(grid), body);
  element.setAttribute("role", "grid");
  element.setAttribute("aria-label", grid.name);
  const said = made("p", { className: "refused", hidden: true });
  said.setAttribute("role", "alert");
  return made(
    "section",
    {},
    ...(grid.title ? [made("div", { className: "title", textContent: grid.title })] : []),
    made("div", { className: "scroll" }, element),
    ...lists(grid),
    said,
  );
};

export const tables = (grids) => grids.map(table);

// where an input stands in its table, and how large that is
export const position = (input) => {
  const cell = input.closest("td");
  const rows = [...cell.closest("tbody").rows];
  const inputs = (tr) => [...tr.querySelectorAll("input")];
  const at = rows.indexOf(cell.parentElement);
  return { rows: rows.map(inputs), at: [at, inputs(rows[at]).indexOf(input)] };
};

// What has a size of its own is scaled to the sheet when printing begins: pictures, long formulas and wide tables.
// No script runs once the page is laid out for paper, so each is measured on the screen.

// in pixels: what is between the margins of the narrower of A4 and Letter, and the letters on the screen and there
const [SHEET, SCREEN, PRINT] = [680, 16, 12];
// in pixels of paper, before a formula
const INDENT = 20;

// by how much something is drawn smaller so that it fits
export const shrunk = (width, room = SHEET) => Math.min(1, room / width);

const width = (element) => element.getBoundingClientRect().width;
const all = (selector) => [...document.querySelectorAll(selector)];
const widest = (formula) => Math.max(...[...formula.querySelectorAll(".base")].map(width));

const set = (element, names) => {
  for (const [name, value] of Object.entries(names)) element.style.setProperty(name, value);
};

// a drawing's parts lie upon each other, all of one size
const drawing = (container) => {
  const parts = [...container.querySelectorAll(".main-svg")];
  if (!parts.length) return;
  const [wide, high] = ["width", "height"].map((name) => Number.parseFloat(parts[0].getAttribute(name)));
  set(container, { "--width": wide, "--height": high });
  for (const part of parts) part.setAttribute("viewBox", `0 0 ${wide} ${high}`);
};

const scale = () => {
  const [formulas, tables] = [all(".stMarkdown .katex-display"), all(".stMarkdown table")];
  // the narrowest that it can be
  for (const table of tables) set(table, { width: "min-content" });
  const print = PRINT / SCREEN;
  const shares = [
    ...formulas.map((formula) => [formula, shrunk(widest(formula) * print, SHEET - INDENT)]),
    ...tables.map((table) => [table, shrunk(width(table) * print, SHEET - INDENT)]),
    ...all(".player .stage").map((stage) => [stage, shrunk(stage.scrollWidth)]),
  ];
  for (const table of tables) table.style.removeProperty("width");
  for (const [element, share] of shares) if (share < 1) set(element, { "--paper": share });
  all(".stPlotlyChart .svg-container").forEach(drawing);
};

// a drawing that is resized afterwards is not scaled
const restore = () => {
  for (const part of all(".stPlotlyChart .main-svg")) part.removeAttribute("viewBox");
  for (const element of all('[style*="--paper"]')) element.style.removeProperty("--paper");
};

export const readyForPaper = () => {
  window.addEventListener("beforeprint", scale);
  window.addEventListener("afterprint", restore);
};

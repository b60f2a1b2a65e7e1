// All numbers in tables that sort by any column; a row that is pointed at is lit in the picture, and the other way round.
import { copied } from "../shared/copying.js";
import { made } from "../shared/elements.js";
import { mount } from "../shared/mount.js";
import { announce, hear } from "../shared/signals.js";
import { nextSort, sorted } from "./sorting.js";

const ARROWS = { ascending: " ↑", descending: " ↓", none: "" };

const cells = ({ names, places, texts }, index) => {
  const row = made("tr", {}, made("th", { scope: "row", textContent: names[index] }));
  row.dataset.of = places[index];
  row.append(...texts[index].map((textContent) => made("td", { textContent })));
  return row;
};

class Section {
  constructor() {
    this.sort = { column: null, direction: "none" };
    this.head = made("tr");
    this.body = made("tbody");
    this.caption = made("caption");
    const table = made("table", {}, this.caption, made("thead", {}, this.head), this.body);
    this.root = made("div", { className: "scroll", tabIndex: 0 }, table);
    this.root.setAttribute("role", "region");
  }

  load(table) {
    const again = table.columns.join() !== this.table?.columns.join();
    this.table = table;
    this.caption.textContent = table.title;
    this.root.setAttribute("aria-label", table.title);
    if (again) this.head.replaceChildren(...table.columns.map((name, column) => this.heading(name, column)));
    this.order();
  }

  heading(name, column) {
    const button = made("button", { type: "button", textContent: name, title: "Sort by this column" });
    button.onclick = () => {
      this.sort = nextSort(this.sort, column);
      this.order();
    };
    return made("th", { scope: "col" }, button);
  }

  order() {
    const { columns, names, numbers } = this.table;
    [...this.head.cells].forEach((cell, column) => {
      const direction = column === this.sort.column ? this.sort.direction : "none";
      cell.setAttribute("aria-sort", direction);
      cell.firstChild.textContent = columns[column] + ARROWS[direction];
    });
    const rows = sorted(names, numbers, this.sort);
    this.body.replaceChildren(...rows.map((index) => cells(this.table, index)));
  }
}

const begin = (root) => {
  const sections = root.querySelector(".sections");
  const [field, said] = [root.querySelector("textarea"), root.querySelector("output")];
  const alive = new AbortController();
  const { signal } = alive;
  let shown = [];
  let texts = {};

  const copy = async ({ target }) => {
    const kind = target.dataset.copy;
    if (!kind) return;
    field.value = texts[kind];
    try {
      await copied(field);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "This browser does not let the page copy.";
    }
  };
  root.querySelector(".copies").addEventListener("click", copy, { signal });
  const point = (place) => announce("point", { place });
  sections.addEventListener("mouseover", ({ target }) => point(target.closest("tr")?.dataset.of ?? null), { signal });
  sections.addEventListener("mouseleave", () => point(null), { signal });
  const light = (place) => {
    for (const row of sections.querySelectorAll("tr.lit")) row.classList.remove("lit");
    if (place) sections.querySelector(`tr[data-of="${place}"]`)?.classList.add("lit");
  };
  hear("point", ({ place }) => light(place), signal);

  return {
    async update({ tables, ...copies }) {
      texts = copies;
      said.textContent = "";
      if (shown.length !== tables.length) {
        shown = tables.map(() => new Section());
        sections.replaceChildren(...shown.map((section) => section.root));
      }
      for (const [index, table] of tables.entries()) shown[index].load(table);
    },
    end: () => alive.abort(),
  };
};

export default mount(".all-numbers", begin);

// The headings over the picture's columns, in which activation and loss are chosen, and neurons and layers added.
import { made } from "../shared/elements.js";

// below this width of a column a heading is only a button, which opens a panel with all of it
const ROOMY = 124;

const button = (text, words, act, disabled = false) => {
  const element = made("button", { type: "button", textContent: text, title: words, disabled, onclick: act });
  element.setAttribute("aria-label", words);
  return element;
};

const chooser = (options, chosen, words, act) => {
  const select = made(
    "select",
    { onchange: ({ target }) => act(target.value), title: words },
    ...Object.entries(options).map(([value, textContent]) => made("option", { value, textContent })),
  );
  select.value = chosen;
  // a long name is smaller: see player.css
  select.style.setProperty("--letters", options[chosen]?.length ?? 1);
  select.setAttribute("aria-label", words);
  return select;
};

const change = (name) => `${name}: change`;

// the one that had the focus has it again
const keepingFocus = (root, act) => {
  const label = root.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
  act();
  if (label) root.querySelector(`[aria-label="${CSS.escape(label)}"]`)?.focus();
};

export class Headings {
  // change(place, text) is called with what is chosen, opens() when the panel opens
  constructor(root, panel, change, opens) {
    Object.assign(this, { root, panel, change, opens, headings: [], opened: null });
  }

  load(headings, choices) {
    Object.assign(this, { headings, choices });
    this.draw();
  }

  draw() {
    this.elements = this.headings.map((heading) => (this.tight ? this.opener(heading) : this.heading(heading)));
    this.between = this.tight ? [] : this.headings.filter(({ followed }) => followed);
    this.adders = this.between.map((heading) => this.adder(heading));
    keepingFocus(this.root, () => this.root.replaceChildren(...this.elements, ...this.adders));
    keepingFocus(this.panel, () => this.fill());
  }

  heading(heading) {
    const { name, layer, key } = heading;
    const top = made("div", { className: "count" }, made("span", { className: "name", textContent: name }));
    if (layer !== undefined) this.count(top, heading);
    const element = made("div", { className: "heading" }, top);
    if (key) element.append(this.chosen(heading));
    return element;
  }

  opener(heading) {
    const { name, words } = heading;
    const element = button("", change(name), () => this.open(name));
    element.append(made("span", { className: "name", textContent: name }), made("span", { textContent: words }));
    element.disabled = heading.layer === undefined && !heading.key;
    return made("div", { className: "heading" }, element);
  }

  open(name) {
    if (name) this.opens();
    const left = this.panel.contains(document.activeElement) && this.opened;
    this.opened = name;
    this.fill();
    // what had the focus is gone: its heading has it
    if (left && !name) this.root.querySelector(`[aria-label="${CSS.escape(change(left))}"]`)?.focus();
  }

  fill() {
    const heading = this.tight && this.headings.find(({ name }) => name === this.opened);
    this.panel.hidden = !heading;
    if (!heading) return;
    const close = button("×", "Close", () => this.open(null));
    close.className = "close";
    const layers = made("div", { className: "layers" });
    if (heading.removable) layers.append(this.remover(heading, "Remove the layer"));
    if (heading.followed) layers.append(this.adder(heading, "Add a layer after it"));
    this.panel.replaceChildren(close, this.heading(heading), layers);
    this.place();
  }

  // the panel below its heading, where the window is wide enough for that: see player.css
  place() {
    const at = this.headings.findIndex(({ name }) => name === this.opened);
    if (at < 0) return;
    const { offsetLeft, offsetWidth } = this.elements[at];
    this.panel.style.setProperty("--middle", `${offsetLeft + offsetWidth / 2}px`);
  }

  chosen({ name, layer, key }) {
    if (layer === undefined) return chooser(this.choices.loss, key, "Loss", (text) => this.change("loss", text));
    const act = (text) => this.change(`activation.${layer}`, text);
    return chooser(this.choices.activation, key, `Activation of ${name}`, act);
  }

  count(top, heading) {
    const { name, layer, neurons, growing, removable } = heading;
    // not how many there are then: of two quick clicks the second comes before the first is answered
    const by = (step) => () => this.change(`neurons.${layer}`, step);
    top.prepend(button("−", `One neuron less in ${name}`, by("fewer"), neurons < 2));
    top.append(button("+", `One neuron more in ${name}`, by("more"), !growing));
    if (removable && !this.tight) top.append(this.remover(heading, "×"));
  }

  remover({ name, layer }, text) {
    return button(text, `Remove the layer ${name}`, () => this.change(`layer.${layer}`, "removed"));
  }

  adder({ name, layer }, text = "+ layer") {
    const element = button(text, `Add a layer after ${name}`, () => this.change(`layer.${layer}`, "followed"));
    element.className = "adder";
    return element;
  }

  // toPixels(x) of a column's middle; `column` is its width
  lay(toPixels, column) {
    const tight = column < ROOMY;
    if (tight !== this.tight) {
      this.tight = tight;
      this.draw();
    }
    for (const [index, { x }] of this.headings.entries()) {
      // targets stand nearer
      const width = column * (Number.isInteger(x) || this.headings[index].key ? 0.98 : 0.6);
      Object.assign(this.elements[index].style, { left: `${toPixels(x) - width / 2}px`, width: `${width}px` });
    }
    for (const [index, { x }] of this.between.entries()) this.adders[index].style.left = `${toPixels(x + 0.5)}px`;
    this.place();
  }
}

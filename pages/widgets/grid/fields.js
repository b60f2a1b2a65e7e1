// Fields for numbers in tables: typed, pasted, stepped and dragged. Python reads what is typed, and answers.
import { made } from "../shared/elements.js";
import { announce, hear } from "../shared/signals.js";
import { isBlock } from "./blocks.js";
import { negated, stepped } from "./digits.js";
import { drags, fine } from "./drag.js";
import { Edits } from "./edits.js";
import { Marked } from "./marked.js";
import { forText, moved } from "./moves.js";
import { Preview } from "./preview.js";
import { position, tables } from "./tables.js";
import { toolbox } from "./toolbox.js";
import { Waiting } from "./waiting.js";

const isField = (element) => element?.matches?.("input[data-place]");

export class Fields {
  // tell(message) hands edits over
  constructor(root, tell) {
    Object.assign(this, { root, values: new Map(), refused: {}, marked: new Marked(), shape: "" });
    this.edits = new Edits((message) => {
      tell(message);
      this.waiting.begin();
    });
    this.tools = toolbox();
    root.append(made("div", { className: "tables" }), this.tools);
    this.waiting = new Waiting(root, () => this.edits.idle);
    this.life = new AbortController();
    const { signal } = this.life;
    this.preview = new Preview();
    for (const kind of ["focusin", "focusout", "input", "keydown", "paste", "copy", "click"])
      root.addEventListener(kind, (event) => this[kind](event), { signal });
    // the field keeps the focus, and a phone its keyboard
    this.tools.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    root.addEventListener("mouseover", ({ target }) => this.point(target), { signal });
    root.addEventListener("mouseleave", () => announce("point", { place: null }), { signal });
    hear("point", ({ place }) => this.light("lit", place), signal);
    hear("drag", (drag) => this.follow(drag), signal);
    hear("select", ({ place }) => this.select(place), signal);
    hear("refused", ({ place }) => this.keep(place), signal);
    drags(root, (event) => this.grab(event), signal);
  }

  end() {
    this.life.abort();
    this.waiting.end();
  }

  field(place) {
    return this.inputs?.find((input) => input.dataset.place === place);
  }

  point(target) {
    announce("point", { place: isField(target) ? target.dataset.place : null });
  }

  light(mark, place) {
    for (const input of this.root.querySelectorAll(`input.${mark}`)) input.classList.remove(mark);
    this.field(place)?.classList.add(mark);
  }

  select(place) {
    this.light("selected", place);
    this.field(place)?.scrollIntoView({ block: "nearest" });
  }

  // not a field that is being written in, whose text can be selected
  grab({ target: input, pointerType }) {
    if (!isField(input) || input === document.activeElement || pointerType === "touch") return null;
    const movable = input.value.trim() && Number.isFinite(Number(input.value));
    return { text: movable ? input.value : null, begin: () => this.dragged(input), press: () => input.focus() };
  }

  load({ grids, refused, answered, colours }) {
    for (const [name, colour] of Object.entries(colours)) this.root.style.setProperty(`--${name}`, colour);
    const shape = JSON.stringify(grids.map(({ values, ...rest }) => rest));
    if (shape !== this.shape) this.build(grids);
    this.shape = shape;
    this.values = new Map(grids.flatMap(({ places, values }) => places.flat().map((p, i) => [p, values.flat()[i]])));
    const news = Object.keys(refused).filter((place) => `${refused[place]}` !== `${this.refused[place]}`);
    this.refused = refused;
    this.edits.answer(answered);
    if (this.edits.idle) this.waiting.end();
    for (const input of this.inputs) this.show(input);
    for (const section of this.root.querySelectorAll("section")) this.explain(section);
    for (const place of news) announce("refused", { place });
  }

  // what is refused in one field was followed in others of the same place, whose number is still at hand
  keep(place) {
    const input = this.field(place);
    if (input) this.show(input);
  }

  // what had the focus has it again, with what was being written
  build(grids) {
    const before = this.root.contains(document.activeElement) ? document.activeElement : null;
    const { place, written } = before?.dataset ?? {};
    this.tools.hidden = true;
    this.root.append(this.tools);
    this.root.querySelector(".tables").replaceChildren(...tables(grids));
    this.inputs = [...this.root.querySelectorAll("input[data-place]")];
    const again = this.field(place);
    if (!again) return;
    again.value = before.value;
    again.focus();
    if (written) again.dataset.written = written;
  }

  // what a field shows while nobody writes in it
  text({ dataset: { place } }) {
    return this.edits.given(place) ?? this.refused[place]?.[0] ?? this.values.get(place);
  }

  show(input) {
    if (input.dataset.written) return;
    const text = this.text(input);
    const chosen = input === document.activeElement && input.selectionStart === 0 && input.selectionEnd > 0;
    if (input.value !== text) {
      input.value = text;
      if (chosen) input.select();
    }
    this.colour(input);
    const underWay = this.edits.given(input.dataset.place) !== undefined;
    input.setAttribute("aria-invalid", input.dataset.place in this.refused && !underWay);
    input.setAttribute("aria-busy", underWay);
    input.title = text.length > 6 ? text : "";
  }

  explain(section) {
    const fields = [...section.querySelectorAll("input[aria-invalid=true]")];
    const words = new Set(fields.map(({ dataset }) => this.refused[dataset.place][1]));
    Object.assign(section.querySelector(".refused"), { textContent: [...words].join(" "), hidden: !words.size });
  }

  write(input, text, gesture) {
    input.value = text;
    delete input.dataset.written;
    this.edits.make({ texts: { [input.dataset.place]: text }, before: this.before(input) }, gesture);
    this.show(input);
  }

  before({ dataset: { place } }) {
    return { [place]: this.values.get(place) };
  }

  commit(input) {
    delete input.dataset.written;
    this.preview.end();
    if (input.value.trim() !== this.text(input)) this.write(input, input.value);
  }

  // Escape: the number at hand again; a refused text is taken back
  restore(input) {
    delete input.dataset.written;
    this.preview.back();
    if (input.dataset.place in this.refused) this.write(input, this.values.get(input.dataset.place));
    else this.show(input);
    input.select();
  }

  step(input, steps, gesture) {
    const text = input.value.replace(",", ".").replace("−", "-");
    if (text.trim() && Number.isFinite(Number(text))) this.write(input, stepped(text, steps), gesture);
  }

  // One edit at a time is on its way while a number is dragged; what it skips is not missed. Where a picture follows by
  // itself, there is one edit, at the end.
  dragged(input) {
    const { place } = input.dataset;
    const [gesture, exponent] = [this.edits.last + 1, fine(input.value)];
    const followed = document.querySelector("[data-follows]");
    let newest = input.value;
    const send = () => {
      if (this.edits.idle && newest !== this.values.get(place)) this.write(input, newest, gesture);
    };
    const timer = followed ? null : setInterval(send, 30);
    const tell = (phase) => announce("drag", { phase, place, text: newest, exponent });
    document.body.style.cursor = "ew-resize";
    tell("begin");
    return {
      move: (text) => {
        newest = text;
        tell("move");
        if (!followed) send();
      },
      end: () => {
        clearInterval(timer);
        document.body.style.cursor = "";
        tell("end");
        if (newest !== this.values.get(place)) this.write(input, newest, gesture);
      },
    };
  }

  // a number that is dragged or typed here or elsewhere
  follow({ phase, place, text }) {
    const input = this.field(place);
    if (!input || input.dataset.written === "typed") return;
    if (phase === "end") delete input.dataset.written;
    else input.dataset.written = "dragged";
    input.value = text;
    this.colour(input);
  }

  colour(input) {
    const negative = /^\s*[-−]/.test(input.value);
    input.classList.toggle("negative", negative);
    input.classList.toggle("positive", !negative);
  }

  focusin({ target }) {
    if (!isField(target)) return;
    this.marked.begin(target);
    target.select();
    target.closest("section").append(this.tools);
    this.tools.hidden = false;
  }

  focusout({ target, relatedTarget }) {
    if (!isField(target)) return;
    this.commit(target);
    if (!this.root.contains(relatedTarget)) this.tools.hidden = true;
  }

  input({ target }) {
    if (!isField(target)) return;
    target.dataset.written = "typed";
    const { place } = target.dataset;
    if (document.querySelector("[data-follows]")) this.preview.type(place, this.values.get(place), target.value);
  }

  keydown(event) {
    const { target: input } = event;
    if (!isField(input) || event.isComposing) return;
    const own = event.altKey || event.ctrlKey || event.metaKey ? this.stepKey(event) : this.key(input, event);
    if (own) event.preventDefault();
    // what is being written is undone letter by letter
    if (own || input.dataset.written) event.stopPropagation();
  }

  stepKey({ key, altKey, target }) {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[key];
    if (!altKey || !steps) return false;
    this.step(target, steps);
    return true;
  }

  key(input, { key, shiftKey }) {
    if (key === "Escape") this.restore(input);
    else if (key === "Enter") {
      this.commit(input);
      input.select();
    } else return shiftKey ? this.extend(key) : this.move(input, key);
    return true;
  }

  move(input, key) {
    if (forText(key, input)) return false;
    const { rows, at } = position(input);
    const to = moved(key, at, [rows.length, rows[0].length]);
    if (to) rows[to[0]][to[1]].focus();
    return to !== null;
  }

  extend(key) {
    if (!key.startsWith("Arrow") || this.marked.from.dataset.written) return false;
    this.marked.extend(key);
    return true;
  }

  copy(event) {
    const { text } = this.marked;
    if (text === null) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!isField(event.target) || !isBlock(text)) return;
    event.preventDefault();
    delete event.target.dataset.written;
    this.edits.make({ at: event.target.dataset.place, block: text, before: this.before(event.target) });
  }

  click({ target }) {
    const act = { negate: (input) => this.write(input, negated(input.value)) };
    act.up = (input) => this.step(input, 1);
    act.down = (input) => this.step(input, -1);
    const button = target.closest(".tools button");
    if (button && this.marked.from) act[button.dataset.do](this.marked.from);
  }
}

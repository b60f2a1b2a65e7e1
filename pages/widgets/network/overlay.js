// What lies over the picture: spots to select and drag, headings to choose in, and cards with numbers and a field.
import { announce, hear } from "../shared/signals.js";
import { unanswered } from "../shared/steps.js";
import { about, Card, put } from "./card.js";
import { Headings } from "./headings.js";
import { isLine } from "./nearest.js";
import { Spots } from "./spots.js";

// pixels of what stands over the picture, and of the line below that a card may cover
const [HEADINGS, LINE] = [52, 80];
// from the edge of the window, and the least room for a card
const [GAP, LEAST] = [8, 240];

// the field of a neuron is that of its bias
const fieldOf = (place) => place.replace(/^n\./, "b.");
const nameOf = (place) => ({ b: "bias", w: "weight", x: "input", y: "target" })[place[0]];

export class Overlay {
  // tell(name, value) tells Python; a picture that cannot be changed has no fields and no headings
  constructor(root, tell) {
    const $ = (selector) => root.querySelector(selector);
    Object.assign(this, {
      root,
      tell,
      tip: $(".tip"),
      scroll: $(".scroll"),
      formula: $(".formula"),
      cards: {},
      values: new Map(),
      selected: null,
      said: null,
      sent: [],
    });
    this.life = new AbortController();
    const { signal } = this.life;
    this.card = new Card(
      $(".card"),
      (edits) => tell("edits", edits),
      () => this.select(null),
    );
    this.headings = new Headings(
      $(".headings"),
      $(".panel"),
      (place, text) => this.change(place, text),
      () => this.select(null),
    );
    const on = {
      point: (place) => announce("point", { place }),
      select: (place, event) => this.select(place, event),
      edit: (place, text) => this.edit(place, text),
      step: (place, steps) => this.step(place, steps),
      drag: (place) => this.drag(place),
    };
    this.spots = new Spots($("svg.spots"), on, signal);
    hear("point", ({ place }) => this.point(place), signal);
    const leave = (event) => {
      if (event.key !== "Escape" || !(this.selected || this.headings.opened)) return;
      event.preventDefault();
      // one of them at most is open
      if (this.selected) this.select(null);
      else this.headings.open(null);
    };
    root.addEventListener("keydown", leave, { signal });
    this.scroll.addEventListener("scroll", () => this.settle(), { signal });
    const placeOf = ({ target }) => target.closest("[data-of]")?.dataset.of ?? null;
    this.formula.addEventListener("mouseover", (event) => announce("point", { place: placeOf(event) }), { signal });
    this.formula.addEventListener("mouseleave", () => announce("point", { place: null }), { signal });
    this.formula.addEventListener("click", (event) => placeOf(event) && this.select(placeOf(event), event), { signal });
  }

  // the picture of a large network has no spots
  load({ spots = [], headings = [], choices = {}, cards = {} }, editable) {
    Object.assign(this, { cards, editable: editable && spots.length > 0 });
    this.values = new Map(spots.map(({ place, value, words }) => [place, { value, words }]));
    this.spots.load(spots, this.editable);
    this.root.toggleAttribute("data-follows", this.editable);
    this.headings.load(this.editable ? headings : [], choices);
  }

  answer(answers) {
    this.answers = answers;
    this.card.answer(answers);
  }

  // after each drawing; toPixels maps a spot
  lay(toPixels, column, size) {
    this.size = size;
    this.spots.lay(toPixels, size);
    this.headings.lay((x) => toPixels({ x, y: 0 }).x, column);
    this.settle();
  }

  // the step decides which numbers are known
  at(step) {
    this.shownStep = step;
    this.describe();
    this.settle();
  }

  // as Python has it, if that is news and no answer to what was selected here
  follow(place) {
    if (place === this.said) return;
    this.said = place;
    const left = unanswered(this.sent, place);
    if (left) this.sent = left;
    else if (place !== this.selected) this.choose(place);
  }

  choose(place) {
    this.selected = place;
    announce("select", { place });
    this.headings.open(null);
    this.describe();
    this.settle();
  }

  select(place, event) {
    const before = this.selected;
    if (place !== before) {
      this.choose(place);
      this.report();
    }
    if (!place) return before && this.spots.focus(this.spotOf(before));
    // who presents goes on with the keys that step
    const keyed = event?.pointerType !== "touch" && !this.root.hasAttribute("data-presents");
    const typing = keyed && this.card.input && !place.startsWith("n.");
    if (typing) this.card.input.focus();
    else this.spots.focus(this.spotOf(place));
  }

  report() {
    this.sent.push(this.selected);
    this.tell("selected", this.selected ?? "");
  }

  edit(place, text) {
    if (place !== this.selected) this.select(place);
    const { input } = this.card;
    if (!input) return;
    input.focus();
    if (!text) return;
    input.value = text;
    input.dataset.written = "typed";
  }

  step(place, steps) {
    if (place !== this.selected) this.select(place);
    this.spots.focus(place);
    if (this.card.input) this.card.fields.step(this.card.input, steps);
  }

  // Python learns of the selection when the drag is over, as it has enough to do
  drag(place) {
    const before = this.selected;
    if (place !== before) this.choose(place);
    const drag = this.card.fields.dragged(this.card.input);
    const end = () => {
      drag.end();
      this.spots.focus(place);
      if (place !== before) this.report();
    };
    return { move: drag.move, end };
  }

  holds(place, text) {
    return this.values.get(place)?.value === text;
  }

  // what a change made of the loss, and what the gradient promised of it
  promise(told) {
    this.promised = told;
    // of a number that is being dragged, its card's rows as they are by now
    if (told?.rows) this.cards[told.place] = { ...this.cards[told.place], rows: told.rows };
    this.describe();
    this.settle();
  }

  // a heading's choice: an edit like any other
  change(place, text) {
    this.card.fields.edits.make({ texts: { [place]: text }, before: {} });
  }

  // the spot that stands for a place: of a bias that is not drawn its neuron's
  spotOf(place) {
    return this.values.has(place) ? place : place?.replace(/^b\./, "n.");
  }

  point(place) {
    this.pointed = place;
    this.mark();
    this.hint();
  }

  hint() {
    const place = this.pointed;
    // not over something else, where the picture is out of view
    const seen = () => this.scroll.getBoundingClientRect().bottom > LEAST / 2;
    const known = place && place !== this.selected && seen() && this.contents(place);
    this.tip.hidden = !known;
    if (!known) return;
    this.tip.replaceChildren(...known);
    this.settle();
  }

  contents(place) {
    const own = this.cards[place] ?? this.cards[this.spotOf(place)];
    return own && about(own, this.shownStep);
  }

  describe() {
    this.mark();
    const content = this.selected && this.contents(this.selected);
    if (content) this.card.show(content, this.editable ? this.field(this.selected) : null);
    else this.card.hide();
    const told = this.promised?.place === fieldOf(this.selected ?? "") ? this.promised : null;
    this.card.promise(told);
    this.hint();
  }

  field(place) {
    const own = fieldOf(place);
    const { value, words } = this.values.get(own) ?? {};
    return value === undefined ? null : { place: own, words, name: nameOf(own), value };
  }

  mark() {
    const marks = { lit: this.pointed, selected: this.selected };
    for (const [name, place] of Object.entries(marks)) {
      this.spots.mark(name, this.spotOf(place));
      for (const number of this.formula.querySelectorAll("[data-of]"))
        number.classList.toggle(name, number.dataset.of === place);
    }
  }

  // the cards beside what they speak of, below the headings; they may lie over the line below the picture
  settle() {
    // to ask where something is makes the browser lay out the page
    if (!this.size || (this.card.root.hidden && this.tip.hidden)) return;
    const { scrollLeft, clientWidth } = this.scroll;
    const moved = (spot) => spot && { ...spot, x: spot.x - scrollLeft, x2: spot.x2 && spot.x2 - scrollLeft };
    // what is seen of the picture, if that is not too little
    const { top } = this.scroll.getBoundingClientRect();
    const room = { left: 0, top: Math.max(HEADINGS, GAP - top), right: clientWidth, window: -top };
    room.bottom = Math.max(Math.min(this.size[1] + LINE, window.innerHeight - top - GAP), room.top + LEAST);
    const discs = this.spots.laid.filter((spot) => !isLine(spot)).map(moved);
    const shown = [
      [this.card.root, this.selected],
      [this.tip, this.pointed],
    ];
    for (const [element, place] of shown)
      if (!element.hidden) put(element, moved(this.spots.where(this.spotOf(place))), room, discs);
  }

  end() {
    this.life.abort();
    this.card.end();
  }
}

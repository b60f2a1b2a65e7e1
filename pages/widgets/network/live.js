// Glimpses of the picture with other numbers at a place, asked for when a drag begins and ahead of it as it goes on.
import { stepped } from "../grid/digits.js";

// steps asked for around where a drag begins, and then ahead of it and behind; Python answers up to 64 at once
const [AROUND, AHEAD, BEHIND] = [20, 44, 12];
// more are asked for if one of so many nearest steps is not known
const SPARE = 32;
// in ms: an ask that has no answer by then is given up
export const PATIENCE = 2000;

// the steps within reach of one, the nearest first; while a number is moved, those ahead of it before those behind
export const reach = (at, direction) => {
  const [up, down] = { 0: [AROUND, AROUND], 1: [AHEAD, BEHIND], [-1]: [BEHIND, AHEAD] }[direction];
  const steps = Array.from({ length: up + down + 1 }, (_, index) => at - down + index);
  const distance = (step) => Math.abs(step - at) * ((step - at) * direction < 0 ? AHEAD / BEHIND : 1);
  return steps.sort((one, other) => distance(one) - distance(other));
};

// how many steps from the first one, in steps of 10^exponent, a text on their grid is
export const distance = (text, first, exponent) => {
  const whole = (number) => Math.round(Number(`${Number(number)}`) * 10 ** -exponent);
  return whole(text) - whole(first);
};

const ascending = (points) => points.sort(([one], [other]) => one - other);

export class Glimpses {
  // ask(question) is told to Python, which hands its answers to `answer`; now() is the time in ms
  constructor(ask, now = () => performance.now()) {
    Object.assign(this, { ask, now, id: 0, drag: null, deadly: null });
  }

  // what is typed has no exponent, as nobody knows what comes next, and is told at once
  begin(place, text, exponent, step) {
    const drag = { place, first: text, exponent, step, text, at: 0, direction: 0, lead: 0 };
    this.drag = Object.assign(drag, { known: new Map(), base: null, version: null, lost: place === this.deadly });
    this.waits = null;
    if (exponent !== undefined) this.prepare();
  }

  // the newest text of the drag
  move(text) {
    const { drag } = this;
    if (!drag || text === drag.text) return;
    drag.text = text;
    if (drag.exponent !== undefined) this.turn(distance(text, drag.first, drag.exponent));
    this.prepare();
  }

  // the picture has come to another step
  follow(step) {
    const { drag } = this;
    if (!drag || drag.step === step) return;
    drag.step = step;
    drag.known.clear();
    this.prepare();
  }

  turn(at) {
    const { drag } = this;
    Object.assign(drag, { direction: Math.sign(at - drag.at) || drag.direction, at });
  }

  // The connection is lost. What was asked for may be why, and would end the next server as well: while a number is
  // dragged or typed at this place, no more is asked for, until one was given there.
  lose() {
    const { drag, waits } = this;
    if (!waits) return;
    drag.lost = true;
    Object.assign(this, { deadly: drag.place, waits: null });
    if (drag.over) this.end();
  }

  // whether a number is given whose picture may have ended a server
  get doubted() {
    const { drag } = this;
    return Boolean(drag?.lost) && drag.text !== drag.first;
  }

  // what the picture is with a text; undefined if that is not known yet, null if there is none, or none to come
  at(text) {
    const { drag } = this;
    const found = drag?.known.get(text);
    if (!found) return drag?.lost ? null : found;
    const { place, step, version, base } = drag;
    return { place, step, version, base, text, ...found };
  }

  // the losses known, [[number, loss], …]
  get points() {
    const { known, base } = this.drag;
    const points = new Map([...known.values()].filter(Boolean).map(({ number, loss }) => [number, loss]));
    if (base) points.set(base.number, base.loss);
    return ascending([...points]);
  }

  // what was given last is still shown if its answer is on its way: it is there before the edit's own
  end() {
    const { drag } = this;
    if (this.doubted) this.deadly = null;
    const soon = drag && !drag.over && drag.text !== drag.first && this.waits?.texts.includes(drag.text);
    if (soon) drag.over = true;
    else Object.assign(this, { drag: null, waits: null });
  }

  answer({ id, step, version, base, answers }) {
    const { drag } = this;
    if (!drag || id !== this.waits?.id) return;
    // the picture has come to another step meanwhile
    if (this.waits.step !== drag.step) {
      this.waits = null;
      this.prepare();
      return;
    }
    // what was known belongs to another network
    if (drag.version !== version) drag.known.clear();
    // by the time of the next answer it will have gone as far again
    const lead = drag.at - this.waits.at;
    Object.assign(drag, { step, version, base: base ?? null, lead });
    this.waits = null;
    for (const [text, found] of Object.entries(answers)) drag.known.set(text, found && said(found));
    const given = this.at(drag.text);
    // it was no number, or the edit was there before it
    if (drag.over && (!given || given.number === base?.number)) this.end();
    else this.prepare();
  }

  // an ask was given up, as Streamlit may drop one of two that come at once
  again() {
    if (this.drag) this.prepare();
  }

  // asks for what is missing if it will be wanted soon; one ask is on its way at a time
  prepare() {
    const { drag } = this;
    if (drag.over || drag.lost) return;
    if (this.waits && this.now() - this.waits.since < PATIENCE) return;
    const around = this.around();
    const missing = [...new Set([drag.text, ...around])].filter((text) => !drag.known.has(text));
    const soon = around.slice(0, SPARE).concat(drag.text);
    if (!soon.some((text) => !drag.known.has(text))) return;
    this.id += 1;
    const { at, step } = drag;
    const texts = missing.slice(0, 64);
    this.waits = { id: this.id, since: this.now(), at, step, texts };
    this.ask({ id: this.id, place: drag.place, step: step ?? null, texts });
  }

  // the texts that may be wanted next, the nearest first
  around() {
    const { first, exponent, at, direction, lead } = this.drag;
    if (exponent === undefined) return [first];
    const ahead = Math.sign(lead) === direction ? lead : 0;
    return reach(at + ahead, direction).map((step) => stepped(first, step, exponent));
  }
}

// the words of a glimpse as an event carries them
const said = ({ text, ...found }) => ({ ...found, words: text });

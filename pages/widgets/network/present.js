// Presenting: only the picture, its line and the controls, filling the screen; and results that wait for the next press.
import { note } from "../shared/address.js";

// lives as long as what was opened: from page to page, and no longer
const HIDES = "backpropHidesResults";
const asked = (name) => new URL(window.location.href).searchParams.get(name);

// where a first result is followed by others that lean on it
const FIRST = / = <span[^>]*>[^<]*(<sup>[^<]*<\/sup>)?<\/span>,/;

// a formula without its result, which follows the last "="
export const asking = (formula) => {
  const first = formula.search(FIRST);
  const end = first < 0 ? Math.max(formula.lastIndexOf(" = "), 0) : first;
  return `${formula.slice(0, end)} = <b class="asked">?</b>`;
};

// what is asked for, without how it is computed
export const bare = (formula) => {
  const end = formula.indexOf(" = ");
  return `${end < 0 ? "" : formula.slice(0, end)} = <b class="asked">?</b>`;
};

export class Presentation {
  // changed() is called when there is another room, or results are hidden or shown
  constructor(root, changed, signal) {
    Object.assign(this, { root, changed, button: root.querySelector(".present"), hider: root.querySelector(".hide") });
    this.ask(null);
    this.button.onclick = () => this.present(!this.presents);
    this.hider.onclick = () => this.hide(!this.hides);
    const left = () => this.presents && !document.fullscreenElement && this.present(false);
    document.addEventListener("fullscreenchange", left, { signal });
  }

  // as the address asks for; where there is no room for it, nothing
  begin() {
    if (asked("hide") === "results" || window[HIDES]) this.hide(true);
    if (asked("present") === "1") this.show(true);
  }

  get presents() {
    return this.root.hasAttribute("data-presents");
  }

  present(on) {
    note("present", on ? "1" : null);
    // a browser may refuse it; the window is filled then
    if (on) document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.show(on);
  }

  show(on) {
    for (const element of [this.root, document.documentElement]) element.toggleAttribute("data-presents", on);
    const words = on ? "Leave the presentation" : "Present";
    this.button.setAttribute("aria-pressed", on);
    this.button.setAttribute("aria-label", words);
    if (on) this.root.focus({ preventScroll: true });
    this.changed();
  }

  hide(on) {
    Object.assign(this, { hides: on, open: null });
    note("hide", on ? "results" : null);
    window[HIDES] = on;
    this.hider.setAttribute("aria-pressed", on);
    this.changed();
  }

  // the result of this step is a question, which nothing here answers; null for none. What was shown stays so while
  // Python only repeats it
  ask(step) {
    if (step === this.asked) return;
    Object.assign(this, { asked: step, open: null });
  }

  // whether the result of a step is to be asked for first
  veils(step, playing) {
    if (playing && step !== this.asked) this.open = step;
    const veiled = step === this.asked || (Boolean(this.hides) && step !== this.open);
    document.documentElement.toggleAttribute("data-asks", veiled);
    return veiled;
  }

  // the next press after a question shows the answer, and nothing else; a step back has no question
  answers(name, step) {
    if (this.asked && step === this.asked) return ["next", "play"].includes(name);
    const shows = this.hides && this.open !== step && ["next", "play"].includes(name);
    this.open = name === "prev" ? step - 1 : null;
    if (shows) this.open = step;
    return Boolean(shows);
  }

  formula(frame, veiled, step) {
    if (step === this.asked) return frame.asking ?? bare(frame.formula);
    return veiled ? asking(frame.formula) : frame.formula;
  }

  end() {
    for (const name of ["data-asks", "data-presents"]) document.documentElement.removeAttribute(name);
  }
}

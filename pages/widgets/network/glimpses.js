// Shows nothing. While a number is dragged anywhere on the page, it hands out the picture with the newest text:
// it hears "backprop:drag" {phase: "begin", "move" or "end", place, text, exponent} and "backprop:step" {step} on the
// window, and says "backprop:glimpse" {place, step, version, text, number, patch, formula, loss, words, note, base, points} there.
import { hearFor } from "../shared/heard.js";
import { mount } from "../shared/mount.js";
import { announce, hear } from "../shared/signals.js";
import { Glimpses, PATIENCE } from "./live.js";

// the name of this component, as Python gives it
const NAME = "network_glimpses";

const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
// that of the picture that stands there
const version = () => Number(document.querySelector(".player[data-version]")?.dataset.version);

const begin = (_, life) => {
  const alive = new AbortController();
  let patience;
  // one ask is on its way at a time
  const ask = (question) => {
    life.trigger("ask", question);
    clearTimeout(patience);
    patience = setTimeout(() => glimpses.again(), PATIENCE);
  };
  const glimpses = new Glimpses(ask);
  let said = null;
  let frame = 0;
  // the one shown, of which Python may not know yet
  let shown;

  const say = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    const { drag } = glimpses;
    if (!drag) return;
    // a text that is no number, as half of one, shows what is at hand
    const text = glimpses.at(drag.text) === null ? drag.first : drag.text;
    const found = text !== said && glimpses.at(text);
    if (!found) return;
    said = text;
    announce("glimpse", { ...found, points: glimpses.points });
    if (drag.over) glimpses.end();
  };
  // of all that moves within a display frame, the last
  const soon = () => {
    frame ||= requestAnimationFrame(say);
  };

  const phases = {
    begin({ place, text, exponent }) {
      said = null;
      glimpses.begin(place, text, exponent, shown);
    },
    move({ text }) {
      glimpses.move(text);
      soon();
    },
    end() {
      if (glimpses.doubted) announce("doubt");
      glimpses.end();
    },
  };
  const at = ({ step }) => {
    shown = step;
    glimpses.follow(step);
  };
  hear("step", at, alive.signal);
  const lose = () => {
    glimpses.lose();
    say();
  };
  hear("lost", lose, alive.signal);
  hear("drag", (drag) => phases[drag.phase]?.(drag), alive.signal);

  const take = (answer) => {
    if (answer.id) glimpses.answer(answer);
    say();
  };
  // one of another picture comes again when that stands there
  const early = (bytes) => {
    const answer = read(bytes);
    if (answer.version === version()) take(answer);
  };
  hearFor(NAME, early, alive.signal);

  return {
    async update(data) {
      take(read(data));
    },
    end() {
      alive.abort();
      clearTimeout(patience);
      cancelAnimationFrame(frame);
    },
  };
};

export default mount(".glimpses", begin);

// Draws the network's picture at a step, and tells Python which step it rests on and what was clicked.
import { withParameter } from "../shared/address.js";
import { away } from "../shared/connection.js";
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { hear } from "../shared/signals.js";
import { transport } from "../shared/transport.js";
import { onWidth } from "../shared/width.js";
import { read, sent } from "./message.js";
import { Overlay } from "./overlay.js";
import { Picture } from "./picture.js";

const describe = (root, figure, step, playing) => {
  const frame = figure.frames[step - 1];
  root.querySelector(".title").textContent = frame.title;
  root.querySelector(".formula").innerHTML = frame.formula;
  // Plotly has lines of its own
  root.querySelector(":scope > .line").setAttribute("aria-live", playing ? "off" : "polite");
  root.querySelector(".plot").setAttribute("aria-label", `${figure.alt} Shown: ${frame.title}.`);
};

// The step belongs into the address, but not each one into the browser's history, as Streamlit would put it there. In a
// frame it has to: the address that people see is that of the page around.
const note = (step) => {
  if (window.parent !== window) return;
  window.history.replaceState(window.history.state, "", withParameter(window.location.href, "step", step));
};

const begin = (root, life) => {
  let shown = {};
  const overlay = new Overlay(root, life.tell);
  const painted = (...laid) => overlay.lay(...laid);
  const picture = new Picture(root, (place) => overlay.select(place), painted);
  const controls = transport(root, {
    draw: (step, animated) => {
      describe(root, picture.figure, step, controls.playing);
      overlay.at(step);
      return picture.draw(step, animated, 620 / controls.speed());
    },
    report: (step) => {
      if (sent(life.component.data)) note(step);
      if (away()) life.tell("from", shown.step);
      life.tell("step", step);
    },
    attempt: life.attempt,
  });
  const unwatch = onWidth(picture.scroll, () => {
    if (picture.figure) life.attempt("step", () => picture.draw(controls.step));
  });

  // while a number is dragged, its pictures are at hand; one of another network or step is not for this one
  let glimpsed = null;
  const follow = async ({ version, step, patch, formula, ...told }) => {
    if (version !== shown.version || step !== controls.step || controls.playing) return;
    glimpsed = told.text;
    root.querySelector(".formula").innerHTML = formula;
    overlay.promise(told);
    await picture.glimpse(step, patch);
  };
  const alive = new AbortController();
  hear("glimpse", (glimpse) => life.attempt("step", () => follow(glimpse)), alive.signal);
  // playing ends where a drag begins; no edit comes of a number that is where it was, and perhaps none of what was typed
  const settle = ({ phase, place, text, typed }) => {
    if (phase === "begin" && controls.playing && !typed) controls.stop();
    const stays = overlay.holds(place, text) || (typed && glimpsed !== null && glimpsed !== text);
    if (phase === "end" && stays) life.attempt("step", () => controls.go(controls.step));
    if (phase === "end") glimpsed = null;
  };
  hear("drag", settle, alive.signal);

  const load = async ({ figure, alt, changeable }, after) => {
    const Plotly = await after(plotly((words) => life.say("library", words)));
    const drawn = await after(figure());
    const headed = changeable && Boolean(drawn.headings);
    picture.load(Plotly, { ...drawn, alt, headed });
    overlay.load(drawn, headed);
    const { frames } = picture.figure;
    controls.load(
      frames.map((frame) => frame.title),
      frames.map((frame) => frame.phase),
    );
  };

  return {
    async update(given, after) {
      const data = read(given);
      picture.scroll.style.minHeight = `${data.height}px`;
      const fresh = data.version !== shown.version;
      if (fresh) await load(data, after);
      overlay.answer(data);
      overlay.follow(data.selected || null);
      overlay.promise(data.promise);
      const moved = data.step !== shown.step && !controls.echoes(data.step);
      if (moved) controls.reported = data.step;
      if (fresh || moved) await after(controls.go(moved ? data.step : controls.step));
      shown = { version: data.version, step: data.step };
    },
    end() {
      controls.stop();
      unwatch();
      overlay.end();
      alive.abort();
    },
  };
};

export default mount(".player", begin);

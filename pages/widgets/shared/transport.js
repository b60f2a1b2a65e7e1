// The controls that the players share: buttons, slider with phases, speed, loop and keys.
import { pressed } from "./keys.js";
import { pause } from "./pause.js";
import { following, lengths, unanswered, within } from "./steps.js";

// a short phase has no room for its name: see player.css
const part = ([phase, length]) => {
  const element = document.createElement("span");
  Object.assign(element, { className: phase, textContent: phase, title: phase });
  element.style.flexGrow = length;
  return element;
};

// draw(step, animated) shows a step, counted from 1, and resolves when it has settled; report(step) tells Python;
// attempt(what, act) shows what goes wrong; pace: how many milliseconds a step stands while playing; from: the number
// by which the first step is called.
export const transport = (root, { draw, report, attempt, pace = 420, from = 1 }) => {
  const $ = (selector) => root.querySelector(selector);
  const t = { step: 1, titles: [], playing: false, run: 0, reported: null, sent: [] };
  const last = () => t.titles.length;
  const called = (step) => step - 1 + from;

  t.speed = () => Number($(".speed select").value);
  const show = () => {
    const seek = $(".seek");
    seek.max = last();
    seek.value = t.step;
    seek.setAttribute("aria-valuetext", `Step ${called(t.step)} of ${called(last())}: ${t.titles[t.step - 1]}`);
    $(".position").textContent = `${called(t.step)} / ${called(last())}`;
    $(".play").dataset.playing = t.playing;
    $(".play").setAttribute("aria-label", t.playing ? "Pause" : "Play");
  };
  const settle = () => {
    clearTimeout(t.timer);
    t.timer = setTimeout(() => {
      if (t.playing || t.reported === t.step || !root.isConnected) return;
      t.reported = t.step;
      t.sent.push(t.step);
      report(t.step);
    }, 200);
  };
  // whether a step that Python names is only the answer to one reported
  t.echoes = (step) => {
    const left = unanswered(t.sent, step);
    t.sent = left ?? t.sent;
    return left !== null;
  };
  t.go = async (step, animated = false) => {
    if (!last()) return;
    t.step = within(step, last());
    show();
    settle();
    await draw(t.step, animated);
  };
  t.stop = () => {
    t.playing = false;
    t.run += 1;
    show();
    settle();
  };
  t.play = () =>
    attempt("step", async () => {
      t.run += 1;
      t.playing = true;
      const { run } = t;
      const going = () => t.run === run && root.isConnected;
      let next = following(t.step, last(), true);
      try {
        while (next && going()) {
          await t.go(next, true);
          if (going()) await pause(pace / t.speed());
          next = following(next, last(), $(".loop input").checked);
        }
      } finally {
        if (t.run === run) t.stop();
      }
    });
  t.move = (step) => {
    const animated = step === t.step + 1;
    t.stop();
    attempt("step", () => t.go(step, animated));
  };
  // replaces the steps; stays at the step shown, and at the end if it was there
  t.load = (titles, phases) => {
    const atEnd = t.step >= last();
    t.titles = titles;
    t.step = atEnd ? last() : Math.min(t.step, last());
    $(".phases").replaceChildren(...lengths(phases).map(part));
    show();
  };

  const controls = {
    first: () => t.move(1),
    prev: () => t.move(t.step - 1),
    play: () => (t.playing ? t.stop() : t.play()),
    next: () => t.move(t.step + 1),
    last: () => t.move(last()),
  };
  for (const [name, act] of Object.entries(controls)) $(`.${name}`).onclick = act;
  $(".seek").oninput = (event) => t.move(Number(event.target.value));
  root.onkeydown = (event) => {
    const control = pressed(event, event.target);
    if (!control) return;
    event.preventDefault();
    controls[control]();
  };
  return t;
};

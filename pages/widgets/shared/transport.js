// The controls that the players share: buttons, slider with phases, speed, loop and keys.
import { pressed } from "./keys.js";
import { pause } from "./pause.js";
import { beginnings, following, lengths, unanswered, within } from "./steps.js";

// in ms: while playing, Python is told of a step no more often
const TOLD = 1200;

// a short phase has no room for its name: see player.css
const part = ([phase, length], go) => {
  const element = document.createElement(go ? "button" : "span");
  Object.assign(element, { className: phase, textContent: phase, onclick: go });
  element.style.flexGrow = length;
  if (!go) return element;
  const words = `Go to the phase: ${phase} (${phase[0].toUpperCase()})`;
  Object.assign(element, { type: "button", title: words, ariaLabel: words });
  return element;
};

// draw(step, animated) shows a step, counted from 1, and resolves when it has settled; report(step) tells Python, while
// playing too if something `follows()`; attempt(what, act) shows what goes wrong; pace(step): how many milliseconds a
// step stands while playing; from: the number by which the first step is called; keys: other keys, by letter; moved() is
// called before a reader goes anywhere, and keeps the step if it returns true; rested(step): playing has ended;
// hands(step, next): whether playing ends here, as somebody else goes on
export const transport = (root, options) => {
  const { draw, report, attempt, pace = () => 420, from = 1, follows = () => false } = options;
  const { keys = {}, moved = () => false, rested = () => {}, hands = () => false } = options;
  const $ = (selector) => root.querySelector(selector);
  const t = { step: 1, titles: [], numbers: null, unit: "", playing: false, run: 0, reported: null, sent: [], told: 0 };
  const last = () => t.titles.length;
  const called = (step) => (t.numbers ? t.numbers[step - 1] : step - 1 + from);
  const where = () => `${t.unit}${called(t.step)} / ${called(last())}`;

  t.speed = () => Number($(".speed select").value);
  const show = () => {
    const seek = $(".seek");
    seek.max = last();
    seek.value = t.step;
    const title = t.titles[t.step - 1];
    // titles of steps with numbers of their own begin with them
    seek.setAttribute("aria-valuetext", t.numbers ? title : `Step ${called(t.step)} of ${called(last())}: ${title}`);
    $(".position").textContent = where();
    $(".play").dataset.playing = t.playing;
    $(".play").setAttribute("aria-label", t.playing ? "Pause" : "Play");
  };
  const tell = () => {
    if (t.reported === t.step || !root.isConnected) return;
    t.told = performance.now();
    t.reported = t.step;
    t.sent.push(t.step);
    report(t.step);
  };
  const settle = () => {
    clearTimeout(t.timer);
    t.timer = setTimeout(() => t.playing || tell(), 200);
    if (t.playing && follows() && performance.now() - t.told > TOLD) tell();
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
    if (t.playing) rested(t.step);
    t.playing = false;
    t.run += 1;
    show();
    settle();
  };
  t.play = () =>
    attempt("step", async () => {
      t.run += 1;
      t.playing = true;
      show();
      const { run } = t;
      const going = () => t.run === run && root.isConnected;
      let next = following(t.step, last(), true);
      try {
        while (next && going() && !hands(t.step, next)) {
          await t.go(next, true);
          if (going()) await pause(pace(t.step) / t.speed());
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
  // replaces the steps; stays at the step shown, and at the end if it was there; numbers: by which steps are called,
  // after the word for what they are
  t.load = (titles, phases, numbers = null, word = "") => {
    const atEnd = last() > 0 && t.step >= last();
    t.titles = titles;
    t.numbers = numbers;
    t.unit = word ? `${word} ` : "";
    t.step = atEnd ? last() : within(t.step, last());
    const begins = new Map(beginnings(phases));
    const to = (phase) => () => moved("phase") || t.move(begins.get(phase));
    const parts = lengths(phases);
    $(".phases").dataset.parts = parts.length;
    $(".phases").replaceChildren(...parts.map((own) => part(own, parts.length > 1 ? to(own[0]) : null)));
    t.letters = Object.fromEntries(parts.length > 1 ? parts.map(([phase]) => [phase[0], to(phase)]) : []);
    show();
  };

  const controls = {
    first: () => t.move(1),
    prev: () => t.move(t.step - 1),
    play: () => (t.playing ? t.stop() : t.play()),
    next: () => t.move(t.step + 1),
    last: () => t.move(last()),
  };
  const act = (name) => moved(name) || controls[name]();
  for (const name of Object.keys(controls)) $(`.${name}`).onclick = () => act(name);
  $(".seek").oninput = (event) => {
    moved("seek");
    t.move(Number(event.target.value));
  };
  const own = { slider: $(".seek"), speed: $(".speed select") };
  const key = (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    const name = pressed(event, event.target, own);
    const meant = controls[name] ? () => act(name) : (t.letters?.[name] ?? keys[name]);
    if (!meant) return;
    event.preventDefault();
    meant();
  };
  root.onkeydown = key;
  // has the keys heard on the whole page, until the signal
  t.everywhere = (signal) => {
    root.onkeydown = null;
    window.addEventListener("keydown", key, { signal });
  };
  return t;
};

// Draws the network's picture at a step, and tells Python which step it rests on and what was clicked.
import { note } from "../shared/address.js";
import { away } from "../shared/connection.js";
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { announce, hear } from "../shared/signals.js";
import { transport } from "../shared/transport.js";
import { underWay } from "../shared/under_way.js";
import { Invitation } from "./invitation.js";
import { mathml } from "./mathml.js";
import { read, sent } from "./message.js";
import { Overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { Presentation } from "./present.js";
import { Room } from "./room.js";
import { measured } from "./sizes.js";
import { Tour } from "./tour.js";

// in ms at a speed of 1: how long dots travel, and how long a step stands after that, or without any
const [TRAVEL, READ, STAND] = [800, 1300, 1200];
// of the default network
const COLUMNS = 5.5;

// what stands below explains the step; while it is out of view, playing costs the server nothing
const explained = () => {
  const { top, bottom } = document.querySelector(".st-key-explanation")?.getBoundingClientRect() ?? {};
  return top < window.innerHeight && bottom > 0;
};

const travels = ({ patches }) => Object.keys(patches[1]).length > 0;

const begin = (root, life) => {
  let shown = {};
  // the example of a batch that playing goes on with, while Python is asked for it
  let turning = 0;
  const $ = (selector) => root.querySelector(selector);
  $(".bar").append($(".more"));
  // Plotly has lines of its own
  const line = $(":scope > .line");
  const alive = new AbortController();
  const { signal } = alive;
  const overlay = new Overlay(root, life.tell);
  const again = () => picture.figure && life.attempt("step", () => controls.go(controls.step));
  const room = new Room(root, again, signal);
  const picture = new Picture(root, {
    select: (place) => overlay.select(place),
    painted: (...laid) => overlay.lay(...laid),
    room: () => room.now(),
  });
  const presentation = new Presentation(
    root,
    () => {
      overlay.headings.open(null);
      room.reserve();
      again();
    },
    signal,
  );
  const tour = new Tour(root, signal);
  // the reason, which it stood in for, comes in its place
  const invitation = new Invitation(root, tour, () => reason($(".why").textContent));

  const reason = (why = "") => Object.assign($(".why"), { textContent: why, hidden: !why || invitation.shown });
  const write = (formula) => {
    $(".formula").innerHTML = formula;
    $(".spoken").replaceChildren(mathml($(".formula")));
  };
  const describe = (step, veiled) => {
    const frame = picture.figure.frames[step - 1];
    $(".title").textContent = frame.title;
    write(presentation.formula(frame, veiled, step));
    invitation.at(step);
    reason(veiled ? "" : frame.why);
    line.setAttribute("aria-live", controls.playing ? "off" : "polite");
    line.scrollTop = 0;
    $(".plot").setAttribute("aria-label", `${picture.figure.alt} Shown: ${frame.title}.`);
  };

  // with the examples in turn, the next one comes before all of them meet, and after the end the first one
  const hands = (step, next) => {
    const { frames } = picture.figure;
    const meet = frames[next - 1].phase === "examples" && frames[step - 1].phase !== "examples";
    const after = meet ? shown.turn?.next : 0;
    const to = next < step ? 1 : after;
    if (!shown.turn || !to || to === shown.turn.example) return false;
    turning = to;
    // the step is left for another example's
    controls.reported = step;
    life.trigger("turn", to);
    return true;
  };

  const controls = transport(root, {
    hands,
    draw: (step, animated) => {
      const veiled = presentation.veils(step, controls.playing);
      describe(step, veiled);
      announce("step", { step });
      overlay.at(veiled ? step - 1 : step);
      return picture.draw(step, animated, TRAVEL / controls.speed(), veiled);
    },
    report: (step) => {
      // the step belongs into the address, but not each one into the history, where Streamlit would put it
      if (sent(life.component.data) && shown.noted) note("step", step);
      if (away()) life.tell("from", shown.step);
      life.tell("step", step);
    },
    attempt: life.attempt,
    pace: (step) => (travels(picture.figure.frames[step - 1]) ? READ : STAND),
    follows: explained,
    moved: (name) => {
      turning = 0;
      invitation.leave();
      const answers = presentation.answers(name, controls.step);
      if (answers) again();
      return answers;
    },
    // said anew, so that it is announced
    rested: (step) => {
      line.setAttribute("aria-live", "polite");
      setTimeout(
        () => step === controls.step && Object.assign($(".title"), { textContent: $(".title").textContent }),
        50,
      );
    },
    keys: {
      h: () => presentation.hide(!presentation.hides),
      p: () => presentation.present(!presentation.presents),
    },
  });
  const leave = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !presentation.presents) return;
    if (overlay.selected) overlay.select(null);
    else presentation.present(false);
  };
  window.addEventListener("keydown", leave, { signal });
  root.addEventListener("pointerdown", ({ target }) => target.closest(".board") && invitation.leave(), { signal });

  // while a number is dragged, its pictures are at hand; one of another network or step is not for this one
  let [glimpsed, dragging] = [null, false];
  const follow = async ({ version, step, patch, formula, why, ...told }) => {
    if (version !== shown.version || step !== controls.step || controls.playing) return;
    // what is hidden stays so
    if (presentation.veils(step, false)) return;
    glimpsed = told.text;
    const drawn = picture.glimpse(step, patch);
    write(formula);
    reason(why);
    overlay.promise(told);
    await drawn;
  };
  hear("glimpse", (glimpse) => life.attempt("step", () => follow(glimpse)), signal);
  // playing ends where a drag or typing begins; no edit comes of a number that is where it was, and perhaps none of what
  // was typed
  const settle = ({ phase, place, text, typed }) => {
    dragging = phase !== "end";
    if (phase === "begin" && controls.playing) controls.stop();
    const stays = overlay.holds(place, text) || (typed && glimpsed !== null && glimpsed !== text);
    if (phase !== "end" || !stays) return;
    glimpsed = null;
    life.attempt("step", () => controls.go(controls.step));
  };
  hear("drag", settle, signal);

  underWay((any) => root.toggleAttribute("data-waits", any), signal);

  const start = ({ changeable, fits = false, height = 0 }) => {
    Object.assign(room, { small: changeable === false, fits });
    root.toggleAttribute("data-small", room.small);
    picture.scroll.style.minHeight = `${measured(COLUMNS, height, room.now()).total}px`;
    if (room.small) return;
    controls.everywhere(signal);
    presentation.begin();
  };

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
    // the line keeps room for it
    invitation.at(controls.step);
    room.load(frames);
  };

  const resume = async ({ turn }, after) => {
    if (!turning || turn?.example !== turning) return;
    turning = 0;
    controls.reported = 1;
    await after(controls.go(1));
    controls.play();
  };

  // on the step that is told; a question that has been answered plays its own
  const rest = async ({ step, asks = null }, fresh, after) => {
    const answered = !fresh && asks === null && presentation.asked;
    presentation.ask(asks);
    const moved = step !== shown.step && !controls.echoes(step);
    // one of an edit that came to nothing, as it was undone at once
    const left = glimpsed !== null && !dragging;
    if (!dragging) glimpsed = null;
    if (moved) controls.reported = step;
    if (answered) await after(controls.go(step, true));
    else if (fresh || moved || left) await after(controls.go(moved ? step : controls.step));
  };

  return {
    async update(given, after) {
      const data = read(given);
      if (!shown.version) start(data);
      const fresh = data.version !== shown.version;
      invitation.load(data, fresh);
      if (fresh) await load(data, after);
      overlay.answer(data);
      overlay.follow(data.selected || null);
      overlay.promise(data.promise);
      await rest(data, fresh, after);
      picture.scroll.style.minHeight = "";
      root.dataset.version = data.version;
      shown = { version: data.version, step: data.step, turn: data.turn, noted: data.noted !== false };
      await resume(data, after);
    },
    end() {
      controls.stop();
      room.end();
      presentation.end();
      tour.end();
      overlay.end();
      alive.abort();
    },
  };
};

export default mount(".player", begin);

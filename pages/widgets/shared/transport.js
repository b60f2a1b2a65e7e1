// The controls that the players share: buttons, slider with phases, speed, loop and keys.
// draw(step, animated) shows a step, counted from 1, and resolves when it has settled; report(step) tells Python;
// pace: how many milliseconds a step stands while playing; from: the number by which the first step is called.
export const transport = (root, { draw, report, pace = 420, from = 1 }) => {
  const $ = (selector) => root.querySelector(selector);
  const t = { step: 1, titles: [], phases: [], playing: false, run: 0, reported: null, sent: [] };
  const last = () => t.titles.length;
  const called = (step) => step - 1 + from;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  t.speed = () => Number($(".speed select").value);
  t.show = () => {
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
      if (t.playing || t.reported === t.step) return;
      t.reported = t.step;
      t.sent.push(t.step);
      report(t.step);
    }, 200);
  };
  // whether a step that Python names is only the answer to one reported, perhaps overtaken by now
  t.echoes = (step) => {
    const at = t.sent.indexOf(step);
    t.sent.splice(0, at + 1);
    return at >= 0;
  };
  t.go = async (step, animated = false) => {
    t.step = Math.max(1, Math.min(last(), step));
    t.show();
    settle();
    await draw(t.step, animated);
  };
  t.stop = () => {
    t.playing = false;
    t.run += 1;
    t.show();
    settle();
  };
  t.play = async () => {
    const run = (t.run += 1);
    const going = () => t.playing && t.run === run && root.isConnected;
    t.playing = true;
    let next = t.step >= last() ? 1 : t.step + 1;
    while (going()) {
      await t.go(next, true);
      if (!going()) return;
      await pause(pace / t.speed());
      next += 1;
      if (next > last() && !$(".loop input").checked) break;
      if (next > last()) next = 1;
    }
    if (t.run === run) t.stop();
  };
  t.move = (step) => {
    t.stop();
    t.go(step, step === t.step + 1);
  };
  // replaces the steps; stays at the step shown, and at the end if it was there
  t.load = (titles, phases) => {
    const atEnd = t.step >= last();
    Object.assign(t, { titles, phases });
    t.step = atEnd ? last() : Math.min(t.step, last());
    const lengths = new Map();
    for (const phase of phases) lengths.set(phase, (lengths.get(phase) ?? 0) + 1);
    $(".phases").replaceChildren(
      ...[...lengths].map(([phase, length]) => {
        const part = document.createElement("span");
        // a short phase has no room for its name
        const name = ($(".phases").clientWidth * length) / phases.length > 7 * phase.length ? phase : "\u00a0";
        Object.assign(part, { className: phase, textContent: name, title: phase });
        part.style.flexGrow = length;
        return part;
      }),
    );
    t.show();
  };

  $(".play").onclick = () => (t.playing ? t.stop() : t.play());
  $(".first").onclick = () => t.move(1);
  $(".prev").onclick = () => t.move(t.step - 1);
  $(".next").onclick = () => t.move(t.step + 1);
  $(".last").onclick = () => t.move(last());
  $(".seek").oninput = (event) => t.move(Number(event.target.value));
  root.onkeydown = (event) => {
    if (event.target.closest("select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const press = {
      ArrowLeft: () => t.move(t.step - 1),
      ArrowRight: () => t.move(t.step + 1),
      Home: () => t.move(1),
      End: () => t.move(last()),
      " ": () => event.target.closest("button, input[type=checkbox]") || $(".play").click(),
    }[event.key];
    if (!press || (event.key === " " && event.target.closest("button, input[type=checkbox]"))) return;
    event.preventDefault();
    press();
  };
  return t;
};

// Streamlit's own Plotly, one for the page. It is waited for as long as it takes: on a slow line, a minute.
import { pause } from "./pause.js";

// milliseconds after which the wait is spoken of, and between two looks
const [SOON, LOOK] = [3_000, 10];
const COMING = "The drawing library is still on its way. The picture is drawn when it arrives.";
const FAILED =
  "The drawing library could not be loaded. Check your connection and reload the page: " +
  "the address holds your network.";

// Streamlit's file with it; others than the one who asks for it see here what became of it
const REQUESTED = "script[data-library=plotly]";
const OWN = 'script[type=module][src*="/static/js/"]';

// Streamlit itself asks for the file only once a chart is drawn. As a module a file is run once, whoever asks for it.
export const request = (file) => {
  const beside = document.querySelector(OWN);
  if (!file || !beside || window.Plotly || document.querySelector(REQUESTED)) return;
  const script = document.createElement("script");
  Object.assign(script, { type: "module", crossOrigin: "", src: new URL(file, beside.src).href });
  script.dataset.library = "plotly";
  script.onerror = () => {
    script.dataset.failed = "true";
  };
  document.head.append(script);
};

// what to say of a wait of so many milliseconds
export const wording = (waited, failed) => {
  if (failed) return FAILED;
  return waited < SOON ? "" : COMING;
};

// say(words) shows how it stands with it; nothing, when there is nothing to say
export const plotly = async (say) => {
  const begun = performance.now();
  while (!window.Plotly) {
    const failed = Boolean(document.querySelector(REQUESTED)?.dataset.failed);
    say(wording(performance.now() - begun, failed));
    await pause(LOOK);
  }
  say("");
  return window.Plotly;
};

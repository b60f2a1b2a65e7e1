// Whether what a visitor did was sent to the server and has been answered by a run. Streamlit does not say what it sends,
// nor when: its socket is watched, and the state of its runs.
import { beforeSending } from "./socket.js";

const APP = "[data-testid=stApp]";
// in ms: what is sent while a run lasts begins another, which comes at once if the server has a hand free
const NEXT = 150;

let [sent, begun, ended] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

export const idle = () => document.querySelector(APP)?.dataset.testScriptState === "notRunning";

// in ms, what was sent last
export const sentAgo = () => performance.now() - sent;

export const answered = () => begun > sent || (ended > sent && performance.now() - ended > NEXT);

const follow = (changes) => {
  const now = performance.now();
  if (changes.some(({ oldValue }) => oldValue === "notRunning")) begun = now;
  if (idle()) ended = now;
};

// once for all pages; `counts` says whether what is sent now may be lost: some parts of a page send of themselves, and
// not all that they send is answered
export const watchSent = (counts) => {
  const app = document.querySelector(APP);
  // it may be gone: the page is opened anew then (revival.js)
  if (!app) return;
  beforeSending(() => {
    if (counts()) sent = performance.now();
  });
  const states = { attributeFilter: ["data-test-script-state"], attributeOldValue: true };
  new MutationObserver(follow).observe(app, states);
};

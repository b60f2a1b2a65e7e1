// The second time in a row that the connection breaks before a run is finished, the page is opened anew without its
// network, and offers it. As it is on every page, and its script the first, it also keeps the browser's history in
// order, asks for the drawing library, readies the page for paper, and has it drawn in the theme that is seen.
import { replaceWithinPage } from "./history.js";
import { ask, begun, doubt, next, plain, stranded, trips } from "./losses.js";
import { readyForPaper } from "./paper.js";
import { request } from "./plotly.js";
import { finished, guard } from "./revival.js";
import { announce, hear } from "./signals.js";
import { beforeSending } from "./socket.js";
import { forget, keep, recall } from "./storage.js";
import { watchTheme } from "./theme.js";

const RUNNING = ["running", "rerunRequested", "stopRequested"];
const [LOSSES, WITHHELD, TYPED] = ["breaker.losses", "breaker.withheld", "breaker.typed"];
// in ms: what is asked during a run, and has begun none by then, that run has taken along
const TAKEN = 1_000;

const read = ({ dataset }) => ({
  connected: dataset.testConnectionState === "CONNECTED",
  running: RUNNING.includes(dataset.testScriptState),
});

// before each connection Streamlit asks whether the server is there
const reconnected = () => {
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/_stcore/health"));
  return asked.filter(({ responseStatus }) => responseStatus === 200).length > 1;
};

// what no server has answered, as its fields show it
const typed = () => {
  const fields = [...document.querySelectorAll("input[data-place][aria-busy=true]")];
  return fields.map(({ ariaLabel, value }) => `${ariaLabel}: ${value}`).join("; ");
};

// by the time that this script arrives, the run may be over, and the connection lost, even for the second time
const watch = (app) => {
  let count = begun(Number(recall(LOSSES)) + Number(reconnected()));
  let withheld = false;
  // Streamlit reconnects by itself, and would ask for a run with the address that it remembers and every table's edits
  beforeSending(() => {
    count = ask(count);
    return !withheld;
  });
  const over = () => {
    finished();
    const then = count;
    setTimeout(() => {
      if (count === then) count = { ...count, asked: false };
    }, TAKEN);
  };
  hear("doubt", () => {
    count = doubt(count);
  });
  const look = () => {
    const before = count;
    count = next(before, read(app));
    keep(LOSSES, count.losses);
    if (before.connected && !count.connected) announce("lost");
    if (before.running && !count.running) over();
    // once a server answers: before, there may be nothing to open
    if (withheld && count.connected) window.location.replace(plain(window.location));
    else if (stranded(before, count)) window.location.reload();
    if (!trips(before, count, window.location)) return;
    withheld = true;
    keep(WITHHELD, window.location.href);
    keep(TYPED, typed());
  };
  new MutationObserver(look).observe(app, {
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
  look();
};

const offer = (root) => {
  const address = recall(WITHHELD);
  const left = recall(TYPED);
  root.hidden = !address;
  root.querySelector(".typed").hidden = !left;
  root.querySelector(".typed span").textContent = left;
  root.querySelector("[data-do=open]").onclick = () => {
    forget(WITHHELD, TYPED, LOSSES);
    window.location.assign(address);
  };
  root.querySelector("[data-do=close]").onclick = () => {
    forget(WITHHELD, TYPED);
    root.hidden = true;
  };
};

let watching = false;
// Streamlit hands over new functions with each data
let latest;

export default function (component) {
  const { parentElement, data } = component;
  latest = component;
  request(data.library);
  offer(parentElement.querySelector(".breaker"));
  if (watching) return;
  replaceWithinPage(window.history, window.location);
  readyForPaper();
  watching = true;
  const app = document.querySelector("[data-testid=stApp]");
  guard(app);
  // it may be gone by the time that this script arrives
  if (!app) return;
  watch(app);
  watchTheme(app, (theme) => theme !== latest.data.theme && latest.setTriggerValue("theme", theme));
}

// The second time in a row that the connection breaks before a run is finished, the page is opened anew without its
// network, and offers it. As it is on every page, and its script the first, it also keeps the browser's history in
// order, asks for the drawing library, and readies the page for paper.
import { replaceWithinPage } from "./history.js";
import { next, plain, stranded, trips } from "./losses.js";
import { readyForPaper } from "./paper.js";
import { request } from "./plotly.js";
import { finished, guard } from "./revival.js";
import { forget, keep, recall } from "./storage.js";

const RUNNING = ["running", "rerunRequested", "stopRequested"];
const [LOSSES, WITHHELD] = ["breaker.losses", "breaker.withheld"];

const read = ({ dataset }) => ({
  connected: dataset.testConnectionState === "CONNECTED",
  running: RUNNING.includes(dataset.testScriptState),
});

// before each connection Streamlit asks whether the server is there
const reconnected = () => {
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/_stcore/health"));
  return asked.filter(({ responseStatus }) => responseStatus === 200).length > 1;
};

// by the time that this script arrives, the run may be over, and the connection lost, even for the second time
const watch = (app) => {
  let count = { connected: true, running: true, asked: true, losses: Number(recall(LOSSES)) + Number(reconnected()) };
  let withheld = false;
  const { send } = WebSocket.prototype;
  // Streamlit reconnects by itself, and would ask for a run with the address that it remembers and every table's edits
  WebSocket.prototype.send = function (message) {
    count.asked = true;
    if (!withheld) send.call(this, message);
  };
  const look = () => {
    const before = count;
    count = next(before, read(app));
    keep(LOSSES, count.losses);
    if (before.running && !count.running) finished();
    // once a server answers: before, there may be nothing to open
    if (withheld && count.connected) window.location.replace(plain(window.location));
    else if (stranded(before, count)) window.location.reload();
    if (!trips(before, count, window.location)) return;
    withheld = true;
    keep(WITHHELD, window.location.href);
  };
  new MutationObserver(look).observe(app, {
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
  look();
};

const offer = (root) => {
  const address = recall(WITHHELD);
  root.hidden = !address;
  root.querySelector("[data-do=open]").onclick = () => {
    forget(WITHHELD, LOSSES);
    window.location.assign(address);
  };
  root.querySelector("[data-do=close]").onclick = () => {
    forget(WITHHELD);
    root.hidden = true;
  };
};

let watching = false;
export default function ({ parentElement, data }) {
  request(data.library);
  offer(parentElement.querySelector(".breaker"));
  if (watching) return;
  replaceWithinPage(window.history, window.location);
  readyForPaper();
  watching = true;
  const app = document.querySelector("[data-testid=stApp]");
  guard(app);
  // it may be gone by the time that this script arrives
  if (app) watch(app);
}

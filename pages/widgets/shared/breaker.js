// Counts how often in a row the connection broke before a run was finished. The second time the page is opened anew
// without its network, and offers it.
const LIMIT = 2;
const RUNNING = ["running", "rerunRequested", "stopRequested"];
// what says how a page is framed, not what it shows
const FRAMING = ["embed", "embed_options"];
const [LOSSES, WITHHELD] = ["breaker.losses", "breaker.withheld"];

// `asked` is whether this connection was asked for something since the last run ended: it may break before a run shows
export const next = (count, { connected, running }) => {
  const finished = count.running && !running;
  const lost = count.connected && !connected && (count.asked || count.running) && !finished;
  const losses = finished ? 0 : count.losses + Number(lost);
  return { connected, running, losses, asked: count.asked && !finished && connected };
};
// a server that dies in the moment in which a run begins leaves Streamlit with nothing to ask the next one for
export const stranded = (before, after) => !before.connected && after.connected && !after.asked;
// where the default network is lost as well, there is nothing more to withhold
export const trips = (before, after, address) =>
  after.losses > before.losses &&
  (after.losses === LIMIT || (after.losses > LIMIT && new URL(address).searchParams.has("net")));
export const plain = (address) => {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (!FRAMING.includes(name)) url.searchParams.delete(name);
  url.hash = "";
  return url.href;
};

// a browser may refuse storage, in a frame above all: then nothing outlasts the page
const attempt = (use) => {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
};
const recall = (name) => attempt((storage) => storage.getItem(name));
const keep = (name, value) => attempt((storage) => storage.setItem(name, value));
const forget = (...names) => names.forEach((name) => attempt((storage) => storage.removeItem(name)));

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
export default function ({ parentElement }) {
  offer(parentElement.querySelector(".breaker"));
  if (!watching) watch(document.querySelector("[data-testid=stApp]"));
  watching = true;
}

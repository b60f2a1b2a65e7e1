// Counts how often in a row the connection broke before a run was finished.
const LIMIT = 2;
// what says how a page is framed, not what it shows
const FRAMING = ["embed", "embed_options"];

// `asked` is whether this connection was asked for something that no run has ended: it may break before a run shows.
// What is asked during a run is for the one after it: `again`.
export const begun = (losses) => ({ connected: true, running: true, asked: true, again: false, losses });
export const ask = (count) => ({ ...count, asked: true, again: count.connected && count.running });
export const next = (count, { connected, running }) => {
  const finished = count.running && !running;
  const asked = finished ? count.again : count.asked;
  const lost = count.connected && !connected && (asked || running);
  const losses = (finished ? 0 : count.losses) + Number(lost);
  return { connected, running, losses, asked: asked && connected, again: count.again && !finished && connected };
};
// what is asked now has broken the connection before, on its own: the run since then, of all else, says nothing of it
export const doubt = (count) => ({ ...count, losses: Math.max(count.losses, 1) });
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

// how often in a row a page whose app is gone is opened anew
const REVIVALS = 2;
// Streamlit takes its whole app away when messages of a run are missing between two connections
export const revives = ({ present, leaving, revivals }) => !present && !leaving && revivals < REVIVALS;

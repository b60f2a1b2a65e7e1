// A page whose app is gone is opened anew, as it is. Streamlit takes all of it away when it is sent parts of a run whose
// beginning was lost with the connection.
import { revives } from "./losses.js";
import { forget, keep, recall } from "./storage.js";

const REVIVED = "breaker.revived";
// milliseconds after which an app is gone for good, and for which it stands after a run to be well
const [GONE, WELL] = [1_000, 5_000];

const present = () => Boolean(document.querySelector("[data-testid=stApp]"));

const revive = (leaving) => {
  const revivals = Number(recall(REVIVED));
  if (!revives({ present: present(), leaving, revivals })) return;
  keep(REVIVED, revivals + 1);
  // where nothing outlasts the page, it would be opened for ever
  if (Number(recall(REVIVED)) > revivals) window.location.reload();
};

export const finished = () => setTimeout(() => present() && forget(REVIVED), WELL);

export const guard = (app) => {
  let [leaving, waiting] = [false, false];
  window.addEventListener("beforeunload", () => {
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  const look = () => {
    if (waiting || present()) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      revive(leaving);
    }, GONE);
  };
  const observer = new MutationObserver(look);
  // whichever of them goes, the one above sees it; watching all that is below would be called for every number drawn
  for (let above = app?.parentElement; above; above = above.parentElement) observer.observe(above, { childList: true });
  look();
};

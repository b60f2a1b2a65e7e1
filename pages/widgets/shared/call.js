// What a component calls: its script is in the file of all scripts, which a page brings before all else, or in a message
// (document/served.py). It is waited for, and the file is asked for where that failed, or where a server of another
// version of the app took over, whose file has another name. The scripts are on the window, by versions and entries.
const ARRIVED = "backprop:scripts";
const OWN = 'script[type=module][src*="/static/js/"]';
// milliseconds after which the file is asked for, and asked for again
const AGAIN = 2_000;

const ask = (version) => {
  const beside = document.querySelector(OWN)?.src ?? document.baseURI;
  const src = new URL(`../../scripts-${version}.js`, beside);
  document.head.append(Object.assign(document.createElement("script"), { src }));
};

const askUntilThere = (version) => {
  window.backpropAsking ??= {};
  window.backpropAsking[version] ??= setInterval(() => {
    if (window.backpropScripts?.[version]) clearInterval(window.backpropAsking[version]);
    else ask(version);
  }, AGAIN);
};

// calls an entry's script, as soon as it is there
export const call = (version, entry) => (component) => {
  const found = () => window.backpropScripts?.[version]?.[entry];
  if (found()) return found()(component);
  let end;
  const arrived = () => {
    if (!found()) return;
    window.removeEventListener(ARRIVED, arrived);
    end = found()(component);
  };
  window.addEventListener(ARRIVED, arrived);
  askUntilThere(version);
  return () => {
    window.removeEventListener(ARRIVED, arrived);
    end?.();
  };
};

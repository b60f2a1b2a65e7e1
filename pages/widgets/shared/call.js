// What a component calls: its script may be there already, or come later. What all components share of it, by versions
// of the app and entries, is on the window.
const ARRIVED = "backprop:scripts";

// lays the scripts of a version where they are found
export const bring = (version, scripts) => () => {
  window.backpropScripts ??= {};
  window.backpropScripts[version] ??= scripts;
  window.dispatchEvent(new CustomEvent(ARRIVED));
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
  return () => {
    window.removeEventListener(ARRIVED, arrived);
    end?.();
  };
};

// What a tab remembers from page to page. A browser may refuse it, in a frame above all: then nothing outlasts the page.
const attempt = (use) => {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
};
export const recall = (name) => attempt((storage) => storage.getItem(name));
export const keep = (name, value) => attempt((storage) => storage.setItem(name, value));
export const forget = (...names) => {
  for (const name of names) attempt((storage) => storage.removeItem(name));
};

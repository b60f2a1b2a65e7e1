// What a tab remembers from page to page, and what a browser remembers. It may refuse it, in a frame above all: then
// nothing outlasts the page.
const attempt = (use, kind = "sessionStorage") => {
  try {
    return use(window[kind]);
  } catch {
    return null;
  }
};
export const recall = (name) => attempt((storage) => storage.getItem(name));
export const keep = (name, value) => attempt((storage) => storage.setItem(name, value));
export const forget = (...names) => {
  for (const name of names) attempt((storage) => storage.removeItem(name));
};
// for all visits with this browser
export const recallAlways = (name) => attempt((storage) => storage.getItem(name), "localStorage");
export const keepAlways = (name, value) => attempt((storage) => storage.setItem(name, value), "localStorage");

// A text of the picture with other numbers in it, where Plotly has written it: its pieces and colours, one by one.
const TAG = /(<[^<>]*>)/;
const INK = /^<span style='color:(.*)'>$/;

// whether texts are built alike, of words that are written as they stand
export const alike = (before, after) => {
  const [old, now] = [before.split(TAG), after.split(TAG)];
  const fits = (part, index) => index % 2 === 0 || part === now[index] || (INK.test(part) && INK.test(now[index]));
  return old.length === now.length && old.every(fits) && !after.includes("&");
};

const pieces = (element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};

// the tag of each element within the lines of a text: what is open at the end of a line is opened again in the next one
const opened = (parts) => {
  const open = [];
  return parts.flatMap((part, index) => {
    if (index % 2 === 0) return [];
    if (part === "<br>") return [...open];
    if (part.startsWith("</")) {
      open.pop();
      return [];
    }
    open.push(part);
    return [part];
  });
};

// writes a text into the element of one that is built alike
export const rewrite = (element, said) => {
  const parts = said.split(TAG);
  const written = parts.filter((_, index) => index % 2 === 0);
  for (const [index, piece] of pieces(element).entries())
    if (piece.data !== written[index]) piece.data = written[index];
  const spans = element.querySelectorAll("tspan:not(.line)");
  for (const [index, tag] of opened(parts).entries()) {
    const ink = INK.exec(tag)?.[1];
    if (ink) spans[index].style.fill = ink;
  }
};
